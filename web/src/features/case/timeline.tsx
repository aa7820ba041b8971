import { Button, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { TimelinePage } from '../../../../api/schemas/timeline.ts';
import { api, query } from '../../lib/api.ts';
import { words } from '../../lib/format.ts';
import { Chips } from '../../ui/chips.tsx';
import { Panel } from '../../ui/panel.tsx';
import { TimelineLine } from './timeline-line.tsx';

const groups = [
  'contact',
  'decision',
  'reply',
  'payment',
  'promise',
  'hold',
  'stop',
  'import',
  'approval',
  'note',
  'document',
  'call',
  'case',
];

export function useTimeline(loan: string, group: string | undefined, limit = 50) {
  return useInfiniteQuery({
    queryKey: ['loan', loan, 'timeline', group ?? 'all', limit],
    queryFn: ({ pageParam, signal }) =>
      api.get<TimelinePage>(`/api/loans/${loan}/timeline${query({ group, cursor: pageParam, limit })}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** One timeline of everything: what was sent, and what was not sent and why. */
export function Timeline({ loan, zone }: { loan: string; zone: string }): ReactNode {
  const { group } = useSearch({ from: '/loans/$loan' });
  const navigate = useNavigate();
  const timeline = useTimeline(loan, group);
  const entries = timeline.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Panel title="Timeline">
      <Stack gap="sm">
        <Chips
          label="Show"
          value={group ?? ''}
          options={[{ value: '', label: 'Everything' }, ...groups.map((value) => ({ value, label: words(value) }))]}
          onChange={(value) =>
            void navigate({ to: '.', search: value === '' ? {} : { group: value }, replace: true, resetScroll: false })
          }
        />
        {timeline.isError ? (
          <Text c="red" role="alert">
            {timeline.error.message}
          </Text>
        ) : null}
        {timeline.isPending ? <Text c="dimmed">Reading…</Text> : null}
        {!timeline.isPending && entries.length === 0 ? <Text c="dimmed">Nothing of this kind yet.</Text> : null}
        <ol className="timeline" data-testid="timeline">
          {entries.map((entry) => (
            <TimelineLine key={entry.id} entry={entry} zone={zone} />
          ))}
        </ol>
        {timeline.hasNextPage ? (
          <Button
            variant="default"
            size="compact-md"
            loading={timeline.isFetchingNextPage}
            onClick={() => void timeline.fetchNextPage()}
          >
            Show older
          </Button>
        ) : null}
      </Stack>
    </Panel>
  );
}

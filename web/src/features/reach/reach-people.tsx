import { Button, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReachChannel, ReachPeople as Page } from '../../../../api/schemas/reach.ts';
import { api, query } from '../../lib/api.ts';
import { Chips } from '../../ui/chips.tsx';
import { RouteAnchor } from '../../ui/links.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StackTable } from '../../ui/stack-table.tsx';
import { Tag } from '../../ui/tag.tsx';

const channels: readonly { value: ReachChannel; label: string }[] = [
  { value: 'sms', label: 'Text' },
  { value: 'call', label: 'Call' },
  { value: 'email', label: 'E-mail' },
  { value: 'letter', label: 'Letter' },
];

/** Each person behind a past-due account: which channels the gate allows, and why not the others. */
export function ReachPeople(): ReactNode {
  const [channel, setChannel] = useState<ReachChannel | ''>('');
  const people = useInfiniteQuery({
    queryKey: ['reach-people', channel],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page>(`/api/reach/people${query({ channel, cursor: pageParam, limit: 25 })}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const rows = people.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Panel
      title="Person by person"
      side={
        <Chips
          label="Whom to show"
          value={channel}
          options={[
            { value: '', label: 'Everybody' },
            ...channels.map(({ value, label }) => ({ value, label: `No ${label.toLowerCase()}` })),
          ]}
          onChange={(value) => setChannel(value as ReachChannel | '')}
        />
      }
    >
      {people.isError ? (
        <Text c="var(--mantine-color-error)" role="alert">
          {people.error.message}
        </Text>
      ) : null}
      {people.isSuccess && rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {people.hasNextPage ? 'Nobody among the first; there are more.' : 'Nobody.'}
        </Text>
      ) : (
        <StackTable
          label="Reach by person"
          columns={[{ title: 'Person' }, ...channels.map(({ label }) => ({ title: label }))]}
          rows={rows.map((row) => ({
            key: row.personId,
            cells: [
              <span key="who">
                {row.name}{' '}
                <RouteAnchor to="/loans/$loan" params={{ loan: row.loanId }}>
                  {row.loanNumber}
                </RouteAnchor>
              </span>,
              ...channels.map(({ value }) => {
                const refused = row.channels.find((each) => each.channel === value)?.refused ?? null;
                return refused === null ? (
                  <Tag key={value} tone="good">
                    allowed
                  </Tag>
                ) : (
                  <Text key={value} size="xs">
                    {refused.words}
                  </Text>
                );
              }),
            ],
          }))}
        />
      )}
      {people.hasNextPage ? (
        <Button
          variant="default"
          size="compact-md"
          loading={people.isFetchingNextPage}
          onClick={() => void people.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </Panel>
  );
}

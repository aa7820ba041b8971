import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { CasePage } from '../../../../api/schemas/cases.ts';
import { ApiProblem, api } from '../../lib/api.ts';
import { withoutLabel } from '../../lib/format.ts';
import { useSession } from '../../lib/session.ts';
import { Answer } from '../../ui/answer.tsx';
import { RouteAnchor } from '../../ui/links.tsx';
import { Panel } from '../../ui/panel.tsx';
import { CaseHeader } from '../case/case-header.tsx';
import { useTimeline } from '../case/timeline.tsx';
import { TimelineLine } from '../case/timeline-line.tsx';
import { Notice } from '../../ui/notice.tsx';

/** The desk's side of the same conversation, kept true by live news; says how long an answer took to show. */
export function CaseEffect({ loan, answeredAt }: { loan: string; answeredAt: number | null }): ReactNode {
  const { data: session } = useSession();
  const zone = session?.lender.zone ?? 'UTC';
  const page = useQuery({
    queryKey: ['loan', loan],
    queryFn: ({ signal }) => api.get<CasePage>(`/api/loans/${loan}`, signal),
  });
  const timeline = useTimeline(loan, undefined, 6);
  const entries = timeline.data?.pages[0]?.rows ?? [];
  const seen = useSeenAfter(entries[0]?.id ?? null, answeredAt);
  // An account that one may not open: the phone is still there, its case is not.
  if (page.error instanceof ApiProblem && page.error.status === 404) return null;
  return (
    <Answer query={page}>
      {(data) => (
        <Panel
          title="On the case"
          side={
            <RouteAnchor to="/loans/$loan" params={{ loan }} size="sm">
              Open the case
            </RouteAnchor>
          }
        >
          <Stack gap="sm" data-testid="case-effect">
            <CaseHeader page={data} level={3} />
            <Group gap="xs">
              <Text size="sm">
                <b>Next:</b> {data.next === null ? 'nothing is planned' : withoutLabel(data.next.because)}
              </Text>
            </Group>
            <div role="status">
              {seen === null ? null : <Notice tone="good">Seen on the case after {(seen / 1000).toFixed(1)} s.</Notice>}
            </div>
            <ol className="timeline">
              {entries.map((entry) => (
                <TimelineLine key={entry.id} entry={entry} zone={zone} />
              ))}
            </ol>
          </Stack>
        </Panel>
      )}
    </Answer>
  );
}

/** Milliseconds from the borrower's answer to the first new line of the timeline. */
function useSeenAfter(newest: string | null, answeredAt: number | null): number | null {
  const [before, setBefore] = useState<{ answeredAt: number | null; newest: string | null }>({
    answeredAt: null,
    newest: null,
  });
  const [seen, setSeen] = useState<number | null>(null);
  useEffect(() => {
    if (answeredAt === null) return;
    if (before.answeredAt !== answeredAt) {
      setBefore({ answeredAt, newest });
      setSeen(null);
    } else if (seen === null && newest !== null && newest !== before.newest) {
      setSeen(performance.now() - answeredAt);
    }
  }, [newest, answeredAt, before, seen]);
  return seen;
}

import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { News } from '../../../../api/schemas/events.ts';
import { when } from '../../lib/format.ts';
import { RouteAnchor } from '../../ui/links.tsx';
import { Panel } from '../../ui/panel.tsx';

/** What streams in while the page is open, newest first. */
export function Happening({ zone }: { zone: string }): ReactNode {
  // Filled by live news alone; nothing is ever fetched.
  const { data: news = [] } = useQuery<News[]>({
    queryKey: ['session', 'news'],
    queryFn: () => [],
    staleTime: Infinity,
    gcTime: Infinity,
  });
  return (
    <Panel
      title="What happens"
      side={
        <Text size="xs" c="dimmed">
          live
        </Text>
      }
    >
      {news.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing yet. Move the clock, or answer from a borrower’s phone.
        </Text>
      ) : (
        <ol className="timeline" aria-label="Live events">
          {news.map((each) => (
            <li key={each.id}>
              <div className="timeline-head">
                <span>
                  <b>{each.title}</b>{' '}
                  {each.loanId === null ? null : (
                    <RouteAnchor to="/loans/$loan" params={{ loan: each.loanId }} inherit>
                      the account
                    </RouteAnchor>
                  )}
                </span>
                <Text size="xs" c="dimmed" component="time" dateTime={each.at}>
                  {when(each.at, zone)}
                </Text>
              </div>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

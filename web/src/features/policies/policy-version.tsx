import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { PolicyAnswer, PolicyVersionRow, PolicyView } from '../../../../api/schemas/policies.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { when, words } from '../../lib/format.ts';
import { useMay, useSession, useZone } from '../../lib/session.ts';
import { Answer } from '../../ui/answer.tsx';
import { Panel } from '../../ui/panel.tsx';
import { PolicyDiffPanel } from './policy-diff.tsx';
import { ProposeForm } from './propose-form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Tag } from '../../ui/tag.tsx';

/** One version: its steps read aloud, the JSON behind them, what it changes, and what may be done with it. */
export function PolicyVersion({
  row,
  versions,
}: {
  row: PolicyVersionRow;
  versions: readonly PolicyVersionRow[];
}): ReactNode {
  const zone = useZone();
  const may = useMay();
  const [proposing, setProposing] = useState(false);
  const view = useQuery({
    queryKey: ['policy', row.policy, row.version],
    queryFn: ({ signal }) =>
      api.get<PolicyView>(`/api/policies/${encodeURIComponent(row.policy)}/versions/${row.version}`, signal),
  });
  const before = versions.find((other) => other.version < row.version);
  return (
    <Stack gap="md">
      <Panel
        title={`${row.title}, version ${row.version}`}
        side={
          <Text size="xs" c="dimmed">
            Proposed by {row.proposedBy}
            {row.approvedBy === null ? '' : `, approved by ${row.approvedBy}`}
            {row.publishedAt === null ? '' : `, published ${when(row.publishedAt, zone)}`}
          </Text>
        }
      >
        <Answer query={view}>
          {(data) => (
            <Stack gap="sm">
              {row.status === 'draft' ? <Approve row={row} /> : null}
              <ol className="steps">
                {data.sentences.map((sentence) => (
                  <li key={sentence.step} id={`step-${sentence.step}`}>
                    <Text span size="sm" c="dimmed">
                      {sentence.when}
                    </Text>
                    <div>
                      <b>{sentence.title}</b> {sentence.citation === null ? null : <Tag tone="warn">set by law</Tag>}
                      <Text size="sm">{sentence.text}</Text>
                      {sentence.citation === null ? null : (
                        <Text size="xs" c="dimmed">
                          {sentence.citation}
                        </Text>
                      )}
                    </div>
                  </li>
                ))}
              </ol>
              <Text size="sm" c="dimmed">
                Hours, in the borrower’s time and inside the lawful ones:{' '}
                {data.hours.map(({ of, hours }) => `${of} ${hours}`).join('; ')}.
              </Text>
              <details>
                <summary>As data</summary>
                {/* A region that scrolls must be reachable by keyboard. */}
                <pre className="json" tabIndex={0} role="region" aria-label={`${words(row.policy)} as JSON`}>
                  {JSON.stringify(data.content, null, 2)}
                </pre>
              </details>
              {may('policy.propose') && !proposing && row.status !== 'draft' ? (
                <Group>
                  <Button size="compact-md" variant="default" onClick={() => setProposing(true)}>
                    Propose a change
                  </Button>
                </Group>
              ) : null}
              {proposing ? (
                <ProposeForm policy={row.policy} content={data.content} onClose={() => setProposing(false)} />
              ) : null}
            </Stack>
          )}
        </Answer>
      </Panel>
      {versions.length < 2 ? null : (
        <PolicyDiffPanel
          policy={row.policy}
          versions={versions}
          from={before?.version ?? row.version}
          to={row.version}
        />
      )}
    </Stack>
  );
}

function Approve({ row }: { row: PolicyVersionRow }): ReactNode {
  const may = useMay();
  const { data: session } = useSession();
  const command = useCommand({
    run: () =>
      api.post<PolicyAnswer>(`/api/policies/${encodeURIComponent(row.policy)}/versions/${row.version}/approve`),
    said: () => 'Published. New cases follow it; open ones keep the version they began with.',
  });
  const own = row.proposedBy === session?.staff.email;
  return (
    <Notice tone="warn" title="A draft: nothing follows it yet">
      <Stack gap={6} align="flex-start">
        <Text size="sm">
          {own ? 'You proposed it; somebody else has to approve it.' : 'A second person reads it and publishes it.'}
        </Text>
        {may('policy.approve') && !own ? (
          <Button size="compact-md" loading={command.isPending} onClick={() => command.mutate(undefined)}>
            Approve and publish
          </Button>
        ) : null}
        {command.error === null ? null : (
          <Text size="sm" role="alert">
            {command.error.message}
          </Text>
        )}
      </Stack>
    </Notice>
  );
}

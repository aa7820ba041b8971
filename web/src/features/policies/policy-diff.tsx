import { Group, NativeSelect, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { PolicyDiff, PolicyVersionRow } from '../../../../api/schemas/policies.ts';
import { api, query } from '../../lib/api.ts';
import { count, words } from '../../lib/format.ts';
import { Answer } from '../../ui/answer.tsx';
import { RouteAnchor } from '../../ui/links.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Tag } from '../../ui/tag.tsx';
import { WideTable } from '../../ui/wide-table.tsx';

const tones = { added: 'good', removed: 'bad', changed: 'warn' } as const;

/** What a version changes in words, and whose next step it would change. */
export function PolicyDiffPanel({
  policy,
  versions,
  ...given
}: {
  policy: string;
  versions: readonly PolicyVersionRow[];
  from: number;
  to: number;
}): ReactNode {
  const [from, setFrom] = useState(given.from);
  const [to, setTo] = useState(given.to);
  const diff = useQuery({
    queryKey: ['policy-diff', policy, from, to],
    queryFn: ({ signal }) =>
      api.get<PolicyDiff>(`/api/policies/${encodeURIComponent(policy)}/diff${query({ from, to })}`, signal),
    enabled: from !== to,
  });
  const options = versions.map((row) => ({
    value: String(row.version),
    label: `Version ${row.version} (${row.status})`,
  }));
  return (
    <Panel title="What changes">
      <Stack gap="sm">
        <Group gap="xs">
          <NativeSelect
            label="From"
            data={options}
            value={String(from)}
            onChange={(event) => setFrom(Number(event.currentTarget.value))}
          />
          <NativeSelect
            label="To"
            data={options}
            value={String(to)}
            onChange={(event) => setTo(Number(event.currentTarget.value))}
          />
        </Group>
        {from === to ? (
          <Text c="dimmed">Choose two versions.</Text>
        ) : (
          <Answer query={diff}>{(data) => <Shown data={data} />}</Answer>
        )}
      </Stack>
    </Panel>
  );
}

function Shown({ data }: { data: PolicyDiff }): ReactNode {
  return (
    <Stack gap="sm">
      {data.changes.length === 0 ? (
        <Text>Nothing.</Text>
      ) : (
        <ul className="plain">
          {data.changes.map((change) => (
            <li key={`${change.id}/${change.field ?? ''}/${change.kind}`}>
              <Tag tone={tones[change.kind]}>{change.kind}</Tag> <b>{words(change.id)}</b>{' '}
              {change.field === null ? '' : `${words(change.field).toLowerCase()}: `}
              {change.before === null ? null : <del>{change.before}</del>}{' '}
              {change.before !== null && change.after !== null ? '→ ' : ''}
              {change.after === null ? null : <ins>{change.after}</ins>}
            </li>
          ))}
        </ul>
      )}
      <Text size="sm">
        Of {count(data.looked)} open accounts, the next step of <b>{count(data.accounts.length)}</b> would change.
      </Text>
      {data.accounts.length === 0 ? null : (
        <WideTable label="Accounts whose next step changes" minWidth={480}>
          <Table verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Account</Table.Th>
                <Table.Th>Now</Table.Th>
                <Table.Th>Then</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.accounts.map((account) => (
                <Table.Tr key={account.loanId}>
                  <Table.Td>
                    <RouteAnchor to="/loans/$loan" params={{ loan: account.loanId }}>
                      {account.loanNumber}
                    </RouteAnchor>
                  </Table.Td>
                  <Table.Td>{account.before}</Table.Td>
                  <Table.Td>{account.after}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      )}
    </Stack>
  );
}

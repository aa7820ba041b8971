import { Group, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Rule, Rules } from '../../../../api/schemas/policies.ts';
import { api } from '../../lib/api.ts';
import { count, day } from '../../lib/format.ts';
import { Answer } from '../../ui/answer.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Tag } from '../../ui/tag.tsx';
import { WideTable } from '../../ui/wide-table.tsx';

const kinds = { law: 'Law', counsel: 'Counsel’s reading', policy: 'Bank policy' } as const;

/** How well the citation was checked. */
const marks: Readonly<Record<string, string>> = {
  V: 'legal text read',
  S: 'secondary source',
  B: 'background',
  '?': 'sources conflict',
  POLICY: 'no law forces it',
};

/** The rule book of the gate: every rule that can stop a contact, who made it, where it is written, and since when. */
export function RulesPage(): ReactNode {
  const rules = useQuery({
    queryKey: ['rules'],
    queryFn: ({ signal }) => api.get<Rules>('/api/rules', signal),
    staleTime: Infinity,
  });
  return (
    <Stack gap="md">
      <Title order={1}>Rules</Title>
      <Answer query={rules}>{(data) => <Book data={data} />}</Answer>
    </Stack>
  );
}

function Book({ data }: { data: Rules }): ReactNode {
  const [kind, setKind] = useState('');
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const rows = data.rules.filter(
    (rule) =>
      (kind === '' || rule.kind === kind) && `${rule.id} ${rule.words} ${rule.citation}`.toLowerCase().includes(wanted),
  );
  const of = (which: Rule['kind']): number => data.rules.filter((rule) => rule.kind === which).length;
  return (
    <>
      <Text size="sm" c="dimmed">
        Version {data.version}. A contact goes out only when every rule that applies lets it; what is unknown counts
        against it.
      </Text>
      <Group gap="sm" align="end">
        <TextInput
          type="search"
          label="Find a rule"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          w={260}
        />
        <Chips
          label="Kind"
          value={kind}
          onChange={setKind}
          options={[
            { value: '', label: 'All', count: data.rules.length },
            ...(['law', 'counsel', 'policy'] as const).map((value) => ({
              value,
              label: kinds[value],
              count: of(value),
            })),
          ]}
        />
      </Group>
      <Text size="sm" role="status">
        {count(rows.length)} rules
      </Text>
      <WideTable label="Rules" minWidth={760}>
        <Table verticalSpacing={6} stickyHeader={false}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Rule</Table.Th>
              <Table.Th>Made by</Table.Th>
              <Table.Th>Written in</Table.Th>
              <Table.Th>In force</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((rule) => (
              <Line key={rule.id} rule={rule} />
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
      {rows.length === 0 ? <Text c="dimmed">No rule fits this.</Text> : null}
    </>
  );
}

function Line({ rule }: { rule: Rule }): ReactNode {
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm">{rule.words}</Text>
        <Text size="xs" c="dimmed">
          <code>{rule.id}</code>
          {rule.judgedBy === '' ? '' : `, judged by ${rule.judgedBy}`}
        </Text>
      </Table.Td>
      <Table.Td>
        <Tag tone={rule.kind === 'law' ? 'info' : 'quiet'}>{kinds[rule.kind]}</Tag>{' '}
        {rule.switchable ? (
          <Tag tone={rule.off ? 'warn' : 'quiet'}>{rule.off ? 'switched off' : 'may be switched off'}</Tag>
        ) : null}
      </Table.Td>
      <Table.Td>
        <Text size="sm">{rule.citation}</Text>
        <Text size="xs" c="dimmed">
          {marks[rule.mark] ?? rule.mark}
          {rule.verifiedOn === null ? '' : `, ${day(rule.verifiedOn)}`}
        </Text>
        {rule.lawInStates.length === 0 ? null : <Text size="xs">Law in {rule.lawInStates.join(', ')}</Text>}
      </Table.Td>
      <Table.Td>
        {rule.effectiveFrom === null && rule.effectiveTo === null
          ? 'always'
          : `${rule.effectiveFrom === null ? '' : `from ${day(rule.effectiveFrom)}`} ${rule.effectiveTo === null ? '' : `to ${day(rule.effectiveTo)}`}`}
      </Table.Td>
    </Table.Tr>
  );
}

import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ReachLacking } from '../../../api/schemas/reach.ts';
import { count } from '../lib/format.ts';
import { StackTable } from './stack-table.tsx';

/** How many people the gate refuses by each channel because a fact is not on file. */
export function LackingFacts({ lacking }: { lacking: ReachLacking }): ReactNode {
  const { people, judged, rows } = lacking;
  const asked = judged < people ? `the first ${count(judged)} of ${count(people)}` : count(people);
  if (rows.length === 0)
    return (
      <Text size="sm" c="dimmed">
        Of {asked} people behind past-due accounts, nobody is refused for want of a fact.
      </Text>
    );
  const numbers = ['Text', 'Call', 'E-mail', 'Letter'].map((title) => ({ title, align: 'right' as const }));
  return (
    <>
      <Text size="sm" c="dimmed">
        People the gate refuses for want of each fact, of {asked} behind past-due accounts.
      </Text>
      <StackTable
        label="Facts that are lacking"
        columns={[{ title: 'Fact' }, ...numbers]}
        rows={rows.map(({ field, sms, call, email, letter }) => ({
          key: field,
          cells: [field, ...[sms, call, email, letter].map((value) => count(value))],
        }))}
      />
    </>
  );
}

import { Button, Group, Progress, Stack, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ImportAnswer, ImportSet } from '../../../../api/schemas/imports.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { count, when, words } from '../../lib/format.ts';
import { useMay, useZone } from '../../lib/session.ts';
import { Facts } from '../../ui/facts.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Tag } from '../../ui/tag.tsx';
import { Errors, Fill } from './import-rows.tsx';
import { importTones } from './import-tones.ts';
import { Notice } from '../../ui/notice.tsx';
import { WideTable } from '../../ui/wide-table.tsx';

export function ImportSetView({ set }: { set: ImportSet }): ReactNode {
  const zone = useZone();
  const may = useMay();
  const rejected = set.tables.reduce((sum, table) => sum + table.rejected, 0);
  return (
    <Stack gap="md">
      <Panel title={`Set ${set.id}, ${set.source}`} side={<Tag tone={importTones[set.state]}>{set.state}</Tag>}>
        <Stack gap="sm">
          {set.doneAt === null && set.progress.share !== null ? (
            <Progress value={set.progress.share * 100} aria-label={set.progress.phase ?? 'Progress'} />
          ) : null}
          {set.quarantine.length === 0 ? null : <Quarantine set={set} />}
          {set.failure === null ? null : (
            <Notice tone="bad" title="It failed">
              {set.failure}
            </Notice>
          )}
          <Facts
            rows={[
              ['As of', when(set.asOf, zone)],
              ['Kind', words(set.kind)],
              ['Came in', `${when(set.receivedAt, zone)}, ${set.broughtBy}`],
              ['Finished', set.doneAt === null ? null : when(set.doneAt, zone)],
              ['Dry run', set.dryRun ? 'yes: nothing was changed' : null],
              [
                'Decided',
                set.decided === null
                  ? null
                  : `${set.decided.by}, ${when(set.decided.at, zone)}: ${set.decided.because}`,
              ],
              ...Object.entries(set.summary)
                .filter(([, value]) => value !== 0)
                .map(([name, value]): [string, string] => [spaced(name), count(value)]),
            ]}
          />
          <Files set={set} />
          <Tables set={set} />
        </Stack>
      </Panel>
      {rejected === 0 || !may('import.errors') ? null : <Errors id={set.id} />}
      <Fill id={set.id} />
    </Stack>
  );
}

/** What does not look like yesterday waits for a person; the stops in it do not. */
function Quarantine({ set }: { set: ImportSet }): ReactNode {
  const may = useMay();
  const [reason, setReason] = useState('');
  const command = useCommand({
    run: (what: 'release' | 'refuse') =>
      api.post<ImportAnswer>(`/api/imports/${set.id}/${what}`, { reason: reason.trim() }),
    said: (answer) => (answer.state === 'refused' ? 'Refused.' : 'Released.'),
  });
  return (
    <Notice
      tone={set.state === 'quarantined' ? 'warn' : 'quiet'}
      title={set.state === 'quarantined' ? 'Waits for a person' : 'Was held'}
    >
      <Stack gap={6}>
        <ul className="reasons">
          {set.quarantine.map((line) => (
            <li key={line.code}>
              <b>{words(line.code)}</b>: {line.words}
            </li>
          ))}
        </ul>
        {set.state === 'quarantined' && may('import.release') ? (
          <Group gap="xs" align="end">
            <TextInput
              label="Why"
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              flex={1}
              miw={180}
              error={command.error?.message ?? null}
            />
            <Button
              disabled={reason.trim() === ''}
              loading={command.isPending}
              onClick={() => command.mutate('release')}
            >
              Release
            </Button>
            <Button
              variant="default"
              disabled={reason.trim() === ''}
              loading={command.isPending}
              onClick={() => command.mutate('refuse')}
            >
              Refuse
            </Button>
          </Group>
        ) : null}
      </Stack>
    </Notice>
  );
}

/** `newlyDelinquent` as "Newly delinquent". */
const spaced = (name: string): string => words(name.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`));

function Files({ set }: { set: ImportSet }): ReactNode {
  if (set.files.length === 0) return null;
  return (
    <WideTable label="Files of the set" minWidth={600}>
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>File</Table.Th>
            {['Rows', 'Taken', 'Refused', 'Waiting'].map((title) => (
              <Table.Th key={title} ta="right">
                {title}
              </Table.Th>
            ))}
            <Table.Th>Remarks</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {set.files.map((file) => (
            <Table.Tr key={file.file}>
              <Table.Th scope="row" fw={400}>
                {file.file}
                <Text size="xs" c="dimmed">
                  {words(file.table)}
                </Text>
              </Table.Th>
              {[file.rowsRead ?? file.rowsSaid, file.rowsTaken, file.rowsRejected, file.rowsWaiting].map(
                (value, index) => (
                  // The columns never change their order.
                  // oxlint-disable-next-line react/no-array-index-key
                  <Table.Td key={index} ta="right">
                    {value === null ? '–' : count(value)}
                  </Table.Td>
                ),
              )}
              <Table.Td>
                {file.problem}{' '}
                {file.unknownColumns.length === 0 ? null : (
                  <Tag tone="warn">unknown columns: {file.unknownColumns.join(', ')}</Tag>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  );
}

function Tables({ set }: { set: ImportSet }): ReactNode {
  if (set.tables.length === 0) return null;
  return (
    <WideTable label="Changes by table" minWidth={480}>
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>What changed</Table.Th>
            {['New', 'Changed', 'Unchanged', 'Refused'].map((title) => (
              <Table.Th key={title} ta="right">
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {set.tables.map((table) => (
            <Table.Tr key={table.table}>
              <Table.Th scope="row" fw={400}>
                {words(table.table)}
              </Table.Th>
              <Table.Td ta="right">{count(table.inserted)}</Table.Td>
              <Table.Td ta="right">{count(table.changed)}</Table.Td>
              <Table.Td ta="right">{count(table.unchanged)}</Table.Td>
              <Table.Td ta="right">
                {table.rejected === 0 ? '0' : <Tag tone="bad">{count(table.rejected)}</Tag>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  );
}

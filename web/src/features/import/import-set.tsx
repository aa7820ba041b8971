import { Button, Group, Progress, Stack, Text, TextInput } from '@mantine/core';
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
import { Errors, Fill, Lacking } from './import-rows.tsx';
import { importTones } from './import-tones.ts';
import { Notice } from '../../ui/notice.tsx';
import { StackTable } from '../../ui/stack-table.tsx';

export function ImportSetView({ set }: { set: ImportSet }): ReactNode {
  const zone = useZone();
  const may = useMay();
  const left = set.files.reduce((sum, file) => sum + (file.rowsRejected ?? 0) + (file.rowsWaiting ?? 0), 0);
  return (
    <Stack gap="md">
      <Panel title={`Set ${set.id}, ${set.source}`} side={<Tag tone={importTones[set.state]}>{set.state}</Tag>}>
        <Stack gap="sm">
          <Underway set={set} />
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
      {left === 0 || !may('import.errors') ? null : <Errors id={set.id} />}
      <Fill id={set.id} />
      <Lacking />
    </Stack>
  );
}

/** Where a set that is being taken in stands; reading is the longest part, and the only one that counts as it goes. */
const phases: Partial<Record<ImportSet['state'], readonly [words: string, from: number, to: number]>> = {
  received: ['Reading the files', 2, 60],
  staged: ['Checking the rows', 65, 65],
  checked: ['Taking them in', 80, 80],
  released: ['Taking them in', 80, 80],
  merged: ['Opening cases', 95, 95],
};

function Underway({ set }: { set: ImportSet }): ReactNode {
  const phase = phases[set.state];
  if (phase === undefined) return null;
  const [said, from, to] = phase;
  const value = from + (to - from) * (set.progress.share ?? 0);
  return (
    <div role="status">
      <Text size="sm">
        {said}
        {set.state === 'received' && set.progress.share !== null ? `: ${Math.round(set.progress.share * 100)} %` : '…'}
      </Text>
      <Progress value={value} aria-label={said} />
    </div>
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
      title={
        set.state === 'quarantined' ? 'Waits for a person' : set.dryRun ? 'It would wait for a person' : 'Was held'
      }
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
  const numbers = ['Rows', 'Taken', 'Refused', 'Waiting'].map((title) => ({ title, align: 'right' as const }));
  return (
    <StackTable
      label="Files of the set"
      columns={[{ title: 'File' }, ...numbers, { title: 'Remarks' }]}
      rows={set.files.map((file) => ({
        key: `${file.file}/${file.table}`,
        cells: [
          <span key="name">
            {file.file}
            <Text size="xs" c="dimmed">
              {words(file.table)}
            </Text>
          </span>,
          ...[file.rowsRead ?? file.rowsSaid, file.rowsTaken, file.rowsRejected, file.rowsWaiting].map((value) =>
            value === null ? '–' : count(value),
          ),
          file.problem === null && file.unknownColumns.length === 0 ? null : (
            <span key="remarks">
              {file.problem}{' '}
              {file.unknownColumns.length === 0
                ? null
                : `Columns that nothing reads: ${file.unknownColumns.join(', ')}`}
            </span>
          ),
        ],
      }))}
    />
  );
}

function Tables({ set }: { set: ImportSet }): ReactNode {
  if (set.tables.length === 0) return null;
  const numbers = ['New', 'Changed', 'Unchanged', 'Refused'].map((title) => ({ title, align: 'right' as const }));
  return (
    <StackTable
      label="Changes by table"
      columns={[{ title: 'What changed' }, ...numbers]}
      rows={set.tables.map((table) => ({
        key: table.table,
        cells: [
          words(table.table),
          count(table.inserted),
          count(table.changed),
          count(table.unchanged),
          table.rejected === 0 ? (
            '0'
          ) : (
            <Tag key="refused" tone="bad">
              {count(table.rejected)}
            </Tag>
          ),
        ],
      }))}
    />
  );
}

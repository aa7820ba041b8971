import { Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { LetterPage, LetterRow, LetterState, LetterSummary } from '../../../../api/schemas/letters.ts';
import { api, query } from '../../lib/api.ts';
import { count, day, when, words } from '../../lib/format.ts';
import { useMay, useZone } from '../../lib/session.ts';
import { Answer } from '../../ui/answer.tsx';
import { RouteAnchor } from '../../ui/links.tsx';
import { StackTable } from '../../ui/stack-table.tsx';
import { Tag } from '../../ui/tag.tsx';
import { LetterForm } from './letter-form.tsx';
import { ReturnedForm } from './returned-form.tsx';
import { ReleasePanel } from './release-panel.tsx';
import { VendorFileForm } from './vendor-file-form.tsx';

const heaps: Record<LetterState, { label: string; empty: string }> = {
  waiting: { label: 'Waiting', empty: 'No letter waits to be released.' },
  released: { label: 'With the printer', empty: 'The printer has nothing of ours.' },
  mailed: { label: 'Mailed', empty: 'No letter was mailed yet.' },
  returned: { label: 'Came back', empty: 'No mail came back.' },
};
const states: readonly LetterState[] = ['waiting', 'released', 'mailed', 'returned'];

/** Letters on paper: what waits, what the printer has, what was mailed and what came back. */
export function LettersPage(): ReactNode {
  const { state: asked, cursor } = useSearch({ from: '/letters' });
  const navigate = useNavigate();
  const state = states.find((each) => each === asked) ?? 'waiting';
  const summary = useQuery({
    queryKey: ['letters', 'summary'],
    queryFn: ({ signal }) => api.get<LetterSummary>('/api/letters/summary', signal),
  });
  const letters = useQuery({
    queryKey: ['letters', state, cursor],
    queryFn: ({ signal }) => api.get<LetterPage>(`/api/letters${query({ state, cursor, limit: 50 })}`, signal),
  });
  return (
    <Stack gap="md">
      <div>
        <Title order={1}>Letters</Title>
        <Text size="sm" c="dimmed">
          Until its release a letter can be taken back. A legal clock runs from the day of mailing, as a person or the
          printer’s file says it.
        </Text>
      </div>
      <Answer query={summary}>
        {(data) => (
          <>
            <ReleasePanel summary={data} />
            <NativeSelect
              label="Show"
              w="fit-content"
              value={state}
              data={states.map((each) => ({
                value: each,
                label: `${heaps[each].label} (${count(data.counts[each])})`,
              }))}
              onChange={(event) => void navigate({ to: '/letters', search: { state: event.currentTarget.value } })}
            />
          </>
        )}
      </Answer>
      <Answer query={letters}>
        {({ rows, next }) => (
          <Stack gap="xs">
            {rows.length === 0 ? <Text>{heaps[state].empty}</Text> : <LetterTable rows={rows} state={state} />}
            {next === null ? null : (
              <Group>
                <Button
                  size="compact-md"
                  variant="default"
                  onClick={() => void navigate({ to: '/letters', search: { state, cursor: next } })}
                >
                  Next page
                </Button>
              </Group>
            )}
          </Stack>
        )}
      </Answer>
      <VendorFileForm />
      <ReturnedForm />
    </Stack>
  );
}

interface Column {
  title: string;
  cell: (row: LetterRow) => ReactNode;
}

function LetterTable({ rows, state }: { rows: readonly LetterRow[]; state: LetterState }): ReactNode {
  const zone = useZone();
  const may = useMay();
  const acts = may('letter.act') && (state === 'waiting' || state === 'released');
  const columns: Column[] = [
    {
      title: 'Letter',
      cell: (row) => (
        <>
          {words(row.template)} {row.legal ? <Tag tone="warn">legal</Tag> : null}
        </>
      ),
    },
    {
      title: 'Loan',
      cell: (row) => (
        <RouteAnchor to="/loans/$loan" params={{ loan: row.loanNumber }}>
          {row.loanNumber}
        </RouteAnchor>
      ),
    },
    { title: 'To', cell: (row) => row.person },
    { title: 'Worded', cell: (row) => when(row.wordedAt, zone) },
    state === 'waiting'
      ? { title: 'Number', cell: (row) => row.id.slice(0, 8) }
      : { title: 'Batch', cell: (row) => <Batch row={row} /> },
    ...(state === 'waiting'
      ? []
      : [{ title: state === 'released' ? 'Class' : 'Mailed', cell: (row: LetterRow) => <Mailed row={row} /> }]),
    ...(state === 'returned'
      ? [{ title: 'Came back', cell: (row: LetterRow) => `${day(row.returnedOn)}: ${row.returnReason ?? ''}` }]
      : []),
    ...(acts ? [{ title: 'What to do', cell: (row: LetterRow) => <LetterForm letter={row} /> }] : []),
  ];
  return (
    <StackTable
      label={heaps[state].label}
      columns={columns}
      rows={rows.map((row) => ({ key: row.id, cells: columns.map(({ cell }) => cell(row)) }))}
    />
  );
}

function Mailed({ row }: { row: LetterRow }): ReactNode {
  return (
    <>
      {row.mailedOn === null ? null : `${day(row.mailedOn)}, `}
      {row.mailClass === null ? '' : words(row.mailClass).toLowerCase()}
      {row.certificateNumber === null ? null : (
        <Text size="xs" c="dimmed">
          certificate {row.certificateNumber}
        </Text>
      )}
    </>
  );
}

/** The batch, and the number by which the printer and the post know the letter. */
function Batch({ row }: { row: LetterRow }): ReactNode {
  return (
    <>
      {row.batchId}
      <Text size="xs" c="dimmed">
        {row.id.slice(0, 8)}
      </Text>
    </>
  );
}

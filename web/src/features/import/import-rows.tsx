import { Button, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { FillRates, ImportErrorPage } from '../../../../api/schemas/imports.ts';
import { api, query } from '../../lib/api.ts';
import { count, words } from '../../lib/format.ts';
import { useLacking } from '../../lib/lacking.ts';
import { Answer } from '../../ui/answer.tsx';
import { Panel } from '../../ui/panel.tsx';
import { LackingFacts } from '../../ui/lacking-facts.tsx';
import { StackTable } from '../../ui/stack-table.tsx';
import { Tag } from '../../ui/tag.tsx';

export function Errors({ id }: { id: number }): ReactNode {
  const errors = useInfiniteQuery({
    queryKey: ['import-errors', id],
    queryFn: ({ pageParam, signal }) =>
      api.get<ImportErrorPage>(`/api/imports/${id}/errors${query({ cursor: pageParam, limit: 50 })}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const rows = errors.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Panel
      title="Rows refused"
      side={
        <a href={`/api/imports/${id}/errors.csv`} download>
          Download with their lines
        </a>
      }
    >
      {errors.isError ? (
        <Text c="red" role="alert">
          {errors.error.message}
        </Text>
      ) : null}
      <StackTable
        label="Refused rows"
        columns={[
          { title: 'File' },
          { title: 'Row', align: 'right' },
          { title: 'Column' },
          { title: 'Value' },
          { title: 'Why' },
        ]}
        rows={rows.map((row) => ({
          key: `${row.file}/${row.table}/${row.row}/${row.column ?? ''}/${row.code}`,
          cells: [row.file, count(row.row), row.column ?? '–', row.value ?? '–', row.reason],
        }))}
      />
      {errors.hasNextPage ? (
        <Button
          variant="default"
          size="compact-md"
          loading={errors.isFetchingNextPage}
          onClick={() => void errors.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </Panel>
  );
}

/** How full each column is: a column that empties overnight is a broken file, not a change of facts. */
export function Fill({ id }: { id: number }): ReactNode {
  const fill = useQuery({
    queryKey: ['import-fill', id],
    queryFn: ({ signal }) => api.get<FillRates>(`/api/imports/${id}/fill`, signal),
  });
  return (
    <Panel title="How full the columns are">
      <Answer query={fill}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Text size="sm" c="dimmed">
              Not measured yet.
            </Text>
          ) : (
            <StackTable
              label="Fill rates"
              columns={[
                { title: 'Column' },
                { title: 'Filled' },
                { title: 'Share', align: 'right' },
                { title: 'Before' },
              ]}
              rows={rows.map((row) => ({
                key: `${row.table}/${row.column}`,
                cells: [
                  `${words(row.table)}: ${row.column}`,
                  <meter
                    key="bar"
                    className="bar"
                    min={0}
                    max={1}
                    value={row.filled}
                    aria-label={`${row.column}: share of rows filled`}
                  />,
                  `${Math.round(row.filled * 100)} %`,
                  row.was !== null && row.was - row.filled > 0.1 ? (
                    <Tag key="was" tone="warn">
                      was {Math.round(row.was * 100)} %
                    </Tag>
                  ) : null,
                ],
              }))}
            />
          )
        }
      </Answer>
    </Panel>
  );
}

/** The price of what is empty: people whom the gate refuses for want of it, in the book as it stands. */
export function Lacking(): ReactNode {
  const lacking = useLacking();
  return (
    <Panel title="What is missing to contact people">
      <Answer query={lacking}>{(found) => <LackingFacts lacking={found} />}</Answer>
    </Panel>
  );
}

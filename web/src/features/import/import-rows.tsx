import { Button, Table, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { FillRates, ImportErrorPage } from '../../../../api/schemas/imports.ts';
import { api, query } from '../../lib/api.ts';
import { words } from '../../lib/format.ts';
import { Answer } from '../../ui/answer.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Tag } from '../../ui/tag.tsx';
import { WideTable } from '../../ui/wide-table.tsx';

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
      <WideTable label="Refused rows" minWidth={520}>
        <Table verticalSpacing={4} striped>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>File</Table.Th>
              <Table.Th ta="right">Row</Table.Th>
              <Table.Th>Column</Table.Th>
              <Table.Th>Value</Table.Th>
              <Table.Th>Why</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={`${row.file}/${row.row}/${row.column ?? ''}/${row.reason}`}>
                <Table.Td>{row.file}</Table.Td>
                <Table.Td ta="right">{row.row}</Table.Td>
                <Table.Td>{row.column ?? '–'}</Table.Td>
                <Table.Td className="wraps">{row.value ?? '–'}</Table.Td>
                <Table.Td>{row.reason}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
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
            <WideTable label="Fill rates" minWidth={420}>
              <Table verticalSpacing={2}>
                <Table.Tbody>
                  {rows.map((row) => (
                    <Table.Tr key={`${row.table}/${row.column}`}>
                      <Table.Th scope="row" fw={400}>
                        {words(row.table)}: {row.column}
                      </Table.Th>
                      <Table.Td>
                        <meter
                          className="bar"
                          min={0}
                          max={1}
                          value={row.filled}
                          aria-label={`${row.column}: share of rows filled`}
                        />
                      </Table.Td>
                      <Table.Td ta="right">{Math.round(row.filled * 100)} %</Table.Td>
                      <Table.Td>
                        {row.was !== null && row.was - row.filled > 0.1 ? (
                          <Tag tone="warn">was {Math.round(row.was * 100)} %</Tag>
                        ) : null}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </WideTable>
          )
        }
      </Answer>
    </Panel>
  );
}

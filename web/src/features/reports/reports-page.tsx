import { Anchor, Button, Group, NativeSelect, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Report, ReportColumn, ReportList } from '../../../../api/schemas/reports.ts';
import { api, query } from '../../lib/api.ts';
import { count, day, dollars, when } from '../../lib/format.ts';
import { useZone } from '../../lib/session.ts';
import { Answer } from '../../ui/answer.tsx';
import { RouteAnchor } from '../../ui/links.tsx';
import { WideTable } from '../../ui/wide-table.tsx';

/** Each report on screen and as a file, with how it is computed. */
export function ReportsPage(): ReactNode {
  const { name, from, to } = useSearch({ from: '/reports' });
  const navigate = useNavigate();
  const list = useQuery({
    queryKey: ['reports'],
    queryFn: ({ signal }) => api.get<ReportList>('/api/reports', signal),
    staleTime: Infinity,
  });
  const set = (key: 'name' | 'from' | 'to', value: string): void =>
    void navigate({
      to: '/reports',
      search: (now) => ({ ...now, [key]: value === '' ? undefined : value }),
      replace: true,
    });
  return (
    <Stack gap="md">
      <Title order={1}>Reports</Title>
      <Answer query={list}>
        {({ reports }) => {
          const chosen = name ?? reports[0]?.name;
          return (
            <>
              <Group gap="xs" align="end">
                <NativeSelect
                  label="Report"
                  data={reports.map((report) => ({ value: report.name, label: report.title }))}
                  value={chosen ?? ''}
                  onChange={(event) => set('name', event.currentTarget.value)}
                />
                <TextInput
                  type="date"
                  label="From"
                  value={from ?? ''}
                  onChange={(event) => set('from', event.currentTarget.value)}
                />
                <TextInput
                  type="date"
                  label="To"
                  value={to ?? ''}
                  onChange={(event) => set('to', event.currentTarget.value)}
                />
              </Group>
              {chosen === undefined ? null : <OneReport name={chosen} from={from} to={to} />}
            </>
          );
        }}
      </Answer>
    </Stack>
  );
}

function OneReport({ name, from, to }: { name: string; from: string | undefined; to: string | undefined }): ReactNode {
  const zone = useZone();
  const asked = query({ from, to });
  const report = useQuery({
    queryKey: ['report', name, from, to],
    queryFn: ({ signal }) => api.get<Report>(`/api/reports/${name}${asked}`, signal),
  });
  return (
    <Answer query={report}>
      {(data) => (
        <Stack gap="xs">
          <Group justify="space-between" gap="xs">
            <Title order={2}>{data.title}</Title>
            <Button
              component="a"
              href={`/api/reports/${name}.csv${asked}`}
              download
              size="compact-md"
              variant="default"
            >
              Download CSV
            </Button>
          </Group>
          <Text size="sm" c="dimmed">
            {data.how}
          </Text>
          {data.rows.length === 0 ? (
            <Text>Nothing to report.</Text>
          ) : (
            <WideTable label="Report" minWidth={Math.min(1100, 130 * data.columns.length)}>
              <Table verticalSpacing={4} striped>
                <Table.Caption>
                  {count(data.rows.length)} rows{data.truncated ? ', the rest is in the file' : ''}
                </Table.Caption>
                <Table.Thead>
                  <Table.Tr>
                    {data.columns.map((column) => (
                      <Table.Th key={column.key} ta={right(column) ? 'right' : undefined}>
                        {column.title}
                      </Table.Th>
                    ))}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {data.rows.map((row, index) => (
                    // A report's rows have no id and never change in place.
                    // oxlint-disable-next-line react/no-array-index-key
                    <Table.Tr key={index}>
                      {data.columns.map((column) => (
                        <Table.Td key={column.key} ta={right(column) ? 'right' : undefined}>
                          <Cell column={column} value={row[column.key] ?? null} zone={zone} />
                        </Table.Td>
                      ))}
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </WideTable>
          )}
        </Stack>
      )}
    </Answer>
  );
}

const right = (column: ReportColumn): boolean => column.type === 'cents' || column.type === 'number';

function Cell({
  column,
  value,
  zone,
}: {
  column: ReportColumn;
  value: string | number | null;
  zone: string;
}): ReactNode {
  if (value === null) return '–';
  switch (column.type) {
    case 'cents':
      return dollars(Number(value));
    case 'number':
      return count(Number(value));
    case 'date':
      return day(String(value));
    case 'instant':
      return when(String(value), zone);
    case 'loan':
      return (
        <RouteAnchor to="/loans/$loan" params={{ loan: String(value) }} inherit>
          {value}
        </RouteAnchor>
      );
    case 'text':
      return typeof value === 'string' && value.startsWith('https://') ? (
        <Anchor href={value} inherit>
          {value}
        </Anchor>
      ) : (
        value
      );
  }
}

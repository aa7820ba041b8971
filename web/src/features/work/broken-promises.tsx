import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { PromisePage } from '../../../../api/schemas/promises.ts';
import { api } from '../../lib/api.ts';
import { day, dollars, when } from '../../lib/format.ts';
import { useZone } from '../../lib/session.ts';
import { Answer } from '../../ui/answer.tsx';
import { RouteAnchor } from '../../ui/links.tsx';
import { WideTable } from '../../ui/wide-table.tsx';

export function BrokenPromises(): ReactNode {
  const zone = useZone();
  const broken = useQuery({
    queryKey: ['promises', 'broken'],
    queryFn: ({ signal }) => api.get<PromisePage>('/api/promises?state=broken&limit=100', signal),
  });
  return (
    <Answer query={broken}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Text c="dimmed">No promise is broken.</Text>
        ) : (
          <WideTable label="Broken promises" minWidth={560}>
            <Table verticalSpacing={6} highlightOnHover>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Account</Table.Th>
                  <Table.Th>Person</Table.Th>
                  <Table.Th ta="right">Promised</Table.Th>
                  <Table.Th>For</Table.Th>
                  <Table.Th>Broken</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map((row) => (
                  <Table.Tr key={row.id}>
                    <Table.Td>
                      <RouteAnchor to="/loans/$loan" params={{ loan: row.loanId }}>
                        {row.loanNumber}
                      </RouteAnchor>
                    </Table.Td>
                    <Table.Td>{row.person}</Table.Td>
                    <Table.Td ta="right">{dollars(row.amountCents)}</Table.Td>
                    <Table.Td>{day(row.dueOn)}</Table.Td>
                    <Table.Td>{when(row.decidedAt, zone)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </WideTable>
        )
      }
    </Answer>
  );
}

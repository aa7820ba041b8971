import { Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { StaffAccess, StaffList, StaffRow } from '../../../../api/schemas/session.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { when, words } from '../../lib/format.ts';
import { useMay, useSession, useZone } from '../../lib/session.ts';
import { Answer } from '../../ui/answer.tsx';
import { Tag } from '../../ui/tag.tsx';
import { WideTable } from '../../ui/wide-table.tsx';

/** Who may use the product. Roles come from the bank's own sign-in; here access ends, and employees' loans are opened by name. */
export function StaffPage(): ReactNode {
  const staff = useQuery({
    queryKey: ['staff'],
    queryFn: ({ signal }) => api.get<StaffList>('/api/staff', signal),
  });
  return (
    <Stack gap="sm">
      <div>
        <Title order={1}>Staff</Title>
        <Text c="dimmed" size="sm">
          Whoever has signed in once. Roles and teams come from the bank’s sign-in. Loans of employees open only to
          those named here, and nobody opens their own.
        </Text>
      </div>
      <Answer query={staff}>
        {({ rows }) => (
          <WideTable label="Staff" minWidth={760}>
            <Table striped verticalSpacing={6}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Person</Table.Th>
                  <Table.Th>Role</Table.Th>
                  <Table.Th>Last seen</Table.Th>
                  <Table.Th>Employees’ loans</Table.Th>
                  <Table.Th>Access</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map((row) => (
                  <Person key={row.id} row={row} />
                ))}
              </Table.Tbody>
            </Table>
          </WideTable>
        )}
      </Answer>
    </Stack>
  );
}

function Person({ row }: { row: StaffRow }): ReactNode {
  const zone = useZone();
  const may = useMay();
  const { data: session } = useSession();
  const command = useCommand({
    run: (body: StaffAccess) => api.post<{ id: string }>(`/api/staff/${row.id}/access`, body),
    said: () => 'Changed.',
  });
  // Nobody names themselves: a second administrator does.
  const manages = may('staff.manage') && session?.staff.id !== row.id;
  const off = row.disabledAt !== null;
  return (
    <Table.Tr>
      <Table.Td>
        {row.name}
        <Text size="xs" c="dimmed">
          {row.email}
        </Text>
      </Table.Td>
      <Table.Td>
        {words(row.role)}
        <Text size="xs" c="dimmed">
          {row.team}
        </Text>
      </Table.Td>
      <Table.Td>
        {when(row.lastSeenAt, zone)}
        <Text size="xs" c="dimmed">
          {row.openSessions === 1 ? '1 session open' : `${row.openSessions} sessions open`}
        </Text>
      </Table.Td>
      <Table.Td>
        <Group gap={6}>
          <Tag tone={row.opensEmployeeLoans ? 'info' : 'quiet'}>{row.opensEmployeeLoans ? 'named' : 'not named'}</Tag>
          {manages ? (
            <Button
              size="compact-xs"
              variant="default"
              loading={command.isPending}
              onClick={() => command.mutate({ opensEmployeeLoans: !row.opensEmployeeLoans })}
              aria-label={`${row.opensEmployeeLoans ? 'No longer name' : 'Name'} ${row.name}`}
            >
              {row.opensEmployeeLoans ? 'No longer' : 'Name'}
            </Button>
          ) : null}
        </Group>
      </Table.Td>
      <Table.Td>
        <Group gap={6}>
          <Tag tone={off ? 'bad' : 'good'}>{off ? 'ended' : 'open'}</Tag>
          {manages ? (
            <Button
              size="compact-xs"
              variant="default"
              loading={command.isPending}
              onClick={() => command.mutate({ disabled: !off })}
              aria-label={`${off ? 'Give access back to' : 'End access of'} ${row.name}`}
            >
              {off ? 'Give back' : 'End'}
            </Button>
          ) : null}
        </Group>
        {command.error === null ? null : (
          <Text size="xs" c="red" role="alert">
            {command.error.message}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

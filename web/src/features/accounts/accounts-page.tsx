import { Button, Group, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { LoanPage } from '../../../../api/schemas/loans.ts';
import { api, query } from '../../lib/api.ts';
import { day, dollars, withoutLabel, words } from '../../lib/format.ts';
import { Tag } from '../../ui/tag.tsx';
import { RouteAnchor, RouteButton } from '../../ui/links.tsx';
import { WideTable } from '../../ui/wide-table.tsx';

/** A list of accounts: whatever the address asks for. */
export function AccountsPage(): ReactNode {
  const search: Record<string, string | undefined> = useSearch({ from: '/accounts' });
  const list = useInfiniteQuery({
    queryKey: ['accounts', search],
    queryFn: ({ pageParam, signal }) =>
      api.get<LoanPage>(`/api/loans${query({ ...search, cursor: pageParam, limit: 50 })}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Stack gap="sm">
      <Title order={1}>Accounts</Title>
      <Find search={search} />
      <Filters search={search} />
      {list.isError ? (
        <Text c="red" role="alert">
          {list.error.message}
        </Text>
      ) : null}
      <WideTable label="Accounts" minWidth={960}>
        <Table striped highlightOnHover verticalSpacing={6} aria-busy={list.isPending}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Account</Table.Th>
              <Table.Th>Borrower</Table.Th>
              <Table.Th>Product</Table.Th>
              <Table.Th ta="right">Days</Table.Th>
              <Table.Th ta="right">Past due</Table.Th>
              <Table.Th miw={260}>Next</Table.Th>
              <Table.Th>State</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
      {!list.isPending && rows.length === 0 ? <Text c="dimmed">No account fits this.</Text> : null}
      {list.hasNextPage ? (
        <Button variant="default" onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          Show more
        </Button>
      ) : null}
    </Stack>
  );
}

function Row({ row }: { row: LoanPage['rows'][number] }): ReactNode {
  return (
    <Table.Tr>
      <Table.Td>
        <RouteAnchor to="/loans/$loan" params={{ loan: row.id }}>
          {row.loanNumber}
        </RouteAnchor>
      </Table.Td>
      <Table.Td>
        {row.borrower?.name ?? '–'}
        {row.otherPeople > 0 ? ` +${row.otherPeople}` : ''}
      </Table.Td>
      <Table.Td>{words(row.product)}</Table.Td>
      <Table.Td ta="right">{row.daysPastDue}</Table.Td>
      <Table.Td ta="right">
        {dollars(row.pastDueCents)}
        {row.pendingCents > 0 ? (
          <Text size="xs" c="dimmed">
            {dollars(row.pendingCents)} pending
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td>{row.nextBecause === null ? '–' : withoutLabel(row.nextBecause)}</Table.Td>
      <Table.Td>
        <Group gap={4}>
          {row.holds.map((hold) => (
            <Tag key={hold} tone="warn">
              {words(hold)}
            </Tag>
          ))}
          {row.stops.map((stop) => (
            <Tag key={stop} tone="bad">
              {words(stop)}
            </Tag>
          ))}
          {row.promise === null ? null : <Tag tone="info">Promise {day(row.promise.dueOn)}</Tag>}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function Find({ search }: { search: Record<string, string | undefined> }): ReactNode {
  const navigate = useNavigate();
  const [text, setText] = useState(search['search'] ?? '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const { search: _gone, ...rest } = search;
    void navigate({ to: '/accounts', search: text.trim() === '' ? rest : { ...rest, search: text.trim() } });
  };
  return (
    <form onSubmit={submit} role="search">
      <Group gap="xs" align="end">
        <TextInput
          label="Find"
          placeholder="Loan number, last name, phone or e-mail"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          w={{ base: '100%', xs: 320 }}
        />
        <Button type="submit" variant="default">
          Find
        </Button>
      </Group>
    </form>
  );
}

/** Filters as people call them; the others are called by their own name. */
const filterNames: Readonly<Record<string, string>> = {
  pastDue: 'Past due',
  bucket: 'Days past due',
  caseStatus: 'Case',
  contactedToday: 'Contacted today by',
  refusedToday: 'Held back today by',
  sends: 'Messages',
};

function Filters({ search }: { search: Record<string, string | undefined> }): ReactNode {
  const set = Object.entries(search).filter(([name]) => name !== 'search');
  if (set.length === 0) return null;
  return (
    <Group gap={6}>
      {set.map(([name, value]) => {
        const rest = Object.fromEntries(Object.entries(search).filter(([other]) => other !== name));
        return (
          <RouteButton
            key={name}
            to="/accounts"
            search={rest}
            size="compact-xs"
            variant="light"
            rightSection="×"
            aria-label={`Remove filter ${filterNames[name] ?? words(name)} ${value}`}
          >
            {filterNames[name] ?? words(name)}: {words(value ?? '')}
          </RouteButton>
        );
      })}
    </Group>
  );
}

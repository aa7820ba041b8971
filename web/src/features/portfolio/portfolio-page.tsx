import { Card, Grid, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Portfolio } from '../../../../api/schemas/portfolio.ts';
import { api } from '../../lib/api.ts';
import { count, dollars, when, words } from '../../lib/format.ts';
import { stopName } from '../../lib/stop-name.ts';
import { useSession } from '../../lib/session.ts';
import { Answer } from '../../ui/answer.tsx';
import { RouteAnchor } from '../../ui/links.tsx';
import { Tag } from '../../ui/tag.tsx';
import { Notice } from '../../ui/notice.tsx';

type Figure = Portfolio['pastDue'];

/** The desk at a glance. Every number opens exactly the accounts that it counts. */
export function PortfolioPage(): ReactNode {
  const portfolio = useQuery({
    queryKey: ['portfolio'],
    queryFn: ({ signal }) => api.get<Portfolio>('/api/portfolio', signal),
  });
  return (
    <Stack gap="md">
      <Title order={1}>Portfolio</Title>
      <Answer query={portfolio}>{(data) => <Desk data={data} />}</Answer>
    </Stack>
  );
}

function Desk({ data }: { data: Portfolio }): ReactNode {
  return (
    <>
      <FeedNotice data={data} />
      <Grid gap="sm">
        <Tile label="Accounts" figure={data.accounts} />
        <Tile label="Past due" figure={data.pastDue} />
        <Tile label="Open cases" figure={data.openCases} />
        <Tile label="On hold" figure={data.onHold} />
        <Tile label="Payments pending" figure={data.paymentsPending} money="on the way" />
        <Tile label="Promises due today" figure={data.promises.dueToday} />
        <Tile label="Promises broken today" figure={data.promises.brokenToday} />
        <Tile label="Unconfirmed messages" figure={data.unconfirmedSends} />
      </Grid>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Figures
            title="Past due by age"
            rows={data.byBucket
              .toSorted((a, b) => Number.parseInt(a.bucket) - Number.parseInt(b.bucket))
              .map((row) => ({ label: `${row.bucket} days`, figure: row }))}
            empty="Nobody is past due."
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Figures
            title="Past due by product"
            rows={data.byProduct.map((row) => ({ label: words(row.product), figure: row }))}
            empty="Nobody is past due."
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Figures
            title="Open cases by step"
            rows={data.byStep.map((row) => ({
              label: `${words(row.policy)}: ${row.title}${twice(data.byStep, row) ? ` (${row.step})` : ''}`,
              figure: row,
            }))}
            empty="No case is open."
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Figures
            title="Contacts today"
            rows={data.contactsToday.map((row) => ({
              label: `${words(row.channel)}, ${words(row.outcome).toLowerCase()}`,
              figure: row,
            }))}
            empty="No contact yet today."
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Figures
            title="Not sent today, and why"
            rows={data.refusalsToday.map((row) => ({ label: row.title, figure: row }))}
            empty="Nothing was held back today."
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Switches data={data} />
        </Grid.Col>
      </Grid>
    </>
  );
}

/** Whether another step of the same policy has the same title. */
const twice = (rows: Portfolio['byStep'], row: Portfolio['byStep'][number]): boolean =>
  rows.filter((other) => other.policy === row.policy && other.title === row.title).length > 1;

function FeedNotice({ data }: { data: Portfolio }): ReactNode {
  const { data: session } = useSession();
  const { feed } = data;
  const zone = session?.lender.zone ?? 'UTC';
  if (feed.state === 'fresh')
    return (
      <Text size="sm" c="dimmed">
        Core data as of {when(feed.snapshotAt, zone)}.
      </Text>
    );
  return (
    <Notice
      tone={feed.state === 'late' ? 'warn' : 'bad'}
      title={feed.state === 'none' ? 'No file from the core yet' : 'The core’s data is out of date'}
    >
      {feed.state === 'late'
        ? 'The expected file is late. '
        : 'No automated contact goes out until a fresh file has come in. '}
      {feed.snapshotAt === null ? null : `Newest snapshot: ${when(feed.snapshotAt, zone)}.`}
    </Notice>
  );
}

function Tile({ label, figure, money = 'past due' }: { label: string; figure: Figure; money?: string }): ReactNode {
  return (
    <Grid.Col span={{ base: 6, sm: 4, lg: 3 }}>
      <Card withBorder padding="sm" h="100%">
        <Text size="sm" c="dimmed">
          {label}
        </Text>
        <RouteAnchor to="/accounts" search={figure.open} fz="xl" fw={600} c="inherit">
          {count(figure.count)}
        </RouteAnchor>
        {figure.cents === null ? null : (
          <Text size="sm">
            {dollars(figure.cents)} {money}
          </Text>
        )}
      </Card>
    </Grid.Col>
  );
}

function Figures({
  title,
  rows,
  empty,
}: {
  title: string;
  rows: { label: string; figure: Figure }[];
  empty: string;
}): ReactNode {
  return (
    <Card withBorder padding="sm">
      <Title order={2} mb="xs">
        {title}
      </Title>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      ) : (
        <Table verticalSpacing={4}>
          <Table.Tbody>
            {rows.map(({ label, figure }) => (
              <Table.Tr key={label}>
                <Table.Th scope="row" fw={400}>
                  {label}
                </Table.Th>
                <Table.Td ta="right">
                  <RouteAnchor to="/accounts" search={figure.open}>
                    {count(figure.count)}
                    <span className="unseen">{figure.count === 1 ? ' account' : ' accounts'}</span>
                  </RouteAnchor>
                </Table.Td>
                <Table.Td ta="right" w={130}>
                  {figure.cents === null ? '' : dollars(figure.cents)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Card>
  );
}

function Switches({ data }: { data: Portfolio }): ReactNode {
  return (
    <Card withBorder padding="sm">
      <Title order={2} mb="xs">
        Sending
      </Title>
      <Stack gap={6}>
        {data.stopSwitches.length === 0 ? (
          <Text size="sm" c="dimmed">
            The stop switch is not set.
          </Text>
        ) : (
          data.stopSwitches.map((stop) => (
            <Notice key={stop.id} tone="bad" title={`Stopped: ${stopName(stop)}`}>
              {stop.reason}
            </Notice>
          ))
        )}
        {data.sendModes.map((mode) => (
          <Group key={`${mode.channel}/${mode.product}`} justify="space-between">
            <Text size="sm">
              {mode.channel === 'sms' ? 'Text' : words(mode.channel)}
              {mode.product === '*' ? '' : ` (${mode.product})`}
            </Text>
            <Tag tone={mode.mode === 'on' ? 'good' : mode.mode === 'off' ? 'quiet' : 'warn'}>{mode.mode}</Tag>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}

import { Grid, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Reach } from '../../../../api/schemas/reach.ts';
import { api } from '../../lib/api.ts';
import { count, words } from '../../lib/format.ts';
import { useLacking } from '../../lib/lacking.ts';
import { useMay } from '../../lib/session.ts';
import { Answer } from '../../ui/answer.tsx';
import { RouteAnchor } from '../../ui/links.tsx';
import { Panel } from '../../ui/panel.tsx';
import { LackingFacts } from '../../ui/lacking-facts.tsx';
import { StackTable } from '../../ui/stack-table.tsx';
import { ReachPeople } from './reach-people.tsx';
import { WayOut } from './way-out.tsx';

const names = { sms: 'Text', call: 'Call', email: 'E-mail', letter: 'Letter', all: 'Any way' } as const;
const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`);

/** Whom can we lawfully reach, how, and what stands in the way of the others. */
export function ReachPage(): ReactNode {
  const reach = useQuery({ queryKey: ['reach'], queryFn: ({ signal }) => api.get<Reach>('/api/reach', signal) });
  return (
    <Stack gap="md">
      <Title order={1}>Reach</Title>
      <Answer query={reach}>{(data) => <Shown data={data} />}</Answer>
    </Stack>
  );
}

function Shown({ data }: { data: Reach }): ReactNode {
  const may = useMay();
  const lacking = useLacking();
  if (data.people === 0) return <Text c="dimmed">Nobody is past due, so there is nobody to reach.</Text>;
  return (
    <>
      <Text>
        Of {count(data.people)} people behind past-due accounts, <b>{count(data.reachable)}</b> (
        {share(data.reachable, data.people)}) can be reached lawfully in at least one way.
      </Text>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Panel title="By channel">
            <Table verticalSpacing={4}>
              <Table.Tbody>
                {data.byChannel.map((row) => (
                  <Table.Tr key={row.channel}>
                    <Table.Th scope="row" fw={400}>
                      {names[row.channel]}
                    </Table.Th>
                    <Table.Td>
                      <meter
                        className="bar"
                        min={0}
                        max={data.people}
                        value={row.people}
                        aria-label={`${names[row.channel]}: share of people`}
                      />
                    </Table.Td>
                    <Table.Td ta="right">{count(row.people)}</Table.Td>
                    <Table.Td ta="right">{share(row.people, data.people)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Panel>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Panel title="What stands in the way">
            {data.barriers.length === 0 ? (
              <Text size="sm" c="dimmed">
                Nothing.
              </Text>
            ) : (
              <Table verticalSpacing={4}>
                <Table.Tbody>
                  {data.barriers.map((row) => (
                    <Table.Tr key={`${row.channel}/${row.barrier}`}>
                      <Table.Td>{names[row.channel]}</Table.Td>
                      <Table.Th scope="row" fw={400}>
                        {row.title}
                      </Table.Th>
                      <Table.Td ta="right">
                        {row.open === null ? (
                          count(row.people)
                        ) : (
                          <RouteAnchor
                            to="/accounts"
                            search={row.open}
                            aria-label={`${count(row.people)} people: ${row.title}`}
                          >
                            {count(row.people)}
                          </RouteAnchor>
                        )}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            )}
          </Panel>
        </Grid.Col>
        <Grid.Col span={12}>
          <Panel title="By product">
            <StackTable
              label="Reach by product"
              columns={[
                { title: 'Product' },
                ...['People', 'Text', 'E-mail', 'Call', 'Letter', 'No way'].map((title) => ({
                  title,
                  align: 'right' as const,
                })),
              ]}
              rows={data.byProduct.map((row) => ({
                key: row.product,
                cells: [
                  words(row.product),
                  ...[row.people, row.sms, row.email, row.call, row.letter, row.none].map((value) => count(value)),
                ],
              }))}
            />
          </Panel>
        </Grid.Col>
        <Grid.Col span={12}>
          <Panel title="What is not on file">
            <Answer query={lacking}>{(found) => <LackingFacts lacking={found} />}</Answer>
          </Panel>
        </Grid.Col>
        <Grid.Col span={12}>
          <WayOut />
        </Grid.Col>
        {may('loan.read') ? (
          <Grid.Col span={12}>
            <ReachPeople />
          </Grid.Col>
        ) : null}
      </Grid>
    </>
  );
}

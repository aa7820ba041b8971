import { Grid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Policies, PolicyVersionRow } from '../../../../api/schemas/policies.ts';
import { api } from '../../lib/api.ts';
import { count } from '../../lib/format.ts';
import { Answer } from '../../ui/answer.tsx';
import { RouteAnchor } from '../../ui/links.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Tag } from '../../ui/tag.tsx';
import { PolicyVersion } from './policy-version.tsx';

/** The cadences: read, compare, propose, and publish by two. */
export function PoliciesPage(): ReactNode {
  const { policy, version } = useSearch({ from: '/policies' });
  const list = useQuery({
    queryKey: ['policies'],
    queryFn: ({ signal }) => api.get<Policies>('/api/policies', signal),
  });
  return (
    <Stack gap="md">
      <Title order={1}>Policies</Title>
      <Answer query={list}>
        {({ rows }) => {
          const chosen =
            rows.find((row) => row.policy === policy && String(row.version) === version) ??
            rows.find((row) => row.policy === policy) ??
            rows[0];
          if (chosen === undefined) return <Text c="dimmed">No policy is published yet.</Text>;
          const versions = rows.filter((row) => row.policy === chosen.policy);
          return (
            <Grid gap="md">
              <Grid.Col span={{ base: 12, md: 4, lg: 3 }}>
                <Panel title="Versions">
                  <ul className="plain" aria-label="Policies">
                    {rows.map((row) => (
                      <li key={`${row.policy}/${row.version}`}>
                        <Version row={row} chosen={row === chosen} />
                      </li>
                    ))}
                  </ul>
                </Panel>
              </Grid.Col>
              <Grid.Col span={{ base: 12, md: 8, lg: 9 }}>
                <PolicyVersion key={`${chosen.policy}/${chosen.version}`} row={chosen} versions={versions} />
              </Grid.Col>
            </Grid>
          );
        }}
      </Answer>
    </Stack>
  );
}

function Version({ row, chosen }: { row: PolicyVersionRow; chosen: boolean }): ReactNode {
  return (
    <>
      <RouteAnchor
        to="/policies"
        search={{ policy: row.policy, version: String(row.version) }}
        aria-current={chosen ? 'true' : undefined}
        fw={chosen ? 700 : 400}
      >
        {row.title}, version {row.version}
      </RouteAnchor>{' '}
      <Tag tone={row.status === 'published' ? 'good' : row.status === 'draft' ? 'warn' : 'quiet'}>{row.status}</Tag>
      <Text size="xs" c="dimmed">
        {row.steps} steps, {count(row.openCases)} open cases
      </Text>
    </>
  );
}

import { Grid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ImportPage as Page, ImportSet } from '../../../../api/schemas/imports.ts';
import { api } from '../../lib/api.ts';
import { when } from '../../lib/format.ts';
import { useMay, useZone } from '../../lib/session.ts';
import { Answer } from '../../ui/answer.tsx';
import { RouteAnchor } from '../../ui/links.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Tag } from '../../ui/tag.tsx';
import { importTones } from './import-tones.ts';
import { BringFiles } from './bring-files.tsx';
import { ImportSetView } from './import-set.tsx';

const busy = new Set<ImportSet['state']>(['received', 'staged', 'checked', 'released', 'merged']);

/** Files from the core: what came, what was wrong in it, what waits for a person, and what it did. */
export function ImportPage(): ReactNode {
  const { set } = useSearch({ from: '/import' });
  const zone = useZone();
  const may = useMay();
  const navigate = useNavigate();
  const list = useQuery({
    queryKey: ['imports'],
    queryFn: ({ signal }) => api.get<Page>('/api/imports?limit=25', signal),
    refetchInterval: (query) => (query.state.data?.rows.some((row) => busy.has(row.state)) === true ? 1_000 : false),
  });
  return (
    <Stack gap="md">
      <Title order={1}>Import</Title>
      {may('import.bring') ? (
        <BringFiles onBrought={(id) => void navigate({ to: '/import', search: { set: String(id) } })} />
      ) : null}
      <Answer query={list}>
        {({ rows }) => {
          const chosen = rows.find((row) => String(row.id) === set) ?? rows[0];
          if (chosen === undefined) return <Text c="dimmed">No file has come in yet.</Text>;
          return (
            <Grid gap="md">
              <Grid.Col span={{ base: 12, md: 4, lg: 3 }}>
                <Panel title="File sets">
                  <ul className="plain" aria-label="File sets">
                    {rows.map((row) => (
                      <li key={row.id}>
                        <RouteAnchor
                          to="/import"
                          search={{ set: String(row.id) }}
                          aria-current={row.id === chosen.id ? 'true' : undefined}
                          fw={row.id === chosen.id ? 700 : 400}
                          className="wraps"
                        >
                          Set {row.id}, {row.source}
                        </RouteAnchor>{' '}
                        <Tag tone={importTones[row.state]}>{row.state}</Tag>
                        <Text size="xs" c="dimmed">
                          {when(row.receivedAt, zone)}
                        </Text>
                      </li>
                    ))}
                  </ul>
                </Panel>
              </Grid.Col>
              <Grid.Col span={{ base: 12, md: 8, lg: 9 }}>
                <ImportSetView key={chosen.id} set={chosen} />
              </Grid.Col>
            </Grid>
          );
        }}
      </Answer>
    </Stack>
  );
}

import { Box, Button, Grid, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CasePage as Page } from '../../../../api/schemas/cases.ts';
import { ApiProblem, api } from '../../lib/api.ts';
import { when } from '../../lib/format.ts';
import { useSession } from '../../lib/session.ts';
import { Answer } from '../../ui/answer.tsx';
import { NotFound } from '../../ui/not-found.tsx';
import { accountOf } from '../actions/account.ts';
import { ActionBar } from '../actions/action-bar.tsx';
import { AgreementsPanel } from './agreements-panel.tsx';
import { CaseHeader } from './case-header.tsx';
import { ChannelsPanel } from './channels-panel.tsx';
import { DocumentsPanel } from './documents-panel.tsx';
import { MoneyPanel } from './money-panel.tsx';
import { NextPanel } from './next-panel.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { RemediesPanel } from './remedies-panel.tsx';
import { Timeline } from './timeline.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Everything of one account: what happens next and why not sooner, what may be done, and all that happened. */
export function CasePage(): ReactNode {
  const { loan } = useParams({ from: '/loans/$loan' });
  const page = useQuery({
    queryKey: ['loan', loan],
    queryFn: ({ signal }) => api.get<Page>(`/api/loans/${encodeURIComponent(loan)}`, signal),
  });
  if (page.error instanceof ApiProblem && page.error.status === 404) return <NotFound />;
  return <Answer query={page}>{(data) => <Case page={data} />}</Answer>;
}

function Case({ page }: { page: Page }): ReactNode {
  const { data: session } = useSession();
  const zone = session?.lender.zone ?? 'UTC';
  return (
    <Stack gap="md">
      <CaseHeader page={page} />
      {page.pinnedNotes.map((note) => (
        <Notice key={note.id} tone="warn" title="Pinned note">
          <Text size="sm">{note.text}</Text>
          <Text size="xs" c="dimmed">
            {note.actor}, {when(note.at, zone)}
          </Text>
        </Notice>
      ))}
      <Group justify="space-between" align="start" gap="xs">
        <Box flex={1} miw={280}>
          <ActionBar account={accountOf(page, zone)} />
        </Box>
        <Button component="a" href={`/api/loans/${page.loan.id}/file.pdf`} download size="compact-md" variant="default">
          Case file (PDF)
        </Button>
      </Group>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="md">
            <NextPanel page={page} zone={zone} />
            <Timeline loan={page.loan.id} zone={zone} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack gap="md">
            <ChannelsPanel page={page} zone={zone} />
            <MoneyPanel page={page} zone={zone} />
            <AgreementsPanel page={page} />
            <RemediesPanel page={page} zone={zone} />
            <DocumentsPanel loan={page.loan.id} zone={zone} />
            <PeoplePanel page={page} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

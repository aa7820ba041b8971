import { Grid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { ModesPanel } from './modes-panel.tsx';
import { StopPanel } from './stop-panel.tsx';

/** What may leave the house at all: the stop switch first, then the mode of each channel. */
export function SendingPage(): ReactNode {
  return (
    <Stack gap="md">
      <div>
        <Title order={1}>Sending</Title>
        <Text size="sm" c="dimmed">
          Whatever is set here is read inside the claim of every message: from that instant nothing more leaves.
        </Text>
      </div>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <StopPanel />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <ModesPanel />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

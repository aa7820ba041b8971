import { Anchor, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

export function NotFound(): ReactNode {
  return (
    <Stack gap="xs" align="flex-start">
      <Title order={1}>Nothing here</Title>
      <Text>There is no such page, or it is not yours to see.</Text>
      <Anchor component={Link} to="/">
        Back to the portfolio
      </Anchor>
    </Stack>
  );
}

import { Card, Group, Title } from '@mantine/core';
import { useId } from 'react';
import type { ReactNode } from 'react';

/** A titled part of a page, and a landmark for those who move by headings. */
export function Panel({ title, side, children }: { title: string; side?: ReactNode; children: ReactNode }): ReactNode {
  const id = useId();
  return (
    <Card withBorder padding="sm" component="section" aria-labelledby={id}>
      <Group justify="space-between" mb="xs" gap="xs" align="baseline">
        <Title order={2} id={id}>
          {title}
        </Title>
        {side}
      </Group>
      {children}
    </Card>
  );
}

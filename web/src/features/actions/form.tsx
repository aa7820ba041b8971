import { Button, Group, Stack, Title } from '@mantine/core';
import type { FormEvent, KeyboardEvent, ReactNode } from 'react';
import { Notice } from '../../ui/notice.tsx';

interface Given {
  title: string;
  submit: string;
  pending: boolean;
  error: Error | null;
  onSubmit: () => void;
  onCancel: () => void;
  children: ReactNode;
}

/** The frame of every action: it opens in place, its first field has the focus, Escape closes it, Ctrl+Enter sends it. */
export function ActionForm({ title, submit, pending, error, onSubmit, onCancel, children }: Given): ReactNode {
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!pending) onSubmit();
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onCancel();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(event);
    event.stopPropagation();
  };
  return (
    <form onSubmit={send} onKeyDown={keys} aria-label={title} className="action-form" noValidate>
      <Stack gap="xs">
        <Title order={3}>{title}</Title>
        {children}
        {error === null ? null : (
          <Notice tone="bad" role="alert">
            {error.message}
          </Notice>
        )}
        <Group gap="xs">
          <Button type="submit" size="compact-md" loading={pending}>
            {submit}
          </Button>
          <Button variant="default" size="compact-md" onClick={onCancel}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

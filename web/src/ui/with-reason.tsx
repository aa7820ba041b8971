import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { api } from '../lib/api.ts';
import { useCommand } from '../lib/command.ts';

/** A step back needs a word of why, kept on the timeline. */
export function WithReason({ label, path, done }: { label: string; path: string; done: string }): ReactNode {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const command = useCommand({
    run: (body: { reason: string }) => api.post(path, body),
    said: () => done,
    onDone: () => setOpen(false),
  });
  if (!open) {
    return (
      <Button size="compact-xs" variant="default" onClick={() => setOpen(true)}>
        {label}…
      </Button>
    );
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.trim().length >= 3) command.mutate({ reason: reason.trim() });
  };
  return (
    <form onSubmit={submit} aria-label={label}>
      <Group gap={6}>
        <TextInput
          size="xs"
          aria-label="Reason"
          placeholder="Reason"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          autoFocus
          error={command.error?.message ?? null}
        />
        <Button size="compact-sm" type="submit" loading={command.isPending}>
          {label}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => setOpen(false)}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}

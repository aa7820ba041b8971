import { Checkbox, Group, NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { WriteNote } from '../../../../api/schemas/notes.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import type { ActionProps } from './account.ts';
import { ActionForm } from './form.tsx';

const actions = ['', 'CALL-OUT', 'CALL-IN', 'LETTER', 'BRANCH', 'REVIEW', 'RESEARCH'].map((value) => ({
  value,
  label: value === '' ? 'No action code' : value,
}));
const results = ['', 'SPOKE', 'NO-ANSWER', 'MESSAGE', 'PROMISE', 'REFUSED', 'INFO'].map((value) => ({
  value,
  label: value === '' ? 'No result code' : value,
}));

/** Notes are never changed: a correction is another note. */
export function NoteForm({ account, onClose }: ActionProps): ReactNode {
  const [text, setText] = useState('');
  const [pinned, setPinned] = useState(false);
  const [actionCode, setAction] = useState('');
  const [resultCode, setResult] = useState('');
  const [tried, setTried] = useState(false);
  const command = useCommand({
    run: (body: WriteNote) => api.post<{ id: string }>(`/api/loans/${account.loanId}/notes`, body),
    said: () => 'Note written.',
    onDone: onClose,
  });
  const submit = (): void => {
    setTried(true);
    if (text.trim() === '') return;
    command.mutate({
      text: text.trim(),
      pinned,
      ...(actionCode === '' ? {} : { actionCode }),
      ...(resultCode === '' ? {} : { resultCode }),
    });
  };
  return (
    <ActionForm
      title="Write a note"
      submit="Save note"
      pending={command.isPending}
      error={command.error}
      onSubmit={submit}
      onCancel={onClose}
    >
      <Textarea
        label="Note"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        rows={3}
        autoFocus
        error={tried && text.trim() === '' ? 'Write something' : null}
      />
      <Group gap="xs" align="end">
        <NativeSelect
          aria-label="Action code"
          data={actions}
          value={actionCode}
          onChange={(event) => setAction(event.currentTarget.value)}
        />
        <NativeSelect
          aria-label="Result code"
          data={results}
          value={resultCode}
          onChange={(event) => setResult(event.currentTarget.value)}
        />
        <Checkbox
          label="Pin as an alert"
          checked={pinned}
          onChange={(event) => setPinned(event.currentTarget.checked)}
          mb={8}
        />
      </Group>
    </ActionForm>
  );
}

import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { LetterMailed, LetterMailedAnswer, LetterRow, RecallLetter } from '../../../../api/schemas/letters.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';

/** What a person may do with one letter: take it back while it waits, or say when the printer mailed it. */
export function LetterForm({ letter }: { letter: LetterRow }): ReactNode {
  return letter.state === 'waiting' ? <Recall letter={letter} /> : <Mailed letter={letter} />;
}

function Recall({ letter }: { letter: LetterRow }): ReactNode {
  const [reason, setReason] = useState('');
  const command = useCommand({
    run: (body: RecallLetter) => api.postOnce<{ id: string }>(`/api/letters/${letter.id}/recall`, body),
    said: () => 'Taken back: it will not be printed.',
  });
  return (
    <details>
      <summary>Take back</summary>
      <Asked
        label={`Take back the letter to ${letter.person}`}
        button="Take back"
        command={command}
        ready={reason.trim() !== ''}
        submit={() => command.mutate({ reason: reason.trim() })}
      >
        <TextInput label="Why" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      </Asked>
    </details>
  );
}

function Mailed({ letter }: { letter: LetterRow }): ReactNode {
  const [on, setOn] = useState('');
  const [certificate, setCertificate] = useState('');
  const certified = letter.mailClass?.includes('certified') === true;
  const command = useCommand({
    run: (body: LetterMailed) => api.postOnce<LetterMailedAnswer>(`/api/letters/${letter.id}/mailed`, body),
    said: () => 'Recorded. Its clock runs from that day.',
  });
  return (
    <details>
      <summary>Was mailed</summary>
      <Asked
        label={`The letter to ${letter.person} was mailed`}
        button="Record"
        command={command}
        ready={on !== ''}
        submit={() => command.mutate({ on, certificateNumber: certificate.trim() === '' ? null : certificate.trim() })}
      >
        <TextInput type="date" label="Mailed on" value={on} onChange={(event) => setOn(event.currentTarget.value)} />
        {certified ? (
          <TextInput
            label="Certificate number"
            value={certificate}
            onChange={(event) => setCertificate(event.currentTarget.value)}
          />
        ) : null}
      </Asked>
    </details>
  );
}

/** A small form with one button; a refusal stays beside it. */
export function Asked(given: {
  label: string;
  button: string;
  command: { isPending: boolean; error: Error | null };
  ready: boolean;
  submit: () => void;
  children: ReactNode;
}): ReactNode {
  const { command } = given;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (given.ready) given.submit();
  };
  return (
    <form onSubmit={submit} aria-label={given.label}>
      <Stack gap={6} mt={6}>
        <Group gap="xs" align="end">
          {given.children}
          <Button type="submit" variant="default" loading={command.isPending} disabled={!given.ready}>
            {given.button}
          </Button>
        </Group>
        {command.error === null ? null : (
          <Text size="sm" c="red" role="alert">
            {command.error.message}
          </Text>
        )}
      </Stack>
    </form>
  );
}

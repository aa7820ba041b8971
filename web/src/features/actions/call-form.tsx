import { Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { CallOutcome, CallOutcomeAnswer, CallResult } from '../../../../api/schemas/calls.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import type { ActionProps } from './account.ts';
import { PersonField } from './fields.tsx';
import { SpokenForm } from './spoken-form.tsx';
import { Notice } from '../../ui/notice.tsx';

interface Outcome {
  result: CallResult;
  label: string;
  /** What was said must be written down before it is stored. */
  asks: boolean;
}

/** One key each, the commonest first. */
export const callOutcomes: readonly Outcome[] = [
  { result: 'no-answer', label: 'No answer', asks: false },
  { result: 'left-voicemail', label: 'Left voicemail', asks: false },
  { result: 'spoke', label: 'Spoke', asks: true },
  { result: 'busy', label: 'Busy', asks: false },
  { result: 'not-in-service', label: 'Not in service', asks: false },
  { result: 'wrong-number', label: 'Wrong number', asks: false },
  { result: 'third-party-answered', label: 'Someone else answered', asks: false },
  { result: 'hung-up', label: 'Hung up', asks: false },
];

/** A call is logged by one key; only a conversation asks for more. */
export function CallForm({ account, onClose, onLogged }: ActionProps & { onLogged?: () => void }): ReactNode {
  const [spoken, setSpoken] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!spoken) box.current?.focus();
  }, [spoken]);
  const command = useCommand({
    run: (body: CallOutcome) => api.post<CallOutcomeAnswer>(`/api/work/${account.callItemId ?? ''}/call-outcome`, body),
    said: (done) => (done.promiseId === null ? 'Call logged.' : 'Call and promise logged.'),
    onDone: () => {
      onLogged?.();
      onClose();
    },
  });
  const [personId, setPersonId] = useState(account.callPersonId ?? account.people[0]?.id ?? '');
  const phones = account.people.find((person) => person.id === personId)?.phones ?? [];
  const [chosen, setPhone] = useState('');
  const phone = phones.includes(chosen) ? chosen : (phones[0] ?? '');
  const called: Pick<CallOutcome, 'personId' | 'phone'> = {
    ...(personId === '' ? {} : { personId }),
    ...(phone === '' ? {} : { phone }),
  };
  const choose = (outcome: Outcome): void => {
    if (command.isPending) return;
    if (outcome.asks) setSpoken(true);
    else
      command.mutate({
        result: outcome.result,
        verified: 'not-verified',
        ...called,
      });
  };
  const keys = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Escape') onClose();
    // In a list of choices a number chooses there.
    if (event.target instanceof HTMLSelectElement) return;
    const outcome = callOutcomes[Number(event.key) - 1];
    if (outcome !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      choose(outcome);
    }
  };
  if (spoken)
    return (
      <SpokenForm
        account={account}
        pending={command.isPending}
        error={command.error}
        onSubmit={(body) => command.mutate({ ...body, ...called })}
        onCancel={() => setSpoken(false)}
      />
    );
  return (
    <div
      role="group"
      aria-label="How did the call end?"
      tabIndex={-1}
      ref={box}
      onKeyDown={keys}
      className="action-form"
    >
      <Stack gap="xs">
        <Title order={3}>How did the call end?</Title>
        {account.people.length < 2 && phones.length < 2 ? null : (
          <Group gap="xs" align="end">
            <PersonField people={account.people} value={personId} onChange={setPersonId} />
            {phones.length < 2 ? null : (
              <NativeSelect
                label="Number called"
                data={phones}
                value={phone}
                onChange={(event) => setPhone(event.currentTarget.value)}
                w={180}
              />
            )}
          </Group>
        )}
        <Group gap={6}>
          {callOutcomes.map((outcome, index) => (
            <Button
              key={outcome.result}
              size="compact-md"
              variant="default"
              loading={command.isPending && command.variables.result === outcome.result}
              onClick={() => choose(outcome)}
              aria-keyshortcuts={String(index + 1)}
            >
              <kbd className="key">{index + 1}</kbd> {outcome.label}
            </Button>
          ))}
        </Group>
        {command.error === null ? null : (
          <Notice tone="bad" role="alert">
            {command.error.message}
          </Notice>
        )}
        <Text size="xs" c="dimmed">
          A number logs it at once; Esc closes.
        </Text>
      </Stack>
    </div>
  );
}

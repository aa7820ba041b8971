import { Checkbox, Group, NativeSelect, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { CallOutcome } from '../../../../api/schemas/calls.ts';
import { words } from '../../lib/format.ts';
import { inField, typedCents } from '../../lib/money.ts';
import { addDays } from './account.ts';
import type { Account } from './account.ts';
import { AmountField, DateField } from './fields.tsx';
import { ActionForm } from './form.tsx';

const verified = [
  { value: 'dob-and-zip', label: 'Date of birth and ZIP' },
  { value: 'last4-and-zip', label: 'Last four and ZIP' },
  { value: 'passcode', label: 'Passcode' },
  { value: 'called-us', label: 'Called us from their number' },
  { value: 'not-verified', label: 'Not verified' },
];
const reasons = [
  'not-said',
  'payday-timing',
  'forgot',
  'reduced-income',
  'job-loss',
  'illness',
  'death-in-family',
  'divorce',
  'disaster',
  'vehicle-trouble',
  'insurance-or-fees',
  'dispute',
  'unwilling',
  'other',
].map((value) => ({
  value,
  label: words(value),
}));

interface Given {
  account: Account;
  pending: boolean;
  error: Error | null;
  onSubmit: (body: CallOutcome) => void;
  onCancel: () => void;
}

/** What a conversation with the person called leaves behind: how verified, why late, what next, and what was promised or agreed. */
export function SpokenForm({ account, pending, error, onSubmit, onCancel }: Given): ReactNode {
  const [how, setHow] = useState('dob-and-zip');
  const [reason, setReason] = useState('not-said');
  const [note, setNote] = useState('');
  const [nextAction, setNextAction] = useState('');
  const [nextOn, setNextOn] = useState('');
  const [agreed, setAgreed] = useState(false);
  const [agreedOn, setAgreedOn] = useState('');
  const [promises, setPromises] = useState(false);
  const [amount, setAmount] = useState(account.askCents > 0 ? inField(account.askCents) : '');
  const [dueOn, setDueOn] = useState(addDays(account.today, 3));
  const [tried, setTried] = useState(false);
  const submit = (): void => {
    setTried(true);
    const cents = typedCents(amount);
    if (promises && cents === null) return;
    onSubmit({
      result: 'spoke',
      verified: how as CallOutcome['verified'],
      reasonForDefault: reason as NonNullable<CallOutcome['reasonForDefault']>,
      ...(nextAction.trim() === '' ? {} : { nextAction: nextAction.trim() }),
      ...(nextOn === '' ? {} : { nextActionOn: nextOn }),
      ...(agreed ? { agreedToCall: { on: agreedOn === '' ? null : agreedOn } } : {}),
      ...(note.trim() === '' ? {} : { note: note.trim() }),
      ...(promises && cents !== null ? { promise: { amountCents: cents, dueOn, method: 'ach' } } : {}),
    });
  };
  return (
    <ActionForm title="Spoke" submit="Log call" pending={pending} error={error} onSubmit={submit} onCancel={onCancel}>
      <Group align="start" gap="xs">
        <NativeSelect
          label="Verified by"
          data={verified}
          value={how}
          onChange={(event) => setHow(event.currentTarget.value)}
          autoFocus
          w={220}
        />
        <NativeSelect
          label="Reason for default"
          data={reasons}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          w={180}
        />
      </Group>
      <Checkbox
        label="Promised to pay"
        checked={promises}
        onChange={(event) => setPromises(event.currentTarget.checked)}
      />
      {promises ? (
        <Group align="start" gap="xs">
          <AmountField label="Amount" value={amount} onChange={setAmount} tried={tried} />
          <DateField label="By" value={dueOn} onChange={setDueOn} />
        </Group>
      ) : null}
      <Checkbox
        label="Agreed to a call"
        checked={agreed}
        onChange={(event) => setAgreed(event.currentTarget.checked)}
      />
      {agreed ? <DateField label="On (empty: within seven days)" value={agreedOn} onChange={setAgreedOn} /> : null}
      <Group align="start" gap="xs">
        <TextInput
          label="Next action"
          value={nextAction}
          onChange={(event) => setNextAction(event.currentTarget.value)}
          w={260}
        />
        <DateField label="On" value={nextOn} onChange={setNextOn} />
      </Group>
      <Textarea label="Note" value={note} onChange={(event) => setNote(event.currentTarget.value)} rows={2} />
    </ActionForm>
  );
}

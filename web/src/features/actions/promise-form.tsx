import { Group, NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { MakePromise, PromiseAnswer } from '../../../../api/schemas/promises.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { day } from '../../lib/format.ts';
import { inField, typedCents } from '../../lib/money.ts';
import { addDays } from './account.ts';
import type { ActionProps } from './account.ts';
import { AmountField, DateField, PersonField } from './fields.tsx';
import { ActionForm } from './form.tsx';

export const promiseMethods = [
  { value: 'ach', label: 'Bank debit (ACH)' },
  { value: 'card', label: 'Card' },
  { value: 'branch', label: 'At a branch' },
  { value: 'bill-pay', label: 'Bill pay' },
  { value: 'mail', label: 'By mail' },
];

export function PromiseForm({ account, onClose }: ActionProps): ReactNode {
  const [amount, setAmount] = useState(account.askCents > 0 ? inField(account.askCents) : '');
  const [dueOn, setDueOn] = useState(addDays(account.today, 3));
  const [method, setMethod] = useState('ach');
  const [personId, setPersonId] = useState(account.people[0]?.id ?? '');
  const [tried, setTried] = useState(false);
  const command = useCommand({
    run: (body: MakePromise) => api.post<PromiseAnswer>(`/api/loans/${account.loanId}/promises`, body),
    said: (promise) =>
      promise.state === 'proposed'
        ? 'The promise waits for approval.'
        : `Promise kept on file; judged at the end of ${day(promise.decideOn)}.`,
    onDone: onClose,
  });
  const submit = (): void => {
    setTried(true);
    const amountCents = typedCents(amount);
    if (amountCents === null) return;
    command.mutate({
      amountCents,
      dueOn,
      method: method as MakePromise['method'],
      ...(personId === '' ? {} : { personId }),
    });
  };
  return (
    <ActionForm
      title="Promise to pay"
      submit="Save promise"
      pending={command.isPending}
      error={command.error}
      onSubmit={submit}
      onCancel={onClose}
    >
      <Group align="start" gap="xs">
        <AmountField label="Amount" value={amount} onChange={setAmount} tried={tried} autoFocus />
        <DateField label="By" value={dueOn} onChange={setDueOn} />
        <NativeSelect
          label="How"
          data={promiseMethods}
          value={method}
          onChange={(event) => setMethod(event.currentTarget.value)}
          w={160}
        />
        <PersonField people={account.people} value={personId} onChange={setPersonId} />
      </Group>
      <Text size="xs" c="dimmed">
        Within 14 days it counts at once; 15 to 31 days ahead, or a third promise, waits for approval.
      </Text>
    </ActionForm>
  );
}

import { Checkbox, Group, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { PaymentReceipt, TakePayment } from '../../../../api/schemas/payments.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { day, dollars } from '../../lib/format.ts';
import { inField, typedCents } from '../../lib/money.ts';
import { useSession } from '../../lib/session.ts';
import { AmountField, PersonField } from './fields.tsx';
import { ActionForm } from './form.tsx';
import type { ActionProps } from './account.ts';

const methods = [
  { value: 'ach', label: 'Bank debit (ACH)' },
  { value: 'card', label: 'Debit card' },
  { value: 'cash', label: 'Cash' },
  { value: 'check', label: 'Check' },
  { value: 'wire', label: 'Wire' },
  { value: 'transfer', label: 'Transfer' },
];

export function PaymentForm({ account, onClose }: ActionProps): ReactNode {
  const { data: session } = useSession();
  const [amount, setAmount] = useState(account.askCents > 0 ? inField(account.askCents) : '');
  const [method, setMethod] = useState('ach');
  const [personId, setPersonId] = useState(account.people[0]?.id ?? '');
  const [decline, setDecline] = useState(false);
  const [tried, setTried] = useState(false);
  // One key for this form: a second click, or a retry after a lost answer, takes the money once.
  const [key] = useState(() => crypto.randomUUID());
  const command = useCommand({
    run: (body: TakePayment) =>
      api.postOnce<PaymentReceipt>(
        `/api/loans/${account.loanId}/payments`,
        body,
        `${key}-${body.amountCents}-${body.method}`,
      ),
    said: (receipt) =>
      `${dollars(receipt.amountCents)} taken, credited ${day(receipt.creditedOn)}, trace ${receipt.traceId}.`,
    onDone: onClose,
  });
  const submit = (): void => {
    setTried(true);
    const amountCents = typedCents(amount);
    if (amountCents === null) return;
    command.mutate({
      amountCents,
      method: method as TakePayment['method'],
      decline,
      ...(personId === '' ? {} : { personId }),
    });
  };
  return (
    <ActionForm
      title="Take a payment"
      submit="Take payment"
      pending={command.isPending}
      error={command.error}
      onSubmit={submit}
      onCancel={onClose}
    >
      <Group align="start" gap="xs">
        <AmountField label="Amount" value={amount} onChange={setAmount} tried={tried} autoFocus />
        <NativeSelect
          label="How"
          data={methods}
          value={method}
          onChange={(event) => setMethod(event.currentTarget.value)}
          w={160}
        />
        <PersonField people={account.people} value={personId} onChange={setPersonId} />
      </Group>
      {session?.sandbox === true && method === 'card' ? (
        <Checkbox
          label="The card is declined (sandbox)"
          checked={decline}
          onChange={(event) => setDecline(event.currentTarget.checked)}
        />
      ) : null}
    </ActionForm>
  );
}

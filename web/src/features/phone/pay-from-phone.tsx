import { Button, Checkbox, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { CasePage } from '../../../../api/schemas/cases.ts';
import type { LinkReceipt, MadeLink, PayByLink } from '../../../../api/schemas/self-service.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { day, dollars } from '../../lib/format.ts';
import { inField, typedCents } from '../../lib/money.ts';
import { AmountField } from '../actions/fields.tsx';
import { Notice } from '../../ui/notice.tsx';

interface Given {
  loan: string;
  personId: string;
  onPaid: () => void;
  onClose: () => void;
}

/** Pays as the borrower would: by a link of their own, through the same door as the payment page. */
export function PayFromPhone({ loan, personId, onPaid, onClose }: Given): ReactNode {
  const page = useQuery({
    queryKey: ['loan', loan],
    queryFn: ({ signal }) => api.get<CasePage>(`/api/loans/${loan}`, signal),
  });
  const [link] = useState(() => ({ made: null as Promise<MadeLink> | null }));
  const [amount, setAmount] = useState('');
  const [method, setMethod] = useState('card');
  const [decline, setDecline] = useState(false);
  const [tried, setTried] = useState(false);
  const command = useCommand({
    run: async (body: Omit<PayByLink, 'token'>) => {
      link.made ??= api.post<MadeLink>(`/api/loans/${loan}/links`, { personId });
      const { url } = await link.made;
      onPaid();
      return api.postOnce<LinkReceipt>('/p/pay', { ...body, token: new URL(url, window.location.href).hash.slice(1) });
    },
    said: (receipt) => `${dollars(receipt.amountCents)} paid, credited ${day(receipt.creditedOn)}.`,
    onDone: onClose,
  });
  const ask = page.data?.balances.askCents ?? 0;
  const pay = (cents: number): void =>
    command.mutate({
      amountCents: cents,
      method: method === 'ach' ? 'ach' : 'card',
      decline: decline && method === 'card',
    });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    const cents = typedCents(amount);
    if (cents !== null) pay(cents);
  };
  const openPage = async (): Promise<void> => {
    link.made ??= api.post<MadeLink>(`/api/loans/${loan}/links`, { personId });
    window.open((await link.made).url, '_blank', 'noopener');
  };
  return (
    <form className="reply" onSubmit={submit} aria-label="Pay from the phone" noValidate>
      <Stack gap="xs">
        <Group gap="xs" align="start">
          <AmountField label="Amount" value={amount} onChange={setAmount} tried={tried} autoFocus />
          <NativeSelect
            label="How"
            data={[
              { value: 'card', label: 'Debit card' },
              { value: 'ach', label: 'Bank account' },
            ]}
            value={method}
            onChange={(event) => setMethod(event.currentTarget.value)}
          />
        </Group>
        {ask > 0 ? (
          <Group gap={4}>
            <button type="button" className="chip" onClick={() => setAmount(inField(ask))}>
              In full: {dollars(ask)}
            </button>
            <button type="button" className="chip" onClick={() => setAmount(inField(Math.ceil(ask / 2)))}>
              Half: {dollars(Math.ceil(ask / 2))}
            </button>
          </Group>
        ) : (
          <Text size="xs" c="dimmed">
            Nothing is asked for now; a payment is still taken.
          </Text>
        )}
        {method === 'card' ? (
          <Checkbox
            label="The card is declined"
            checked={decline}
            onChange={(event) => setDecline(event.currentTarget.checked)}
          />
        ) : null}
        {command.error === null ? null : (
          <Notice tone="bad" role="alert">
            {command.error.message}
          </Notice>
        )}
        <Group gap={6}>
          <Button type="submit" loading={command.isPending}>
            Pay
          </Button>
          <Button variant="default" onClick={() => void openPage()}>
            Open the payment page
          </Button>
          <Button variant="default" onClick={onClose}>
            Back
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

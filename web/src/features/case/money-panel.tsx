import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { CasePage } from '../../../../api/schemas/cases.ts';
import type { Payment, PaymentAnswer } from '../../../../api/schemas/payments.ts';
import { api } from '../../lib/api.ts';
import { useCommand } from '../../lib/command.ts';
import { day, dollars, when, words } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { Facts } from '../../ui/facts.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Tag } from '../../ui/tag.tsx';
import type { Tone } from '../../ui/tag.tsx';

const tones: Record<Payment['state'], Tone> = {
  pending: 'warn',
  posted: 'good',
  returned: 'bad',
  cancelled: 'quiet',
  reversed: 'bad',
};

export function MoneyPanel({ page, zone }: { page: CasePage; zone: string }): ReactNode {
  const { balances, loan, payments } = page;
  const known = (cents: number | null): string | null => (cents === null ? null : dollars(cents));
  return (
    <Panel
      title="Balances and payments"
      side={
        <Text size="xs" c="dimmed">
          {loan.coreAsOf === null ? 'No core data' : `Core as of ${when(loan.coreAsOf, zone)}`}
        </Text>
      }
    >
      <Stack gap="sm">
        <Facts
          rows={[
            ['Past due', dollars(balances.pastDueCents)],
            ['Less pending', dollars(balances.pendingCents)],
            ['We ask for', <b key="ask">{dollars(balances.askCents)}</b>],
            ['Late fees', known(balances.lateFeesCents)],
            ['Other fees', known(balances.otherFeesCents)],
            ['Escrow', known(balances.escrowCents)],
            ['Interest due', known(balances.interestDueCents)],
            ['Principal', dollars(balances.principalCents)],
            [
              'Payment',
              `${dollars(loan.paymentCents)}${loan.paymentDueDay === null ? '' : ` on day ${loan.paymentDueDay}`}`,
            ],
            [
              'Last payment',
              balances.lastPaymentOn === null
                ? null
                : `${balances.lastPaymentCents === null ? '' : `${dollars(balances.lastPaymentCents)} on `}${day(balances.lastPaymentOn)}`,
            ],
            [
              'Collateral',
              loan.collateral.length === 0 ? null : loan.collateral.map((piece) => piece.description).join('; '),
            ],
            ['Officer', loan.officer],
            ['Collector', loan.collector],
            ['Branch', loan.branch],
          ]}
        />
        {payments.length === 0 ? (
          <Text size="sm" c="dimmed">
            No payment taken here.
          </Text>
        ) : (
          <ul className="plain" aria-label="Payments">
            {payments.map((payment) => (
              <PaymentLine key={payment.id} payment={payment} zone={zone} />
            ))}
          </ul>
        )}
      </Stack>
    </Panel>
  );
}

const returnCodes = [
  { value: 'R01', label: 'R01 insufficient funds' },
  { value: 'R02', label: 'R02 account closed' },
  { value: 'R10', label: 'R10 not authorized' },
  { value: 'R29', label: 'R29 corporate, not authorized' },
];

function PaymentLine({ payment, zone }: { payment: Payment; zone: string }): ReactNode {
  const may = useMay();
  const [returning, setReturning] = useState(false);
  const [code, setCode] = useState('R01');
  const command = useCommand({
    run: (body: { code: string }) =>
      api.postOnce<PaymentAnswer>(`/api/payments/${payment.id}/return`, body, `return-${payment.id}`),
    said: () => 'The payment was returned.',
    onDone: () => setReturning(false),
  });
  const returnable =
    payment.state === 'pending' && (payment.method === 'ach' || payment.method === 'check') && may('payment.return');
  return (
    <li>
      <Group gap={6} justify="space-between">
        <span>
          <b>{dollars(payment.amountCents)}</b> {words(payment.method)}{' '}
          <Tag tone={tones[payment.state]}>{payment.state}</Tag>{' '}
          {payment.returnCode === null ? null : <Tag tone="bad">{payment.returnCode}</Tag>}
        </span>
        {returnable && !returning ? (
          <Button size="compact-xs" variant="default" onClick={() => setReturning(true)}>
            Returned…
          </Button>
        ) : null}
      </Group>
      <Text size="xs" c="dimmed">
        {when(payment.receivedAt, zone)}, by {payment.actor}
        {payment.settlesOn === null ? '' : `, settles ${day(payment.settlesOn)}`}, trace {payment.traceId}
      </Text>
      {returning ? (
        <Group gap={6}>
          <NativeSelect
            size="xs"
            aria-label="Return code"
            data={returnCodes}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <Button
            size="compact-sm"
            color="red"
            variant="light"
            loading={command.isPending}
            onClick={() => command.mutate({ code })}
          >
            Record return
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setReturning(false)}>
            Cancel
          </Button>
          {command.error === null ? null : (
            <Text size="sm" c="red" role="alert">
              {command.error.message}
            </Text>
          )}
        </Group>
      ) : null}
    </li>
  );
}

import { describe, expect, it } from 'vitest';
import { mayChargeReturnFee, maySendText, saysNoPayment } from '../../../domain/clocks/payment-credit.ts';

describe('prompt-credit: "no payment received" after a payment', () => {
  it.each([
    'No payment received',
    'no payment received for January',
    'We have received no payment.',
    'We received nothing from you this month',
    'No payment has been made on your loan.',
    'No payment has been received yet',
    'We show no payment on file',
    'We have not received your January payment.',
    "We haven't received a payment from you",
    'We did not receive your payment',
    'You have not made a payment since December',
    'Your payment has not been received',
    "Your mortgage payment hasn't been received.",
    'Your payment was never received',
    'You have not paid.',
    'You never paid this month',
    'No hemos recibido su pago',
    'Ningún pago este mes',
    'Su pago no ha sido recibido',
  ])('%s', (text) => {
    expect(saysNoPayment(text)).toBe(true);
    expect(maySendText(text, [{ amountCents: 100, dueCents: 200 }]).answer).toEqual({ decision: 'deny' });
    expect(maySendText(text, []).answer).toEqual({ decision: 'allow' });
  });

  it.each([
    'We received $600.00; $400.00 is still open.',
    'Thank you for your payment. $400.00 remains due.',
    'No further payment is needed this month.',
    'We have not received the full payment for January.',
    'You have not paid the full amount due.',
    'You have not paid in full.',
    'Your payment is held in suspense until the rest arrives.',
    'Your next payment is due on March 1.',
    'Hemos recibido su pago',
    '',
  ])('may be said: %s', (text) => expect(saysNoPayment(text)).toBe(false));
});

describe('ach-return-fee', () => {
  const on = { switchedOn: true, code: 'R01', noticeGiven: true, feeTaken: false };
  it.each([
    [on, 'allow'],
    [{ ...on, code: 'R09' }, 'allow'],
    [{ ...on, switchedOn: false }, 'deny'],
    [{ ...on, code: 'R08' }, 'deny'],
    [{ ...on, code: null }, 'deny'],
    [{ ...on, noticeGiven: false }, 'deny'],
    [{ ...on, feeTaken: true }, 'deny'],
  ] as const)('%j: %s', (fee, decision) => expect(mayChargeReturnFee(fee).answer).toEqual({ decision }));
});

import { addMonths, daysBetween } from '../../domain/calendar/days.ts';
import type { Account } from './book.ts';

/** Instalments due on or before `on` and not paid. A due date is late from the next day. */
export function missedOn(account: Account, on: string): number {
  if (account.status !== 'active') return 0;
  let missed = 0;
  while (missed < 60 && addMonths(account.nextDueOn, missed) < on) missed += 1;
  return missed;
}

export function pastDueOn(account: Account, on: string): number {
  const missed = missedOn(account, on);
  return missed === 0 ? 0 : Math.max(0, missed * account.paymentCents - account.unappliedCents - account.forgivenCents);
}

export function daysLateOn(account: Account, on: string): number {
  return pastDueOn(account, on) > 0 ? Math.max(0, daysBetween(account.nextDueOn, on)) : 0;
}

const PRINCIPAL_SHARE = 0.6;

/** Applies money to the oldest instalment first; what does not make a whole one waits in suspense. */
export function applyPayment(account: Account, amountCents: number, postedOn: string): void {
  account.unappliedCents += amountCents;
  account.lastPaymentOn = postedOn;
  account.lastPaymentCents = amountCents;
  // No further ahead than a month: more than that pays down the principal.
  while (
    account.unappliedCents + account.forgivenCents >= account.paymentCents &&
    daysBetween(postedOn, account.nextDueOn) <= 31
  ) {
    account.unappliedCents -= Math.max(0, account.paymentCents - account.forgivenCents);
    account.forgivenCents = 0;
    account.nextDueOn = addMonths(account.nextDueOn, 1);
    account.principalCents -= Math.round(account.paymentCents * PRINCIPAL_SHARE);
  }
  if (account.principalCents <= 0) {
    account.principalCents = 0;
    account.status = 'paid';
  }
}

/** A debit that came back: the instalments it paid are open again. */
export function undoPayment(account: Account, amountCents: number): void {
  let left = amountCents;
  while (left > account.unappliedCents) {
    account.nextDueOn = addMonths(account.nextDueOn, -1);
    account.unappliedCents += account.paymentCents;
    account.principalCents += Math.round(account.paymentCents * PRINCIPAL_SHARE);
    if (account.paymentCents <= 0) break;
  }
  account.unappliedCents -= left;
  left = 0;
  if (account.status === 'paid') account.status = 'active';
}

import { randomInt } from 'node:crypto';
import { addBankingDays, addDays, isBankingDay } from '../domain/calendar/days.ts';
import type { LocalDate } from '../domain/calendar/days.ts';
import type { PaymentMethod } from '../api/schemas/payments.ts';
import { readBalance } from './balance.ts';
import { businessNow } from './business-clock.ts';
import { localAt } from '../domain/calendar/zones.ts';
import { lockObligors } from './locks.ts';
import { newsForLoans } from './outbox.ts';
import { one } from './pool.ts';
import type { Client } from './pool.ts';
import { refused } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { recordEvent } from './timeline.ts';

/** Payments taken before 5 pm are of the same day: the earliest cut-off that 12 CFR 1026.10(b)(2)(ii) allows. */
export const CUT_OFF_SECONDS = 17 * 3600;

/** Banking days from credit to settlement (bank policy; ACH same-day windows are not used). */
const SETTLEMENT_DAYS: Readonly<Record<PaymentMethod, number>> = {
  cash: 0,
  wire: 0,
  transfer: 0,
  card: 1,
  ach: 1,
  autopay: 1,
  check: 2,
};

/** The date a payment is credited on, by the lender's clock. */
export function creditedOn(receivedMs: number, zone: string): LocalDate {
  const { date, secondOfDay } = localAt(receivedMs, zone);
  return secondOfDay < CUT_OFF_SECONDS ? date : addDays(date, 1);
}

/** The banking day on which it settles. */
export function settlesOn(credited: LocalDate, method: PaymentMethod): LocalDate {
  const start = isBankingDay(credited) ? credited : addBankingDays(credited, 1);
  return addBankingDays(start, SETTLEMENT_DAYS[method]);
}

/** Letters and digits that are never mistaken for each other on paper. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

function newTraceId(): string {
  return `MG${Array.from({ length: 13 }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')}`;
}

export interface PaymentOrder {
  loanId: string;
  /** Who pays; null: the borrower. */
  personId: string | null;
  amountCents: number;
  method: PaymentMethod;
  /** `staff`, `phone-page`, `self-service`. */
  source: string;
  actor: string;
  lenderZone: string;
  /** The card network said no. */
  declined: boolean;
}

export interface TakenPayment {
  kind: 'taken';
  id: string;
  traceId: string;
  receivedAtMs: number;
  creditedOn: LocalDate;
  settlesOn: LocalDate;
  stillPastDueCents: number;
}

export type PaymentRefusal = Refusal<'not-found' | 'loan-closed' | 'amount-above-balance' | 'card-declined'>;

/**
 * Takes a payment as a pending fact under our trace id: contact stops at once and we ask for less; the core's file
 * retires it (design §1). Nothing is posted or allocated here.
 */
export async function takePayment(client: Client, order: PaymentOrder): Promise<TakenPayment | PaymentRefusal> {
  await lockObligors(client, order.loanId);
  const atMs = await businessNow(client);
  const balance = await readBalance(client, order.loanId);
  if (balance === null) return refused('not-found');
  if (balance.status === 'paid' || balance.status === 'closed') return refused('loan-closed');
  const room = balance.owedCents - balance.pendingCents;
  if (order.amountCents > room) {
    return refused('amount-above-balance', 'The amount is above what is owed less what is pending.', {
      upToCents: Math.max(0, room),
    });
  }
  if (order.declined) {
    await recordEvent(client, {
      kind: 'payment-declined',
      atMs,
      actor: order.actor,
      loanId: order.loanId,
      personId: order.personId,
      data: { amountCents: order.amountCents, method: order.method, source: order.source },
    });
    return refused('card-declined', 'The card was declined. Nothing was charged.');
  }
  const credited = creditedOn(atMs, order.lenderZone);
  const settles = settlesOn(credited, order.method);
  const traceId = newTraceId();
  const { rows } = await client.query<{ id: string }>(
    `insert into payment (trace_id, loan_id, person_id, amount_cents, method, received_at, settles_on, source, branch_id, portfolio_id, actor)
     select $1, l.id, $3, $4, $5, to_timestamp($6::double precision / 1000), $7, $8, l.branch_id, l.portfolio_id, $9
     from loan l where l.id = $2 returning id`,
    [
      traceId,
      order.loanId,
      order.personId ?? balance.borrowerId,
      order.amountCents,
      order.method,
      atMs,
      settles,
      order.source,
      order.actor,
    ],
  );
  const { id } = one(rows);
  await recordEvent(client, {
    kind: 'payment-taken',
    atMs,
    actor: order.actor,
    loanId: order.loanId,
    personId: order.personId ?? balance.borrowerId,
    data: {
      paymentId: id,
      traceId,
      amountCents: order.amountCents,
      method: order.method,
      settlesOn: settles,
      source: order.source,
    },
  });
  await newsForLoans(client, [order.loanId]);
  const stillPastDueCents = Math.max(0, balance.pastDueCents - balance.pendingCents - order.amountCents);
  return {
    kind: 'taken',
    id,
    traceId,
    receivedAtMs: atMs,
    creditedOn: credited,
    settlesOn: settles,
    stillPastDueCents,
  };
}

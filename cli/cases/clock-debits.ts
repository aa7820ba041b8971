import type { DebitEntry, DebitFacts, HighCostLoan } from '../../domain/clocks/debit-facts.ts';
import type { ScheduledDebit } from '../../domain/clocks/debit-notices.ts';
import type { Receipt } from '../../domain/clocks/payment-credit.ts';
import type { PromiseFacts, PromisePayment } from '../../domain/clocks/promise.ts';
import { returnRow } from '../../domain/clocks/returns.ts';
import { type BorrowerStop, deathByReturn, noticeOfBankruptcy, stopsOfChannel } from '../../domain/clocks/stops.ts';
import type { CaseLoan, ClockCase } from './clock-case.ts';
import { type CaseEvent, eventsOf } from './clock-events.ts';
import { type ReadMessage, readMessage } from './clock-messages.ts';

type EventOf<K extends CaseEvent['kind']> = Extract<CaseEvent, { kind: K }>;

/** Products outside 12 CFR 1041 (1041.3(d)): real-estate secured credit. */
const REAL_ESTATE = new Set(['mortgage', 'heloc', 'commercial-mortgage']);

/** What the promise and debit clocks read of a case. */
export type PaymentFacts = {
  readonly promise: PromiseFacts;
  readonly debits: DebitFacts;
  readonly receipts: readonly Receipt[];
  readonly scheduled: ScheduledDebit | null;
  readonly movedDebitOn: string | null;
  readonly planAgreedOn: string | null;
  readonly onlyUnpaid: readonly string[];
};

type Money = { entry: DebitEntry | null; payment: PromisePayment; receipt: Receipt };

function isAch(method: string | undefined): boolean {
  return method !== undefined && /\b(ach|eft|e-?check|direct[- ]debit)\b/i.test(method);
}

function debited(event: EventOf<'debit-settled'> | EventOf<'retry-settled'>, itemAmount: number | null): Money {
  const { order, day, kind } = event;
  const retry = kind === 'retry-settled';
  const amountCents = event.amountCents ?? (retry ? itemAmount : null);
  return {
    entry: {
      order,
      kind: retry ? 'retry' : 'debit',
      settledOn: day,
      effectiveOn: event.effectiveOn ?? null,
      amountCents,
      returned: null,
    },
    payment: { order, receivedOn: day, amountCents: amountCents ?? 0, settledOn: day, returned: null },
    receipt: { amountCents: amountCents ?? 0, dueCents: null },
  };
}

function paid(event: EventOf<'payment-settled'> | EventOf<'payment-received'>): Money {
  const { order, day, amountCents } = event;
  const settledOn = isAch(event.method) ? day : null;
  return {
    entry:
      settledOn === null ? null : { order, kind: 'debit', settledOn, effectiveOn: null, amountCents, returned: null },
    payment: { order, receivedOn: event.receivedOn ?? day, amountCents, settledOn, returned: null },
    receipt: { amountCents, dueCents: event.kind === 'payment-received' ? (event.dueCents ?? null) : null },
  };
}

/** All money in time order, each return attached to the latest debit or retry before it. */
function moneyOf(events: readonly CaseEvent[]): Money[] {
  const money: Money[] = [];
  let itemAmount: number | null = null;
  for (const event of events) {
    switch (event.kind) {
      case 'debit-settled':
      case 'retry-settled':
        money.push(debited(event, itemAmount));
        break;
      case 'payment-settled':
      case 'payment-received':
        money.push(paid(event));
        break;
      case 'debit-returned':
        attachReturn(money, event);
        break;
      default:
        break;
    }
    const entry = money.at(-1)?.entry ?? null;
    if (entry?.kind === 'debit') itemAmount = entry.amountCents;
  }
  return money;
}

function attachReturn(money: Money[], event: EventOf<'debit-returned'>): void {
  const { order, day, code } = event;
  const returned = { order, on: day, code };
  const index = money.findLastIndex(({ entry }) => entry !== null);
  const found = money[index];
  if (found === undefined || found.entry === null) {
    // a return whose debit the case does not show: what the code asks for still stands
    const entry: DebitEntry = { order, kind: 'debit', settledOn: day, effectiveOn: null, amountCents: null, returned };
    const nothing = { amountCents: 0, dueCents: null };
    money.push({
      entry,
      payment: { order, receivedOn: day, amountCents: 0, settledOn: day, returned },
      receipt: nothing,
    });
    return;
  }
  money[index] = {
    entry: { ...found.entry, returned },
    payment: { ...found.payment, returned },
    receipt: { ...found.receipt, amountCents: 0 },
  };
}

/** The stops in force: of texts, notices and death returns. START lifts what an earlier opt-out closed. */
function stopsInForce(
  events: readonly CaseEvent[],
  messages: readonly ReadMessage[],
  money: readonly Money[],
): BorrowerStop[] {
  const optedIn = messages.findLast(({ optIn }) => optIn)?.order ?? -1;
  const named = eventsOf(events, 'stop-received').flatMap(({ channel, order }) => stopsOfChannel(channel, order));
  const filed = eventsOf(events, 'bankruptcy-filed').map(({ order }) => noticeOfBankruptcy(order));
  const deaths = money.flatMap(({ entry }) =>
    entry?.returned != null && returnRow(entry.returned.code).deceased ? [deathByReturn(entry.returned.order)] : [],
  );
  const said = messages.flatMap(({ stops }) => stops);
  return [...said, ...named, ...filed, ...deaths].filter(({ state, order }) => state !== 'opt-out' || order > optedIn);
}

function scheduledDebit(events: readonly CaseEvent[]): ScheduledDebit | null {
  const scheduled = eventsOf(events, 'plan-debit-scheduled').at(-1);
  if (scheduled === undefined) return null;
  const moved = eventsOf(events, 'debit-date-changed').findLast(({ order }) => order > scheduled.order);
  return {
    amountCents: scheduled.amountCents,
    lastAmountCents: scheduled.lastAmountCents ?? null,
    debitOn: moved?.debitOn ?? scheduled.debitOn,
    agreedRange: scheduled.agreedRangeCents ?? null,
    sameAccountHolder: scheduled.sameAccountHolder ?? false,
  };
}

function highCostLoan(loan: CaseLoan): HighCostLoan {
  return {
    aprPercent: loan.aprPercent ?? null,
    shortTermOrBalloon: loan.shortTerm === true || loan.balloon === true,
    excluded: loan.pal === true || loan.accommodation === true || REAL_ESTATE.has(loan.product ?? ''),
  };
}

/** The facts of the promise and debit clocks from the events that have happened. */
export function paymentFacts({ loan }: ClockCase, events: readonly CaseEvent[]): PaymentFacts {
  const messages = eventsOf(events, 'message-received').map((event) => readMessage(event, loan));
  const money = moneyOf(events);
  const stops = stopsInForce(events, messages, money);
  return {
    promise: {
      promises: eventsOf(events, 'promise-made').map(({ order, day, amountCents, on }) => ({
        order,
        madeOn: day,
        amountCents,
        on,
      })),
      payments: money.map(({ payment }) => payment),
      remindersSent: eventsOf(events, 'promise-reminder-sent').map(({ order }) => order),
      stops,
    },
    debits: {
      entries: money.flatMap(({ entry }) => (entry === null ? [] : [entry])),
      authorisations: eventsOf(events, 'authorisation-signed').map(({ order, written, specific }) => ({
        order,
        written: written ?? true, // a signature is a writing unless the case says otherwise
        specific: specific ?? false,
      })),
      phone: eventsOf(events, 'phone-authorisation').at(-1) ?? null,
      cancels: messages.flatMap(({ order, cancels }) => (cancels === null ? [] : [{ order, scope: cancels }])),
      fileClosed: eventsOf(events, 'file-closes')[0]?.order ?? null,
      stops,
      loan: highCostLoan(loan),
    },
    receipts: money.map(({ receipt }) => receipt),
    scheduled: scheduledDebit(events),
    movedDebitOn: eventsOf(events, 'debit-date-changed').at(-1)?.debitOn ?? null,
    planAgreedOn: eventsOf(events, 'plan-agreed').at(-1)?.day ?? null,
    onlyUnpaid: eventsOf(events, 'default').at(-1)?.onlyUnpaid ?? [],
  };
}

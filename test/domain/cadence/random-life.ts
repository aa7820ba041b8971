import fc from 'fast-check';
import type { CaseFacts, HoldFact, PendingPayment, PromiseFact } from '../../../domain/cadence/facts.ts';
import { addBankingDays, addDays, addMonths } from '../../../domain/calendar/days.ts';
import { cureStateRow } from '../../../domain/clocks/cure-states.ts';
import { at, caseFacts } from './case-facts.ts';
import type { News } from './play.ts';

const PAYMENT = 40_000;
const FIRST = '2026-10-05';

/** One thing that happens to an account, `day` days after its first missed payment, at an hour of the day. */
export type Happening = { readonly day: number; readonly hour: number } & (
  | { readonly kind: 'pays'; readonly cents: number; readonly posts: 'at-once' | 'later' | 'returned' }
  | { readonly kind: 'reversal' }
  | { readonly kind: 'backdated'; readonly months: number }
  | { readonly kind: 'new-due-date'; readonly shift: number }
  | { readonly kind: 'hold'; readonly days: number; readonly reason: HoldFact['reason'] }
  | { readonly kind: 'promise'; readonly inDays: number; readonly ends: 'kept' | 'broken' | 'cancelled' }
  | { readonly kind: 'plan'; readonly days: number }
  | { readonly kind: 'legal-stop'; readonly days: number }
  | { readonly kind: 'contact'; readonly channel: 'call' | 'sms' | 'letter'; readonly code: string | null }
  | { readonly kind: 'outage'; readonly days: number }
);

const when = { day: fc.integer({ min: 1, max: 230 }), hour: fc.integer({ min: 0, max: 23 }) };
const of = <K extends Happening['kind'], T extends object>(kind: K, rest: { [Key in keyof T]: fc.Arbitrary<T[Key]> }) =>
  fc.record({ kind: fc.constant(kind), ...when, ...rest }) as unknown as fc.Arbitrary<Happening>;

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: of('pays', { cents: fc.constantFrom(2_000, 20_000, PAYMENT, PAYMENT, 2 * PAYMENT), posts: fc.constantFrom('at-once', 'later', 'returned') }) },
  of('reversal', {}),
  of('backdated', { months: fc.integer({ min: 1, max: 2 }) }),
  of('new-due-date', { shift: fc.integer({ min: -5, max: 14 }) }),
  { weight: 2, arbitrary: of('hold', { days: fc.integer({ min: 1, max: 40 }), reason: fc.constantFrom('dispute', 'hardship', 'manual') }) },
  { weight: 2, arbitrary: of('promise', { inDays: fc.integer({ min: 0, max: 14 }), ends: fc.constantFrom('kept', 'broken', 'broken', 'cancelled') }) },
  of('plan', { days: fc.integer({ min: 5, max: 60 }) }),
  of('legal-stop', { days: fc.integer({ min: 2, max: 40 }) }),
  { weight: 2, arbitrary: of('contact', { channel: fc.constantFrom('call', 'sms'), code: fc.constant(null) }) },
  of('contact', { channel: fc.constant('letter'), code: fc.constantFrom('late-1', 'before-30', 'early-intervention', 'other') }),
  of('outage', { days: fc.integer({ min: 1, max: 12 }) }),
); // prettier-ignore

export type Life = {
  readonly product: 'auto' | 'mortgage' | 'personal';
  readonly zone: string;
  readonly joinsOnDay: number;
  readonly graceHits: number;
  readonly firstPaymentDefault: boolean;
  readonly cureNoticeNeeded: boolean;
  readonly furnishes: boolean;
  readonly gateSeed: number;
  readonly happenings: readonly Happening[];
};

export const life: fc.Arbitrary<Life> = fc.record({
  product: fc.constantFrom('auto', 'mortgage', 'personal'),
  zone: fc.constantFrom(
    'America/New_York',
    'America/Los_Angeles',
    'Pacific/Honolulu',
    'Pacific/Guam',
    'America/Phoenix',
  ),
  joinsOnDay: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 70 })),
  graceHits: fc.integer({ min: 2, max: 5 }),
  firstPaymentDefault: fc.boolean(),
  cureNoticeNeeded: fc.boolean(),
  furnishes: fc.boolean(),
  gateSeed: fc.nat(1000),
  happenings: fc.array(happening, { maxLength: 14 }),
});

export function factsOf(one: Life): CaseFacts {
  return caseFacts({
    loan: { product: one.product, nextDueOn: FIRST, pastDueCents: PAYMENT, paymentAmountCents: PAYMENT, graceDays: 10, firstPaymentDefault: one.firstPaymentDefault },
    person: { id: `person-${one.gateSeed}`, zone: one.zone, otherZones: [] },
    caseOpenedOn: addDays(FIRST, one.joinsOnDay),
    graceHabit: { paidInsideGraceCount: one.graceHits, months: 6 },
    cure: { rows: [cureStateRow('MA')], covers: true, noticeNeeded: one.cureNoticeNeeded, homesteadMortgage: false, mailGraceDays: 3 },
    lender: { furnishesToBureaus: one.furnishes, smallServicer: false, coreMails: [], b1OnFile: false, breachFormFilled: true },
  }); // prettier-ignore
}

export function startOf(one: Life): number {
  return at(`${addDays(FIRST, one.joinsOnDay)} 06:00`, one.zone);
}

export function endOf(one: Life): number {
  return at(`${addDays(FIRST, 250)} 00:00`, one.zone);
}

/** The books of the core: what was paid, and how far the due date was moved. */
type Books = { cents: number; shift: number; lastCents: number };

/** A life as news to the player. The core's due date and past-due amount follow from its books and the day. */
export function newsOf(one: Life): { news: News[]; outages: { fromMs: number; toMs: number }[] } {
  const news: News[] = [];
  const outages: { fromMs: number; toMs: number }[] = [];
  const books: Books = { cents: 0, shift: 0, lastCents: 0 };
  let episode: string = FIRST;
  const events = one.happenings
    .map((happening, index) => ({ happening, index }))
    .toSorted((a, b) => a.happening.day - b.happening.day || a.happening.hour - b.happening.hour || a.index - b.index);
  const posted: { day: number; hour: number; act: () => void }[] = [];
  const add = (day: number, hour: number, change: News['change']): void => {
    news.push({ atMs: at(`${addDays(FIRST, day)} ${String(hour).padStart(2, '0')}:00`, one.zone), change });
  };
  const onBooks = (day: number, hour: number, act: () => void): void => void posted.push({ day, hour, act });
  for (const { happening, index } of events) {
    const { day, hour } = happening;
    const date = addDays(FIRST, day);
    const id = `n${index}`;
    switch (happening.kind) {
      case 'pays': {
        const { cents, posts } = happening;
        const pay = (): void => void Object.assign(books, { cents: books.cents + cents, lastCents: cents });
        if (posts === 'at-once') {
          onBooks(day, hour, pay);
          break;
        }
        const settlesOn = addBankingDays(date, 1);
        const payment: PendingPayment = { amountCents: cents, receivedAtMs: at(`${date} 12:00`, one.zone) + index, settlesOn, method: 'ach', state: 'in-flight' };
        add(day, hour, (facts) => ({ ...facts, pendingPayments: [...facts.pendingPayments, payment] }));
        const state = posts === 'later' ? 'posted' : 'returned';
        add(day + 4, hour, (facts) => ({ ...facts, pendingPayments: facts.pendingPayments.map((each) => (each.receivedAtMs === payment.receivedAtMs ? { ...each, state } : each)) }));
        if (posts === 'later') onBooks(day + 4, hour, pay);
        break;
      }
      case 'reversal':
        onBooks(day, hour, () => void Object.assign(books, { cents: books.cents - books.lastCents, lastCents: 0 }));
        break;
      case 'backdated':
        onBooks(day, hour, () => void Object.assign(books, { cents: books.cents + happening.months * PAYMENT, lastCents: 0 }));
        break;
      case 'new-due-date':
        onBooks(day, hour, () => void Object.assign(books, { shift: books.shift + happening.shift }));
        break;
      case 'hold': {
        const placedAtMs = at(`${date} 00:30`, one.zone) + index;
        const hold: HoldFact = { reason: happening.reason, placedAtMs, reviewOn: addDays(date, 30), liftedAtMs: null };
        add(day, hour, (facts) => ({ ...facts, holds: [...facts.holds, hold] }));
        add(day + happening.days, hour, (facts) => ({ ...facts, holds: facts.holds.map((each) => (each.placedAtMs === placedAtMs ? { ...each, liftedAtMs: placedAtMs + 1 } : each)) }));
        break;
      }
      case 'promise': {
        const dueOn = addDays(date, happening.inDays);
        const decideOn = addBankingDays(dueOn, 1);
        const promise: PromiseFact = { id, madeOn: date, amountCents: PAYMENT, dueOn, decideOn, state: 'open', brokenOn: null };
        add(day, hour, (facts) => ({ ...facts, promises: [...facts.promises, promise] }));
        const decided = happening.inDays + 5;
        const end: Partial<PromiseFact> = { state: happening.ends, brokenOn: happening.ends === 'broken' ? decideOn : null };
        add(day + decided, 0, (facts) => ({ ...facts, promises: facts.promises.map((each) => (each.id === id ? { ...each, ...end } : each)) }));
        break;
      }
      case 'plan':
        add(day, hour, (facts) => ({ ...facts, planActive: true }));
        add(day + happening.days, hour, (facts) => ({ ...facts, planActive: false }));
        break;
      case 'legal-stop':
        add(day, hour, (facts) => ({ ...facts, legalStops: ['attorney'] }));
        add(day + happening.days, hour, (facts) => ({ ...facts, legalStops: [] }));
        break;
      case 'contact': {
        const contact = { atMs: at(`${date} ${String(hour).padStart(2, '0')}:00`, one.zone), channel: happening.channel, code: happening.code };
        add(day, hour, (facts) => ({ ...facts, importedContacts: [...facts.importedContacts, contact] }));
        break;
      }
      case 'outage':
        outages.push({ fromMs: at(`${date} 00:00`, one.zone), toMs: at(`${addDays(date, happening.days)} 15:00`, one.zone) });
    }
  }
  for (let day = 1; day <= 250; day += 1) posted.push({ day, hour: 1, act: () => undefined });
  posted.sort((a, b) => a.day - b.day || a.hour - b.hour);
  let before = '';
  for (const { day, hour, act } of posted) {
    act();
    const loan = loanAt(books, addDays(FIRST, day));
    if (loan.pastDueCents <= 0) episode = loan.nextDueOn;
    const episodeStartedOn = episode > loan.nextDueOn ? loan.nextDueOn : episode;
    const now = JSON.stringify([loan, episodeStartedOn]);
    if (now === before) continue; // the core has nothing new
    before = now;
    add(day, hour, (facts) => ({ ...facts, episodeStartedOn, loan: { ...facts.loan, ...loan } }));
  }
  return { news, outages };
} // prettier-ignore

function loanAt({ cents, shift }: Books, today: string): { nextDueOn: string; pastDueCents: number } {
  const paid = Math.max(0, Math.floor(cents / PAYMENT));
  const dueOn = (k: number): string => addDays(addMonths(FIRST, k), shift);
  let owed = 0;
  for (let k = 0; dueOn(k) < today; k += 1) owed += PAYMENT;
  return { nextDueOn: dueOn(paid), pastDueCents: Math.max(0, owed - Math.max(0, cents)) };
}

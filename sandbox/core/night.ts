import { addBankingDays, addDays, addMonths, bankingDayOnOrBefore, endOfMonth, isBankingDay, weekday } from '../../domain/calendar/days.ts'; // prettier-ignore
import { localDateAt } from '../../domain/calendar/zones.ts';
import { hashOf, randomFor } from '../sample/random.ts';
import type { Random } from '../sample/random.ts';
import { applyPayment, daysLateOn, pastDueOn, undoPayment } from './account.ts';
import type { Account, Posting, Return, TakenPayment } from './book.ts';

export interface NightInput {
  /** The date of the file; it tells of everything before. */
  on: string;
  zone: string;
  seed: string;
  accounts: Account[];
  taken: readonly TakenPayment[];
  returns: readonly Return[];
}

export interface Night {
  postings: Posting[];
  booked: string[];
  coming: Return[];
  came: string[];
}

/**
 * Chance a banking day that somebody so many days late pays up. They give the shares of issue 5 §6: six in ten of those
 * up to nine days late cure by themselves, and one in a hundred is 30 to 59 days late at any time.
 */
function cureChance(days: number): number {
  if (days <= 9) return 0.135;
  if (days <= 29) return 0.1;
  if (days <= 59) return 0.03;
  return days <= 89 ? 0.017 : 0.006;
}

/** Paydays: Fridays, the 1st and the 15th. */
function payday(on: string): number {
  const day = on.slice(8);
  return weekday(on) === 5 || day === '01' || day === '15' ? 1.8 : 0.8;
}

const RETURNED_DEBITS = 0.02;
/** Debits come back within two banking days (R01, R09). */
const RETURN_DAYS = 2;
/** So many of the later ones may cure in a night before it looks like a fault in the file (tape.md rule 3). */
const LATE_CURE_SHARE = 0.2;

/** One night of the core: what was paid, drafted, returned and not paid on the day before. Changes `accounts`. */
export function playNight(input: NightInput): Night {
  const { on, accounts } = input;
  const day = addDays(on, -1);
  const night: Night = { postings: [], booked: [], coming: [], came: [] };
  const byLoan = new Map(accounts.map((account) => [account.loan, account]));
  for (const payment of input.taken) bookTaken(input, night, { payment, account: byLoan.get(payment.loan), day });
  for (const back of input.returns) {
    const account = byLoan.get(back.loan);
    if (back.on > day || account === undefined) continue;
    undoPayment(account, back.amountCents);
    night.came.push(back.transactionId);
    night.postings.push({ loan: back.loan, transactionId: `${back.transactionId}-R`, postedOn: back.on, amountCents: -back.amountCents, code: 'nsf', method: back.method, returnCode: 'R01', reference: back.reference }); // prettier-ignore
  }
  const late = accounts.filter((account) => daysLateOn(account, on) >= 15).length;
  let lateCures = Math.max(2, Math.floor(late * LATE_CURE_SHARE));
  for (const account of accounts) {
    if (account.status !== 'active') continue;
    const random = randomFor(input.seed, account.loan, on);
    if (isBankingDay(day)) {
      const wasLate = daysLateOn(account, on) >= 15;
      if (!wasLate || lateCures > 0) {
        payOrNot(night, account, { day, on, random });
        if (wasLate && daysLateOn(account, on) === 0) lateCures -= 1;
      }
    }
    ageAccount(account, on);
  }
  return night;
}

function bookTaken(
  input: NightInput,
  night: Night,
  taken: { payment: TakenPayment; account: Account | undefined; day: string },
): void {
  // prettier-ignore
  const { payment, account, day } = taken;
  const received = localDateAt(payment.receivedAtMs, input.zone);
  const postedOn = isBankingDay(received) ? received : addBankingDays(received, 1);
  if (postedOn > day || account === undefined) return;
  const transactionId = `SC-${payment.traceId}`;
  applyPayment(account, payment.amountCents, postedOn);
  night.booked.push(payment.traceId);
  night.postings.push({ loan: account.loan, transactionId, postedOn, amountCents: payment.amountCents, code: 'payment', method: payment.method, returnCode: '', reference: payment.traceId }); // prettier-ignore
  if (payment.method === 'ach' && randomFor(input.seed, payment.traceId).chance(RETURNED_DEBITS)) {
    night.coming.push({ transactionId, loan: account.loan, on: addBankingDays(postedOn, RETURN_DAYS), amountCents: payment.amountCents, method: payment.method, reference: payment.traceId }); // prettier-ignore
  }
}

/** Whether this person pays this instalment late: some nearly always do. */
function isLatePayer(account: Account, random: Random): boolean {
  return random.chance(hashOf('habit', account.loan) % 10 < 3 ? 0.62 : 0.055);
}

function payOrNot(night: Night, account: Account, at: { day: string; on: string; random: Random }): void {
  const { day, on, random } = at;
  if (account.autopay && account.nextDraftOn !== null && account.nextDraftOn <= day) {
    const posting = post(night, account, { day, amountCents: account.paymentCents, method: 'autopay' });
    if (random.chance(RETURNED_DEBITS)) night.coming.push({ ...posting, on: addBankingDays(day, RETURN_DAYS) });
    account.nextDraftOn = addMonths(account.nextDraftOn, 1);
    return;
  }
  const days = daysLateOn(account, on);
  if (days > 1) {
    // Rolling thirty days behind: one instalment a month, never two.
    const rolls = account.history.slice(-6).split('1').length - 1 >= 4;
    if (rolls && days >= 30 && random.chance(0.3))
      post(night, account, { day, amountCents: account.paymentCents, method: 'ach' });
    else if (!rolls && random.chance(cureChance(days) * payday(day))) {
      const amountCents = days > 45 && random.chance(0.4) ? account.paymentCents : pastDueOn(account, on);
      post(night, account, { day, amountCents, method: random.pick(['ach', 'check', 'cash', 'card', 'transfer']) });
    }
  } else if (day === bankingDayOnOrBefore(account.nextDueOn) && !account.autopay && !isLatePayer(account, random)) {
    post(night, account, { day, amountCents: account.paymentCents, method: random.pick(['ach', 'check', 'transfer']) });
  }
}

function post(
  night: Night,
  account: Account,
  paid: { day: string; amountCents: number; method: string },
): Posting & Return {
  applyPayment(account, paid.amountCents, paid.day);
  const posting: Posting = {
    loan: account.loan,
    transactionId: `SC-${account.loan}-${paid.day}`,
    postedOn: paid.day,
    amountCents: paid.amountCents,
    code: account.status === 'paid' ? 'payoff' : 'payment',
    method: paid.method,
    returnCode: '',
    reference: '',
  };
  night.postings.push(posting);
  return { ...posting, on: paid.day };
}

const CHARGE_OFF_DAYS: Readonly<Record<string, number>> = { auto: 120, rv: 120, boat: 120, personal: 120, card: 180, overdraft: 60 }; // prettier-ignore

/** A new month in the history, a late fee the day after grace, a charge-off by the month end of its day. */
function ageAccount(account: Account, on: string): void {
  const days = daysLateOn(account, on);
  if (on.slice(8) === '01') account.history = `${account.history}${Math.min(9, Math.floor(days / 30))}`.slice(-24);
  if (days === account.graceDays + 1 && account.graceDays > 0) account.lateFeesCents += Math.min(2_500, Math.round(account.paymentCents * 0.05)); // prettier-ignore
  if (days === 0) account.lateFeesCents = 0;
  const limit = CHARGE_OFF_DAYS[account.product];
  if (limit !== undefined && days >= limit && on === endOfMonth(on)) {
    account.status = 'charged-off';
    account.chargedOffOn = on;
    account.chargedOffCents = account.principalCents;
    account.autopay = false;
    account.nextDraftOn = null;
  }
}

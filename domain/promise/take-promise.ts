import { addBankingDays, addDays, daysBetween, isLocalDate, type LocalDate } from '../calendar/days.ts';

/** How the money is to come. It says how long after the date it may still be on its way. */
export type PromiseMethod = 'ach' | 'card' | 'branch' | 'bill-pay' | 'mail';

/** Bank policy ptp-hold (clocks.md §3): days ahead that a collector may agree alone. */
export const FREE_DAYS = 14;
/** Bank policy (issue 8 §7): days ahead that a second person may agree. */
export const LONGEST_DAYS = 31;
/** Promises of one delinquency that need nobody else (cadences.md §1: a third one does). */
export const FREE_PROMISES = 2;

/** Banking days after the promised date whose end decides (bank policy, issue 8 §7). */
const GRACE_BANKING_DAYS: Readonly<Record<PromiseMethod, number>> = {
  ach: 1,
  card: 1,
  branch: 1,
  'bill-pay': 3,
  mail: 5,
};

/** One amount and one date, as asked for on a local date. */
export type PromiseAsked = {
  readonly amountCents: number;
  readonly on: LocalDate;
  readonly askedOn: LocalDate;
  readonly method: PromiseMethod;
};

/** What stands on the debt when the promise is asked for. */
export type PromiseGround = {
  /** All that is owed less what is pending; a promise above it is a mistake. */
  readonly owedCents: number;
  /** Promises already made in this delinquency, cancelled ones left out. */
  readonly madeBefore: number;
  /** Gate rule ids. A legal stop, even in the same message, beats the promise. */
  readonly legalStops: readonly string[];
};

export type PromiseApproval = 'date-beyond-14-days' | 'third-promise';

export type PromiseTaken = {
  readonly kind: 'taken';
  /** Empty: it stands at once. Otherwise a second person agrees first, and contact does not pause until then. */
  readonly approvals: readonly PromiseApproval[];
  /** The banking day whose end decides. */
  readonly decideOn: LocalDate;
  /** The day of the one reminder; null: the promise was made on that day or later. */
  readonly remindOn: LocalDate | null;
};

export type PromiseRefused = {
  readonly kind: 'refused';
  readonly reason: 'not-an-amount' | 'not-a-date' | 'date-past' | 'date-too-far' | 'above-balance' | 'legal-stop';
};

/**
 * Whether a promise is taken, by whom it must be agreed, and its days (bank policy ptp-hold). Dates are the
 * borrower's local ones, money is cents. Total: whatever is asked is taken or refused by name.
 */
export function takePromise(asked: PromiseAsked, ground: PromiseGround): PromiseTaken | PromiseRefused {
  const { amountCents, on, askedOn, method } = asked;
  if (ground.legalStops.length > 0) return refuse('legal-stop');
  if (!Number.isSafeInteger(amountCents) || amountCents <= 0) return refuse('not-an-amount');
  if (!isLocalDate(on)) return refuse('not-a-date');
  const ahead = daysBetween(askedOn, on);
  if (ahead < 0) return refuse('date-past');
  if (ahead > LONGEST_DAYS) return refuse('date-too-far');
  if (amountCents > ground.owedCents) return refuse('above-balance');
  const approvals: PromiseApproval[] = [];
  if (ahead > FREE_DAYS) approvals.push('date-beyond-14-days');
  if (ground.madeBefore >= FREE_PROMISES) approvals.push('third-promise');
  const remindOn = addDays(on, -1);
  return {
    kind: 'taken',
    approvals,
    decideOn: promiseDecideOn(on, method),
    remindOn: remindOn > askedOn ? remindOn : null,
  };
}

function refuse(reason: PromiseRefused['reason']): PromiseRefused {
  return { kind: 'refused', reason };
}

/** The banking day whose end decides: the promised date and the grace of the method. */
export function promiseDecideOn(on: LocalDate, method: PromiseMethod): LocalDate {
  return addBankingDays(on, GRACE_BANKING_DAYS[method]);
}

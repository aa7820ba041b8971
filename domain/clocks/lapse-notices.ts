import { addDays, businessDayOnOrBefore, isBusinessDay, type LocalDate } from '../calendar/days.ts';
import { isVehicle, type LapseFacts, type LapseNotice, type Mailing, rowFor } from './lapse-facts.ts';
import { provenCover } from './lapse-proof.ts';
import { allow, type ClockDecision, deferUntil, deny, ruled, type Ruled } from './ruling.ts';

const REMINDER_AFTER_FIRST_DAYS = 30; // 12 CFR 1024.37(d)(1)
const SECOND_AFTER_FIRST_DAYS = 15; // bank policy cpi-auto-default
const RENEWAL_BEFORE_DAYS = 45; // 12 CFR 1024.37(e)(1)(i)
const NEWS_GRACE_BUSINESS_DAYS = 5; // 12 CFR 1024.37(c)(4), (d)(5)

/** The first valid letter of a kind: on paper, first class or better (1024.37(f)). */
export function firstMailed(facts: LapseFacts, notice: LapseNotice): Mailing | null {
  return facts.mailings.find((mailing) => mailing.notice === notice && mailing.firstClass) ?? null;
}

/** D1, the day the first notice was validly mailed. */
export function firstNoticeOn(facts: LapseFacts): LocalDate | null {
  return firstMailed(facts, 'first')?.on ?? null;
}

/** D1 + 30 (1024.37(d)(1)); null without a valid first notice. Never moved for weekends. */
export function reminderEarliestOn(facts: LapseFacts): Ruled<LocalDate | null> {
  if (isVehicle(facts.loan.product)) return notice2EarliestOn(facts);
  const first = firstNoticeOn(facts);
  return ruled(rowFor(facts, 'fpi-reminder'), first === null ? null : addDays(first, REMINDER_AFTER_FIRST_DAYS));
}

/** Vehicles: N1 + 15 (bank policy); null without a first notice. */
export function notice2EarliestOn(facts: LapseFacts): Ruled<LocalDate | null> {
  if (!isVehicle(facts.loan.product)) return reminderEarliestOn(facts);
  const first = firstNoticeOn(facts);
  return ruled('cpi-auto-default', first === null ? null : addDays(first, SECOND_AFTER_FIRST_DAYS));
}

/** D2 (or a vehicle's second notice): the first one that was not mailed too early. An early one does not count. */
export function secondNoticeOn(facts: LapseFacts): LocalDate | null {
  const earliest = reminderEarliestOn(facts).answer;
  if (earliest === null) return null;
  const counted = facts.mailings.find(
    ({ notice, firstClass, on }) => (notice === 'reminder' || notice === 'second') && firstClass && on >= earliest,
  );
  return counted?.on ?? null;
}

function businessDaysAfter(from: LocalDate, to: LocalDate): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (isBusinessDay(day)) count += 1;
    if (count > NEWS_GRACE_BUSINESS_DAYS) break; // more than the limit is all the rule asks
  }
  return count;
}

/** Whether news came after production and the letter would be mailed more than 5 business days after it. */
function outdated(facts: LapseFacts, notices: readonly LapseNotice[], on: LocalDate): boolean {
  const produced = facts.produced.findLast(({ notice }) => notices.includes(notice));
  if (produced === undefined) return false;
  const news = facts.proofs.some((proof) => proof.order > produced.order && proof.shows !== 'unreadable');
  return news && businessDaysAfter(produced.on, on) > NEWS_GRACE_BUSINESS_DAYS;
}

/** How a letter would go out. `extraText`: anything on the page beyond the prescribed content, or null. */
export type LetterForm = {
  readonly channel: string;
  readonly firstClass: boolean;
  readonly extraText: string | null;
};

const LOAN_NUMBER = /^\s*(your\s+)?(loan|account)\s*(number|no\.?|#)\s*(is)?[\s:.#]*[\w-]*\d[\w-]*\s*\.?\s*$/i;

function judgeForm(form: LetterForm): Ruled<ClockDecision> | null {
  if (form.channel !== 'letter' || !form.firstClass)
    return ruled('fpi-first', { decision: 'deny', instead: 'first-class-letter' });
  if (form.extraText === null || form.extraText.trim() === '' || LOAN_NUMBER.test(form.extraText)) return null;
  return ruled('fpi-first', { decision: 'require-content', need: 'separate-page' });
}

const bankruptcyLetter: Ruled<ClockDecision> = {
  answer: { decision: 'require-approval', template: 'bankruptcy' }, // 11 USC 362; the clock keeps D1
  rule: 'bankruptcy-stay',
};

/**
 * Whether the first notice may be mailed on `on` (1024.37(c)(2)–(4), (f)). A refusal outranks approval, approval
 * outranks content (rules.md §0.1).
 */
export function mayMailFirst(facts: LapseFacts, form: LetterForm, on: LocalDate): Ruled<ClockDecision> {
  const badForm = judgeForm(form);
  if (badForm !== null && badForm.answer.decision === 'deny') return badForm;
  if (provenCover(facts) === 'continuous') return deny(rowFor(facts, 'fpi-evidence'));
  if (facts.bankruptcyFiledOn !== null) return bankruptcyLetter;
  if (badForm !== null) return badForm;
  if (outdated(facts, ['first'], on)) return ruled('fpi-first', { decision: 'require-content', need: 'update' });
  return allow('fpi-first');
}

/** Whether the reminder (or a vehicle's second notice) may be mailed on `on` (1024.37(d)). */
export function mayMailReminder(facts: LapseFacts, form: LetterForm, on: LocalDate): Ruled<ClockDecision> {
  const { answer: earliest, rule } = reminderEarliestOn(facts);
  const badForm = judgeForm(form);
  if (badForm !== null && badForm.answer.decision === 'deny') return badForm;
  if (provenCover(facts) === 'continuous') return deny(rowFor(facts, 'fpi-evidence'));
  if (earliest === null) return deny(rule); // no first notice counts, so no date can be given
  if (facts.bankruptcyFiledOn !== null) return bankruptcyLetter;
  if (badForm !== null) return badForm;
  if (outdated(facts, ['reminder', 'second'], on)) return ruled(rule, { decision: 'require-content', need: 'update' });
  if (on < earliest) return deferUntil(rule, earliest);
  return allow(rule);
}

/** MS-3C when proof came but leaves a gap, else MS-3B (1024.37(d)(2)–(3)); null when continuous cover is proven. */
export function reminderVariant(facts: LapseFacts): Ruled<'nothing-received' | 'gap' | null> {
  const proven = provenCover(facts);
  const variant = proven === 'continuous' ? null : proven === 'gap' ? 'gap' : 'nothing-received';
  return ruled(rowFor(facts, 'fpi-reminder'), variant);
}

/** 45 days before the anniversary, which is where the latest forced cover ends (1024.37(e)(1)(i)). */
export function renewalNoticeBy(facts: LapseFacts): Ruled<LocalDate | null> {
  if (isVehicle(facts.loan.product)) return ruled('cpi-auto-default', null); // no renewal letter is asked for vehicles
  const charge = facts.charges.findLast(({ coverage, coversTo }) => coverage !== 'flood' && coversTo !== null);
  const anniversary = charge?.coversTo ?? null;
  const by = anniversary === null ? null : addDays(anniversary, -RENEWAL_BEFORE_DAYS);
  return ruled(rowFor(facts, 'fpi-renew'), by);
}

/** The business day on which the renewal letter is mailed so as not to be late. */
export function renewalNoticeMailBy(facts: LapseFacts): Ruled<LocalDate | null> {
  const { answer: by, rule } = renewalNoticeBy(facts);
  return ruled(rule, by === null ? null : businessDayOnOrBefore(by));
}

/** The earliest charge after a renewal letter: letter + 45 (1024.37(e)(1)(i)). */
export function renewalChargeEarliestOn(letterOn: LocalDate): LocalDate {
  return addDays(letterOn, RENEWAL_BEFORE_DAYS);
}

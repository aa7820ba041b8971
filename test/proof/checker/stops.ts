import type { Findings } from './breach.ts';
import { plusDays, localIn, isFederalHoliday, weekdayOf } from './calendar.ts';
import { borrowerOf, cents, left, loanAt, type Contact, type Evidence } from './evidence.ts';
import { answersBorrower } from './hours.ts';

/** A STOP takes effect within a minute, over all debts, for that number (`revoke-any-means`, `revoke-scope`). */
const STOP_EFFECT_MS = 60_000;
/** One confirmation, within five minutes (`optout-confirm`). */
const CONFIRM_MS = 300_000;

const isStop = (body: string): boolean => /^(stop|stop texting me)$/i.test(body.trim());

/** Nothing goes while a stop stands: STOP, the file's own stops, holds, promises, payments in flight, a cured account. */
export function checkStops(evidence: Evidence, findings: Findings): void {
  checkOptOuts(evidence, findings);
  for (const contact of evidence.contacts) {
    if (contact.policy === null || contact.sentAt === null || !left(contact)) continue;
    const at = Date.parse(contact.sentAt);
    const account = contact.loanNumbers.join('+');
    findings.count('steps held to the stops');
    checkFileStops(evidence, contact, (rule, what) => findings.breach(account, rule, what));
    // A notice that law asks for goes through holds and promises; it is named by its template.
    if (STATUTORY.has(contact.step ?? '')) continue;
    for (const loan of contact.loanNumbers)
      for (const { rule, what } of standing(evidence, loan, contact, at)) findings.breach(loan, rule, what);
  }
}

/** cadences.md †: steps whose date a law sets. */
const STATUTORY = new Set(['right-to-cure', 'hud-counselling', 'live-contact', 'early-intervention', 'named-contact', 'breach', 'line-suspended']); // prettier-ignore

function checkOptOuts(evidence: Evidence, findings: Findings): void {
  for (const deed of evidence.deeds) {
    if (deed.kind !== 'text' || !isStop(deed.body ?? '')) continue;
    findings.count('STOPs sent');
    const at = Date.parse(deed.at);
    const after = evidence.contacts.filter(({ channel, to, sentAt }) => channel === 'sms' && to === deed.number && sentAt !== null && Date.parse(sentAt) > at); // prettier-ignore
    const confirmations = after.filter((contact) => contact.policy === null && Date.parse(contact.sentAt ?? '') - at <= CONFIRM_MS); // prettier-ignore
    if (confirmations.length > 1)
      findings.breach(deed.number ?? '', 'optout-confirm', `${confirmations.length} texts in answer to ${deed.body ?? ''} at ${deed.at}`); // prettier-ignore
    // What they write themselves later may be answered; nothing else goes to the number.
    for (const contact of after) {
      const late = Date.parse(contact.sentAt ?? '') - at;
      if (confirmations.includes(contact) || answersBorrower(evidence, contact) || !left(contact)) continue;
      if (contact.policy !== null ? late > STOP_EFFECT_MS : late > CONFIRM_MS)
        findings.breach(contact.loanNumbers.join('+') || (deed.number ?? ''), 'revoke-any-means', `a text at ${contact.sentAt ?? ''} after ${deed.body ?? ''} at ${deed.at}`); // prettier-ignore
    }
  }
}

type Say = (rule: string, what: string) => void;

/** What the file itself says of the person and of the address. */
function checkFileStops(evidence: Evidence, contact: Contact, breach: Say): void {
  const person = evidence.people.get(contact.customerNumber ?? '');
  if (person === undefined) return;
  const { row } = person;
  const said = `${contact.channel} ${contact.step ?? ''} at ${contact.sentAt ?? ''}`;
  if (row['deceased_on']) breach('deceased', said);
  if (row['bankruptcy_filed_on'] && !/^(dismissed|discharged|closed)$/.test(row['bankruptcy_status'] ?? ''))
    breach('bankruptcy-stay', said);
  if (row['attorney_since']) breach('attorney', said);
  if (row['cease_on']) breach('cease-all', said);
  if (contact.channel === 'sms') {
    const phone = person.phones.find(({ number = '' }) => number.replace(/\D/g, '').endsWith((contact.to ?? '').slice(-10))); // prettier-ignore
    if (phone === undefined) breach('wrong-number', `${said} to a number that is not theirs`);
    else {
      if (phone['opted_out_on'])
        breach('revoke-any-means', `${said} to a number opted out on ${phone['opted_out_on']}`);
      if (phone['wrong_number_on']) breach('wrong-number', said);
      if (phone['sms_consent'] !== 'Y') breach('tcpa-consent', said);
      if (phone['type'] === 'work') breach('work-place', said);
    }
  }
  if (contact.channel === 'email') {
    const box = person.mails.find(({ address }) => address?.toLowerCase() === contact.to?.toLowerCase());
    if (box === undefined) breach('email-procedures', `${said} to a mailbox that is not theirs`);
    else if (box['opted_out_on']) breach('medium-ban', said);
  }
}

/** What stands on a loan at an instant and stops a step of collection. */
function standing(evidence: Evidence, loan: string, contact: Contact, at: number): { rule: string; what: string }[] {
  const found: { rule: string; what: string }[] = [];
  const zone = evidence.people.get(borrowerOf(evidence, loan) ?? '')?.zone ?? 'America/New_York';
  const today = localIn(zone, at).date;
  const said = `${contact.channel} ${contact.step ?? ''} at ${contact.sentAt ?? ''}`;
  const obligors = (evidence.roles.get(loan) ?? []).filter(({ role }) => !['authorised-user', 'owner-not-obligor'].includes(role)).map(({ customer }) => customer); // prettier-ignore
  for (const hold of evidence.holds) {
    const onLoan =
      hold.loanNumber === loan || (hold.loanNumber === null && obligors.includes(hold.customerNumber ?? ''));
    const over = (hold.liftedAt !== null && Date.parse(hold.liftedAt) <= at) || (hold.untilOn !== null && hold.untilOn < today); // prettier-ignore
    if (onLoan && hold.scope !== 'remedies' && Date.parse(hold.placedAt) < at && !over)
      found.push({ rule: 'hold', what: `${said} under the ${hold.reason} hold of ${hold.placedAt}` });
  }
  for (const promise of evidence.promises) {
    const ended = promise.decidedAt !== null && Date.parse(promise.decidedAt) <= at;
    const open =
      promise.loanNumber === loan && promise.state !== 'proposed' && Date.parse(promise.madeAt) < at && !ended;
    if (open && today <= (promise.decideOn ?? promise.dueOn))
      found.push({
        rule: 'ptp-hold',
        what: `${said} under the promise made at ${promise.madeAt} for ${promise.dueOn}`,
      });
  }
  for (const payment of evidence.payments) {
    const gone = payment.returnedAt !== null && Date.parse(payment.returnedAt) <= at;
    if (payment.loanNumber !== loan || Date.parse(payment.receivedAt) > at || payment.state === 'posted' || gone) continue; // prettier-ignore
    const settles = payment.settlesOn ?? bankingDays(localIn(zone, Date.parse(payment.receivedAt)).date, 1);
    if (today <= bankingDays(settles, 2))
      found.push({ rule: 'payment-in-flight', what: `${said} while the payment of ${payment.receivedAt} settles` });
  }
  const row = loanAt(evidence, loan, at);
  if (row === undefined || !mayCollect(row, today))
    found.push({ rule: 'cured', what: `${said}, though the core says ${row?.['past_due_amount'] ?? 'nothing'} past due since ${row?.['next_due_on'] ?? '?'}` }); // prettier-ignore
  return found;
}

/** cadences.md §1: at least 1 day past due, and $25 or a tenth of the payment. */
export function mayCollect(row: Readonly<Record<string, string>>, today: string): boolean {
  const due = row['next_due_on'] ?? '';
  const owed = cents(row['past_due_amount']);
  const payment = cents(row['payment_amount']);
  const enough = owed > 0 && (owed >= 2500 || (payment > 0 && owed * 10 >= payment));
  return (row['status'] || 'active') === 'active' && due !== '' && due < today && enough;
}

/** So many banking days later (Federal Reserve calendar: a holiday on Saturday is no holiday on Friday). */
export function bankingDays(date: string, count: number): string {
  let day = date;
  for (let more = count; more > 0;) {
    day = plusDays(day, 1);
    const closed = weekdayOf(day) > 5 || isFederalHoliday(day) || (weekdayOf(day) === 1 && isFederalHoliday(plusDays(day, -1))); // prettier-ignore
    if (!closed) more -= 1;
  }
  return day;
}

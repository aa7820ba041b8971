import type { Findings } from './breach.ts';
import { daysFrom, localIn } from './calendar.ts';
import { left, type Contact, type Evidence } from './evidence.ts';
import { answersBorrower } from './hours.ts';
import { isNewYorkCity } from './places.ts';

const WEEK_MS = 168 * 3_600_000;
type Kind = 'sms' | 'email' | 'call';

/** `contact-volume`, `calls-7in7`, `ma-2in7`, `nyc-dcwp`, `dc-electronic`, `dc-calls` as rules.md has them: at most so many in 168 hours. */
const CAPS: readonly { rule: string; most: number; kinds: readonly Kind[]; where?: (place: Place) => boolean }[] = [
  { rule: 'contact-volume', most: 3, kinds: ['sms'] },
  { rule: 'contact-volume', most: 4, kinds: ['email'] },
  { rule: 'calls-7in7', most: 7, kinds: ['call'] },
  { rule: 'ma-2in7', most: 2, kinds: ['sms', 'call'], where: ({ state }) => state === 'MA' },
  { rule: 'nyc-dcwp', most: 2, kinds: ['sms', 'email', 'call'], where: ({ city }) => city },
  { rule: 'dc-electronic', most: 5, kinds: ['sms', 'email'], where: ({ state }) => state === 'DC' },
  { rule: 'dc-calls', most: 3, kinds: ['call'], where: ({ state }) => state === 'DC' },
];
type Place = { readonly state: string; readonly city: boolean };

/** Counted for a person over all debts, which is never more lenient than for each debt. */
export function checkCaps(evidence: Evidence, findings: Findings): void {
  const counted = evidence.contacts.filter((contact) => counts(evidence, contact));
  for (const [customer, contacts] of Map.groupBy(counted, ({ customerNumber }) => customerNumber ?? '?')) {
    const person = evidence.people.get(customer);
    const place = { state: person?.row['mailing_state'] ?? '', city: isNewYorkCity(person?.row['mailing_zip'] ?? '') };
    const zone = person?.zone ?? 'America/New_York';
    const account = [...new Set(contacts.flatMap(({ loanNumbers }) => loanNumbers))].join('+') || customer;
    findings.count('persons held to the caps');
    for (const { rule, most, kinds, where } of CAPS) {
      if (where !== undefined && !where(place)) continue;
      const instants = contacts.filter(({ channel }) => kinds.some((kind) => kind === channel)).map(atOf).toSorted((a, b) => a - b); // prettier-ignore
      instants.forEach((at, index) => {
        const before = instants[index - most];
        if (before !== undefined && at - before < WEEK_MS)
          findings.breach(account, rule, `${most + 1} of ${kinds.join('/')} to ${customer} in a week, up to ${new Date(at).toISOString()}`); // prettier-ignore
      });
    }
    for (const kind of ['sms', 'email'] as const) {
      const days = contacts
        .filter(({ channel }) => channel === kind)
        .map((contact) => localIn(zone, atOf(contact)).date);
      for (const day of new Set(days.filter((date, index) => days.indexOf(date) !== index)))
        findings.breach(account, 'contact-volume', `more than one ${kind} to ${customer} on ${day}`);
    }
    checkSilence(contacts, { account, zone, findings });
    checkHourly(evidence, contacts, { account, findings });
  }
}

const atOf = (contact: Contact): number => Date.parse(contact.sentAt ?? contact.decidedAt);

function counts(evidence: Evidence, contact: Contact): boolean {
  if (!['sms', 'email', 'call'].includes(contact.channel) || !left(contact)) return false;
  if (contact.channel === 'call' && contact.outcome === 'not-connected') return false;
  return atOf(contact) >= evidence.fromMs - WEEK_MS && !answersBorrower(evidence, contact);
}

/** `calls-after-talk`: the day of the conversation is day 1; no call on days 1 to 7. */
function checkSilence(
  contacts: readonly Contact[],
  about: { account: string; zone: string; findings: Findings },
): void {
  const calls = contacts.filter(({ channel }) => channel === 'call');
  for (const talk of calls.filter(({ outcome }) => outcome === 'conversation')) {
    const on = localIn(about.zone, atOf(talk)).date;
    for (const call of calls) {
      const sameDebt = call.loanNumbers.some((loan) => talk.loanNumbers.includes(loan));
      const days = daysFrom(on, localIn(about.zone, atOf(call)).date);
      if (sameDebt && atOf(call) > atOf(talk) && days < 7)
        about.findings.breach(about.account, 'calls-after-talk', `a call ${days} days after the conversation of ${on}`);
    }
  }
}

/** A phone shared by two persons gets at most one text an hour (cadences.md §1). */
function checkHourly(
  evidence: Evidence,
  contacts: readonly Contact[],
  about: { account: string; findings: Findings },
): void {
  // prettier-ignore
  for (const contact of contacts) {
    if (contact.channel !== 'sms') continue;
    const others = evidence.contacts.filter((other) => other.channel === 'sms' && other.to === contact.to && other.customerNumber !== contact.customerNumber && left(other)); // prettier-ignore
    for (const other of others) {
      const apart = atOf(contact) - atOf(other);
      if (apart >= 0 && apart < 3_600_000 && !answersBorrower(evidence, other))
        about.findings.breach(about.account, 'shared-phone', `${contact.to ?? ''} got texts for two persons within an hour, at ${contact.sentAt ?? ''}`); // prettier-ignore
    }
  }
}

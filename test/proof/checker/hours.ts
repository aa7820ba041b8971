import type { Findings } from './breach.ts';
import { isFederalHoliday, localIn } from './calendar.ts';
import { left, type Contact, type Evidence } from './evidence.ts';

/** rules.md §0.2: the effective window, [08:01:00, 20:55:00), in every zone of the person. */
const OPENS = 8 * 3600 + 60;
const CLOSES = 20 * 3600 + 55 * 60;

const clockText = (seconds: number): string =>
  `${String(Math.floor(seconds / 3600)).padStart(2, '0')}:${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}`;
const secondsOf = (text: string): number => Number(text.slice(0, 2)) * 3600 + Number(text.slice(3, 5)) * 60;

/** Whether it may disturb: letters may come at any hour; an answer to what the borrower just wrote too (`one-response`). */
function disturbs(evidence: Evidence, contact: Contact): boolean {
  return contact.channel !== 'letter' && !answersBorrower(evidence, contact);
}

/** Within ten minutes of a text from the same number (`one-response`, ships 10 min). */
export function answersBorrower({ deeds }: Evidence, contact: Contact): boolean {
  if (contact.policy !== null || contact.sentAt === null) return false;
  const sent = Date.parse(contact.sentAt);
  return deeds.some(({ kind, number, at }) => kind === 'text' && number === contact.to && sent >= Date.parse(at) && sent - Date.parse(at) <= 600_000); // prettier-ignore
}

/** Each contact inside its window in every zone, and the cadence's own inside the preferred hours of its policy. */
export function checkHours(evidence: Evidence, findings: Findings): void {
  for (const contact of evidence.contacts) {
    if (contact.sentAt === null || !left(contact) || Date.parse(contact.sentAt) < evidence.fromMs) continue;
    const account = contact.loanNumbers.join('+') || (contact.customerNumber ?? '?');
    const person = evidence.people.get(contact.customerNumber ?? '');
    if (person === undefined) {
      findings.breach(account, 'third-party-disclosure', `${contact.channel} ${contact.id} went to nobody in the file`);
      continue;
    }
    if (!disturbs(evidence, contact)) continue;
    findings.count('contacts held to the hours');
    const at = Date.parse(contact.sentAt);
    for (const zone of person.zones) {
      const local = localIn(zone, at);
      if (local.seconds < OPENS || local.seconds >= CLOSES)
        findings.breach(account, 'window-hours', `${contact.channel} at ${clockText(local.seconds)} in ${zone}, ${contact.sentAt}`); // prettier-ignore
    }
    // What the product says of the zones must not be less than what is on file.
    if (contact.policy !== null) {
      const missing = [...person.zones].filter((zone) => !contact.zones.includes(zone));
      if (missing.length > 0 && contact.zones.length > 0)
        findings.breach(account, 'zone-conflict', `${contact.channel} of ${contact.sentAt} does not know ${missing.join(', ')}`); // prettier-ignore
    }
    checkPreferred(evidence, contact, { account, zone: person.zone, at, findings });
  }
}

function checkPreferred(
  evidence: Evidence,
  contact: Contact,
  about: { account: string; zone: string | null; at: number; findings: Findings },
): void {
  const { account, zone, at, findings } = about;
  if (zone === null) return;
  const local = localIn(zone, at);
  if ((contact.channel === 'sms' || contact.channel === 'call') && isFederalHoliday(local.date))
    findings.breach(account, 'policy-holiday', `${contact.channel} on ${local.date}`);
  if (local.weekday === 7)
    findings.breach(account, 'preferred-window', `${contact.channel} on a Sunday, ${local.date}`);
  const policy = contact.policy === null ? undefined : evidence.policies.get(contact.policy);
  const windows = policy?.channels[contact.channel]?.windows;
  if (windows === undefined || contact.purpose !== 'collection') return;
  const inside = windows.some(({ days, from, to }) => days.includes(local.weekday) && local.seconds >= secondsOf(from) && local.seconds < secondsOf(to) + 60); // prettier-ignore
  if (!inside)
    findings.breach(account, 'preferred-window', `${contact.channel} at ${clockText(local.seconds)} in ${zone} on ${local.date}`); // prettier-ignore
}

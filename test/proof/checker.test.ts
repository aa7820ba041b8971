import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'csv-stringify/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { check } from './checker/check.ts';
import { differences } from './checker/same-sends.ts';

const POLICIES = fileURLToPath(new URL('../../policies', import.meta.url));
const CHECKER = fileURLToPath(new URL('./checker', import.meta.url));
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

type Line = Record<string, unknown>;
/** A week of one auto loan in Ohio, due on Sunday 2026-10-04: a text on Wednesday, an e-mail on Saturday, all as it should be. */
function aWeek(): { lines: Record<string, Line[]>; core: Record<string, Record<string, string>[]> } {
  const contact = (id: string, more: Line): Line => ({
    id,
    customerNumber: 'C1',
    loanNumbers: ['L1'],
    zones: ['America/New_York'],
    state: 'OH',
    purpose: 'collection',
    templateVersion: 'v1',
    policy: 'auto',
    policyVersion: 1,
    cycle: '2026-10-04',
    status: 'sent',
    attempts: 1,
    outcome: null,
    ...more,
  });
  const at = (instant: string): Line => ({ decidedAt: instant, sentAt: instant });
  return {
    lines: {
      contacts: [
        contact('1', { channel: 'sms', to: '+16145550100', template: 'first-text', step: 'sms-1', ...at('2026-10-07T15:00:00.000Z') }),
        contact('2', { channel: 'email', to: 'a@inbox.example', template: 'amount-and-link', step: 'email-1', ...at('2026-10-10T15:00:00.000Z') }),
      ],
      decisions: [],
      payments: [],
      holds: [],
      cases: [{ loanNumber: 'L1', status: 'open', openedOn: '2026-10-05', closedOn: null, closeReason: null, policy: 'auto' }],
      promises: [],
      deeds: [],
    },
    core: {
      customers: [{ customer_number: 'C1', mailing_state: 'OH', mailing_zip: '43215', deceased_on: '', cease_on: '' }],
      phones: [{ customer_number: 'C1', number: '+16145550100', type: 'mobile', sms_consent: 'Y', opted_out_on: '' }],
      emails: [{ customer_number: 'C1', address: 'a@inbox.example', opted_out_on: '' }],
      loan_roles: [{ loan_number: 'L1', customer_number: 'C1', role: 'borrower' }],
      loans: [{ loan_number: 'L1', product: 'auto', status: 'active', payment_amount: '400.00', next_due_on: '2026-10-04', past_due_amount: '400.00', days_past_due: '1', last_payment_on: '2026-09-04', grace_days: '10' }],
    },
  };
} // prettier-ignore

type Week = ReturnType<typeof aWeek>;

function judged(doctor: (week: Week) => void = () => undefined): {
  rules: string[];
  folder: string;
  figures: Record<string, number>;
} {
  // prettier-ignore
  const week = aWeek();
  doctor(week);
  const folder = mkdtempSync(join(tmpdir(), 'makegood-checker-'));
  folders.push(folder);
  const first = join(folder, 'core', '0000-first');
  mkdirSync(first, { recursive: true });
  writeFileSync(
    join(first, 'manifest.json'),
    JSON.stringify({ asOf: '2026-10-05T06:00:00Z', kind: 'all-loans', files: [] }),
  );
  for (const [name, rows] of Object.entries(week.core))
    writeFileSync(join(first, `${name}.csv`), stringify(rows, { header: true }));
  for (const [name, rows] of Object.entries(week.lines))
    writeFileSync(join(folder, `${name}.jsonl`), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  writeFileSync(join(folder, 'span.json'), JSON.stringify({ from: '2026-10-05T13:00:00Z', days: 8 }));
  const { breaches, figures } = check(folder, POLICIES);
  return { rules: [...new Set(breaches.map(({ rule }) => rule))].toSorted(), folder, figures };
}

const contactOf = (week: Week, index: number): Line => week.lines['contacts']?.[index] ?? {};
const move = (index: number, instant: string) => (week: Week): void => {
  Object.assign(contactOf(week, index), { decidedAt: instant, sentAt: instant });
}; // prettier-ignore
const again = (index: number, instant: string, more: Line = {}) => (week: Week): void => {
  week.lines['contacts']?.push({ ...contactOf(week, index), id: 'again', decidedAt: instant, sentAt: instant, ...more });
}; // prettier-ignore
const person = (row: Record<string, string>) => (week: Week): void => {
  Object.assign(week.core['customers']?.[0] ?? {}, row);
}; // prettier-ignore
const add = (what: string, line: Line) => (week: Week): void => {
  week.lines[what]?.push(line);
}; // prettier-ignore

describe('the checker of the proof', () => {
  it('has nothing to say of a week as it should be', () => {
    const { rules, figures } = judged();
    expect(rules).toEqual([]);
    expect(figures).toMatchObject({ 'steps as the oracle says': 2, 'contacts held to the hours': 2 });
  });

  it.each<[string, string, (week: Week) => void]>([
    ['a text at six in the evening and a half', 'preferred-window', move(0, '2026-10-07T22:30:00.000Z')],
    ['a text before eight in the morning', 'window-hours', move(0, '2026-10-07T11:50:00.000Z')],
    ['an hour that is fine at home and night where the phone is', 'window-hours', (week) => {
      move(0, '2026-10-07T14:30:00.000Z')(week);
      week.core['phones']?.push({ customer_number: 'C1', number: '+12135550100', type: 'mobile', sms_consent: 'Y', opted_out_on: '' });
    }],
    ['a zone that the product did not know', 'zone-conflict', (week) => {
      week.core['phones']?.push({ customer_number: 'C1', number: '+13125550100', type: 'mobile', sms_consent: 'Y', opted_out_on: '' });
    }],
    ['an e-mail on a Sunday', 'preferred-window', move(1, '2026-10-11T15:00:00.000Z')],
    ['a text on Columbus Day', 'policy-holiday', again(0, '2026-10-12T15:00:00.000Z', { step: 'sms-2' })],
    ['two texts on one day', 'contact-volume', again(0, '2026-10-07T17:00:00.000Z', { step: 'sms-2' })],
    ['three calls and texts in a week in Massachusetts', 'ma-2in7', (week) => {
      person({ mailing_state: 'MA', mailing_zip: '02118' })(week);
      for (const on of ['08', '09']) add('contacts', { id: on, customerNumber: 'C1', loanNumbers: ['L1'], channel: 'call', to: '+16145550100', zones: [], purpose: 'collection', template: null, templateVersion: null, policy: null, step: null, cycle: null, status: 'sent', decidedAt: `2026-10-${on}T18:00:00.000Z`, sentAt: `2026-10-${on}T18:00:00.000Z`, outcome: 'no-answer' })(week);
    }],
    ['the eighth call in a week', 'calls-7in7', (week) => {
      for (let hour = 0; hour < 8; hour += 1) add('contacts', { id: `c${hour}`, customerNumber: 'C1', loanNumbers: ['L1'], channel: 'call', to: '+16145550100', zones: [], purpose: 'collection', template: null, templateVersion: null, policy: null, step: null, cycle: null, status: 'sent', decidedAt: `2026-10-08T1${4 + (hour % 5)}:0${hour}:00.000Z`, sentAt: `2026-10-08T1${4 + (hour % 5)}:0${hour}:00.000Z`, outcome: 'no-answer' })(week);
    }],
    ['a text after STOP', 'revoke-any-means', add('deeds', { kind: 'text', number: '+16145550100', body: 'STOP', at: '2026-10-07T14:00:00.000Z' })],
    ['a text without consent', 'tcpa-consent', (week) => Object.assign(week.core['phones']?.[0] ?? {}, { sms_consent: '' })],
    ['a contact with someone who has died', 'deceased', person({ deceased_on: '2026-09-01' })],
    ['a contact after a cease notice', 'cease-all', person({ cease_on: '2026-09-01' })],
    ['a step under a hold', 'hold', add('holds', { loanNumber: 'L1', customerNumber: null, reason: 'dispute', scope: 'collection', placedAt: '2026-10-06T15:00:00.000Z', untilOn: null, liftedAt: null })],
    ['a step while a promise is open', 'ptp-hold', add('promises', { id: 'p', loanNumber: 'L1', amountCents: 40000, dueOn: '2026-10-15', state: 'open', madeAt: '2026-10-06T15:00:00.000Z', decideOn: '2026-10-16', decidedAt: null })],
    ['a step while a payment settles', 'payment-in-flight', add('payments', { loanNumber: 'L1', amountCents: 1000, method: 'ach', receivedAt: '2026-10-06T15:00:00.000Z', state: 'pending', settlesOn: '2026-10-07', returnedAt: null })],
    ['a step on an account that is not past due', 'cured', (week) => Object.assign(week.core['loans']?.[0] ?? {}, { next_due_on: '2026-11-04', past_due_amount: '0.00', days_past_due: '0' })],
    ['a step that was forgotten', 'step-sequence', (week) => void week.lines['contacts']?.shift()],
    ['a step a day early', 'step-sequence', move(0, '2026-10-06T15:00:00.000Z')],
    ['a step nobody expects', 'step-sequence', (week) => void Object.assign(contactOf(week, 1), { step: 'email-2' })],
    ['a step twice in its cycle', 'step-key', again(0, '2026-10-09T15:00:00.000Z')],
    ['a letter again within 25 days', 'letter-25-days', (week) => {
      again(1, '2026-10-08T15:00:00.000Z', { channel: 'letter', step: 'late-1', template: 'late-1' })(week);
      again(1, '2026-10-09T15:00:00.000Z', { channel: 'letter', step: 'late-1', template: 'late-1' })(week);
    }],
    ['a text to a number of somebody else', 'wrong-number', (week) => void Object.assign(contactOf(week, 0), { to: '+16145550177' })],
    ['two persons of one phone within an hour', 'shared-phone', (week) => {
      week.core['customers']?.push({ customer_number: 'C2', mailing_state: 'OH', mailing_zip: '43215', deceased_on: '', cease_on: '' });
      again(0, '2026-10-07T15:30:00.000Z', { customerNumber: 'C2', loanNumbers: ['L2'] })(week);
    }],
    ['a case that was never opened', 'case-opens', (week) => Object.assign(week.lines['cases']?.[0] ?? {}, { openedOn: '2026-10-09' })],
    ['an empty export', 'no-evidence', (week) => void (week.lines['contacts'] = [])],
  ])('sees %s (%s)', (_, rule, doctor) => {
    expect(judged(doctor).rules).toContain(rule);
  }); // prettier-ignore

  it('tells two runs apart by a day, and takes the minute as nothing', () => {
    const { folder: calm } = judged();
    const { folder: later } = judged(move(0, '2026-10-07T16:00:00.000Z'));
    const { folder: other } = judged(move(0, '2026-10-08T15:00:00.000Z'));
    const { folder: twice } = judged(again(0, '2026-10-07T15:00:01.000Z'));
    expect(differences(calm, later)).toEqual([]);
    expect(differences(calm, other)).toHaveLength(2);
    expect(differences(calm, twice)).toHaveLength(1);
  });

  it('knows no code of the product: only the oracle of the tests, whose types are erased', () => {
    for (const file of readdirSync(CHECKER)) {
      const text = readFileSync(join(CHECKER, file), 'utf8');
      for (const [, from = ''] of text.matchAll(/^import (?!type)[^;]*? from '([^']+)'/gm))
        expect(from, file).toMatch(/^(node:|csv-parse|\.\/|\.\.\/\.\.\/support\/cadence-oracle)/);
    }
    const oracle = readFileSync(fileURLToPath(new URL('../support/cadence-oracle.ts', import.meta.url)), 'utf8');
    expect([...oracle.matchAll(/^import (?!type)/gm)]).toEqual([]);
  });
});

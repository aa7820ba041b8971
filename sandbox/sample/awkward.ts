import { addAccount } from './account.ts';
import { daysAgo } from './making.ts';
import type { Making } from './making.ts';
import { addPerson, addPhone } from './person.ts';
import type { Person } from './person.ts';
import { GUAM, HONOLULU, town } from './places.ts';
import type { Row } from './rows.ts';

/** One awkward case of issue 5 §6: its name, and the accounts it adds. */
export type AwkwardCase = readonly [string, (making: Making) => void];

// Nothing stands against contact but what the case itself is about.
const CLEAN: Row = { employee: 'N', servicemember: 'N', deceased_on: '', bankruptcy_chapter: '', bankruptcy_filed_on: '', bankruptcy_status: '', attorney_name: '', attorney_since: '' }; // prettier-ignore

function textable(making: Making, over: Row = {}): Row {
  const since = daysAgo(making, 200);
  return { sms_consent: 'Y', sms_consent_on: since, call_consent: 'Y', call_consent_on: since, consent_source: 'application', last_inbound_on: daysAgo(making, 12), opted_out_on: '', wrong_number_on: '', verified_on: daysAgo(making, 12), ...over }; // prettier-ignore
}

function person(making: Making, city: string, row: Row = {}, phone: Row | 'none' = {}): Person {
  return addPerson(making, {
    place: town(city),
    spanish: false,
    row: { ...CLEAN, ...row },
    phone: phone === 'none' ? 'none' : textable(making, phone),
    email: { bounced_on: '' },
  });
}

/** Cases about who the people are and where they live. */
export const AWKWARD_PEOPLE: readonly AwkwardCase[] = [
  // First those that mean nothing on an account in good standing: a small lender has few past-due places to give.
  [
    'rolling 30',
    (m) => addAccount(m, person(m, 'Toledo'), { product: 'auto', bucket: '30-59', days: 31, rolling: true }),
  ],
  ['partial payment in suspense', (m) => addAccount(m, person(m, 'Buffalo'), { product: 'auto', bucket: '1-29', days: 12, partialCents: 15_000 })], // prettier-ignore
  ['joined mid-stream, late letter already mailed', joinedMidStream],
  ['two borrowers', (m) => addAccount(m, person(m, 'Columbus'), { product: 'auto', bucket: '1-29', days: 5, others: [[person(m, 'Columbus'), 'co-borrower']] })], // prettier-ignore
  ['cosigner in another zone', (m) => addAccount(m, person(m, 'Cleveland'), { product: 'auto', bucket: '1-29', days: 25, others: [[person(m, 'San Diego'), 'cosigner']] })], // prettier-ignore
  [
    'shared phone',
    (m) => {
      const mother = person(m, 'Pittsburgh');
      const son = addPerson(m, {
        with: mother,
        spanish: false,
        row: CLEAN,
        phone: textable(m, { number: mother.phone }),
      });
      addAccount(m, mother, { product: 'auto', bucket: '1-29', days: 4 });
      addAccount(m, son, { product: 'personal', bucket: '1-29', days: 4 });
    },
  ],
  ['Spanish', (m) => addAccount(m, addPerson(m, { place: town('Miami'), spanish: true, row: CLEAN, phone: textable(m) }), { product: 'auto', bucket: '1-29', days: 7 })], // prettier-ignore
  ['forced insurance, home', (m) => addAccount(m, person(m, 'Albany'), { product: 'mortgage', bucket: 'current', insurance: { expires_on: daysAgo(m, 20), cancelled_on: daysAgo(m, 20), cancel_reason: 'nonpayment' } })], // prettier-ignore
  ['right to cure state', (m) => addAccount(m, person(m, 'Boston'), { product: 'auto', bucket: '60-89', days: 64 })],
  ['long past due', (m) => addAccount(m, person(m, 'Chicago'), { product: 'auto', bucket: '90+', days: 97 })],
  [
    'five loans to one person',
    (m) => {
      const one = person(m, 'Milwaukee');
      for (const product of ['auto', 'auto', 'personal', 'mortgage', 'card'] as const) addAccount(m, one, { product, bucket: 'current' }); // prettier-ignore
    },
  ],
  [
    'spouses with separate loans',
    (m) => {
      const one = person(m, 'Cincinnati');
      const other = addPerson(m, { with: one, last: one.last, spanish: false, row: CLEAN, phone: textable(m) });
      const landline = m.book.number(one.place, m.random);
      for (const spouse of [one, other]) addPhone(m, spouse, { number: landline, type: 'landline', sms_consent: '', consent_source: '', opted_out_on: '', wrong_number_on: '' }); // prettier-ignore
      addAccount(m, one, { product: 'auto', bucket: 'current' });
      addAccount(m, other, { product: 'auto', bucket: 'current' });
    },
  ],
  ['Eastern', (m) => addAccount(m, person(m, 'Atlanta'), { product: 'auto', bucket: 'current' })],
  ['Central', (m) => addAccount(m, person(m, 'Dallas'), { product: 'auto', bucket: 'current' })],
  ['Mountain', (m) => addAccount(m, person(m, 'Denver'), { product: 'auto', bucket: 'current' })],
  ['Pacific', (m) => addAccount(m, person(m, 'Seattle'), { product: 'auto', bucket: 'current' })],
  ['mails to New York, answers in Los Angeles', (m) => addAccount(m, person(m, 'New York', {}, { number: m.book.number(town('Los Angeles'), m.random) }), { product: 'personal', bucket: '1-29', days: 3 })], // prettier-ignore
  ['Guam', (m) => addAccount(m, addPerson(m, { place: GUAM, spanish: false, row: CLEAN, phone: textable(m) }), { product: 'personal', bucket: 'current' })], // prettier-ignore
  ['Hawaii', (m) => addAccount(m, addPerson(m, { place: HONOLULU, spanish: false, row: CLEAN, phone: textable(m) }), { product: 'auto', bucket: 'current' })], // prettier-ignore
  [
    'no ZIP',
    (m) => addAccount(m, person(m, 'Louisville', { mailing_zip: '' }), { product: 'auto', bucket: 'current' }),
  ],
  ['lives elsewhere than the mail goes', (m) => addAccount(m, person(m, 'Phoenix', { residence_line1: '4 Oatenmere Ct', residence_city: 'Las Vegas', residence_state: 'NV', residence_zip: '89101' }), { product: 'boat', bucket: 'current' })], // prettier-ignore
];

function joinedMidStream(making: Making): void {
  const borrower = person(making, 'Harrisburg');
  const account = addAccount(making, borrower, { product: 'personal', bucket: '1-29', days: 16 });
  if (account.days === 0) return;
  const mine = making.batch.contacts.filter((contact) => contact['loan_number'] !== account.loan);
  const base = { loan_number: account.loan, customer_number: borrower.customer, direction: 'out' };
  making.batch.contacts = [
    ...mine,
    { ...base, at: `${daysAgo(making, 13)}T16:05:00Z`, channel: 'sms', outcome: 'delivered', number_or_address: borrower.phone, source: 'vendor' }, // prettier-ignore
    { ...base, at: `${daysAgo(making, 5)}T15:00:00Z`, channel: 'letter', outcome: 'mailed', letter_code: 'late-1', source: 'core' }, // prettier-ignore
    { ...base, at: `${daysAgo(making, 2)}T19:20:00Z`, channel: 'call', outcome: 'no-answer', number_or_address: borrower.phone, source: 'dialer' }, // prettier-ignore
  ];
}

/** Cases about what has happened to the person, the number or the account. */
export const AWKWARD_FACTS: readonly AwkwardCase[] = [
  [
    'reassigned number',
    (m) => {
      const before = person(
        m,
        'Richmond',
        {},
        { sms_consent_on: daysAgo(m, 1_400), last_inbound_on: '', verified_on: '' },
      );
      const now = person(m, 'Richmond', {}, { number: before.phone, sms_consent_on: daysAgo(m, 40) });
      addAccount(m, before, { product: 'auto', bucket: 'current' });
      addAccount(m, now, { product: 'auto', bucket: 'current' });
    },
  ],
  ['wrong number', (m) => addAccount(m, person(m, 'Charlotte', {}, { wrong_number_on: daysAgo(m, 6), verified_on: '' }), { product: 'auto', bucket: 'current' })], // prettier-ignore
  ['work number only', (m) => addAccount(m, person(m, 'Detroit', {}, { type: 'work', sms_consent: '', sms_consent_on: '' }), { product: 'auto', bucket: 'current' })], // prettier-ignore
  ['employee', (m) => addAccount(m, person(m, 'Columbus', { employee: 'Y' }), { product: 'auto', bucket: 'current' })],
  ['bankruptcy, chapter 7', (m) => addAccount(m, person(m, 'Nashville', bankrupt(m, '7', 'open')), { product: 'auto', bucket: 'current' })], // prettier-ignore
  ['bankruptcy, chapter 13, with a co-borrower', (m) => addAccount(m, person(m, 'Birmingham', bankrupt(m, '13', 'open')), { product: 'auto', bucket: 'current', others: [[person(m, 'Birmingham'), 'co-borrower']] })], // prettier-ignore
  ['bankruptcy dismissed', (m) => addAccount(m, person(m, 'Jackson', bankrupt(m, '13', 'dismissed')), { product: 'personal', bucket: 'current' })], // prettier-ignore
  ['deceased', (m) => addAccount(m, person(m, 'St. Louis', { deceased_on: daysAgo(m, 30) }), { product: 'auto', bucket: 'current' })], // prettier-ignore
  ['servicemember', (m) => addAccount(m, person(m, 'San Diego', { servicemember: 'Y' }), { product: 'auto', bucket: 'current' })], // prettier-ignore
  ['mortgage owned by Fannie Mae', (m) => addAccount(m, person(m, 'Omaha'), { product: 'mortgage', bucket: 'current', row: { investor: 'fnma' } })], // prettier-ignore
  ['mortgage owned by the VA', (m) => addAccount(m, person(m, 'Wichita'), { product: 'mortgage', bucket: 'current', row: { investor: 'va' } })], // prettier-ignore
  ['forced insurance, car', (m) => addAccount(m, person(m, 'Houston'), { product: 'auto', bucket: 'current', collateral: { cpi_clause: 'Y', cpi_notice_at_origination: 'Y' }, insurance: { expires_on: daysAgo(m, 9), cancelled_on: daysAgo(m, 9), cancel_reason: 'nonpayment' } })], // prettier-ignore
  ['flood cover missing', (m) => addAccount(m, person(m, 'New Orleans'), { product: 'heloc', bucket: 'current', collateral: { flood_zone: 'AE' }, insurance: { coverage: 'flood', expires_on: daysAgo(m, 3) } })], // prettier-ignore
  [
    'paid off',
    (m) => addAccount(m, person(m, 'Providence'), { product: 'auto', bucket: 'current', row: closed('paid') }),
  ],
  [
    'closed',
    (m) => addAccount(m, person(m, 'Hartford'), { product: 'card', bucket: 'current', row: closed('closed') }),
  ],
  ['charged off', (m) => addAccount(m, person(m, 'Baltimore'), { product: 'personal', bucket: 'current', row: { ...closed('charged-off'), charged_off_on: daysAgo(m, 60), charged_off_amount: '3120.55', recovered_amount: '150.00' } })], // prettier-ignore
  ['attorney', (m) => addAccount(m, person(m, 'Philadelphia', { attorney_name: 'Quillfeather & Moss LLP', attorney_since: daysAgo(m, 15) }), { product: 'personal', bucket: 'current' })], // prettier-ignore
  ['cease', (m) => addAccount(m, person(m, 'Newark', { cease_on: daysAgo(m, 10) }), { product: 'personal', bucket: 'current' })], // prettier-ignore
  ['disputed', (m) => addAccount(m, person(m, 'Orlando'), { product: 'auto', bucket: 'current', row: { disputed_on: daysAgo(m, 4) } })], // prettier-ignore
  ['opted out', (m) => addAccount(m, person(m, 'Minneapolis', {}, { opted_out_on: daysAgo(m, 8) }), { product: 'auto', bucket: 'current' })], // prettier-ignore
  ['no phone, mail returned', (m) => addAccount(m, person(m, 'Billings', { bad_address_on: daysAgo(m, 12) }, 'none'), { product: 'personal', bucket: 'current' })], // prettier-ignore
  ['on a plan', (m) => addAccount(m, person(m, 'Sacramento'), { product: 'personal', bucket: 'current', row: { plan_active: 'Y' } })], // prettier-ignore
  ['District of Columbia', (m) => addAccount(m, person(m, 'Washington'), { product: 'personal', bucket: 'current' })],
  ['a few dollars short', (m) => addAccount(m, person(m, 'Salt Lake City'), { product: 'auto', bucket: '1-29', days: 6, partialCents: 100_000_000 })], // prettier-ignore
];

function bankrupt(making: Making, chapter: string, status: string): Row {
  return { bankruptcy_chapter: chapter, bankruptcy_filed_on: daysAgo(making, 45), bankruptcy_status: status };
}

function closed(status: string): Row {
  const nothing = { principal_balance: '0.00', past_due_amount: '0.00', days_past_due: '0', interest_due: '0.00' };
  return { status, ...nothing, late_fees_due: '0.00', autopay: 'N', next_draft_on: '' };
}

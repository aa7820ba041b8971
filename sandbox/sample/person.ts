import { daysAgo } from './making.ts';
import type { Making } from './making.ts';
import { FIRST_NAMES, LAST_NAMES, MAILBOX_HOSTS, SPANISH_FIRST_NAMES, SPANISH_LAST_NAMES, STREETS, mailboxName } from './names.ts'; // prettier-ignore
import { TOWNS } from './places.ts';
import type { Place } from './places.ts';
import { yesNo } from './rows.ts';
import type { Row } from './rows.ts';

export interface Person {
  readonly customer: string;
  readonly last: string;
  readonly place: Place;
  /** The line of `customers`; an awkward case writes over it. */
  readonly row: Row;
  phone: string;
}

export interface PersonWish {
  place?: Place;
  spanish?: boolean;
  last?: string;
  /** Lives where this person lives. */
  with?: Person;
  row?: Row;
  phone?: Row | 'none';
  email?: Row | 'none';
}

// Four in ten live in the first nine towns: a community lender has a home market.
function drawPlace(making: Making): Place {
  return making.random.chance(0.4) ? making.random.pick(TOWNS.slice(0, 9)) : making.random.pick(TOWNS);
}

/** Adds a person with, unless told otherwise, a mobile phone and most often a mailbox. */
export function addPerson(making: Making, wish: PersonWish = {}): Person {
  const { random } = making;
  const spanish = wish.spanish ?? random.chance(0.09);
  const first = random.pick(spanish ? SPANISH_FIRST_NAMES : FIRST_NAMES);
  const last = wish.last ?? random.pick(spanish ? SPANISH_LAST_NAMES : LAST_NAMES);
  const place = wish.with?.place ?? wish.place ?? drawPlace(making);
  making.customers += 1;
  const customer = `C${String(making.customers).padStart(7, '0')}`;
  const row: Row = {
    customer_number: customer,
    first_name: first,
    last_name: last,
    // 900-series numbers are never given to a person.
    tax_id: `9${String(making.customers % 100_000_000).padStart(8, '0')}`,
    birth_date: daysAgo(making, random.between(8_000, 27_000)),
    language: spanish ? 'es' : 'en',
    mailing_line1: wish.with?.row['mailing_line1'] ?? `${random.between(1, 9_800)} ${random.pick(STREETS)} ${random.pick(['St', 'Ave', 'Ln', 'Ct'])}`, // prettier-ignore
    mailing_city: place.city,
    mailing_state: place.state,
    mailing_zip: place.zip,
    employee: yesNo(random.chance(0.004)),
    servicemember: random.chance(0.004) ? 'Y' : 'N',
    ...drawTrouble(making),
    ...wish.row,
  };
  making.batch.customers.push(row);
  const person: Person = { customer, last, place, row, phone: '' };
  if (wish.phone !== 'none') person.phone = addPhone(making, person, wish.phone ?? {});
  if (wish.email !== 'none' && random.chance(wish.email === undefined ? 0.75 : 1)) {
    addEmail(making, person, { address: `${mailboxName(first)}.${mailboxName(last)}.${making.customers}@${random.pick(MAILBOX_HOSTS)}`, ...wish.email }); // prettier-ignore
  }
  return person;
}

function drawTrouble(making: Making): Row {
  const roll = making.random.next();
  if (roll < 0.003) return { deceased_on: daysAgo(making, making.random.between(10, 300)) };
  if (roll < 0.01) return { bankruptcy_chapter: making.random.pick(['7', '13']), bankruptcy_filed_on: daysAgo(making, making.random.between(5, 500)), bankruptcy_status: 'open' }; // prettier-ignore
  if (roll < 0.012) return { attorney_name: 'Quillfeather & Moss LLP', attorney_since: daysAgo(making, 40) };
  return {};
}

/** A mobile phone; six in ten have said yes to texts. `row` writes over what is drawn, `number` included. */
export function addPhone(making: Making, person: Person, row: Row): string {
  const { random } = making;
  const consented = random.chance(0.64); // six in ten of all phones, landlines and work numbers included
  const since = daysAgo(making, random.between(20, 1_500));
  const texted = consented && random.chance(0.5);
  const line: Row = {
    customer_number: person.customer,
    number: row['number'] ?? making.book.number(person.place, random),
    type: 'mobile',
    sms_consent: consented ? 'Y' : random.chance(0.4) ? 'N' : '',
    sms_consent_on: consented ? since : '',
    call_consent: consented || random.chance(0.5) ? 'Y' : '',
    call_consent_on: consented ? since : '',
    consent_source: consented ? random.pick(['application', 'application', 'web', 'text', 'call']) : '',
    last_inbound_on: texted ? daysAgo(making, random.between(1, 20)) : '',
    verified_on: random.chance(0.5) ? daysAgo(making, random.between(5, 85)) : '',
    opted_out_on: random.chance(0.015) ? daysAgo(making, random.between(1, 19)) : '',
    wrong_number_on: random.chance(0.03) ? daysAgo(making, random.between(1, 200)) : '',
    ...row,
  };
  making.batch.phones.push(line);
  return line['number'] ?? '';
}

export function addEmail(making: Making, person: Person, row: Row): void {
  const { random } = making;
  const since = daysAgo(making, random.between(30, 1_500));
  making.batch.emails.push({
    customer_number: person.customer,
    source: random.pick(['application', 'web']),
    consent_on: since,
    esign_consent_on: random.chance(0.6) ? since : '',
    bounced_on: random.chance(0.02) ? daysAgo(making, random.between(1, 60)) : '',
    ...row,
  });
}

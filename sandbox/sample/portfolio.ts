import { addAccount } from './account.ts';
import { AWKWARD_FACTS, AWKWARD_PEOPLE } from './awkward.ts';
import { BucketDeck } from './delinquency.ts';
import type { Making } from './making.ts';
import { addPerson, addPhone } from './person.ts';
import type { Person } from './person.ts';
import { randomFor } from './random.ts';
import { emptyBatch } from './rows.ts';
import type { Batch } from './rows.ts';
import { TelephoneBook } from './telephone-book.ts';

export interface SampleOptions {
  accounts: number;
  seed: string;
  /** The instant of the snapshot, ISO. */
  asOf: string;
  /** Its date where the lender is. */
  on: string;
  /** Percent of accounts 1–29 days past due; the later buckets scale with it. */
  pastDuePercent: number;
}

/** Makes a lender household by household; nothing is kept but the numbers given out. The same seed makes the same lender. */
export function* makePortfolio(options: SampleOptions): Generator<Batch> {
  const making: Making = {
    on: options.on,
    asOf: options.asOf,
    book: new TelephoneBook(),
    deck: new BucketDeck({ accounts: options.accounts, pastDuePercent: options.pastDuePercent }),
    accounts: options.accounts,
    random: randomFor(options.seed),
    batch: emptyBatch(),
    customers: 0,
    loans: 0,
  };
  const cases = [...AWKWARD_PEOPLE, ...AWKWARD_FACTS];
  for (let household = 0; making.loans < options.accounts; household++) {
    making.batch = emptyBatch();
    making.random = randomFor(options.seed, household);
    const awkward = cases[household];
    if (awkward === undefined) addHousehold(making);
    else awkward[1](making);
    yield trimmed(making, options.accounts);
  }
}

/** An ordinary household: most often one person with one loan. */
function addHousehold(making: Making): void {
  const { random } = making;
  const one = addPerson(making);
  if (random.chance(0.05)) addPhone(making, one, { type: 'work', sms_consent: '', sms_consent_on: '', consent_source: 'application' }); // prettier-ignore
  if (random.chance(0.12)) addPhone(making, one, { type: 'landline', sms_consent: '', sms_consent_on: '' });
  const others: (readonly [Person, string])[] = [];
  let other: Person | undefined;
  if (random.chance(0.28)) {
    const sharesPhone = random.chance(0.2);
    other = addPerson(making, { with: one, last: one.last, ...(sharesPhone ? { phone: { number: one.phone } } : {}) });
    if (random.chance(0.8)) others.push([other, 'co-borrower']);
  } else if (random.chance(0.07)) {
    others.push([addPerson(making), 'cosigner']);
  }
  addAccount(making, one, { others });
  if (making.loans < making.accounts && random.chance(0.12)) addAccount(making, one);
  if (making.loans < making.accounts && other !== undefined && others.length === 0) addAccount(making, other);
}

// A case of several loans may overshoot the number asked for: the last ones are cut, with all that hangs on them.
function trimmed(making: Making, accounts: number): Batch {
  const over = making.loans - accounts;
  if (over <= 0) return making.batch;
  const cut = new Set(making.batch.loans.slice(-over).map((row) => row['loan_number']));
  const keep = (row: Record<string, string>): boolean => !cut.has(row['loan_number']);
  const { batch } = making;
  return {
    ...batch,
    loans: batch.loans.filter(keep),
    loan_roles: batch.loan_roles.filter(keep),
    collateral: batch.collateral.filter(keep),
    insurance: batch.insurance.filter(keep),
    transactions: batch.transactions.filter(keep),
    contacts: batch.contacts.filter(keep),
  };
}

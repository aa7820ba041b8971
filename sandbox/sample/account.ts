import { addDays, addMonths } from '../../domain/calendar/days.ts';
import { drawDays, historyOf } from './delinquency.ts';
import type { Bucket } from './delinquency.ts';
import { daysAgo } from './making.ts';
import type { Making } from './making.ts';
import type { Person } from './person.ts';
import { addPledge } from './pledge.ts';
import { dollars, yesNo } from './rows.ts';
import type { Row } from './rows.ts';
import { drawProduct, drawTerms } from './terms.ts';
import type { Product, Terms } from './terms.ts';

export interface AccountWish {
  product?: Product;
  /** What an awkward case asks for; left out, the lot decides. */
  bucket?: Bucket;
  days?: number;
  others?: readonly (readonly [Person, string])[];
  /** Already paid towards the oldest instalment. */
  partialCents?: number;
  rolling?: boolean;
  row?: Row;
  collateral?: Row;
  insurance?: Row;
}

export interface Account {
  readonly loan: string;
  readonly days: number;
  readonly row: Row;
}

/** Adds a loan with its roles, collateral, cover and newest transactions. */
export function addAccount(making: Making, borrower: Person, wish: AccountWish = {}): Account {
  const { random } = making;
  const product = wish.product ?? drawProduct(random);
  const bucket = wish.bucket === undefined ? making.deck.draw(random) : making.deck.ask(wish.bucket);
  const days = bucket === 'current' ? 0 : (wish.days ?? drawDays(bucket, random));
  const subprime = product === 'auto' && random.chance(days > 0 ? 0.6 : 0.3);
  const terms = drawTerms(product, random, subprime);
  making.loans += 1;
  const loan = `L${String(making.loans).padStart(8, '0')}`;
  const row: Row = { ...loanRow(making, loan, terms, { days, wish }), ...wish.row };
  making.batch.loans.push(row);
  making.batch.loan_roles.push({ loan_number: loan, customer_number: borrower.customer, role: 'borrower' });
  for (const [person, role] of wish.others ?? []) {
    making.batch.loan_roles.push({ loan_number: loan, customer_number: person.customer, role });
  }
  addPledge(making, { loan, product, borrower, terms }, { collateral: wish.collateral ?? {}, insurance: wish.insurance ?? {} }); // prettier-ignore
  if (row['last_payment_on'] !== undefined && row['last_payment_on'] !== '') {
    making.batch.transactions.push({
      loan_number: loan,
      transaction_id: `T${loan}-1`,
      posted_on: row['last_payment_on'],
      effective_on: row['last_payment_on'],
      amount: row['last_payment_amount'] ?? '0.00',
      code: 'payment',
      method: row['autopay'] === 'Y' ? 'autopay' : random.pick(['ach', 'ach', 'check', 'cash', 'card', 'transfer']),
    });
  }
  if (days > 0) addEarlierContacts(making, borrower, { loan, days, row });
  return { loan, days, row };
}

function loanRow(making: Making, loan: string, terms: Terms, how: { days: number; wish: AccountWish }): Row {
  const { random } = making;
  const { days, wish } = how;
  const nextDue = days > 0 ? daysAgo(making, days) : addDays(making.on, random.between(0, 28));
  let missed = 0;
  while (days > 0 && addMonths(nextDue, missed) <= making.on) missed += 1;
  const partial = days > 0 ? Math.min(wish.partialCents ?? 0, terms.paymentCents - 100) : 0;
  const pastDue = missed * terms.paymentCents - partial;
  const originated = addMonths(making.on, -terms.ageMonths);
  const paidOn = addDays(nextDue, -random.between(26, 33));
  const autopay = random.chance(days > 0 ? 0.12 : 0.47);
  const history = historyOf(days, random, wish.rolling ?? false);
  const late = days > terms.graceDays && terms.graceDays > 0 ? Math.min(Math.round(terms.paymentCents * 0.05), 5_000) * missed : 0; // prettier-ignore
  const daily = (terms.principalCents * terms.rate) / 36_500;
  return {
    loan_number: loan,
    product: terms.product,
    status: 'active',
    branch: random.pick(['main', 'north', 'river', 'lakeside']),
    officer: random.pick(['OF11', 'OF12', 'OF14', 'OF20']),
    gl_code: `1${terms.product.length}00`,
    investor: 'portfolio',
    originated_on: originated,
    maturity_on: addMonths(originated, terms.termMonths),
    purpose: terms.product === 'commercial' ? 'business' : 'consumer',
    open_end: yesNo(terms.openEnd),
    direct: yesNo(random.chance(0.5)),
    rate: terms.rate.toFixed(3),
    per_diem: (daily / 100).toFixed(4),
    accrual_basis: 'actual/365',
    payment_frequency: 'monthly',
    payment_amount: dollars(terms.paymentCents),
    payment_due_day: String(Number(nextDue.slice(8))),
    next_due_on: nextDue,
    grace_days: String(terms.graceDays),
    late_charge_on: terms.graceDays > 0 ? addDays(nextDue, terms.graceDays + 1) : '',
    principal_balance: dollars(terms.principalCents),
    interest_due: dollars(Math.round(daily * (days + 15))),
    late_fees_due: dollars(late),
    other_fees_due: '0.00',
    escrow_balance: terms.product === 'mortgage' ? dollars(random.between(20_000, 400_000)) : '',
    unapplied_balance: dollars(partial),
    past_due_amount: dollars(Math.max(0, pastDue)),
    days_past_due: String(days),
    last_payment_on: paidOn > originated ? paidOn : '',
    last_payment_amount: paidOn > originated ? dollars(terms.paymentCents) : '',
    count_30: String(history.split('1').length - 1),
    count_60: String(history.split('2').length - 1),
    count_90: String(history.split('3').length - 1),
    history_24: history,
    autopay: yesNo(autopay),
    next_draft_on: autopay && days === 0 ? nextDue : '',
    extensions: '0',
    plan_active: 'N',
  };
}

// The core mails its own late notice on day 11; collectors called some of those who are later than that.
function addEarlierContacts(making: Making, borrower: Person, account: Account): void {
  const { random } = making;
  const base = { loan_number: account.loan, customer_number: borrower.customer, direction: 'out' };
  const due = account.row['next_due_on'] ?? making.on;
  if (account.days >= 13 && random.chance(0.7)) {
    making.batch.contacts.push({ ...base, at: `${addDays(due, 11)}T15:00:00Z`, channel: 'letter', outcome: 'mailed', letter_code: 'late-1', source: 'core' }); // prettier-ignore
  }
  if (account.days >= 18 && borrower.phone !== '' && random.chance(0.5)) {
    making.batch.contacts.push({ ...base, at: `${addDays(due, random.between(14, 17))}T18:3${random.between(0, 9)}:00Z`, channel: 'call', outcome: random.pick(['no-answer', 'no-answer', 'voicemail', 'conversation']), number_or_address: borrower.phone, source: 'staff' }); // prettier-ignore
  }
}

/**
 * The canonical tables of a file set (contracts/tape.md): each column's name in the file, how its text is read, and the
 * name under which it is staged. The staged name is the database's own where the column is copied as it is.
 */
export type TableName =
  | 'customers'
  | 'phones'
  | 'emails'
  | 'loans'
  | 'loan_roles'
  | 'collateral'
  | 'insurance'
  | 'transactions'
  | 'contacts';

export type ColumnType =
  | 'key'
  | 'text'
  | 'date'
  | 'instant'
  | 'money'
  | 'integer'
  | 'decimal'
  | 'flag'
  | 'choice'
  | 'state'
  | 'zip'
  | 'phone'
  | 'mailbox'
  | 'tax-id'
  | 'word';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly as: string;
  readonly required: boolean;
  readonly choices: readonly string[];
  /** Longest text taken, in characters. */
  readonly max: number;
}

interface More {
  as?: string;
  required?: true;
  choices?: readonly string[];
  max?: number;
}

function column(name: string, type: ColumnType, more: More = {}): Column {
  const as = more.as ?? name;
  return { name, type, as, required: more.required ?? false, choices: more.choices ?? [], max: more.max ?? 200 };
}

const key = (name: string, required = true): Column =>
  column(name, 'key', { max: 64, ...(required ? { required } : {}) });
const text = (name: string, max = 200): Column => column(name, 'text', { max });
const date = (name: string): Column => column(name, 'date');
const flag = (name: string): Column => column(name, 'flag');
const integer = (name: string): Column => column(name, 'integer');
const money = (name: string, as: string): Column => column(name, 'money', { as });
const state = (name: string): Column => column(name, 'state');
const choice = (name: string, ...choices: string[]): Column => column(name, 'choice', { choices });
const must = (plain: Column): Column => ({ ...plain, required: true });

export const PRODUCTS = ['auto', 'rv', 'boat', 'mortgage', 'heloc', 'home-equity-closed-end', 'personal', 'card', 'overdraft', 'commercial', 'manufactured-home']; // prettier-ignore
const PHONE_TYPES = ['mobile', 'landline', 'work'];
export const METHODS = ['cash', 'check', 'ach', 'wire', 'card', 'autopay', 'transfer'];

/** In the order in which they are staged and merged: whoever is referred to comes first. */
export const TABLES: Readonly<Record<TableName, readonly Column[]>> = {
  customers: [
    key('customer_number'),
    must(text('first_name', 100)),
    must(text('last_name', 100)),
    column('tax_id', 'tax-id'),
    date('birth_date'),
    choice('language', 'en', 'es'),
    text('mailing_line1'),
    text('mailing_line2'),
    text('mailing_city', 100),
    must(state('mailing_state')),
    column('mailing_zip', 'zip'),
    date('bad_address_on'),
    text('residence_line1'),
    text('residence_city', 100),
    state('residence_state'),
    column('residence_zip', 'zip'),
    flag('employee'),
    date('deceased_on'),
    text('bankruptcy_chapter', 10),
    date('bankruptcy_filed_on'),
    column('bankruptcy_status', 'word', { max: 40 }),
    text('attorney_name'),
    date('attorney_since'),
    date('cease_on'),
    flag('servicemember'),
  ],
  phones: [
    key('customer_number'),
    column('number', 'phone', { required: true, as: 'value' }),
    must(choice('type', ...PHONE_TYPES)),
    flag('sms_consent'),
    date('sms_consent_on'),
    flag('call_consent'),
    date('call_consent_on'),
    choice('consent_source', 'application', 'text', 'web', 'call', 'skip-trace'),
    date('last_inbound_on'),
    date('opted_out_on'),
    date('wrong_number_on'),
    date('verified_on'),
  ],
  emails: [
    key('customer_number'),
    column('address', 'mailbox', { required: true, as: 'value', max: 254 }),
    text('source', 40),
    date('consent_on'),
    date('esign_consent_on'),
    date('opted_out_on'),
    date('bounced_on'),
  ],
  loans: [
    key('loan_number'),
    must(choice('product', ...PRODUCTS)),
    choice('status', 'active', 'paid', 'charged-off', 'closed'),
    column('branch', 'text', { as: 'branch_id', required: true, max: 64 }),
    text('officer', 64),
    text('collector', 64),
    text('gl_code', 64),
    choice('investor', 'portfolio', 'fnma', 'fhlmc', 'fha', 'va', 'usda'),
    date('originated_on'),
    date('maturity_on'),
    text('purpose', 100),
    state('governing_state'),
    flag('open_end'),
    flag('direct'),
    column('rate', 'decimal', { max: 3 }),
    column('per_diem', 'decimal', { max: 8 }),
    text('accrual_basis', 40),
    column('payment_frequency', 'word', { max: 40 }),
    must(money('payment_amount', 'payment_cents')),
    integer('payment_due_day'),
    must(date('next_due_on')),
    integer('grace_days'),
    date('late_charge_on'),
    must(money('principal_balance', 'principal_cents')),
    money('interest_due', 'interest_due_cents'),
    money('late_fees_due', 'late_fees_cents'),
    money('other_fees_due', 'other_fees_cents'),
    money('escrow_balance', 'escrow_cents'),
    money('unapplied_balance', 'unapplied_cents'),
    must(money('past_due_amount', 'past_due_cents')),
    column('days_past_due', 'integer', { as: 'days_past_due_reported', required: true }),
    date('last_payment_on'),
    money('last_payment_amount', 'last_payment_cents'),
    integer('count_30'),
    integer('count_60'),
    integer('count_90'),
    text('history_24', 24),
    flag('autopay'),
    date('next_draft_on'),
    integer('extensions'),
    date('last_extension_on'),
    date('reaged_on'),
    date('modified_on'),
    date('non_accrual_on'),
    date('charged_off_on'),
    money('charged_off_amount', 'charged_off_cents'),
    money('recovered_amount', 'recovered_cents'),
    date('disputed_on'),
    flag('plan_active'),
  ],
  loan_roles: [
    key('loan_number'),
    key('customer_number'),
    must(choice('role', 'borrower', 'co-borrower', 'cosigner', 'guarantor', 'authorised-user', 'owner-not-obligor')),
  ],
  collateral: [
    key('loan_number'),
    must(choice('kind', 'vehicle', 'property', 'boat', 'rv')),
    text('vin', 40),
    integer('year'),
    text('make', 60),
    text('model', 60),
    state('title_state'),
    text('elt_status', 40),
    date('title_perfected_on'),
    text('property_line1'),
    text('property_city', 100),
    state('property_state'),
    column('property_zip', 'zip'),
    column('occupancy', 'word', { max: 40 }),
    integer('lien_position'),
    text('flood_zone', 20),
    date('flood_determined_on'),
    flag('escrowed'),
    flag('cpi_clause'),
    flag('cpi_notice_at_origination'),
  ],
  insurance: [
    key('loan_number'),
    must(choice('coverage', 'hazard', 'flood', 'auto', 'wind')),
    text('carrier', 100),
    text('policy_number', 64),
    date('effective_on'),
    date('expires_on'),
    money('premium', 'premium_cents'),
    money('deductible', 'deductible_cents'),
    flag('loss_payee_ok'),
    date('cancelled_on'),
    text('cancel_reason', 100),
  ],
  transactions: [
    key('loan_number'),
    key('transaction_id'),
    must(date('posted_on')),
    date('effective_on'),
    must(money('amount', 'amount_cents')),
    must(choice('code', 'payment', 'reversal', 'nsf', 'fee', 'waiver', 'advance', 'adjustment', 'payoff')),
    choice('method', ...METHODS),
    text('return_code', 10),
    text('reference', 100),
  ],
  contacts: [
    key('loan_number'),
    key('customer_number', false),
    must(column('at', 'instant')),
    must(choice('channel', 'sms', 'call', 'prerecorded-call', 'voicemail', 'email', 'letter')),
    choice('direction', 'out', 'in'),
    column('outcome', 'word', { max: 60 }),
    text('number_or_address', 254),
    text('text', 4000),
    text('letter_code', 60),
    choice('source', 'core', 'dialer', 'vendor', 'staff'),
  ],
};

export const TABLE_NAMES: readonly TableName[] = ['customers', 'phones', 'emails', 'loans', 'loan_roles', 'collateral', 'insurance', 'transactions', 'contacts']; // prettier-ignore

/** What a line of a flat tape may hold: a loan, its first borrower, and one phone and mailbox of theirs. */
export const FLAT: readonly Column[] = [
  ...TABLES.loans,
  ...TABLES.customers,
  column('phone', 'phone'),
  choice('phone_type', ...PHONE_TYPES),
  flag('sms_consent'),
  column('email', 'mailbox'),
];

export function isTableName(value: string): value is TableName {
  return TABLE_NAMES.some((name) => name === value);
}

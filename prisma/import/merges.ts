import type { ImportContext } from './context.ts';
import { literal } from './context.ts';
import type { MergeColumn, TableMerge } from './merge-table.ts';

/** Which files of a set have which of our columns: what a file does not have it does not say. */
export interface Presence {
  /** Numbers of the files that have a column, or `all`. */
  of(stage: string, column: string): readonly number[] | 'all' | 'none';
}

/** Columns copied as they are: canonical name in the file, name here and in the staging table. */
type Plain = readonly (readonly [said: string, name: string])[];

const same = (names: string): Plain => names.split(' ').map((name) => [name, name]);

const PERSON: Plain = same(
  'first_name last_name birth_date mailing_line1 mailing_line2 mailing_city mailing_state mailing_zip bad_address_on residence_line1 residence_city residence_state residence_zip',
);
const LOAN: Plain = [
  ...same('product officer collector gl_code originated_on maturity_on purpose governing_state open_end direct rate per_diem accrual_basis payment_due_day next_due_on grace_days late_charge_on last_payment_on count_30 count_60 count_90 history_24 extensions last_extension_on reaged_on modified_on non_accrual_on charged_off_on'), // prettier-ignore
  ['branch', 'branch_id'],
  ['payment_amount', 'payment_cents'],
  ['principal_balance', 'principal_cents'],
  ['interest_due', 'interest_due_cents'],
  ['late_fees_due', 'late_fees_cents'],
  ['other_fees_due', 'other_fees_cents'],
  ['escrow_balance', 'escrow_cents'],
  ['unapplied_balance', 'unapplied_cents'],
  ['past_due_amount', 'past_due_cents'],
  ['days_past_due', 'days_past_due_reported'],
  ['last_payment_amount', 'last_payment_cents'],
  ['charged_off_amount', 'charged_off_cents'],
  ['recovered_amount', 'recovered_cents'],
];

export function mergesFor(
  context: ImportContext,
  presence: Presence,
): Record<'person' | 'loan' | 'collateral' | 'insurance' | 'transaction', TableMerge> {
  // prettier-ignore
  const reader = new ColumnMaker(presence);
  return {
    person: personMerge(reader),
    loan: loanMerge(context, reader),
    collateral: {
      table: 'collateral',
      stage: 'collateral',
      ...childOf('collateral'),
      match: `t.loan_id = l.id and t.kind = s.kind and t.identity = coalesce(s.vin, lower(s.property_line1), '')`,
      rowKey: `s.loan_number || '|' || s.kind`,
      fixed: { loan_id: 'l.id', kind: 's.kind', identity: `coalesce(s.vin, lower(s.property_line1), '')`, branch_id: 'l.branch_id', portfolio_id: 'l.portfolio_id' }, // prettier-ignore
      columns: reader.plain('collateral', same('vin year make model title_state elt_status title_perfected_on property_line1 property_city property_state property_zip occupancy lien_position flood_zone flood_determined_on escrowed cpi_clause cpi_notice_at_origination')), // prettier-ignore
    },
    insurance: {
      table: 'insurance_cover',
      stage: 'insurance',
      ...childOf('insurance'),
      match: `t.loan_id = l.id and t.coverage = s.coverage and t.carrier = coalesce(s.carrier, '') and t.policy_number = coalesce(s.policy_number, '')`,
      rowKey: `concat_ws('|', s.loan_number, s.coverage, s.policy_number)`,
      fixed: { loan_id: 'l.id', coverage: 's.coverage', carrier: `coalesce(s.carrier, '')`, policy_number: `coalesce(s.policy_number, '')`, branch_id: 'l.branch_id', portfolio_id: 'l.portfolio_id' }, // prettier-ignore
      columns: reader.plain('insurance', [
        ...same('effective_on expires_on loss_payee_ok cancelled_on cancel_reason'),
        ['premium', 'premium_cents'],
        ['deductible', 'deductible_cents'],
      ]),
    },
    transaction: {
      table: 'core_transaction',
      stage: 'transactions',
      ...childOf('transactions'),
      match: 't.transaction_id = s.transaction_id',
      rowKey: 's.transaction_id',
      fixed: { transaction_id: 's.transaction_id', seen_at: literal(context.asOf), branch_id: 'l.branch_id', portfolio_id: 'l.portfolio_id' }, // prettier-ignore
      columns: [
        { name: 'loan_id', insert: 'l.id', update: 'l.id' },
        ...reader.plain('transactions', [...same('posted_on effective_on code method return_code reference'), ['amount', 'amount_cents']]), // prettier-ignore
      ],
    },
  };
}

function childOf(stage: string): Pick<TableMerge, 'source' | 'loanId' | 'personId'> {
  return {
    source: `import_stage.${stage} s join loan l on l.loan_number = s.loan_number`,
    loanId: 'l.id',
    personId: 'null::uuid',
  };
}

function personMerge(reader: ColumnMaker): TableMerge {
  const zone = (place: string): MergeColumn => reader.column('customers', [`${place}_zip`, `${place}_zone`]);
  return {
    table: 'person',
    stage: 'customers',
    source: 'import_stage.customers s',
    match: 't.customer_number = s.customer_number',
    rowKey: 's.customer_number',
    loanId: 'null::uuid',
    personId: 't.id',
    fixed: { customer_number: 's.customer_number' },
    columns: [
      ...reader.plain('customers', PERSON),
      zone('mailing'),
      zone('residence'),
      reader.column('customers', ['tax_id', 'tax_id_sealed'], { silent: true }),
      reader.column('customers', ['tax_id', 'tax_id_last4']),
      reader.column('customers', ['employee', 'employee'], { otherwise: 'false' }),
      // What staff or the person found out stays: an empty cell is no answer, and "no" after "yes" is a person's decision.
      { name: 'servicemember', insert: 's.servicemember', update: 'case when t.servicemember then true else coalesce(s.servicemember, t.servicemember) end' }, // prettier-ignore
      ...reader.shared('customers', 'language', `'en'`),
    ],
  };
}

function loanMerge(context: ImportContext, reader: ColumnMaker): TableMerge {
  const behind = `s.past_due_cents > 0 and s.next_due_on < ${literal(context.on)}::date`;
  return {
    table: 'loan',
    stage: 'loans',
    source: 'import_stage.loans s',
    match: 't.loan_number = s.loan_number',
    rowKey: 's.loan_number',
    loanId: 't.id',
    personId: 'null::uuid',
    fixed: { loan_number: 's.loan_number' },
    columns: [
      ...reader.plain('loans', LOAN),
      reader.column('loans', ['status', 'status'], { otherwise: `'active'` }),
      reader.column('loans', ['investor', 'investor'], { otherwise: `'portfolio'` }),
      reader.column('loans', ['payment_frequency', 'payment_frequency']),
      reader.column('loans', ['plan_active', 'plan_active'], { otherwise: 'false' }),
      // A dispute ends by its answer, not by an empty cell.
      { name: 'disputed_on', insert: 's.disputed_on', update: 'case when s.disputed_on is distinct from t.core_disputed_on then coalesce(s.disputed_on, t.disputed_on) else t.disputed_on end' }, // prettier-ignore
      { name: 'core_disputed_on', insert: 's.disputed_on', update: 'coalesce(s.disputed_on, t.core_disputed_on)', silent: true }, // prettier-ignore
      ...reader.shared('loans', 'autopay', 'false'),
      ...reader.shared('loans', 'next_draft_on', null),
      // Since when the account has not been fully current, whatever was paid in between.
      {
        name: 'episode_started_on',
        insert: `case when ${behind} then s.next_due_on end`,
        update: `case when ${behind} then coalesce(t.episode_started_on, s.next_due_on) end`,
        silent: true,
      },
      { name: 'absent_since', insert: 'null::date', update: 'null::date', silent: true },
    ],
    touch: { core_as_of: `${literal(context.asOf)}::timestamptz` },
  };
}

/** Makes the expressions of a column, knowing which files speak of it. */
class ColumnMaker {
  readonly #presence: Presence;

  constructor(presence: Presence) {
    this.#presence = presence;
  }

  plain(stage: string, columns: Plain): MergeColumn[] {
    return columns.map((column) => this.column(stage, column));
  }

  /** `otherwise`: what stands for an unknown where the column must be known. */
  column(
    stage: string,
    [said, name]: readonly [string, string],
    more: { otherwise?: string; silent?: true } = {},
  ): MergeColumn {
    // prettier-ignore
    const files = this.#presence.of(stage, said);
    const known = more.otherwise === undefined ? `s.${name}` : `coalesce(s.${name}, t.${name})`;
    const update =
      files === 'all' ? known
      : files === 'none' ? `t.${name}`
      : `case when s.file_no = any('{${files.join(',')}}') then ${known} else coalesce(s.${name}, t.${name}) end`; // prettier-ignore
    const insert = more.otherwise === undefined ? `s.${name}` : `coalesce(s.${name}, ${more.otherwise})`;
    return { name, insert, update, ...(more.silent === undefined ? {} : { silent: more.silent }) };
  }

  /** A column that others write too: only a change of the core's own word counts, so the word is kept beside it. */
  shared(stage: string, name: string, otherwise: string | null): MergeColumn[] {
    const files = this.#presence.of(stage, name);
    const speaks = files === 'all' ? 'true' : files === 'none' ? 'false' : `s.file_no = any('{${files.join(',')}}')`;
    const word = otherwise === null ? `s.${name}` : `coalesce(s.${name}, t.${name})`;
    const first = otherwise === null ? `s.${name}` : `coalesce(s.${name}, ${otherwise})`;
    return [
      { name, insert: first, update: `case when ${speaks} and s.${name} is distinct from t.core_${name} then ${word} else t.${name} end` }, // prettier-ignore
      { name: `core_${name}`, insert: `s.${name}`, update: `case when ${speaks} then s.${name} else t.core_${name} end`, silent: true }, // prettier-ignore
    ];
  }
}

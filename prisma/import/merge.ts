import { wakeStepsThatWaitedForData } from '../feed.ts';
import { addBankingDays } from '../../domain/calendar/days.ts';
import { newsForLoans } from '../outbox.ts';
import { one } from '../pool.ts';
import { settleAbsences, settleDays, settleReturns } from './absent.ts';
import {
  findAddressChanges,
  findLinkChanges,
  insertAddresses,
  lockTouched,
  mergeLinks,
  updateAddresses,
} from './addresses.ts';
import type { ImportContext } from './context.ts';
import { literal, now } from './context.ts';
import { mergesFor } from './merges.ts';
import type { Presence } from './merges.ts';
import { diffName, findChanges, writeChanges } from './merge-table.ts';
import { findNewRoles, mergeContacts, mergeRoles } from './people-and-contacts.ts';
import { PAYING_PERSONS, settlePayments } from './payments.ts';
import type { ImportFileRow, ImportSummary } from './sets.ts';
import { applyPersonStops, lockResumedLoans, resumeLoans, stoppedPersonIds } from './stops.ts';
import { keepWaiting } from './waiting.ts';

/** Which files speak of a column; rows that had waited come from no file and keep what ours knows. */
export function presenceOf(files: readonly ImportFileRow[], recalled: boolean): Presence {
  return {
    of(stage, column) {
      const own = files.filter((file) => file.table_name === stage);
      const having = own.filter((file) => file.columns.includes(column));
      if (having.length === 0) return 'none';
      return having.length === own.length && !recalled ? 'all' : having.map((file) => file.file_no);
    },
  };
}

/** A payment taken this many banking days ago should be in the core's files (design §1). */
const POSTING_DAYS = 2;

/**
 * Takes a checked set into the book, in the caller's transaction: locks first, then one merge a table, each change logged
 * field by field, then what follows from it. The same set again changes nothing.
 */
export async function mergeSet(context: ImportContext, files: readonly ImportFileRow[]): Promise<ImportSummary> {
  const { client } = context;
  const recalled = await hasRecalled(context);
  const merges = mergesFor(context, presenceOf(files, recalled));
  const newAddresses = await insertAddresses(context, 'all');
  for (const merge of Object.values(merges)) await findChanges(context, merge);
  await lockAll(context);
  const before = await delinquency(context);
  const tables: NonNullable<ImportSummary['tables']> = {};
  tables['customers'] = await writeChanges(context, merges.person);
  await updateAddresses(context, 'all');
  const newPeople = tables['customers'].inserted > 0;
  tables['phones'] = await mergeLinks(context, 'phones', newPeople || newAddresses > 0);
  tables['emails'] = await mergeLinks(context, 'emails', newPeople || newAddresses > 0);
  tables['loans'] = await writeChanges(context, merges.loan);
  tables['loan_roles'] = await mergeRoles(context, newPeople || tables['loans'].inserted > 0);
  tables['collateral'] = await writeChanges(context, merges.collateral);
  tables['insurance'] = await writeChanges(context, merges.insurance);
  tables['transactions'] = await writeChanges(context, merges.transaction);
  tables['contacts'] = await mergeContacts(context);
  const stopped = await applyPersonStops(context);
  const resumed = await resumeLoans(context);
  const returned = await settleReturns(context);
  const absences = await settleAbsences(context, files);
  const days = await settleDays(context);
  const payments = await settlePayments(context, addBankingDays(context.today, -POSTING_DAYS));
  const waiting = await keepWaiting(context);
  await client.query(
    `update core_feed set snapshot_at = greatest(snapshot_at, $1::timestamptz), snapshot_kind = $2, actor = $3`,
    [context.asOf, context.kind, context.actor],
  );
  await wakeStepsThatWaitedForData(client);
  await tellLoans(context);
  const after = await delinquency(context);
  await newsForLoans(client, [...new Set([...resumed, ...returned, ...absences.loanIds, ...days.loanIds, ...payments.loanIds])]); // prettier-ignore
  await newsForChanged(context, stopped);
  return {
    tables,
    rejected: await rejectedByReason(context),
    waiting: waiting.waiting,
    suspense: waiting.suspense,
    newlyDelinquent: after.newly,
    cured: before.late - after.stillLate,
    missing: absences.missing,
    presumedCurrent: absences.presumedCurrent,
    daysDiffer: days.differ,
    paymentsPosted: payments.posted,
    paymentsReturned: payments.returned,
  };
}

async function hasRecalled(context: ImportContext): Promise<boolean> {
  const { rowCount } = await context.client.query(
    'select 1 from import_waiting where table_name = any($1::text[]) limit 1',
    [['phones', 'emails', 'loan_roles', 'collateral', 'insurance', 'transactions', 'contacts']],
  );
  return rowCount === 1;
}

/** Loan columns that the gate or the planner reads; a nightly accrual of interest locks nobody. */
const GATE_COLUMNS = 'product status next_due_on past_due_cents days_past_due_reported plan_active disputed_on autopay next_draft_on investor absent_since governing_state payment_cents'; // prettier-ignore

async function lockAll(context: ImportContext): Promise<void> {
  const addressIds = await findAddressChanges(context, 'all');
  const links = await findLinkChanges(context);
  const newRoles = await findNewRoles(context);
  const differs = GATE_COLUMNS.split(' ')
    .map((name) => `d.${name} is distinct from l.${name}`)
    .join(' or ');
  const { rows } = await context.client.query<{ id: string }>(
    `select target_id as id from import_diff_person
     union select r.person_id from loan_role r join import_diff_loan d on d.target_id = r.loan_id join loan l on l.id = d.target_id where ${differs}
     union ${PAYING_PERSONS(context)}
     union select p.id from import_stage.contacts s join person p on p.customer_number = s.customer_number where s.set_id = ${context.setId} and s.taken`,
  );
  const stopped = await stoppedPersonIds(context);
  await lockTouched(context, {
    addressIds: [...new Set([...addressIds, ...links.addressIds])],
    personIds: [...new Set([...rows.map((row) => row.id), ...links.personIds, ...newRoles, ...stopped])],
  });
  await lockResumedLoans(context);
}

/** How many accounts are late, and how many of those that the set speaks of have become or stayed so. */
async function delinquency(context: ImportContext): Promise<{ late: number; newly: number; stillLate: number }> {
  const late = `l.status = 'active' and l.past_due_cents > 0 and l.next_due_on < ${literal(context.on)}::date`;
  const first = await context.client.query(`select to_regclass('pg_temp.import_late_before') is null as first`);
  if (one(first.rows as { first: boolean }[]).first) {
    await context.client.query(
      `create temp table import_late_before on commit drop as
       select l.id from loan l where l.status = 'active' and l.past_due_cents > 0
         and l.next_due_on < coalesce((select (snapshot_at at time zone ${literal(context.zone)})::date from core_feed), ${literal(context.on)}::date)`,
    );
    const { rows } = await context.client.query<{ n: number }>('select count(*)::int as n from import_late_before');
    return { late: one(rows).n, newly: 0, stillLate: 0 };
  }
  const { rows } = await context.client.query<{ late: number; newly: number; still: number }>(
    `select count(*)::int as late, count(*) filter (where b.id is null)::int as newly, count(*) filter (where b.id is not null)::int as still
     from loan l left join import_late_before b on b.id = l.id where ${late}`,
  );
  const found = one(rows);
  return { late: found.late, newly: found.newly, stillLate: found.still };
}

/** One line of the timeline for each loan that changed, with the fields. */
async function tellLoans(context: ImportContext): Promise<void> {
  await context.client.query(
    `insert into event (at, kind, loan_id, data, branch_id, portfolio_id, actor)
     select ${now(context)}, 'core-change', c.loan_id,
            jsonb_build_object('importSet', $1::bigint, 'asOf', $2::text, 'fields', jsonb_object_agg(c.table_name || '.' || c.field, jsonb_build_array(c.was, c.became))),
            min(l.branch_id), min(l.portfolio_id), $3
     from import_change c join loan l on l.id = c.loan_id where c.set_id = $1 group by c.loan_id`,
    [context.setId, context.asOf, context.actor],
  );
}

/** Open cases of everybody and everything that changed look again. */
async function newsForChanged(context: ImportContext, stopped: readonly string[]): Promise<void> {
  await context.client.query(
    `insert into outbox (topic, key)
     select distinct 'case-news', k.id::text from collection_case k
     where k.status = 'open' and (
       k.loan_id in (select target_id from ${diffName({ table: 'loan' })} union select loan_id from core_transaction t join import_stage.transactions s on s.transaction_id = t.transaction_id and s.set_id = $1 where t.seen_at = $3::timestamptz)
       or k.loan_id in (select r.loan_id from loan_role r where r.person_id = any($2::uuid[]) or r.person_id in (select person_id from import_change where set_id = $1 and person_id is not null)))`,
    [context.setId, stopped, context.asOf],
  );
}

async function rejectedByReason(context: ImportContext): Promise<Record<string, number>> {
  const { rows } = await context.client.query<{ code: string; n: number }>(
    `select code, count(distinct (file_no, row_no))::int as n from import_error where set_id = $1 and code not like 'waits-for-%' group by code order by code`,
    [context.setId],
  );
  return Object.fromEntries(rows.map((row) => [row.code, row.n]));
}

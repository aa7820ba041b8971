import type { ImportContext } from './context.ts';
import { count, literal, now } from './context.ts';
import type { ImportFileRow } from './sets.ts';

/** Days after which somebody looks at a loan that is missing or whose days past due differ (bank policy). */
const REVIEW_DAYS = 2;
/** A difference of one day is a matter of when the core closes its day. */
const DAYS_THAT_DIFFER = 1;

/** Active loans that a set should have and has not. A row that could not be taken still shows that its loan is there. */
const MISSING = (context: ImportContext): string => `
  select l.id from loan l
  where l.status = 'active' and not exists (select 1 from import_stage.loans s where s.set_id = ${context.setId} and s.loan_number = l.loan_number)`;

// A row whose loan number could not be read may be anybody's: then nobody is presumed current.
const HAS_NAMELESS_ROWS = (context: ImportContext): string => `
  exists (select 1 from import_error e join import_file f on f.set_id = e.set_id and f.file_no = e.file_no
          where e.set_id = ${context.setId} and f.table_name = 'loans' and (e.column_name is null or e.column_name = 'loan_number') and e.code <> 'said-twice')`;

export interface Absences {
  missing: number;
  presumedCurrent: number;
  loanIds: string[];
}

/**
 * Loans that a set does not speak of (tape.md §4). Of all loans: held, and an exception for somebody. Of the past-due ones
 * only: presumed current, contact stops, and the second such file makes it so. A loan whose row could not be read is held.
 */
export async function settleAbsences(context: ImportContext, files: readonly ImportFileRow[]): Promise<Absences> {
  if (!files.some((file) => file.table_name === 'loans')) return { missing: 0, presumedCurrent: 0, loanIds: [] };
  const unread = await loanIds(context, `select l.id from loan l join import_stage.loans s on s.loan_number = l.loan_number where s.set_id = ${context.setId} and not s.taken
      and not exists (select 1 from import_stage.loans o where o.set_id = s.set_id and o.loan_number = s.loan_number and o.taken)`); // prettier-ignore
  const held = context.kind === 'all-loans' ? await loanIds(context, MISSING(context)) : [];
  const missing = [...new Set([...unread, ...held])];
  if (missing.length > 0) await holdMissing(context, missing);
  const gone = context.kind === 'past-due-only' ? await presumeCurrent(context) : { first: [], second: [] };
  return {
    missing: missing.length,
    presumedCurrent: gone.first.length,
    loanIds: [...missing, ...gone.first, ...gone.second],
  };
}

async function loanIds(context: ImportContext, sql: string): Promise<string[]> {
  const { rows } = await context.client.query<{ id: string }>(sql);
  return [...new Set(rows.map((row) => row.id))];
}

async function holdMissing(context: ImportContext, ids: readonly string[]): Promise<void> {
  await context.client.query(
    `update loan set absent_since = $2::date where id = any($1::uuid[]) and absent_since is null`,
    [ids, context.on],
  );
  await placeHolds(context, ids, {
    reason: 'missing-from-file',
    note: `not in the file as of ${context.on}, or its row could not be taken`,
  });
  await openExceptions(context, ids, {
    exception: 'missing-from-file',
    title: 'A loan is missing from the core’s file',
  });
}

async function presumeCurrent(context: ImportContext): Promise<{ first: string[]; second: string[] }> {
  const { rows: second } = await context.client.query<{ id: string }>(
    `update loan l set past_due_cents = 0, days_past_due_reported = 0, episode_started_on = null
     where l.status = 'active' and l.past_due_cents > 0 and l.absent_since is not null and l.absent_since < $1::date
       and l.id in (${MISSING(context)}) and not ${HAS_NAMELESS_ROWS(context)}
     returning l.id`,
    [context.on],
  );
  const { rows: first } = await context.client.query<{ id: string }>(
    `update loan l set absent_since = $1::date where l.past_due_cents > 0 and l.absent_since is null and l.id in (${MISSING(context)}) returning l.id`,
    [context.on],
  );
  await tell(context, first.map((row) => row.id), 'presumed-current'); // prettier-ignore
  await tell(context, second.map((row) => row.id), 'confirmed-current'); // prettier-ignore
  return { first: first.map((row) => row.id), second: second.map((row) => row.id) };
}

/** A loan that is there again: its hold goes, and whoever was asked about it need not look. */
export async function settleReturns(context: ImportContext): Promise<string[]> {
  const there = `select l.id from loan l join import_stage.loans s on s.loan_number = l.loan_number where s.set_id = ${context.setId} and s.taken`;
  return liftHolds(context, 'missing-from-file', there);
}

/**
 * The core's days past due against those counted from its own oldest unpaid due date. More than a day apart, one of the two
 * is wrong: somebody looks, and contact waits, which is the more protective reading of either.
 */
export async function settleDays(context: ImportContext): Promise<{ differ: number; loanIds: string[] }> {
  const derived = `case when s.past_due_cents > 0 then greatest(0, ${literal(context.on)}::date - s.next_due_on) else 0 end`;
  const differs = `abs(${derived} - greatest(0, s.days_past_due_reported)) > ${DAYS_THAT_DIFFER}`;
  const staged = `from loan l join import_stage.loans s on s.loan_number = l.loan_number where s.set_id = ${context.setId} and s.taken and l.status = 'active'`;
  const ids = await loanIds(context, `select l.id ${staged} and ${differs}`);
  const lifted = await liftHolds(context, 'days-past-due-differ', `select l.id ${staged} and not ${differs}`);
  if (ids.length === 0) return { differ: 0, loanIds: lifted };
  await placeHolds(context, ids, {
    reason: 'days-past-due-differ',
    note: 'the core’s days past due and its oldest unpaid due date do not agree',
  });
  await openExceptions(context, ids, {
    exception: 'days-past-due-differ',
    title: 'Days past due and the due date do not agree',
  });
  return { differ: ids.length, loanIds: [...ids, ...lifted] };
}

async function placeHolds(
  context: ImportContext,
  ids: readonly string[],
  hold: { reason: string; note: string },
): Promise<void> {
  await context.client.query(
    `insert into hold (loan_id, reason, source, placed_at, review_on, note, branch_id, portfolio_id, actor)
     select l.id, $2, 'import', ${now(context)}, $3::date + ${REVIEW_DAYS}, $4, l.branch_id, l.portfolio_id, $5
     from loan l where l.id = any($1::uuid[])
       and not exists (select 1 from hold h where h.loan_id = l.id and h.reason = $2 and h.lifted_at is null)`,
    [ids, hold.reason, context.today, hold.note, context.actor],
  );
}

async function liftHolds(context: ImportContext, reason: string, there: string): Promise<string[]> {
  const { rows } = await context.client.query<{ loan_id: string }>(
    `update hold h set lifted_at = ${now(context)}, lifted_by = 'import' where h.reason = $1 and h.source = 'import' and h.lifted_at is null and h.loan_id in (${there}) returning h.loan_id`,
    [reason],
  );
  const ids = rows.map((row) => row.loan_id);
  if (ids.length > 0) {
    await count(
      context,
      `update work_item set state = 'done', outcome = 'settled by a later file', closed_at = ${now(context)}, closed_by = 'import'
       where state = 'open' and kind = 'exception' and detail ->> 'exception' = ${literal(reason)} and loan_id = any(${literal(`{${ids.join(',')}}`)}::uuid[])`,
    );
  }
  return ids;
}

/** One open exception of a kind a loan, with an owner by its team and a date. */
export async function openExceptions(
  context: ImportContext,
  ids: readonly string[],
  item: { exception: string; title: string },
): Promise<void> {
  // prettier-ignore
  await context.client.query(
    `insert into work_item (kind, title, loan_id, person_id, case_id, detail, due_at, requested_by, created_at, branch_id, portfolio_id, actor)
     select 'exception', $2, l.id, (select r.person_id from loan_role r where r.loan_id = l.id and r.role = 'borrower' order by r.person_id limit 1),
            (select c.id from collection_case c where c.loan_id = l.id and c.status = 'open'),
            jsonb_build_object('exception', $3::text, 'importSet', $4::bigint, 'asOf', $5::text), ${now(context)} + interval '${REVIEW_DAYS} days', 'import', ${now(context)},
            l.branch_id, l.portfolio_id, $6
     from loan l where l.id = any($1::uuid[])
       and not exists (select 1 from work_item w where w.loan_id = l.id and w.state = 'open' and w.kind = 'exception' and w.detail ->> 'exception' = $3)`,
    [ids, item.title, item.exception, context.setId, context.on, context.actor],
  );
}

async function tell(context: ImportContext, ids: readonly string[], kind: string): Promise<void> {
  if (ids.length === 0) return;
  await context.client.query(
    `insert into event (at, kind, loan_id, data, actor) select ${now(context)}, $1, id, jsonb_build_object('importSet', $2::bigint), $3 from unnest($4::uuid[]) id`,
    [kind, context.setId, context.actor, ids],
  );
}

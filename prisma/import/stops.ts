import type { ImportContext } from './context.ts';
import { count, literal, now, startOf } from './context.ts';

/** A stop that a customer's line carries: when the line has it, since when, and what is known of it. */
interface CoreStop {
  kind: 'bankruptcy' | 'deceased' | 'attorney' | 'cease' | 'servicemember';
  has: string;
  since: string;
  detail: string;
}

const BANKRUPTCY_STATUS = `case when s.bankruptcy_status like '%dismiss%' then 'dismissed' when s.bankruptcy_status like '%discharg%' then 'discharged' else 'filed' end`;
const HAS_BANKRUPTCY =
  '(s.bankruptcy_chapter is not null or s.bankruptcy_filed_on is not null or s.bankruptcy_status is not null)';

function coreStops(context: ImportContext): readonly CoreStop[] {
  const asOf = `${literal(context.asOf)}::timestamptz`;
  return [
    {
      kind: 'bankruptcy',
      has: HAS_BANKRUPTCY,
      since: `coalesce(${startOf(context, 's.bankruptcy_filed_on')}, ${asOf})`,
      detail: `jsonb_build_object('chapter', (substring(s.bankruptcy_chapter from '\\d+'))::int, 'filedOn', s.bankruptcy_filed_on, 'status', ${BANKRUPTCY_STATUS})`,
    },
    { kind: 'deceased', has: 's.deceased_on is not null', since: startOf(context, 's.deceased_on'), detail: `jsonb_build_object('deceasedOn', s.deceased_on)` }, // prettier-ignore
    {
      kind: 'attorney',
      has: '(s.attorney_name is not null or s.attorney_since is not null)',
      since: `coalesce(${startOf(context, 's.attorney_since')}, ${asOf})`,
      detail: `jsonb_build_object('name', s.attorney_name, 'since', s.attorney_since)`,
    },
    { kind: 'cease', has: 's.cease_on is not null', since: startOf(context, 's.cease_on'), detail: `jsonb_build_object('ceaseOn', s.cease_on)` },
    { kind: 'servicemember', has: 's.servicemember', since: asOf, detail: `'{}'::jsonb` },
  ]; // prettier-ignore
}

const isStopped = (stop: CoreStop): string =>
  stop.kind === 'bankruptcy' ? `${stop.has} and ${BANKRUPTCY_STATUS} <> 'dismissed'` : stop.has;

/** Persons on whom a set puts or changes a stop, for their locks. */
export async function stoppedPersonIds(context: ImportContext): Promise<string[]> {
  if (!context.staged.has('customers')) return [];
  await gatherStops(context);
  const { rows } = await context.client.query<{ id: string }>(
    'select p.id from import_said_stop s join person p on p.customer_number = s.customer_number',
  );
  return rows.map((row) => row.id);
}

// Few lines of many carry a stop: they are looked for once.
async function gatherStops(context: ImportContext): Promise<void> {
  const any = coreStops(context)
    .map((stop) => stop.has)
    .join(' or ');
  await context.client.query(
    `create temp table if not exists import_said_stop on commit drop as
     select s.* from import_stage.customers s where s.set_id = ${context.setId} and (${any})`,
  );
  await context.client.query('analyze import_said_stop');
}

/**
 * Puts the stops that a set carries on its persons, also from lines that cannot be taken. What the core has said before is
 * not said again: a stop that a person of ours lifted stays lifted until the core's own word changes. An empty cell lifts
 * nothing; only a bankruptcy that the core calls dismissed lifts the stop that the core had put.
 * @returns persons on whom something changed
 */
export async function applyPersonStops(context: ImportContext): Promise<string[]> {
  const changed = new Set<string>();
  if (!context.staged.has('customers')) return [];
  for (const stop of coreStops(context)) {
    const said = `select p.id as person_id, ${stop.since} as since, ${stop.detail} as detail, s.file_no, s.row_no
                  from import_said_stop s join person p on p.customer_number = s.customer_number where ${isStopped(stop)}`;
    const { rows: updated } = await context.client.query<{ person_id: string }>(
      `with said as (${said})
       update legal_stop t set detail = t.detail || said.detail from said
       where t.person_id = said.person_id and t.kind = '${stop.kind}' and t.source = 'core' and t.lifted_at is null
         and jsonb_strip_nulls(said.detail) is distinct from jsonb_strip_nulls(t.detail) and not (t.detail @> jsonb_strip_nulls(said.detail))
       returning t.person_id`,
    );
    const { rows: inserted } = await context.client.query<{ person_id: string }>(
      `with said as (${said})
       insert into legal_stop (person_id, kind, at, detail, source, actor)
       select distinct on (person_id) person_id, '${stop.kind}', least(since, ${literal(context.asOf)}::timestamptz), detail, 'core', ${literal(context.actor)} from said
       where not exists (select 1 from legal_stop t where t.person_id = said.person_id and t.kind = '${stop.kind}' and t.source = 'core'
                           and (t.lifted_at is null or t.detail @> jsonb_strip_nulls(said.detail)))
       order by person_id, since
       returning person_id`,
    );
    await tellStops(context, { kind: stop.kind, personIds: inserted.map((row) => row.person_id), event: 'legal-stop-placed' }); // prettier-ignore
    for (const row of [...updated, ...inserted]) changed.add(row.person_id);
  }
  for (const id of await liftDismissed(context)) changed.add(id);
  await askAboutEndedService(context);
  return [...changed];
}

async function liftDismissed(context: ImportContext): Promise<string[]> {
  const { rows } = await context.client.query<{ person_id: string }>(
    `update legal_stop t set lifted_at = ${now(context)}, lifted_by = 'core', lift_reason = 'the core calls the bankruptcy dismissed'
     from import_said_stop s join person p on p.customer_number = s.customer_number
     where s.taken and ${HAS_BANKRUPTCY} and ${BANKRUPTCY_STATUS} = 'dismissed'
       and t.person_id = p.id and t.kind = 'bankruptcy' and t.source = 'core' and t.lifted_at is null
     returning t.person_id`,
  );
  const personIds = rows.map((row) => row.person_id);
  await tellStops(context, { kind: 'bankruptcy', personIds, event: 'legal-stop-lifted' });
  return personIds;
}

/** Protections outlast service: that it has ended is for a person to find out, once. */
async function askAboutEndedService(context: ImportContext): Promise<void> {
  await context.client.query(
    `insert into work_item (kind, title, person_id, loan_id, detail, due_at, requested_by, created_at, actor)
     select 'exception', 'The core no longer calls this person a servicemember', p.id,
            (select r.loan_id from loan_role r where r.person_id = p.id order by r.loan_id limit 1),
            jsonb_build_object('exception', 'service-ended', 'importSet', $1::bigint), ${now(context)} + interval '5 days', 'import', ${now(context)}, ${literal(context.actor)}
     from import_stage.customers s join person p on p.customer_number = s.customer_number
     where s.set_id = $1 and s.taken and s.servicemember is false and p.servicemember
       and not exists (select 1 from work_item w where w.person_id = p.id and w.kind = 'exception' and w.detail ->> 'exception' = 'service-ended')`,
    [context.setId],
  );
}

async function tellStops(
  context: ImportContext,
  told: { kind: string; personIds: readonly string[]; event: string },
): Promise<void> {
  // prettier-ignore
  if (told.personIds.length === 0) return;
  await context.client.query(
    `insert into event (at, kind, person_id, loan_id, data, actor)
     select ${now(context)}, $1, p.id, r.loan_id, jsonb_build_object('stop', $2::text, 'source', 'core', 'importSet', $3::bigint), $4
     from unnest($5::uuid[]) p(id) left join lateral (select loan_id from loan_role where person_id = p.id) r on true`,
    [told.event, told.kind, context.setId, context.actor, told.personIds],
  );
}

/**
 * From a set that waits for a manager: payments, closings, cures and disputes pause their loans at once. The holds go when
 * the set is decided.
 */
export async function pauseLoans(context: ImportContext): Promise<string[]> {
  const { rows } = await context.client.query<{ loan_id: string }>(
    `with news as (
       select l.id as loan_id, 'paid-claim' as reason, 'a payment in a file that waits for a manager' as note
       from import_stage.transactions s join loan l on l.loan_number = s.loan_number
       where s.set_id = $1 and s.code in ('payment', 'payoff') and s.amount_cents > 0
         and not exists (select 1 from core_transaction t where t.transaction_id = s.transaction_id)
       union
       select l.id, 'paid-claim', 'less is past due in a file that waits for a manager'
       from import_stage.loans s join loan l on l.loan_number = s.loan_number
       where s.set_id = $1 and l.past_due_cents > 0 and s.past_due_cents < l.past_due_cents
       union
       select l.id, 'manual', 'closed, charged off or on a plan in a file that waits for a manager'
       from import_stage.loans s join loan l on l.loan_number = s.loan_number
       where s.set_id = $1 and ((s.status <> 'active' and l.status = 'active') or (s.plan_active and not l.plan_active))
       union
       select l.id, 'dispute', 'disputed in a file that waits for a manager'
       from import_stage.loans s join loan l on l.loan_number = s.loan_number
       where s.set_id = $1 and s.disputed_on is not null and l.disputed_on is null
     )
     insert into hold (loan_id, reason, source, placed_at, review_on, note, actor)
     select loan_id, reason, 'import-set ' || $1::bigint, ${now(context)}, $2::date + 2, note, $3 from news n
     where not exists (select 1 from hold h where h.loan_id = n.loan_id and h.reason = n.reason and h.lifted_at is null and h.source = 'import-set ' || $1::bigint)
     returning loan_id`,
    [context.setId, context.today, context.actor],
  );
  return [...new Set(rows.map((row) => row.loan_id))];
}

/** Lifts what `pauseLoans` placed, once the set is taken in or refused. */
export async function resumeLoans(context: ImportContext): Promise<string[]> {
  const { rows } = await context.client.query<{ loan_id: string }>(
    `update hold set lifted_at = ${now(context)}, lifted_by = $2, note = coalesce(note, '') || '; the file was decided'
     where source = 'import-set ' || $1::bigint and lifted_at is null returning loan_id`,
    [context.setId, context.actor],
  );
  return [...new Set(rows.map((row) => row.loan_id))];
}

/** Locks everybody who owes on loans that this set had paused while it waited. */
export async function lockResumedLoans(context: ImportContext): Promise<void> {
  await context.client.query(
    `select 1 from person where id in (
       select r.person_id from hold h join loan_role r on r.loan_id = h.loan_id where h.source = 'import-set ' || $1::bigint and h.lifted_at is null)
     order by id for update`,
    [context.setId],
  );
}

/** Locks everybody who owes on the loans that `pauseLoans` will write about. */
export async function lockPausedLoans(context: ImportContext): Promise<void> {
  await count(
    context,
    `select 1 from person where id in (
       select r.person_id from loan_role r join loan l on l.id = r.loan_id
       where l.loan_number in (select loan_number from import_stage.transactions where set_id = ${context.setId}
                               union select s.loan_number from import_stage.loans s join loan k on k.loan_number = s.loan_number
                               where s.set_id = ${context.setId} and (s.past_due_cents < k.past_due_cents or s.status <> k.status or s.plan_active or s.disputed_on is not null))
          or l.id in (select loan_id from hold where source = 'import-set ' || ${context.setId}::bigint and lifted_at is null))
     order by id for update`,
  );
}

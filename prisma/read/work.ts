import type { Product } from '../../api/schemas/common.ts';
import type { Budget, WorkCounts, WorkKind, WorkPage, WorkQuery, WorkRow } from '../../api/schemas/work.ts';
import { addDays } from '../../domain/calendar/days.ts';
import { localDateAt } from '../../domain/calendar/zones.ts';
import { maySee, maySeeEach } from '../sight.ts';
import type { Pool } from '../pool.ts';
import { bucketOf, daysPastDue } from './bucket.ts';
import { isOpen } from './hours.ts';
import type { Look } from './moment.ts';
import { Values, isoOrNull, read, readCursor, writeCursor } from './prepared.ts';

export interface WorkSqlRow {
  id: string;
  kind: WorkKind;
  title: string;
  urgent: boolean;
  due_at: Date;
  due_exactly: string;
  created_at: Date;
  escalated_at: Date | null;
  team: string;
  owner: string | null;
  leased_by: string | null;
  leased_until: Date | null;
  step: string | null;
  loan_id: string | null;
  loan_number: string | null;
  product: Product | null;
  next_due_on: string | null;
  past_due_cents: number | null;
  pending_cents: number | null;
  person_id: string | null;
  first_name: string | null;
  last_name: string | null;
  mailing_state: string | null;
  mailing_zone: string | null;
  next_because: string | null;
  why: string | null;
  promise: { dueOn: string; amountCents: number | null; state: string } | null;
  sms_used: number;
  email_used: number;
  calls_used: number;
  talked_at: Date | null;
}

/** Everything a row of the queue shows about the items of `page`; every part is found by an index, for these items alone. */
export const WORK_COLUMNS = `
  w.id, w.kind, w.title, w.urgent, w.due_at, w.due_at::text as due_exactly, w.created_at, w.escalated_at, w.team, w.owner, w.step,
  case when w.leased_until > now() then w.leased_by end as leased_by, w.leased_until, w.detail ->> 'why' as why,
  l.id as loan_id, l.loan_number, l.product, l.next_due_on, l.past_due_cents,
  case when l.id is not null then coalesce((select sum(amount_cents) from payment y where y.loan_id = l.id and y.state = 'pending'), 0)::bigint end as pending_cents,
  p.id as person_id, p.first_name, p.last_name, p.mailing_state, p.mailing_zone,
  c.next_because,
  (select jsonb_build_object('dueOn', q.due_on, 'amountCents', q.amount_cents, 'state', q.state) from promise q
   where q.loan_id = l.id and q.state in ('open', 'provisional', 'proposed') order by q.made_at desc limit 1) as promise,
  coalesce(k.sms_used, 0) as sms_used, coalesce(k.email_used, 0) as email_used, coalesce(k.calls_used, 0) as calls_used, k.talked_at`;

/** @param since parameter with the start of the rolling seven days */
export function workJoins(since: string): string {
  return `
  left join loan l on l.id = w.loan_id
  left join person p on p.id = w.person_id
  left join collection_case c on c.id = w.case_id
  left join lateral (
    select count(*) filter (where counts and channel = 'sms')::int as sms_used, count(*) filter (where counts and channel = 'email')::int as email_used,
      count(*) filter (where counts and channel in ('call', 'prerecorded-call', 'voicemail') and l.id = any(loan_ids)
        and coalesce(outcome, '') <> 'not-connected' and not consented)::int as calls_used,
      max(at) filter (where outcome = 'conversation' and l.id = any(loan_ids)) as talked_at
    from (select *, direction = 'out' and purpose in ('collection', 'consent-request', 'promise-reminder') as counts
      from contact where person_id = w.person_id and at > ${since}) recent
  ) k on true`;
}

const WEEK_MS = 7 * 86_400_000;

/** Sight on items: those about no loan are everybody's. */
export function seesItem(look: Look, values: Values, reads: 'page' | 'all' = 'page'): string {
  const first = values.next(look.viewer.opensEmployeeLoans);
  values.next(look.viewer.customerNumber);
  const sees = reads === 'page' ? maySeeEach : maySee;
  return `(w.loan_id is null or ${sees(Number(first.slice(1)), 'w.loan_id')})`;
}

/** A page of open work in the order of the queue: urgent first, then by due instant. */
export async function readWork(pool: Pool, query: WorkQuery, look: Look, me: string): Promise<WorkPage> {
  const values = new Values();
  const conditions = [`w.state = 'open'`, seesItem(look, values)];
  if (query.kind !== undefined) conditions.push(`w.kind = ${values.next(query.kind)}`);
  if (query.team !== undefined) conditions.push(`w.team = ${values.next(query.team)}`);
  if (query.owner === 'nobody') conditions.push('w.owner is null');
  else if (query.owner !== undefined)
    conditions.push(`w.owner = ${values.next(query.owner === 'me' ? me : query.owner)}`);
  if (query.due === 'now') conditions.push(`w.due_at < ${values.next(look.dayEnd)}`);
  if (query.urgent === 'yes') conditions.push('w.urgent');
  const after = readCursor(query.cursor, 3);
  if (after !== null) {
    const [urgent, dueAt, id] = [values.next(after[0] === 1), values.next(after[1]), values.next(after[2])];
    conditions.push(
      `(w.urgent < ${urgent}::boolean or (w.urgent = ${urgent}::boolean and (w.due_at, w.id) > (${dueAt}::timestamptz, ${id}::uuid)))`,
    );
  }
  const since = values.next(new Date(look.nowMs - WEEK_MS));
  const take = values.next(query.limit + 1);
  const rows = await read<WorkSqlRow>(
    pool,
    `with page as (select w.* from work_item w where ${conditions.join(' and ')} order by w.urgent desc, w.due_at, w.id limit ${take})
     select ${WORK_COLUMNS} from page w ${workJoins(since)} order by w.urgent desc, w.due_at, w.id`,
    values.list,
  );
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map((row) => workRow(row, look, me)),
    next: last === undefined ? null : writeCursor([last.urgent ? 1 : 0, last.due_exactly, last.id]),
  };
}

export function workRow(row: WorkSqlRow, look: Look, me: string): WorkRow {
  const zone = row.mailing_zone ?? (row.person_id === null ? null : look.zone);
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    urgent: row.urgent,
    dueAt: row.due_at.toISOString(),
    createdAt: row.created_at.toISOString(),
    escalatedAt: isoOrNull(row.escalated_at),
    team: row.team,
    owner: row.owner,
    lease:
      row.leased_by === null || row.leased_until === null
        ? null
        : { by: row.leased_by, mine: row.leased_by === me, until: row.leased_until.toISOString() },
    step: row.step,
    loan: loanOf(row, look),
    person:
      row.person_id === null
        ? null
        : {
            id: row.person_id,
            name: `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim(),
            state: row.mailing_state,
          },
    next: row.why ?? row.next_because ?? row.title,
    promise: row.promise,
    budget: row.person_id === null ? [] : budgetOf(row),
    callsFrom: callsFrom(row.talked_at, zone, look.nowMs),
    zone,
    openNow: zone === null ? null : isOpen(look.nowMs, [zone]),
  };
}

/** The date on which the seven of silence after a talk are over (`calls-after-talk`), its own date the first; null: no silence. */
function callsFrom(talkedAt: Date | null, zone: string | null, nowMs: number): string | null {
  if (talkedAt === null || zone === null) return null;
  const from = addDays(localDateAt(talkedAt.getTime(), zone), 7);
  return localDateAt(nowMs, zone) < from ? from : null;
}

function loanOf(row: WorkSqlRow, look: Look): WorkRow['loan'] {
  if (row.loan_id === null || row.loan_number === null || row.product === null || row.next_due_on === null) return null;
  const pastDueCents = row.past_due_cents ?? 0;
  const days = daysPastDue({ nextDueOn: row.next_due_on, pastDueCents }, look.today);
  return {
    id: row.loan_id,
    loanNumber: row.loan_number,
    product: row.product,
    daysPastDue: days,
    bucket: bucketOf(days),
    pastDueCents,
    pendingCents: row.pending_cents ?? 0,
  };
}

/** Used and allowed in the rolling week: `contact-volume` for texts and mail, `calls-7in7` for calls on this debt. */
export function budgetOf(used: { sms_used: number; email_used: number; calls_used: number }): Budget[] {
  return [
    { channel: 'sms', used: used.sms_used, of: 3, windowHours: 168 },
    { channel: 'call', used: used.calls_used, of: 7, windowHours: 168 },
    { channel: 'email', used: used.email_used, of: 4, windowHours: 168 },
  ];
}

/** The tabs of the queue. */
export async function countWork(pool: Pool, look: Look, me: string): Promise<WorkCounts> {
  const values = new Values();
  const sight = seesItem(look, values, 'all');
  const rows = await read<WorkCounts['kinds'][number] & WorkCounts['teams'][number]>(
    pool,
    `select w.kind, w.team, count(*) filter (where w.due_at < ${values.next(look.dayEnd)})::int as due, count(*)::int as open,
       count(*) filter (where w.urgent)::int as urgent, count(*) filter (where w.owner = ${values.next(me)})::int as mine
     from work_item w where w.state = 'open' and ${sight} group by w.kind, w.team order by w.kind, w.team`,
    values.list,
  );
  const sum = (some: typeof rows, what: 'due' | 'open' | 'urgent' | 'mine'): number =>
    some.reduce((total, row) => total + row[what], 0);
  return {
    kinds: [...Map.groupBy(rows, (row) => row.kind)].map(([kind, some]) => ({
      kind,
      due: sum(some, 'due'),
      open: sum(some, 'open'),
      urgent: sum(some, 'urgent'),
      mine: sum(some, 'mine'),
    })),
    teams: [...Map.groupBy(rows, (row) => row.team)].map(([team, some]) => ({
      team,
      due: sum(some, 'due'),
      open: sum(some, 'open'),
    })),
  };
}

/** Open items of one loan, for its case page. */
export async function readLoanWork(pool: Pool, loanId: string, look: Look, me: string): Promise<WorkRow[]> {
  const rows = await read<WorkSqlRow>(
    pool,
    `select ${WORK_COLUMNS} from work_item w ${workJoins('$2')} where w.loan_id = $1 and w.state = 'open' order by w.urgent desc, w.due_at, w.id limit 50`,
    [loanId, new Date(look.nowMs - WEEK_MS)],
  );
  return rows.map((row) => workRow(row, look, me));
}

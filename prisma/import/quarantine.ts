import type { ImportContext } from './context.ts';
import type { ImportFileRow, ImportSetRow, QuarantineReason } from './sets.ts';
import { one } from '../pool.ts';

/** A set smaller than the last one by more than this waits for a person (tape.md §3). */
const SHRINK_SHARE = 0.2;
/** More than this share of the accounts 15 or more days past due curing at once is no payday (tape.md §3). */
const CURE_SHARE = 0.25;
const CURE_FROM_DAYS = 15;
/** Bank policy: two accounts curing in a night are no pattern, however few are past due. */
const CURES_THAT_COUNT = 3;

/** Why a set must wait for a manager; empty when it need not. */
export async function quarantineReasons(
  context: ImportContext,
  set: ImportSetRow,
  files: readonly ImportFileRow[],
): Promise<QuarantineReason[]> {
  // prettier-ignore
  const reasons: QuarantineReason[] = files.flatMap((file) => fileReasons(file));
  const { rows: feeds } = await context.client.query<{ older: boolean; snapshot_at: Date | null }>(
    'select coalesce($1::timestamptz < snapshot_at, false) as older, snapshot_at from core_feed',
    [context.asOf],
  );
  const feed = one(feeds);
  if (feed.older) reasons.push({ code: 'older-than-last', words: `It is as of ${context.asOf}; the last set taken in was as of ${feed.snapshot_at?.toISOString() ?? ''}` }); // prettier-ignore
  if (files.some((file) => file.table_name === 'loans')) {
    reasons.push(...(await shrank(context, files)));
    reasons.push(...(await massCure(context)));
  }
  if (set.all_or_nothing) {
    const { rows } = await context.client.query<{ n: number }>('select count(distinct (file_no, row_no))::int as n from import_error where set_id = $1', [context.setId]); // prettier-ignore
    const rejected = one(rows).n;
    if (rejected > 0) reasons.push({ code: 'rows-rejected', words: `${rejected} rows cannot be taken, and all or nothing was asked for` }); // prettier-ignore
  }
  return reasons;
}

function fileReasons(file: ImportFileRow): QuarantineReason[] {
  const reasons: QuarantineReason[] = [];
  if (file.problem !== null) {
    reasons.push({
      code: file.columns.length === 0 ? 'unreadable-file' : 'column-missing',
      words: `${file.name}: ${file.problem}`,
    });
  }
  if (file.rows_said !== null && file.rows_said !== file.rows_read) {
    reasons.push({ code: 'row-count-differs', words: `${file.name}: the manifest says ${file.rows_said} rows, there are ${file.rows_read ?? 0}` }); // prettier-ignore
  }
  for (const [name, said] of Object.entries(file.sums_said)) {
    const read = file.sums_read[name] ?? 0;
    if (said !== read) reasons.push({ code: 'sum-differs', words: `${file.name}: the manifest says ${name} ${dollars(said)}, the rows add up to ${dollars(read)}` }); // prettier-ignore
  }
  return reasons;
}

function dollars(cents: number): string {
  return (cents / 100).toFixed(2);
}

async function shrank(context: ImportContext, files: readonly ImportFileRow[]): Promise<QuarantineReason[]> {
  const { rows } = await context.client.query<{ id: number; n: number }>(
    `select s.id, sum(f.rows_read)::int as n from import_set s join import_file f on f.set_id = s.id and f.table_name = 'loans'
     where s.state in ('merged', 'done') and not s.dry_run and s.kind = $1 group by s.id, s.as_of order by s.as_of desc, s.id desc limit 1`,
    [context.kind],
  );
  const [last] = rows;
  const now = files.filter((file) => file.table_name === 'loans').reduce((sum, file) => sum + (file.rows_read ?? 0), 0);
  if (last === undefined || now >= last.n * (1 - SHRINK_SHARE)) return [];
  return [{ code: 'shrank', words: `It has ${now} loans, the last one had ${last.n}` }];
}

async function massCure(context: ImportContext): Promise<QuarantineReason[]> {
  const { rows } = await context.client.query<{ late: number; cured: number }>(
    `select count(*)::int as late,
            count(*) filter (where case when s.loan_number is null then $2 = 'past-due-only'
                                        else coalesce(s.past_due_cents <= 0 or s.next_due_on >= $3::date, false) end)::int as cured
     from loan l left join import_stage.loans s on s.set_id = $1 and s.loan_number = l.loan_number
     where l.status = 'active' and l.past_due_cents > 0 and l.absent_since is null
       and coalesce((select (snapshot_at at time zone $5)::date from core_feed), $3::date) - l.next_due_on >= $4`,
    [context.setId, context.kind, context.on, CURE_FROM_DAYS, context.zone],
  );
  const { late, cured } = one(rows);
  if (cured < CURES_THAT_COUNT || cured <= late * CURE_SHARE) return [];
  return [
    {
      code: 'mass-cure',
      words: `${cured} of the ${late} accounts ${CURE_FROM_DAYS} or more days past due cure at once`,
    },
  ];
}

import { localDateAt } from '../../domain/calendar/zones.ts';
import { openCasesWhereDue } from '../../prisma/cases.ts';
import { recallWaiting, settleDoubles, settleOrphans } from '../../prisma/import/check.ts';
import type { ImportContext } from '../../prisma/import/context.ts';
import { findAddressChanges, insertAddresses, lockTouched, updateAddresses } from '../../prisma/import/addresses.ts';
import { mergeSet } from '../../prisma/import/merge.ts';
import { quarantineReasons } from '../../prisma/import/quarantine.ts';
import { addSummary, importFiles, importSet, moveSet } from '../../prisma/import/sets.ts';
import type { ImportSetRow, ImportSummary } from '../../prisma/import/sets.ts';
import { applyPersonStops, lockPausedLoans, pauseLoans, stoppedPersonIds } from '../../prisma/import/stops.ts';
import { isStaged, lockImports } from '../../prisma/import/staging.ts';
import { newsForLoans, newsForPersons } from '../../prisma/outbox.ts';
import { inTransaction } from '../../prisma/pool.ts';
import type { Client } from '../../prisma/pool.ts';
import { businessNow, LENDER_ZONE } from './deps.ts';
import type { ImportDeps } from './deps.ts';

/** Where a phase leaves a set; `staging-lost` says: read the files again first. */
export type PhaseOutcome = 'checked' | 'quarantined' | 'merged' | 'done' | 'staging-lost' | 'moved-on';

async function contextOf(deps: ImportDeps, client: Client, set: ImportSetRow): Promise<ImportContext> {
  const zone = deps.zone ?? LENDER_ZONE;
  const nowMs = await businessNow(deps);
  const { rows } = await client.query<{ name: string; taken: number }>(
    `select table_name as name, sum(taken)::int as taken from (
       select table_name, coalesce(rows_taken, 0) as taken from import_file where set_id = $1
       union all select distinct table_name, 0 from import_waiting) t group by table_name`,
    [set.id],
  );
  return {
    client,
    staged: new Set(rows.map((row) => row.name)),
    taken: new Map(rows.map((row) => [row.name, row.taken])),
    setId: set.id,
    kind: set.kind,
    asOf: set.as_of.toISOString(),
    on: localDateAt(set.as_of.getTime(), zone),
    nowMs,
    today: localDateAt(nowMs, zone),
    zone,
    actor: 'core',
  };
}

/** In one transaction under the import lock, if everything staged for the set is still there. */
async function onStaged(
  deps: ImportDeps,
  setId: number,
  work: (client: Client, set: ImportSetRow) => Promise<PhaseOutcome>,
): Promise<PhaseOutcome> {
  // prettier-ignore
  return inTransaction(deps.pool, async (client) => {
    await lockImports(client);
    const set = await importSet(client, setId);
    if (!(await isStaged(client, setId, await importFiles(client, setId)))) {
      await moveSet(client, setId, { from: ['staged', 'checked', 'quarantined', 'released'], to: 'received' });
      return 'staging-lost';
    }
    return work(client, set);
  });
}

/**
 * Judges a staged set: rows that contradict each other or speak of nobody known, and whether the whole of it must wait for
 * a manager. The stops in one that waits take effect here and now.
 */
export async function checkSet(deps: ImportDeps, setId: number): Promise<PhaseOutcome> {
  return onStaged(deps, setId, async (client, set) => {
    if (set.state !== 'staged') return 'moved-on';
    const context = await contextOf(deps, client, set);
    await settleDoubles(context);
    await recallWaiting(context);
    await settleOrphans(context);
    await countRows(client, setId);
    const files = await importFiles(client, setId);
    const reasons = await quarantineReasons(context, set, files);
    const unreleasable = files.some((file) => file.problem !== null);
    const released = set.decided_because !== null && !unreleasable;
    // A dry run waits for nobody: it says what would wait, and goes on where it can.
    if (set.dry_run && unreleasable) {
      await moveSet(client, setId, { from: ['staged'], to: 'failed', quarantine: reasons, failure: reasons.map(({ words }) => words).join('; ') }); // prettier-ignore
      return 'moved-on';
    }
    if (reasons.length === 0 || released || set.dry_run) {
      await moveSet(client, setId, { from: ['staged'], to: released ? 'released' : 'checked', quarantine: reasons });
      return 'checked';
    }
    await takeStops(context);
    await client.query('update import_set set stops_applied_at = to_timestamp($2::double precision / 1000) where id = $1', [setId, context.nowMs]); // prettier-ignore
    await moveSet(client, setId, { from: ['staged'], to: 'quarantined', quarantine: reasons });
    return 'quarantined';
  });
}

async function countRows(client: Client, setId: number): Promise<void> {
  await client.query(
    `update import_file f set rows_rejected = coalesce(e.rejected, 0), rows_parked = coalesce(e.parked, 0), rows_taken = f.rows_read - coalesce(e.rejected, 0) - coalesce(e.parked, 0)
     from import_file o left join (
       select file_no, count(distinct row_no) filter (where code not like 'waits-for-%')::bigint as rejected, count(distinct row_no) filter (where code like 'waits-for-%')::bigint as parked
       from import_error where set_id = $1 group by file_no
     ) e on e.file_no = o.file_no
     where o.set_id = $1 and f.set_id = $1 and f.file_no = o.file_no`,
    [setId],
  );
}

/** Restrictive facts need nobody's leave (tape.md rule 2). */
async function takeStops(context: ImportContext): Promise<void> {
  await insertAddresses(context, 'stops');
  const addressIds = await findAddressChanges(context, 'stops');
  await lockTouched(context, { addressIds, personIds: await stoppedPersonIds(context) });
  await lockPausedLoans(context);
  await updateAddresses(context, 'stops');
  const persons = await applyPersonStops(context);
  const loans = await pauseLoans(context);
  await newsForPersons(context.client, persons);
  await newsForLoans(context.client, loans);
  const { rows } = await context.client.query<{ person_id: string }>('select distinct person_id from person_address where address_id = any($1::uuid[])', [addressIds]); // prettier-ignore
  await newsForPersons(context.client, rows.map((row) => row.person_id)); // prettier-ignore
}

class DryRunEnds extends Error {}

/** Takes a checked or released set into the book: all of it in one transaction, or nothing. */
export async function mergeIntoBook(deps: ImportDeps, setId: number): Promise<PhaseOutcome> {
  const { dry_run: dryRun } = await importSet(deps.pool, setId);
  let tried: ImportSummary = {};
  const outcome = await onStaged(deps, setId, async (client, set) => {
    if (set.state !== 'checked' && set.state !== 'released') return 'moved-on';
    const context = await contextOf(deps, client, set);
    tried = await mergeSet(context, await importFiles(client, setId));
    // A dry run does everything and keeps nothing: its figures are those of the real thing.
    if (dryRun) throw new DryRunEnds();
    await addSummary(client, setId, tried);
    await client.query('update import_set set merged_at = to_timestamp($2::double precision / 1000) where id = $1', [setId, context.nowMs]); // prettier-ignore
    await moveSet(client, setId, { from: ['checked', 'released'], to: 'merged' });
    return 'merged';
  }).catch((error: unknown): PhaseOutcome => {
    if (error instanceof DryRunEnds) return 'done';
    throw error;
  });
  if (dryRun && outcome === 'done') {
    await addSummary(deps.pool, setId, tried);
    await finish(deps, setId, ['checked', 'released']);
  }
  return outcome;
}

async function finish(deps: ImportDeps, setId: number, from: ('checked' | 'released' | 'merged')[]): Promise<void> {
  const nowMs = await businessNow(deps);
  await inTransaction(deps.pool, async (client) => {
    await client.query('update import_set set done_at = to_timestamp($2::double precision / 1000) where id = $1 and done_at is null', [setId, nowMs]); // prettier-ignore
    await moveSet(client, setId, { from, to: 'done' });
  });
}

/** Opens a case for every loan that became due for one. Cured ones close by themselves: their cases had the news. */
export async function startAndStop(deps: ImportDeps, setId: number): Promise<PhaseOutcome> {
  const set = await importSet(deps.pool, setId);
  if (set.state !== 'merged') return 'moved-on';
  const nowMs = await businessNow(deps);
  await inTransaction(deps.pool, async (client) => {
    // A loan of which nobody owes has nobody to contact: somebody finds out why.
    const { rows } = await client.query<{ id: string; owed: boolean }>(
      `select l.id, exists (select 1 from loan_role r where r.loan_id = l.id and r.role = 'borrower') as owed
       from loan l where l.status = 'active' and l.past_due_cents > 0`,
    );
    const owed = rows.filter((row) => row.owed).map((row) => row.id);
    const opened = await openCasesWhereDue(client, { nowMs, actor: 'core', loanIds: owed });
    await addSummary(client, setId, { casesOpened: opened.length });
    await client.query('update import_set set done_at = to_timestamp($2::double precision / 1000) where id = $1', [setId, nowMs]); // prettier-ignore
    await moveSet(client, setId, { from: ['merged'], to: 'done' });
  });
  return 'done';
}

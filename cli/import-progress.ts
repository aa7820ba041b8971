import { createWriteStream } from 'node:fs';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SingleBar } from 'cli-progress';
import { resumeImport } from '../activities/import/index.ts';
import type { ImportDeps } from '../activities/import/index.ts';
import { errorsCsv } from '../prisma/import/errors-csv.ts';
import { importFiles, importSet } from '../prisma/import/sets.ts';
import type { ImportProgress, ImportSetRow } from '../prisma/import/sets.ts';

interface Carried {
  setId: number;
  known: boolean;
  /** Where the workflow service is; null: take it in in this process. */
  temporal: string | null;
  json: boolean;
  errorsTo: string | null;
}

const POLL_MS = 200;
/** A workflow that has not touched its set for so long is not running. */
const SILENT_MS = 45_000;

/** Waits for a set to be taken in, shows how far it is and what came of it. @returns the exit code */
export async function carryImport(deps: ImportDeps, carried: Carried): Promise<number> {
  const show = progressShown(carried.json);
  const found = await importSet(deps.pool, carried.setId);
  if (!carried.known || !isAtRest(found)) {
    const here = carried.temporal === null || !(await canConnect(carried.temporal));
    if (here && carried.temporal !== null) {
      console.error(`Temporal is not reachable at ${carried.temporal}: taking the set in here, not as a workflow.`);
    }
    if (here) await resumeImport({ ...deps, onProgress: show.tell }, carried.setId);
    else await watch(deps, carried.setId, show.tell);
  }
  show.end();
  const set = await importSet(deps.pool, carried.setId);
  if (carried.errorsTo !== null) {
    await pipeline(
      Readable.from(errorsCsv(deps.pool, deps.sealer, carried.setId)),
      createWriteStream(carried.errorsTo),
    );
  }
  await report(deps, set, carried);
  // A dry run of what would wait for a manager ends as that would.
  if (set.state === 'done') return set.dry_run && set.quarantine.length > 0 ? 2 : 0;
  return set.state === 'quarantined' ? 2 : 1;
}

function isAtRest(set: ImportSetRow): boolean {
  return ['done', 'refused', 'failed', 'quarantined'].includes(set.state);
}

async function watch(deps: ImportDeps, setId: number, tell: (progress: ImportProgress) => void): Promise<void> {
  for (;;) {
    const set = await importSet(deps.pool, setId);
    tell({ ...set.progress, phase: PHASES[set.state] ?? set.state });
    if (isAtRest(set)) return;
    const { rows } = await deps.pool.query<{ silent: number }>(
      'select extract(epoch from now() - heartbeat_at)::float8 * 1000 as silent from import_set where id = $1',
      [setId],
    );
    if (set.state === 'received' && (rows[0]?.silent ?? 0) > SILENT_MS) {
      console.error('No worker has begun: taking the set in here, not as a workflow.');
      await resumeImport({ ...deps, onProgress: tell }, setId);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

const PHASES: Readonly<Record<string, string>> = { received: 'reading', staged: 'checking', checked: 'taking in', released: 'taking in', merged: 'opening cases' }; // prettier-ignore

function progressShown(json: boolean): { tell: (progress: ImportProgress) => void; end: () => void } {
  if (json || !process.stderr.isTTY) {
    let last = '';
    return {
      tell: (progress) => {
        const line = JSON.stringify({ progress });
        if (line !== last && (json || progress.phase !== undefined)) console.log(line);
        last = line;
      },
      end: () => undefined,
    };
  }
  const bar = new SingleBar({ format: '{bar} {percentage}% {phase} {table}', hideCursor: true, clearOnComplete: true });
  bar.start(100, 0, { phase: '', table: '' });
  return {
    tell: ({ phase = '', table = '', bytesRead, bytesTotal }) => {
      const share = bytesRead === undefined || !bytesTotal ? undefined : Math.round((bytesRead / bytesTotal) * 90);
      const at = phase === 'reading' ? (share ?? 0) : phase === 'checking' ? 92 : phase === 'taking in' ? 95 : 98;
      bar.update(at, { phase, table: phase === 'reading' ? table : '' });
    },
    end: () => bar.stop(),
  };
}

async function report(deps: ImportDeps, set: ImportSetRow, carried: Carried): Promise<void> {
  const files = await importFiles(deps.pool, set.id);
  const body = {
    set: set.id,
    state: set.state,
    alreadyTaken: carried.known && set.state === 'done',
    kind: set.kind,
    asOf: set.as_of.toISOString(),
    dryRun: set.dry_run,
    ...set.summary,
    quarantine: set.quarantine,
    failure: set.failure,
    files: files.map((file) => ({ name: file.name, table: file.table_name, rows: file.rows_read, taken: file.rows_taken, rejected: file.rows_rejected, waiting: file.rows_parked, unknownColumns: file.unknown_columns, problem: file.problem })), // prettier-ignore
  };
  if (carried.json || !process.stdout.isTTY) {
    console.log(JSON.stringify(body));
    return;
  }
  console.log(
    `Set ${set.id}, ${set.kind}, as of ${body.asOf}: ${WORDS[set.state] ?? set.state}${set.dry_run ? ' (dry run: nothing was kept)' : ''}`,
  );
  if (body.alreadyTaken) console.log('  It had been taken in before; nothing changes.');
  for (const reason of set.quarantine) console.log(`  ${reason.code}: ${reason.words}`);
  if (set.failure !== null) console.log(`  ${set.failure}`);
  for (const [table, counts] of Object.entries(set.summary.tables ?? {})) {
    console.log(
      `  ${table.padEnd(13)} ${counts.inserted} new, ${counts.changed} changed, ${counts.unchanged} unchanged`,
    );
  }
  for (const [code, rows] of Object.entries(set.summary.rejected ?? {})) console.log(`  rejected, ${code}: ${rows}`);
  const { newlyDelinquent = 0, cured = 0, casesOpened = 0, waiting = 0, missing = 0 } = set.summary;
  console.log(`  ${newlyDelinquent} newly past due, ${cured} cured, ${casesOpened} cases opened, ${missing} missing, ${waiting} rows wait for their loan or person`); // prettier-ignore
  const unread = files.filter((file) => file.unknown_columns.length > 0);
  for (const file of unread)
    console.log(`  ${file.name}: columns that nothing reads: ${file.unknown_columns.join(', ')}`);
}

const WORDS: Readonly<Record<string, string>> = { done: 'taken in', quarantined: 'waits for a manager', refused: 'refused', failed: 'failed' }; // prettier-ignore

async function canConnect(address: string): Promise<boolean> {
  const [host = '127.0.0.1', port = '7233'] = address.split(':');
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), timeout: 2_000 });
    const end = (reached: boolean): void => {
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}

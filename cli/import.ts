import type { Command } from 'commander';
import { CommandRefused, carryOut, withRunningInstance } from './instance-db.ts';
import type { Pool } from '../prisma/pool.ts';
import type { ImportSource } from '../activities/import/index.ts';

interface Options {
  mapping?: string;
  asOf?: string;
  kind?: string;
  allOrNothing?: true;
  dryRun?: true;
  errors?: string;
  json?: true;
}

/** `makegood import`: a lender's file set into the running instance. Exit code 0 taken in, 1 refused, 2 waits for a manager. */
export function registerImport(program: Command): void {
  program
    .command('import')
    .description('Take in what a lender’s core sends: a folder with manifest.json, or one file')
    .argument('<path>', 'the folder, or the file')
    .option('--mapping <file|name>', 'how the files are read: a JSON file, or the name of a saved mapping')
    .option('--as-of <instant>', 'the instant of the snapshot, where no manifest says it')
    .option('--kind <kind>', 'all-loans or past-due-only, where no manifest says it')
    .option('--all-or-nothing', 'one bad row, and a manager decides about the whole set')
    .option('--dry-run', 'do everything, keep nothing, and say what would change')
    .option('--errors <file>', 'write the rejected rows as CSV, with their own lines')
    .option('--json', 'one JSON object a line: progress, then the summary')
    .action((path: string, options: Options) => carryOut(() => importFiles(path, options)));
}

async function importFiles(path: string, options: Options): Promise<void> {
  await withRunningInstance(async ({ pool, run }) => {
    const { ImportRefused, instanceSealer, receiveSet } = await import('../activities/import/index.ts');
    const { carryImport } = await import('./import-progress.ts');
    const { queueNews } = await import('../prisma/outbox.ts');
    const deps = { pool, clock: { nowMs: () => Date.now() }, sealer: instanceSealer(run.environment) };
    const source: ImportSource = {
      path,
      source: 'cli',
      actor: `cli:${process.env['USER'] ?? process.env['LOGNAME'] ?? 'operator'}`,
      mapping: options.mapping === undefined ? null : await mappingNamed(deps, options.mapping),
      ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
      ...(options.kind === undefined ? {} : { kind: kindOf(options.kind) }),
      ...(options.allOrNothing === undefined ? {} : { allOrNothing: true }),
      ...(options.dryRun === undefined ? {} : { dryRun: true }),
      // A dry run is nobody's business but the caller's; anything else is a workflow's.
      alsoInTransaction: async (client, setId) => {
        if (options.dryRun === undefined) await queueNews(client, 'import-files', [String(setId)]);
      },
    };
    try {
      const { setId, known } = await receiveSet(deps, source);
      process.exitCode = await carryImport(deps, {
        setId,
        known,
        temporal: options.dryRun === undefined ? (run.environment['TEMPORAL_ADDRESS'] ?? null) : null,
        json: options.json ?? false,
        errorsTo: options.errors ?? null,
      });
    } catch (error) {
      if (!(error instanceof ImportRefused)) throw error;
      if (options.json) console.log(JSON.stringify({ refused: error.code, reason: error.message }));
      throw new CommandRefused(error.message);
    }
  });
}

function kindOf(text: string): 'all-loans' | 'past-due-only' {
  if (text === 'all-loans' || text === 'past-due-only') return text;
  throw new CommandRefused(`--kind ${text} is neither all-loans nor past-due-only.`);
}

async function mappingNamed(deps: { pool: Pool }, name: string) {
  const { readFile } = await import('node:fs/promises');
  const { parseMapping } = await import('../intake/mapping.ts');
  const { findMapping, saveMapping } = await import('../prisma/import/mappings.ts');
  const { ImportRefused } = await import('../intake/refused.ts');
  const refuse = (error: unknown): never => {
    throw error instanceof ImportRefused ? new CommandRefused(error.message) : error;
  };
  const saved = await findMapping(deps.pool, name);
  if (saved !== null) return Promise.resolve(saved).then(parseMapping).catch(refuse);
  const text = await readFile(name, 'utf8').catch(() => null);
  if (text === null) throw new CommandRefused(`${name} is neither a saved mapping nor a file that can be read.`);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new CommandRefused(`${name} is not JSON: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
  const mapping = await Promise.resolve(content).then(parseMapping).catch(refuse);
  await saveMapping(deps.pool, mapping, { actor: 'cli', nowMs: Date.now() });
  return mapping;
}

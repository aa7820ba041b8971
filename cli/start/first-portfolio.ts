import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sampleMark } from '../../prisma/live-guard.ts';
import { withPool } from './sandbox-clock.ts';
import { StartFailure } from './start-failure.ts';

export type FirstPortfolio = {
  databaseUrl: string;
  /** What the parts were told (parts.ts). */
  environment: Record<string, string>;
  /** False with `--no-sample`. */
  wanted: boolean;
  note: (line: string) => void;
};

/** Asked once, on the first start of a sandbox: an empty database gets a sample portfolio unless it was declined. */
export async function firstPortfolio(first: FirstPortfolio): Promise<'imported' | 'declined' | 'left alone'> {
  return withPool(first.databaseUrl, async (pool) => {
    const decided = await pool.query('select from lender_setting where key = any($1)', [[sampleMark, decisionMark]]);
    const loans = await pool.query('select from loan limit 1');
    if (decided.rowCount !== 0 || loans.rowCount !== 0) return 'left alone';
    const mark = (key: string): Promise<unknown> =>
      pool.query(`insert into lender_setting (key, value, actor) values ($1, 'true', 'start') on conflict do nothing`, [
        key,
      ]);
    if (!first.wanted) {
      await mark(decisionMark);
      return 'declined';
    }
    // Marked before the first row: a half-imported sample is a sample too, and live channels must know.
    return (await importSample(first, () => mark(sampleMark))) ? 'imported' : 'left alone';
  });
}

const decisionMark = 'sampleDeclined';

/** How many loans the sample lender has: enough for every page to have something on it, few enough to be read. */
const SAMPLE_ACCOUNTS = 120;
/** Percent at 1 to 29 days past due: far above a real lender's, so that the first morning is worth watching. */
const SAMPLE_PAST_DUE_PERCENT = 25;

/** Writes the sample lender as a core's file set and takes it in as any file set is taken in: by its workflow. */
async function importSample(first: FirstPortfolio, mark: () => Promise<unknown>): Promise<boolean> {
  const { makePortfolio } = await import('../../sandbox/sample/portfolio.ts');
  const { writeFileSet } = await import('../../sandbox/sample/write-file-set.ts');
  const { ImportRefused, instanceSealer, receiveSet } = await import('../../activities/import/index.ts');
  const { importSet } = await import('../../prisma/import/sets.ts');
  const { queueNews } = await import('../../prisma/outbox.ts');
  const { lastNight } = await import('../../sandbox/sample/last-night.ts');
  const { businessNow } = await import('../../prisma/business-clock.ts');
  return withPool(first.databaseUrl, async (pool) => {
    const when = lastNight(await businessNow(pool));
    const folder = join(first.environment['MAKEGOOD_HOME'] ?? '.makegood', 'sample');
    await writeFileSet(
      folder,
      { asOf: when.asOf, kind: 'all-loans' },
      makePortfolio({ accounts: SAMPLE_ACCOUNTS, seed: '1', ...when, pastDuePercent: SAMPLE_PAST_DUE_PERCENT }),
    );
    await mark();
    const deps = { pool, clock: { nowMs: () => Date.now() }, sealer: instanceSealer(first.environment) };
    try {
      const { setId, known } = await receiveSet(deps, {
        path: folder,
        source: 'cli',
        actor: 'start',
        mapping: null,
        alsoInTransaction: (client, id) => queueNews(client, 'import-files', [String(id)]),
      });
      for (;;) {
        const { state } = await importSet(pool, setId);
        if (state === 'done') break;
        if (known || state === 'refused' || state === 'failed' || state === 'quarantined') {
          throw new StartFailure(
            `The sample portfolio was not taken in (${state})`,
            'See the import page, or start with --no-sample.',
          );
        }
        await sleep(200);
      }
      return true;
    } catch (error) {
      if (error instanceof ImportRefused) throw new StartFailure(`The sample portfolio was refused: ${error.message}`);
      throw error;
    }
  });
}

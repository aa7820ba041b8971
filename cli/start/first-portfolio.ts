import { sampleMark, withPool } from './sandbox-clock.ts';

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

/** The lead fills this in: `makegood sample` then `makegood import`, once both exist; `mark` before the first row. */
async function importSample(first: FirstPortfolio, mark: () => Promise<unknown>): Promise<boolean> {
  void mark;
  first.note('this version has no sample portfolio yet');
  return Promise.resolve(false);
}

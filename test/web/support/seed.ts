import { aLoan, aPerson, anOpenCase, whenDue } from '../../support/builders.ts';
import type { World } from './world.ts';

export interface Seeded {
  phone: string;
  mail: string;
  loan: string;
}

const portfolio = [
  { product: 'auto', daysPastDue: 3, pastDueCents: 41_250 },
  { product: 'auto', daysPastDue: 8, pastDueCents: 38_900 },
  { product: 'personal', daysPastDue: 9, pastDueCents: 12_075 },
  { product: 'auto', daysPastDue: 16, pastDueCents: 77_800 },
  { product: 'personal', daysPastDue: 24, pastDueCents: 20_400 },
  { product: 'auto', daysPastDue: 28, pastDueCents: 95_000 },
  { product: 'auto', daysPastDue: 61, pastDueCents: 123_456 },
];
const names = [
  ['Ann', 'Lee'],
  ['Marta', 'Delgado-Villanueva'],
  ['Theodore', 'Blackwood'],
  ['Joy', 'Okafor'],
  ['Sam', 'Ng'],
  ['Priya', 'Raman'],
  ['Walter', 'Czerwinski'],
] as const;

/** A small desk with something of everything: cases at several steps, a text that went out, a call that is due, two file sets. */
export async function seed(world: World): Promise<Seeded> {
  const { pool } = world;
  const made: Seeded[] = [];
  const cases: string[] = [];
  for (const [index, given] of portfolio.entries()) {
    const person = await aPerson(pool, { language: index === 1 ? 'es' : 'en' });
    const [first, last] = names[index] ?? ['Ann', 'Lee'];
    await pool.query('update person set first_name = $2, last_name = $3 where id = $1', [person.personId, first, last]);
    const loan = await aLoan(pool, person.personId, given);
    cases.push(await anOpenCase(pool, loan));
    made.push({ phone: person.phone, mail: person.mail, loan });
  }
  await pool.query(
    `insert into outbox (topic, key) select 'case-news', id::text from collection_case where status = 'open'`,
  );
  // The first account's text and the second's call are due: the clock stands at the later of the two.
  const [text = '', call = ''] = cases;
  const due = Math.max(await whenDue(world.deps, text), await whenDue(world.deps, call));
  await pool.query('update business_clock set offset_ms = $1', [Math.round(due - Date.now() + 1_000)]);
  await world.settled();
  await fileSets(world);
  const [main] = made;
  if (main === undefined) throw new Error('nothing was seeded');
  return main;
}

/** Two nights of the core: one taken in with a row refused, and one that waits because it does not look like the other. */
export async function fileSets({ pool }: Pick<World, 'pool'>): Promise<void> {
  const hash = 'a'.repeat(64);
  await pool.query('insert into import_content (hash, bytes, pieces) values ($1, 0, 0) on conflict do nothing', [hash]);
  const set = async (state: string, asOf: string, quarantine: object[], summary: object): Promise<number> => {
    const { rows } = await pool.query<{ id: number }>(
      `insert into import_set (source, content_hash, kind, as_of, state, quarantine, summary, received_at, done_at, actor)
       values ('core-nightly', $1, 'all-loans', $2, $3, $4, $5, $2, case when $3 = 'done' then $2::timestamptz end, 'drop folder') returning id`,
      [hash, asOf, state, JSON.stringify(quarantine), JSON.stringify(summary)],
    );
    return rows[0]?.id ?? 0;
  };
  const file = (setId: number, read: number, rejected: number, filled: object): Promise<unknown> =>
    pool.query(
      `insert into import_file (set_id, file_no, name, table_name, content_hash, bytes, rows_said, unknown_columns, rows_read, rows_taken, rows_rejected, rows_parked, filled)
       values ($1, 1, 'loans.csv', 'loans', $2, 4200, $3::int, array['branch_manager'], $3::int, $3::int - $4::int, $4::int, 0, $5)`,
      [setId, hash, read, rejected, JSON.stringify(filled)],
    );
  const done = await set('done', '2026-11-30T22:00:00Z', [], {
    tables: { loans: { inserted: 7, changed: 0, unchanged: 0 } },
    rejected: { loans: 1 },
    newlyDelinquent: 7,
    casesOpened: 7,
  });
  await file(done, 8, 1, { loan_number: 8, next_due_date: 7, payment_amount: 8 });
  await pool.query(
    `insert into import_error (set_id, file_no, row_no, column_name, value, code, reason) values ($1, 1, 8, 'next_due_date', '31/11/2026', 'not-a-date', 'is not a date (2026-11-30)')`,
    [done],
  );
  const waits = await set(
    'quarantined',
    '2026-12-01T10:00:00Z',
    [{ code: 'too-few-rows', words: 'loans.csv has 3 rows, 62 % fewer than the set before.' }],
    {},
  );
  await file(waits, 3, 0, { loan_number: 3, next_due_date: 1, payment_amount: 3 });
}

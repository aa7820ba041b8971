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

/** A small desk with something of everything: cases at several steps, a promise, a hold, a pending payment, a reply to read. */
export async function seed(world: World): Promise<Seeded> {
  const { pool } = world;
  const made: Seeded[] = [];
  for (const [index, given] of portfolio.entries()) {
    const person = await aPerson(pool, { language: index === 1 ? 'es' : 'en' });
    const [first, last] = names[index] ?? ['Ann', 'Lee'];
    await pool.query('update person set first_name = $2, last_name = $3 where id = $1', [person.personId, first, last]);
    const loan = await aLoan(pool, person.personId, given);
    const caseId = await anOpenCase(pool, loan);
    // The clock stands where a call task is due.
    if (index === 1) await whenDue(world.deps, caseId);
    made.push({ phone: person.phone, mail: person.mail, loan });
  }
  await pool.query(
    `insert into outbox (topic, key) select 'case-news', id::text from collection_case where status = 'open'`,
  );
  const [main] = made;
  if (main === undefined) throw new Error('nothing was seeded');
  return main;
}

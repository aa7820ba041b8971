import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wordMessage } from '../../activities/contact/wording.ts';
import { classesOf } from '../../prisma/print-queue-rows.ts';
import { catalog } from '../../templates/catalog.ts';
import { aLoan, aPerson, TUESDAY_10_30 } from '../support/builders.ts';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  await desk.pool.query('update business_clock set offset_ms = $1', [Math.round(TUESDAY_10_30 - Date.now())]);
});
afterAll(() => desk.close());

async function word(
  template: string,
  given: { state?: string; governing?: string; language?: 'en' | 'es'; pending?: number; product?: string } = {},
) {
  const person = await aPerson(desk.pool, { state: given.state ?? 'CO', language: given.language ?? 'en' });
  const loanId = await aLoan(desk.pool, person.personId, { daysPastDue: 30, product: given.product ?? 'auto' });
  await desk.pool.query('update loan set governing_state = $2 where id = $1', [loanId, given.governing ?? null]);
  if (given.pending !== undefined) {
    await desk.pool.query(
      `insert into payment (trace_id, loan_id, amount_cents, method, received_at, source, actor) values (gen_random_uuid()::text, $1, $2, 'ach', now(), 'test', 'test')`,
      [loanId, given.pending],
    );
  }
  const destination = { addressId: null, to: 'Ann Lee\n1 Peach St', verified: false };
  return wordMessage(desk.deps, desk.pool, {
    personId: person.personId,
    loanIds: [loanId],
    channel: 'letter',
    template,
    destination,
    payLink: 'https://pay.example',
  });
}

describe('the words of a letter', () => {
  // Worded on December 1; mailed at the latest on December 6 (bank policy): every date is counted from there.
  it.each([
    ['CO', undefined, 'December 26, 2026', 'C.R.S. 5-5-110, 5-5-111'],
    ['ME', undefined, 'December 20, 2026', '9-A M.R.S. 5-110, 5-111'],
    ['MA', undefined, 'December 27, 2026', 'M.G.L. c.255B s.20A'],
    // Rhode Island: given 3 business days after mailing (December 9), then 21 days.
    ['RI', undefined, 'December 30, 2026', 'R.I. Gen. Laws 6-51-3'],
    ['ME', 'CO', 'December 26, 2026', 'C.R.S. 5-5-110, 5-5-111; 9-A M.R.S. 5-110, 5-111'],
  ])(
    'a right to cure in %s (contract: %s) gives until %s, counted from the last day of mailing',
    async (state, governing, lastDay, law) => {
      const made = await word('right-to-cure', { state, ...(governing === undefined ? {} : { governing }) });
      expect(made.text).toContain(`! ${lastDay} is the LAST DAY FOR PAYMENT`);
      expect(made.text).toContain('! $300.00 is the AMOUNT NOW DUE (as of December 1, 2026)');
      expect(made.text).toContain(law);
    },
  );

  it('says that a later default needs no new notice only where the state’s row says so', async () => {
    expect((await word('right-to-cure', { state: 'CO' })).text).toContain('late again within the next 12 months');
    expect((await word('right-to-cure', { state: 'WI' })).text).not.toContain('late again');
    expect((await word('right-to-cure', { state: 'ME', governing: 'KS' })).text).not.toContain('late again');
  });

  it('is not worded for a state without a signed row', async () => {
    await expect(word('right-to-cure', { state: 'GA' })).rejects.toThrow('cureBy is empty');
  });

  it('asks for less by what is pending, and gives a breach thirty days from the last day of mailing', async () => {
    const made = await word('breach', { product: 'mortgage', pending: 12_000 });
    expect(made.text).toContain('! Pay $180.00 (as of December 1, 2026) on or before January 5, 2027');
  });

  it('is in Spanish only once the lender answers in Spanish, and where there is a Spanish text; dates follow the text', async () => {
    expect(await word('late-1', { language: 'es' })).toMatchObject({ language: 'en' });
    await desk.pool.query(`insert into lender_setting (key, value, actor) values ('answersInSpanish', 'true', 'test')`);
    const spanish = await word('late-1', { language: 'es' });
    expect(spanish).toMatchObject({ language: 'es', subject: 'Su cuenta está atrasada' });
    expect(spanish.text).toContain('al 1 de diciembre de 2026 | $300.00');
    const english = await word('right-to-cure', { language: 'es' });
    expect(english.language).toBe('en');
    expect(english.text).toContain('December 26, 2026 is the LAST DAY FOR PAYMENT');
  });

  it('every letter of the catalogue can be worded from a loan’s facts', async () => {
    for (const { id } of catalog.filter((entry) => entry.channel === 'letter')) {
      expect((await word(id, { product: id === 'breach' ? 'mortgage' : 'auto' })).text).not.toMatch(
        /undefined|Invalid|1969|1970/,
      );
    }
  });
});

describe('how a letter is mailed', () => {
  it('a breach letter is two pieces, certified and first class; a late letter is one', async () => {
    const person = await aPerson(desk.pool);
    const loanId = await aLoan(desk.pool, person.personId, { product: 'mortgage', daysPastDue: 58 });
    const classes = async (step: string): Promise<string[]> => {
      const { rows } = await desk.pool.query<{ id: string }>(
        `with s as (insert into send (send_key, channel, purpose, person_id, to_value, template, template_version, language, body, body_hash, status, decided_at, actor)
           values (gen_random_uuid()::text, 'letter', 'collection', $1, 'x', 'breach', '1', 'en', 'x', 'x', 'approved', now(), 'test') returning id)
         insert into send_item (send_id, loan_id, policy, policy_version, step, family, occurrence, actor)
           select s.id, $2, 'mortgage', (select max(version) from policy_version where policy = 'mortgage'), $3, $3, 'x', 'test' from s returning send_id as id`,
        [person.personId, loanId, step],
      );
      return classesOf(desk.pool, rows[0]?.id ?? '');
    };
    expect(await classes('breach')).toEqual(['certified', 'first-class']);
    expect(await classes('late-1')).toEqual(['first-class']);
  });
});

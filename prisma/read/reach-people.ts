import type { ReachPeople, ReachPeopleQuery, ReachPerson } from '../../api/schemas/reach.ts';
import { shippedRuleset } from '../../domain/gate/index.ts';
import { feedLate } from '../feed.ts';
import { loadGateFacts } from '../gate-facts.ts';
import { CHANNELS, judge } from '../import/reach.ts';
import type { Pool } from '../pool.ts';
import { maySee, sightValues } from '../sight.ts';
import type { Look } from './moment.ts';
import { Values, read, readCursor, writeCursor } from './prepared.ts';

/** How many are asked about for one page at most, where few of them fit what is looked for. */
const MOST_ASKED = 300;

interface Behind {
  person_id: string;
  loan_id: string;
  loan_number: string;
  customer_number: string;
  name: string;
}

/**
 * People behind past-due accounts, by customer number, each with what the gate says of every channel: allowed, or why not.
 * Hours, caps and holidays pass by themselves and do not count.
 */
export async function readReachPeople(pool: Pool, query: ReachPeopleQuery, look: Look): Promise<ReachPeople> {
  const late = await feedLate(pool, look.nowMs);
  const found: ReachPerson[] = [];
  let after = readCursor(query.cursor, 1);
  for (let asked = 0; asked < MOST_ASKED;) {
    const page = await behindAfter(pool, after, look, query.limit);
    for (const each of page) {
      asked += 1;
      after = [each.customer_number];
      const facts = await loadGateFacts(pool, { personId: each.person_id, loanId: each.loan_id, nowMs: look.nowMs, feedLate: late }); // prettier-ignore
      const channels = CHANNELS.map((channel) => {
        const answer = judge(facts, { channel, loanId: each.loan_id, nowMs: look.nowMs, ruleset: shippedRuleset });
        return { channel, refused: answer === null ? null : { rule: answer.rule, words: answer.words, lacks: answer.field } }; // prettier-ignore
      });
      const fits = query.channel === undefined || channels.some(({ channel, refused }) => channel === query.channel && refused !== null); // prettier-ignore
      if (fits) found.push({ personId: each.person_id, name: each.name, loanId: each.loan_id, loanNumber: each.loan_number, channels }); // prettier-ignore
      if (found.length === query.limit) return { rows: found, next: writeCursor(after) };
    }
    if (page.length < query.limit) return { rows: found, next: null };
  }
  return { rows: found, next: after === null ? null : writeCursor(after) };
}

async function behindAfter(pool: Pool, after: readonly unknown[] | null, look: Look, limit: number): Promise<Behind[]> {
  const values = new Values();
  for (const value of sightValues(look.viewer)) values.next(value);
  const from = values.next(after?.[0] ?? null);
  return read<Behind>(
    pool,
    `select * from (
       select distinct on (p.customer_number) p.id as person_id, l.id as loan_id, l.loan_number, p.customer_number, p.first_name || ' ' || p.last_name as name
       from loan l join loan_role r on r.loan_id = l.id and r.role in ('borrower', 'co-borrower', 'cosigner', 'guarantor') join person p on p.id = r.person_id
       where l.status = 'active' and l.past_due_cents > 0 and (${from}::text is null or p.customer_number > ${from}::text) and ${maySee(1)}
       order by p.customer_number, l.loan_number) b
     order by customer_number limit ${values.next(limit)}`,
    values.list,
  );
}

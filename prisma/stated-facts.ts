import type { StateFact } from '../api/schemas/stated-facts.ts';
import { localDateAt } from '../domain/calendar/zones.ts';
import { businessNow } from './business-clock.ts';
import { lockObligors } from './locks.ts';
import { newsForLoans } from './outbox.ts';
import { one } from './pool.ts';
import type { Client } from './pool.ts';
import { refused } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { recordEvent } from './timeline.ts';

/** The newest statement of each kind about the loan `l`, as one JSON object; of an earlier delinquency only what outlives it. */
export const STATED = `(select jsonb_object_agg(kind, value || jsonb_build_object('at', at)) from (
    select distinct on (f.kind) f.kind, f.value, f.at from stated_fact f
    where f.loan_id = l.id and f.kind <> 'military-search'
      and (f.kind in ('recheck', 'draws-suspended') or f.at >= coalesce(l.episode_started_on, l.next_due_on)::timestamptz)
    order by f.kind, f.at desc, f.id) newest)`;

/** The newest military-status search of each obligor of the loan `l`; null in the list for one who has none. */
export const SEARCHES = `(select jsonb_agg((select f.value from stated_fact f
      where f.loan_id = l.id and f.kind = 'military-search' and f.person_id = r.person_id order by f.at desc, f.id limit 1))
    from loan_role r where r.loan_id = l.id and r.role in ('borrower', 'co-borrower', 'cosigner', 'guarantor'))`;

/** What {@link STATED} gives. A kind that nobody stated is missing: unknown. */
export interface Stated {
  recheck?: { at: string };
  'sale-notice'?: { mailedOn: string; complete: boolean };
  'loss-mitigation'?: { pending: boolean };
  'forced-insurance-only'?: { only: boolean };
  'draws-suspended'?: { on: string | null };
}

export type Search = Omit<Extract<StateFact, { kind: 'military-search' }>, 'kind' | 'personId'>;

/** States a fact under a name. It takes the locks of the claim: the gate reads what is stated. */
export async function stateFact(
  client: Client,
  order: { loanId: string; fact: StateFact; actor: string; lenderZone: string },
): Promise<{ kind: 'stated'; id: string } | Refusal<'fact-in-the-future'>> {
  await lockObligors(client, order.loanId);
  const atMs = await businessNow(client);
  const { kind, ...rest } = order.fact;
  const { personId = null, ...value } = { personId: undefined, ...rest };
  const today = localDateAt(atMs, order.lenderZone);
  const done = [
    order.fact.kind === 'military-search' ? order.fact.searchedOn : null,
    order.fact.kind === 'sale-notice' ? order.fact.mailedOn : null,
    order.fact.kind === 'draws-suspended' ? order.fact.on : null,
  ];
  if (done.some((on) => on !== null && on > today)) return refused('fact-in-the-future');
  const { rows } = await client.query<{ id: string; case_id: string | null }>(
    `insert into stated_fact (loan_id, person_id, kind, value, at, branch_id, portfolio_id, actor)
     select l.id, $2, $3, $4, to_timestamp($5::double precision / 1000), l.branch_id, l.portfolio_id, $6 from loan l where l.id = $1
     returning id, (select id from collection_case where loan_id = $1 and status = 'open') as case_id`,
    [order.loanId, personId, kind, JSON.stringify(value), atMs, order.actor],
  );
  const { id, case_id } = one(rows);
  await recordEvent(client, {
    kind: 'fact-stated',
    atMs,
    actor: order.actor,
    loanId: order.loanId,
    personId,
    caseId: case_id,
    data: { fact: kind, ...value },
  });
  await newsForLoans(client, [order.loanId]);
  return { kind: 'stated', id };
}

/**
 * The searches of all who owe as one: the oldest day, and covered when one of them is. While somebody was not searched for,
 * there is no search (50 USC 3931 protects each servicemember for themselves).
 */
export function searchOfAll(searches: readonly (Search | null)[] | null): Search | null {
  if (searches === null || searches.length === 0 || searches.includes(null)) return null;
  const all = searches.filter((search) => search !== null);
  const covered = all.find((search) => search.covered);
  const inService = covered ?? all.find((search) => search.serviceStart !== null) ?? all[0];
  if (inService === undefined) return null;
  const oldest = all.map((search) => search.searchedOn).toSorted()[0] ?? inService.searchedOn;
  return { ...inService, searchedOn: oldest };
}

import type { Client } from './pool.ts';
import { recordEvent } from './timeline.ts';

/** A person to find: by bank policy within three days. */
const DUE = `interval '3 days'`;

/** Whether any way to reach a person is left: a good number, a good mailbox, or an address from which mail does not come back. */
export async function hasGoodChannel(client: Client, personId: string): Promise<boolean> {
  const { rows } = await client.query<{ left: boolean }>(
    `select (p.mailing_line1 is not null and p.bad_address_on is null)
         or exists (select 1 from person_address pa join address a on a.id = pa.address_id
                    where pa.person_id = p.id and a.bad_since is null and a.wrong_number_at is null) as left
     from person p where p.id = $1`,
    [personId],
  );
  return rows[0]?.left ?? false;
}

/**
 * Asks a person to find out where somebody can be reached; one open item a person, whatever comes back how often. The
 * caller holds the person's lock.
 */
export async function openLocateItem(
  client: Client,
  about: { personId: string; because: string; atMs: number; actor: string },
): Promise<void> {
  const { rows } = await client.query<{ id: string; loan_id: string | null; case_id: string | null }>(
    `insert into work_item (kind, title, loan_id, person_id, case_id, detail, due_at, requested_by, created_at, actor)
     select 'locate', 'Find a good address', l.loan_id, $1, l.case_id, jsonb_build_object('because', $2::text), w.at + ${DUE}, $4, w.at, $4
     from (select to_timestamp($3::double precision / 1000) as at) w
     left join lateral (
       select r.loan_id, c.id as case_id from loan_role r join loan n on n.id = r.loan_id
       left join collection_case c on c.loan_id = r.loan_id and c.status = 'open'
       where r.person_id = $1 and r.role <> 'owner-not-obligor' order by (c.id is null), n.past_due_cents desc, n.loan_number limit 1) l on true
     where not exists (select 1 from work_item i where i.kind = 'locate' and i.state = 'open' and i.person_id = $1)
     returning id, loan_id, case_id`,
    [about.personId, about.because, about.atMs, about.actor],
  );
  const [item] = rows;
  if (item === undefined) return;
  await recordEvent(client, {
    kind: 'task-opened',
    atMs: about.atMs,
    actor: about.actor,
    loanId: item.loan_id,
    personId: about.personId,
    caseId: item.case_id,
    data: { itemId: item.id, title: 'Find a good address', why: about.because },
  });
}

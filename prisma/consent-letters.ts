import type { Client, Queryable } from './pool.ts';
import { maySee, sightValues } from './sight.ts';
import type { Viewer } from './sight.ts';

/** One a person a year: who did not answer is not asked again and again. Bank policy. */
const ASK_AGAIN_DAYS = 365;

/**
 * People behind past-due accounts who have a mobile number and a mailing address, have not stopped texts, and of whose
 * consent to texts nothing is on record. `$1`, `$2`: the viewer's sight; `$3`: business now in ms.
 */
const WITHOUT_CONSENT = `
  select distinct on (p.id) p.id as person_id, l.id as loan_id, p.customer_number,
    concat_ws(E'\\n', p.first_name || ' ' || p.last_name, p.mailing_line1, p.mailing_line2,
      concat_ws(' ', p.mailing_city, p.mailing_state, p.mailing_zip)) as destination, p.language
  from loan l join loan_role r on r.loan_id = l.id and r.role in ('borrower', 'co-borrower') join person p on p.id = r.person_id
  where l.status = 'active' and l.past_due_cents > 0 and ${maySee(1)}
    and p.mailing_line1 is not null and p.bad_address_on is null
    and exists (select 1 from person_address pa join address a on a.id = pa.address_id where pa.person_id = p.id
      and a.kind = 'phone' and coalesce(a.line_type, 'mobile') = 'mobile' and a.opted_out_at is null and a.wrong_number_at is null)
    and not exists (select 1 from person_address pa join address a on a.id = pa.address_id where pa.person_id = p.id
      and a.kind = 'phone' and (pa.consent_by = 'consumer' or a.opted_out_at is not null))
    and not exists (select 1 from send s where s.person_id = p.id and s.template = 'consent-capture' and s.status not in ('recalled', 'failed')
      and s.decided_at > to_timestamp($3::double precision / 1000) - interval '${ASK_AGAIN_DAYS} days')
  order by p.id, l.loan_number`;

/** How many people a consent letter would go to now. */
export async function countWithoutConsent(db: Queryable, viewer: Viewer, nowMs: number): Promise<number> {
  const { rows } = await db.query<{ n: number }>(`select count(*)::int as n from (${WITHOUT_CONSENT}) w`, [
    ...sightValues(viewer),
    nowMs,
  ]);
  return rows[0]?.n ?? 0;
}

/**
 * Orders a letter that asks for consent to each of them. The worker asks the gate, words it and puts it into the print
 * queue, from which a person releases it; a second order while the first is under way finds nobody left.
 * @returns how many were ordered
 */
export async function orderConsentLetters(
  client: Client,
  order: { viewer: Viewer; actor: string; nowMs: number },
): Promise<number> {
  // Two who click at once: the second waits, and counts what the first has left.
  await client.query(`select pg_advisory_xact_lock(hashtextextended('consent-letters', 9))`);
  const { rowCount } = await client.query(
    `with due as (${WITHOUT_CONSENT}),
     ordered as (
       insert into send (send_key, channel, purpose, person_id, to_value, template, template_version, language, body, body_hash, status, mode, decided_at, actor)
       select 'consent-capture/' || person_id || '/' || floor($3::double precision / 86400000)::bigint, 'letter', 'consent-request', person_id, destination, 'consent-capture', '',
         coalesce(language, 'en'), '', '', 'prepared', 'on', to_timestamp($3::double precision / 1000), $4 from due
       on conflict (send_key) do nothing returning id, person_id)
     insert into send_item (send_id, loan_id, family, occurrence, actor)
     select o.id, d.loan_id, 'consent-capture', to_char(to_timestamp($3::double precision / 1000), 'YYYY'), $4
     from ordered o join due d on d.person_id = o.person_id`,
    [...sightValues(order.viewer), order.nowMs, order.actor],
  );
  return rowCount ?? 0;
}

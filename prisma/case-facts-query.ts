import { STATED } from './stated-facts.ts';

/** What case-facts.ts reads of some cases ($1: their ids), in one statement. */

const MS = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`;
// Dates of a person's instants are read in the mailing zone; without one, in the lender's.
const ON = (column: string): string => `(${column} at time zone coalesce(z.zone, 'America/New_York'))::date`;

export const CASE_FACTS = `
  select c.id as case_id, c.loan_id, c.status, c.news_seq, c.policy, c.policy_version, c.opened_on::text as opened_on,
    jsonb_build_object('id', l.id, 'product', l.product, 'status', l.status, 'investor', l.investor, 'nextDueOn', l.next_due_on,
      'pastDueCents', l.past_due_cents, 'paymentCents', l.payment_cents, 'frequency', l.payment_frequency, 'dueDay', l.payment_due_day,
      'graceDays', l.grace_days, 'autopay', l.autopay, 'nextDraftOn', l.next_draft_on, 'openEnd', l.open_end, 'lastPaymentOn', l.last_payment_on, 'originatedOn', l.originated_on,
      'occupancy', (select max(occupancy) from collateral k where k.loan_id = l.id and k.kind = 'property'),
      'titlePerfectedOn', (select max(title_perfected_on) from collateral k where k.loan_id = l.id),
      'absentSince', l.absent_since, 'planActive', l.plan_active, 'episodeStartedOn', l.episode_started_on, 'smallServicer', l.small_servicer,
      'governingState', l.governing_state) as loan,
    (select jsonb_agg(jsonb_build_object('personId', p.id, 'role', r.role, 'zone', p.mailing_zone, 'residenceZone', p.residence_zone,
       'state', p.mailing_state, 'residenceState', p.residence_state,
       'phones', (select coalesce(jsonb_agg(a.value order by a.value), '[]') from person_address pa join address a on a.id = pa.address_id
                  where pa.person_id = p.id and a.kind = 'phone')) order by r.role, p.id)
     from loan_role r join person p on p.id = r.person_id where r.loan_id = l.id and r.role <> 'owner-not-obligor') as people,
    (select jsonb_agg(jsonb_build_object('amountCents', amount_cents, 'receivedAtMs', ${MS('received_at')}, 'settlesOn', settles_on, 'method', method, 'state', state)
       order by received_at, id) from payment where loan_id = l.id and state <> 'cancelled') as payments,
    (select jsonb_agg(jsonb_build_object('id', id, 'madeOn', ${ON('made_at')}, 'amountCents', amount_cents, 'dueOn', due_on, 'decideOn', decide_on,
       'state', state, 'decidedOn', ${ON('decided_at')}) order by made_at, id)
     from promise where loan_id = l.id and state <> 'proposed' and made_at >= coalesce(l.episode_started_on, l.next_due_on)::timestamptz) as promises,
    (select jsonb_agg(jsonb_build_object('reason', case reason when 'identity-theft' then 'dispute' when 'reply-review' then 'manual' when 'paid-claim' then 'manual'
         when 'missing-from-file' then 'manual' when 'days-past-due-differ' then 'manual' else reason end,
       'placedAtMs', ${MS('placed_at')}, 'reviewOn', review_on, 'liftedAtMs', ${MS('lifted_at')}, 'scope', scope, 'untilMs', ${MS("(until_on + 1)::timestamp at time zone coalesce(z.zone, 'America/New_York')")}) order by placed_at, id)
     from hold where lifted_at is null and (loan_id = l.id or person_id = any(z.persons))) as holds,
    (select array_agg(distinct case kind when 'bankruptcy' then 'bankruptcy-stay' when 'cease' then 'cease-all' when 'litigation' then 'litigation-hold'
         when 'self-harm' then 'self-harm-signal' else kind end)
     from legal_stop where lifted_at is null and person_id = z.borrower and (loan_id is null or loan_id = l.id)
       and kind in ('bankruptcy', 'deceased', 'attorney', 'cease', 'identity-theft', 'litigation', 'self-harm')) as stops,
    (select jsonb_agg(jsonb_build_object('family', family, 'occurrence', occurrence, 'atMs', ${MS('at')}, 'outcome', outcome, 'channel', channel) order by at, id)
     from step_done where loan_id = l.id and person_id is null) as steps,
    (select jsonb_agg(jsonb_build_object('family', family, 'occurrence', occurrence, 'untilMs', ${MS('until_at')}) order by family, occurrence)
     from step_deferral where loan_id = l.id) as deferrals,
    (select jsonb_agg(jsonb_build_object('atMs', ${MS('at')}, 'channel', case when channel in ('voicemail', 'prerecorded-call') then 'call' else channel end,
       'code', coalesce(letter_code, template)) order by at, id)
     from contact where loan_ids @> array[l.id] and person_id = any(z.persons) and direction = 'out' and source <> 'makegood') as contacts,
    (select jsonb_agg(jsonb_build_object('family', i.family, 'mailedOn', s.mailed_on, 'deliveredOn', null) order by s.mailed_on, s.id)
     from send_item i join send s on s.id = i.send_id where i.loan_id = l.id and s.channel = 'letter' and s.mailed_on is not null) as letters,
    exists (select from send_item i join send s on s.id = i.send_id join policy_version v on v.policy = i.policy and v.version = i.policy_version
       where i.loan_id = l.id and s.channel = 'letter' and s.mailed_on is not null
         and v.content -> 'steps' @> jsonb_build_array(jsonb_build_object('id', i.step, 'enclosures', jsonb_build_array('b-1')))) as b1_mailed,
    coalesce((select count(*)::int from core_transaction t where t.loan_id = l.id and t.code = 'payment' and t.posted_on > l.next_due_on - 185
       and extract(day from t.posted_on)::int - coalesce(l.payment_due_day, extract(day from l.next_due_on)::int) between 1 and coalesce(l.grace_days, 0)), 0) as grace_hits,
    ${STATED} as stated,
    (select jsonb_object_agg(key, value) from lender_setting where key in ('furnishesToBureaus', 'coreMails', 'breachForms')) as settings
  from collection_case c
  join loan l on l.id = c.loan_id
  join lateral (
    select (array_agg(p.mailing_zone) filter (where r.role = 'borrower'))[1] as zone, array_agg(p.id) as persons,
           (array_agg(p.id) filter (where r.role = 'borrower'))[1] as borrower
    from loan_role r join person p on p.id = r.person_id where r.loan_id = l.id
  ) z on true
  where c.id = any($1::uuid[])`;

import type { Product } from '../../api/schemas/common.ts';
import type { Reach } from '../../api/schemas/reach.ts';
import type { Pool } from '../pool.ts';
import { maySee, sightValues } from '../sight.ts';
import type { Look } from './moment.ts';
import { read } from './prepared.ts';

/**
 * Of the people behind past-due accounts: whom could we reach at a good hour, and what stands in the way. Stops, consent and
 * bad addresses count here; hours, caps and holidays pass by themselves and do not.
 */
const PEOPLE = `
  with behind as (
    select distinct r.person_id, l.product, l.id as loan_id from loan l join loan_role r on r.loan_id = l.id
    where l.status = 'active' and l.past_due_cents > 0 and l.next_due_on < $3::date
      and r.role in ('borrower', 'co-borrower', 'cosigner', 'guarantor') and ${maySee(1)}
  ), stopped as (
    select distinct person_id from legal_stop where lifted_at is null
      and kind in ('bankruptcy', 'deceased', 'attorney', 'cease', 'identity-theft', 'litigation', 'self-harm')
  ), person_reach as (
    select b.person_id, b.product,
      s.person_id is not null as stopped,
      coalesce(bool_or(a.kind = 'phone'), false) as has_phone,
      coalesce(bool_or(a.kind = 'mailbox'), false) as has_mail,
      coalesce(bool_or(a.kind = 'phone' and coalesce(a.line_type, 'mobile') = 'mobile'), false) as has_mobile,
      coalesce(bool_or(a.kind = 'phone' and coalesce(a.line_type, 'mobile') = 'mobile' and pa.consent_by = 'consumer' and a.opted_out_at is null
        and a.wrong_number_at is null and a.bad_since is null and a.carrier_blocked_at is null and pa.type <> 'work'), false) as sms_address,
      coalesce(bool_or(a.kind = 'phone' and coalesce(a.line_type, 'mobile') = 'mobile' and a.opted_out_at is not null), false) as sms_stopped,
      coalesce(bool_or(a.kind = 'phone' and coalesce(a.line_type, 'mobile') = 'mobile' and pa.consent_by is distinct from 'consumer'), false) as sms_no_consent,
      coalesce(bool_or(a.kind = 'phone' and a.wrong_number_at is null and a.bad_since is null and pa.type <> 'work'), false) as call_address,
      coalesce(bool_or(a.kind = 'mailbox' and a.opted_out_at is null and a.bad_since is null), false) as email_address,
      coalesce(bool_or(a.kind = 'mailbox' and a.opted_out_at is not null), false) as email_stopped,
      coalesce(bool_or(a.bad_since is not null or a.wrong_number_at is not null), false) as bad_address,
      p.mailing_line1 is not null and p.bad_address_on is null as letter_address,
      exists (select 1 from medium_ban m where m.person_id = b.person_id and m.lifted_at is null and m.medium = 'sms') as ban_sms,
      exists (select 1 from medium_ban m where m.person_id = b.person_id and m.lifted_at is null and m.medium = 'call') as ban_call,
      exists (select 1 from medium_ban m where m.person_id = b.person_id and m.lifted_at is null and m.medium = 'email') as ban_email,
      exists (select 1 from medium_ban m where m.person_id = b.person_id and m.lifted_at is null and m.medium = 'letter') as ban_letter
    from behind b join person p on p.id = b.person_id
    left join stopped s on s.person_id = b.person_id
    left join person_address pa on pa.person_id = b.person_id left join address a on a.id = pa.address_id
    group by b.person_id, b.product, s.person_id, p.mailing_line1, p.bad_address_on
  ), reach as (
    select person_id, product, stopped, has_phone, has_mobile, has_mail, sms_stopped, sms_no_consent, email_stopped, bad_address, letter_address,
      not stopped and sms_address and not ban_sms as sms, not stopped and call_address and not ban_call as call,
      not stopped and email_address and not ban_email as email, not stopped and letter_address and not ban_letter as letter,
      ban_sms or ban_call or ban_email or ban_letter as banned
    from person_reach
  )`;

interface Totals {
  people: number;
  reachable: number;
  sms: number;
  call: number;
  email: number;
  letter: number;
  stopped: number;
  no_mobile: number;
  sms_stopped: number;
  sms_no_consent: number;
  no_phone: number;
  no_mail: number;
  email_stopped: number;
  bad_address: number;
  no_letter: number;
  banned: number;
}

export async function readReach(pool: Pool, look: Look): Promise<Reach> {
  const person = (condition: string): string => `count(distinct person_id) filter (where ${condition})::int`;
  const rows = await read<Totals & { product: Product | null; whole: boolean; none: number }>(
    pool,
    `${PEOPLE} select product, grouping(product) = 1 as whole, count(distinct person_id)::int as people, ${person('sms or call or email or letter')} as reachable,
       ${person('sms')} as sms, ${person('call')} as call, ${person('email')} as email, ${person('letter')} as letter,
       ${person('not (sms or call or email or letter)')} as none,
       ${person('stopped')} as stopped, ${person('not has_mobile')} as no_mobile, ${person('not sms and sms_stopped')} as sms_stopped,
       ${person('not sms and not sms_stopped and sms_no_consent')} as sms_no_consent, ${person('not has_phone')} as no_phone, ${person('not has_mail')} as no_mail,
       ${person('not email and email_stopped')} as email_stopped, ${person('bad_address')} as bad_address, ${person('not letter_address')} as no_letter, ${person('banned')} as banned
     from reach group by grouping sets ((), (product)) order by product`,
    [...sightValues(look.viewer), look.today],
  );
  const totals = rows.find((row) => row.whole);
  if (totals === undefined) throw new Error('a grand total is always there');
  const byProduct = rows.flatMap(({ product, people, sms, email, call, letter, none }) =>
    product === null ? [] : [{ product, people, sms, email, call, letter, none }],
  );
  const barrier = (
    channel: Reach['barriers'][number]['channel'],
    name: string,
    title: string,
    people: number,
  ): Reach['barriers'][number] => ({
    channel,
    barrier: name,
    title,
    people,
    open: null,
  });
  return {
    people: totals.people,
    reachable: totals.reachable,
    byChannel: (['sms', 'call', 'email', 'letter'] as const).map((channel) => ({ channel, people: totals[channel] })),
    byProduct,
    barriers: [
      barrier('all', 'legal-stop', 'A legal stop stands', totals.stopped),
      barrier('all', 'asked-not-to', 'Asked not to be reached by some medium', totals.banned),
      barrier('all', 'bad-address', 'A number or mailbox is wrong or leads nowhere', totals.bad_address),
      barrier('sms', 'no-mobile', 'No mobile number on file', totals.no_mobile),
      barrier('sms', 'opted-out', 'Texts were stopped', totals.sms_stopped),
      barrier('sms', 'no-consent', 'No consent to texts on record', totals.sms_no_consent),
      barrier('call', 'no-phone', 'No telephone number on file', totals.no_phone),
      barrier('email', 'no-mailbox', 'No e-mail address on file', totals.no_mail),
      barrier('email', 'opted-out', 'E-mail was stopped', totals.email_stopped),
      barrier('letter', 'no-address', 'No good mailing address', totals.no_letter),
    ].filter((each) => each.people > 0),
  };
}

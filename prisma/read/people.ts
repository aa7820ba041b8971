import type { CasePerson, ContactPoint } from '../../api/schemas/cases.ts';
import type { Pool } from '../pool.ts';
import { maySee, sightValues } from '../sight.ts';
import type { Viewer } from '../sight.ts';
import { maskValue } from './mask.ts';
import { isoOrNull, read } from './prepared.ts';

interface PersonRow {
  id: string;
  first_name: string;
  last_name: string;
  role: string;
  language: string;
  customer_number: string;
  tax_id_last4: string | null;
  mailing: CasePerson['mailing'];
  bad_address_on: string | null;
  servicemember: boolean | null;
  stops: CasePerson['stops'];
  bans: CasePerson['bans'];
  quiet_times: CasePerson['quietTimes'];
  call_consents: CasePerson['callConsents'];
  other_loans: CasePerson['otherLoans'];
}

interface AddressRow {
  person_id: string;
  address_id: string;
  kind: ContactPoint['kind'];
  type: ContactPoint['type'];
  value: string;
  consent_by: string | null;
  consent_at: Date | null;
  consent_source: string | null;
  call_consent: boolean | null;
  opted_out_at: Date | null;
  opted_in_at: Date | null;
  wrong_number_at: Date | null;
  verified_at: Date | null;
  bad_since: Date | null;
  bad_reason: string | null;
  review_hold_since: Date | null;
  last_inbound_at: Date | null;
  shared_with: number;
}

const ISO = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const PEOPLE = `
  select p.id, p.first_name, p.last_name, r.role, p.language, p.customer_number, p.tax_id_last4, p.bad_address_on, p.servicemember,
    jsonb_build_object('line1', p.mailing_line1, 'city', p.mailing_city, 'state', p.mailing_state, 'zip', p.mailing_zip, 'zone', p.mailing_zone) as mailing,
    (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'kind', s.kind, 'at', ${ISO('s.at')}, 'source', s.source, 'loanOnly', s.loan_id is not null) order by s.at), '[]')
     from legal_stop s where s.person_id = p.id and s.lifted_at is null and (s.loan_id is null or s.loan_id = $1)) as stops,
    (select coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'medium', b.medium, 'at', ${ISO('b.at')}, 'source', b.source) order by b.at), '[]')
     from medium_ban b where b.person_id = p.id and b.lifted_at is null) as bans,
    (select coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'from', q.from_local, 'to', q.to_local, 'days', q.days, 'channels', q.channels, 'untilOn', q.until_on) order by q.at), '[]')
     from quiet_time q where q.person_id = p.id and q.lifted_at is null) as quiet_times,
    (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'kind', k.kind, 'onDate', k.on_date, 'recordedAt', ${ISO('k.recorded_at')}) order by k.recorded_at), '[]')
     from contact_consent k where k.person_id = p.id and k.withdrawn_at is null) as call_consents,
    (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'loanNumber', l.loan_number, 'product', l.product, 'pastDueCents', l.past_due_cents) order by l.loan_number), '[]')
     from loan_role o join loan l on l.id = o.loan_id where o.person_id = p.id and l.id <> $1 and ${maySee(2)}) as other_loans
  from loan_role r join person p on p.id = r.person_id
  where r.loan_id = $1
  order by array_position(array['borrower', 'co-borrower', 'cosigner', 'guarantor', 'authorised-user', 'owner-not-obligor'], r.role), p.id`;

const ADDRESSES = `
  select pa.person_id, a.id as address_id, a.kind, pa.type, a.value, pa.consent_by, pa.consent_at, pa.consent_source, pa.call_consent,
    a.opted_out_at, a.opted_in_at, a.wrong_number_at, a.verified_at, a.bad_since, a.bad_reason, a.review_hold_since, a.last_inbound_at,
    (select count(*)::int - 1 from person_address o where o.address_id = a.id) as shared_with
  from person_address pa join address a on a.id = pa.address_id
  where pa.person_id in (select person_id from loan_role where loan_id = $1)
  order by pa.rank, a.kind, a.value`;

/** What the case page says of each person, before the clock and the gate are asked. */
export type PersonOnFile = Omit<CasePerson, 'localTime'>;

/** Everybody on a loan, the borrower first. Numbers are masked unless the role may see them. */
export async function readPeople(
  pool: Pool,
  loanId: string,
  who: { viewer: Viewer; unmasked: boolean },
): Promise<PersonOnFile[]> {
  const [people, addresses] = await Promise.all([
    read<PersonRow>(pool, PEOPLE, [loanId, ...sightValues(who.viewer)]),
    read<AddressRow>(pool, ADDRESSES, [loanId]),
  ]);
  return people.map((row) => ({
    id: row.id,
    name: `${row.first_name} ${row.last_name}`,
    role: row.role,
    language: row.language,
    customerNumber: row.customer_number,
    taxIdLast4: row.tax_id_last4,
    mailing: who.unmasked ? row.mailing : { ...row.mailing, line1: row.mailing.line1 === null ? null : '•••' },
    badAddressOn: row.bad_address_on,
    servicemember: row.servicemember,
    contactPoints: addresses
      .filter((each) => each.person_id === row.id)
      .map((each) => contactPoint(each, who.unmasked)),
    stops: row.stops,
    bans: row.bans,
    quietTimes: row.quiet_times,
    callConsents: row.call_consents,
    otherLoans: row.other_loans,
  }));
}

function contactPoint(row: AddressRow, unmasked: boolean): ContactPoint {
  return {
    addressId: row.address_id,
    kind: row.kind,
    type: row.type,
    value: unmasked ? row.value : maskValue(row.value),
    masked: !unmasked,
    consent: { by: row.consent_by, at: isoOrNull(row.consent_at), source: row.consent_source },
    callConsent: row.call_consent,
    optedOutAt: isoOrNull(row.opted_out_at),
    optedInAt: isoOrNull(row.opted_in_at),
    wrongNumberAt: isoOrNull(row.wrong_number_at),
    verifiedAt: isoOrNull(row.verified_at),
    badSince: isoOrNull(row.bad_since),
    badReason: row.bad_reason,
    reviewHoldSince: isoOrNull(row.review_hold_since),
    lastInboundAt: isoOrNull(row.last_inbound_at),
    sharedWith: row.shared_with,
  };
}

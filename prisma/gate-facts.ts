import type { GateFacts } from '../domain/gate/facts.ts';
import { zonesOfAreaCode, statesOfAreaCode } from '../domain/gate/data/area-codes.ts';
import type { Queryable } from './pool.ts';
import { one } from './pool.ts';
import { stopFacts } from './gate-stops.ts';
import { actionFacts, gateProduct } from './gate-account.ts';
import type { AccountRow } from './gate-account.ts';
import { SEARCHES, STATED } from './stated-facts.ts';

const HISTORY_DAYS = 45;

/**
 * Everything the gate must know about one person and one loan at `nowMs`. Read statement by statement after the locks, so
 * each sees what the previous holder of the locks committed.
 */
export async function loadGateFacts(
  db: Queryable,
  about: { personId: string; loanId: string; nowMs: number; feedLate: boolean | null },
): Promise<GateFacts> {
  const account = one((await db.query<AccountRow>(ACCOUNT, [about.loanId, about.personId])).rows);
  const addresses = (await db.query<AddressRow>(ADDRESSES, [about.personId])).rows;
  const history = (
    await db.query<HistoryRow>(HISTORY, [about.personId, about.nowMs - HISTORY_DAYS * 86_400_000, about.nowMs])
  ).rows;
  const wishes = one((await db.query<WishesRow>(WISHES, [about.personId, about.loanId])).rows);
  const stops = await stopFacts(db, about);
  return {
    mode: account.mode,
    licence: 'not-required',
    product: gateProduct(account.product),
    daysPastDue: account.days_past_due,
    principalResidence: account.occupancy === null ? null : account.occupancy === 'owner',
    coreDataAsOf: iso(account.snapshot_at),
    expectedFileLate: about.feedLate,
    paymentPostedAt: iso(account.newest_payment_at),
    mailing: {
      state: account.mailing_state,
      zone: account.mailing_zone,
      city: cityWithRules(account.mailing_city, account.mailing_state),
    },
    residence:
      account.residence_state === null && account.residence_zone === null
        ? null
        : {
            state: account.residence_state,
            zone: account.residence_zone,
            city: cityWithRules(account.residence_city, account.residence_state),
          },
    phones: addresses.filter((row) => row.kind === 'phone').map(phoneFacts),
    emails: addresses.filter((row) => row.kind === 'mailbox').map(emailFacts),
    statedLocation:
      account.stated_zone === null || account.stated_zone_at === null
        ? null
        : { zone: account.stated_zone, at: account.stated_zone_at.toISOString() },
    inconvenient: wishes.quiet,
    timeConsent: wishes.time_consent,
    callConsent: wishes.call_consent,
    history: history.map((row) => historyEvent(row, about.loanId)),
    electronicConsent: {
      sms: wishes.electronic.includes('electronic-sms'),
      email: wishes.electronic.includes('electronic-email'),
    },
    mediumBans: wishes.bans,
    senderRegistered: true,
    smsProgramApproved: false,
    ...stops,
    ...actionFacts(account),
  };
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Only a city with rules of its own is named. The five boroughs' mail uses these names. */
function cityWithRules(city: string | null, state: string | null): string | null {
  if (city === null || state !== 'NY') return null;
  const boroughs = new Set([
    'new york',
    'new york city',
    'brooklyn',
    'bronx',
    'the bronx',
    'queens',
    'staten island',
    'manhattan',
    'flushing',
    'jamaica',
    'astoria',
    'long island city',
  ]);
  return boroughs.has(city.trim().toLowerCase()) ? 'New York City' : null;
}

interface AddressRow {
  id: string;
  kind: 'phone' | 'mailbox';
  value: string;
  line_type: 'mobile' | 'landline' | null;
  type: string;
  consent_by: 'consumer' | 'skip-trace' | null;
  consent_at: Date | null;
  esign_consent_at: Date | null;
  employer_objected: boolean;
  opted_out_at: Date | null;
  wrong_number_at: Date | null;
  rnd_answer: 'no' | 'yes' | 'no-data' | null;
  rnd_at: Date | null;
  last_inbound_at: Date | null;
  verified_at: Date | null;
}

const ADDRESSES = `
  select a.id, a.kind, a.value, a.line_type, pa.type, pa.consent_by, pa.consent_at, pa.esign_consent_at, pa.employer_objected,
         a.opted_out_at, a.wrong_number_at, a.rnd_answer, a.rnd_at, a.last_inbound_at, a.verified_at
  from person_address pa join address a on a.id = pa.address_id
  where pa.person_id = $1 order by pa.rank, a.value`;

function phoneFacts(row: AddressRow): NonNullable<GateFacts['phones']>[number] {
  const areaCode = row.value.startsWith('+1') ? row.value.slice(2, 5) : '';
  return {
    id: row.id,
    kind: row.line_type ?? 'mobile',
    zones: zonesOfAreaCode(areaCode),
    states: statesOfAreaCode(areaCode),
    consent: row.consent_by === null ? null : { by: row.consent_by, at: iso(row.consent_at) },
    optedOutAt: iso(row.opted_out_at),
    optedOutDebt: null,
    wrongNumberAt: iso(row.wrong_number_at),
    rnd:
      row.rnd_answer === null || row.rnd_at === null ? null : { answer: row.rnd_answer, at: row.rnd_at.toISOString() },
    lastInboundAt: iso(row.last_inbound_at),
    work: row.type === 'work',
    employerObjected: row.employer_objected,
    verifiedAt: iso(row.verified_at),
  };
}

function emailFacts(row: AddressRow): GateFacts['emails'][number] {
  return {
    id: row.id,
    address: row.value,
    // An address the consumer gave for this loan is theirs unless they called it their work's; any other is judged by its domain.
    employerProvided: row.consent_by === 'consumer' ? row.type === 'work' : null,
    source: row.consent_by === 'consumer' ? 'consumer' : row.consent_by === 'skip-trace' ? 'found' : null,
    noticeOptOutEndsOn: null,
    readByOthers: false,
    consumerWroteFromAt: iso(row.last_inbound_at),
    esignConsent: row.esign_consent_at !== null,
    optedOutAt: iso(row.opted_out_at),
  };
}

interface HistoryRow {
  at: Date;
  direction: 'out' | 'in';
  channel: GateFacts['history'][number]['channel'];
  outcome: string | null;
  purpose: GateFacts['history'][number]['purpose'];
  number_kind: 'personal' | 'other';
  consented: boolean;
  loan_ids: string[];
}

const HISTORY = `
  select at, direction, channel, outcome, purpose, number_kind, consented, loan_ids
  from contact
  where person_id = $1 and at > to_timestamp($2::double precision / 1000) and at <= to_timestamp($3::double precision / 1000)
  order by at, id`;

const CALL_OUTCOMES = new Set(['no-answer', 'voicemail', 'conversation', 'not-connected']);

/** One contact about several loans is one event of the person's; it counts for the asked loan when that is among them. */
function historyEvent(row: HistoryRow, loanId: string): GateFacts['history'][number] {
  return {
    at: row.at.toISOString(),
    direction: row.direction,
    channel: row.channel,
    outcome: isCallOutcome(row.outcome) ? row.outcome : null,
    purpose: row.purpose,
    debt: row.loan_ids.includes(loanId) ? loanId : (row.loan_ids[0] ?? 'none'),
    numberKind: row.number_kind,
    consented: row.consented,
  };
}

function isCallOutcome(
  outcome: string | null,
): outcome is 'no-answer' | 'voicemail' | 'conversation' | 'not-connected' {
  return outcome !== null && CALL_OUTCOMES.has(outcome);
}

interface WishesRow {
  quiet: {
    from: string;
    to: string;
    days: GateFacts['inconvenient'][number]['days'];
    channels: GateFacts['inconvenient'][number]['channels'];
  }[];
  bans: { channel: GateFacts['mediumBans'][number]['channel']; at: string }[];
  electronic: string[];
  time_consent: GateFacts['timeConsent'];
  call_consent: GateFacts['callConsent'];
}

const WISHES = `
  select
    (select coalesce(jsonb_agg(jsonb_build_object('from', from_local, 'to', to_local,
       'days', case when days = '{}' then null else to_jsonb(days) end,
       'channels', case when channels = '{}' then null else to_jsonb(channels) end)), '[]')
     from quiet_time where person_id = $1 and lifted_at is null) as quiet,
    (select coalesce(jsonb_agg(jsonb_build_object('channel', medium, 'at', to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))), '[]')
     from medium_ban where person_id = $1 and lifted_at is null) as bans,
    (select coalesce(array_agg(kind), '{}') from contact_consent
     where person_id = $1 and withdrawn_at is null and kind in ('electronic-sms', 'electronic-email')) as electronic,
    (select jsonb_build_object('channel', channel, 'from', to_char(from_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'to', to_char(to_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
       'recordedAt', to_char(recorded_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
     from contact_consent where person_id = $1 and withdrawn_at is null and kind = 'time' order by recorded_at desc limit 1) as time_consent,
    (select jsonb_build_object('at', to_char(recorded_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'on', on_date)
     from contact_consent where person_id = $1 and (loan_id is null or loan_id = $2) and withdrawn_at is null and kind = 'call'
     order by recorded_at desc limit 1) as call_consent`;

const ACCOUNT = `
  select l.product, l.next_due_on::text as next_due_on, l.small_servicer, l.plan_active,
         greatest(l.days_past_due_reported, 0) as days_past_due,
         (select max(occupancy) from collateral where loan_id = l.id and kind = 'property') as occupancy,
         (select snapshot_at from core_feed) as snapshot_at,
         (select max(received_at) from payment where loan_id = l.id and state in ('pending', 'posted')) as newest_payment_at,
         coalesce((select value ->> 'mode' from lender_setting where key = 'mode'), 'first-party') as mode,
         p.mailing_state, p.mailing_zone, p.mailing_city, p.residence_state, p.residence_zone, p.residence_city, p.stated_zone, p.stated_zone_at,
         l.governing_state, letters.*,
         (select count(*)::int from loan_role where loan_id = l.id and role in ('cosigner', 'guarantor')) as cosigners,
         coalesce((select value ? l.governing_state from lender_setting where key = 'breachForms'), false) as breach_form_filled,
         ${STATED} as stated, ${SEARCHES} as searches
  from loan l
  join person p on p.id = $2
  left join lateral (
    select case when bool_or(family = 'right-to-cure' and role = 'borrower')
             then max(mailed_on) filter (where family = 'right-to-cure') end::text as cure_mailed_on,
           count(distinct person_id) filter (where family = 'right-to-cure' and role in ('cosigner', 'guarantor'))::int as cure_cosigners,
           max(mailed_on) filter (where family = 'breach')::text as breach_mailed_on
    from (
      select i.family, s.mailed_on, s.person_id, r.role
      from send_item i join send s on s.id = i.send_id left join loan_role r on r.loan_id = i.loan_id and r.person_id = s.person_id
      where i.loan_id = l.id and i.family in ('right-to-cure', 'breach') and s.channel = 'letter'
        and s.mailed_on >= l.next_due_on and s.status <> 'undelivered'
    ) mailed
  ) letters on true
  where l.id = $1`;

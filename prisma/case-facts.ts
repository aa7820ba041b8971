import type { CaseFacts, Obligor, PendingPayment, PromiseFact, StepDone } from '../domain/cadence/facts.ts';
import { addDays } from '../domain/calendar/days.ts';
import { cureStateRow } from '../domain/clocks/cure-states.ts';
import { zonesOfAreaCode } from '../domain/gate/data/area-codes.ts';
import type { Queryable } from './pool.ts';
import { isObligor } from './roles.ts';

/** A loan's facts for the planner, with the case and the policy that it is pinned to. */
export interface PlannedCase {
  caseId: string;
  loanId: string;
  status: 'open' | 'closed';
  policy: string;
  policyVersion: number;
  personId: string;
  facts: CaseFacts;
  /** When holds end by themselves, epoch ms; those that only a person ends are not among them. */
  holdEndsMs: number[];
}

/** Reads what the planner needs for these open or closed cases, in one statement. */
export async function loadPlannedCases(db: Queryable, caseIds: readonly string[]): Promise<PlannedCase[]> {
  const { rows } = await db.query<Row>(QUERY, [caseIds]);
  return rows.map(toPlannedCase);
}

interface Row {
  case_id: string;
  loan_id: string;
  status: 'open' | 'closed';
  policy: string;
  policy_version: number;
  opened_on: string;
  loan: LoanJson;
  people:
    | {
        personId: string;
        role: string;
        zone: string | null;
        residenceZone: string | null;
        state: string | null;
        residenceState: string | null;
        phones: string[];
      }[]
    | null;
  payments: (Omit<PendingPayment, 'state' | 'method'> & { state: string; method: PendingPayment['method'] })[] | null;
  promises:
    | {
        id: string;
        madeOn: string;
        amountCents: number | null;
        dueOn: string;
        decideOn: string | null;
        state: PromiseFact['state'];
        decidedOn: string | null;
      }[]
    | null;
  holds: (CaseFacts['holds'][number] & { scope: string; untilMs: number | null })[] | null;
  stops: string[] | null;
  steps: StepDone[] | null;
  deferrals: CaseFacts['deferrals'] | null;
  contacts: CaseFacts['importedContacts'] | null;
  letters: CaseFacts['lettersMailed'] | null;
  grace_hits: number;
  b1_mailed: boolean;
  settings: { furnishesToBureaus?: boolean; coreMails?: string[]; breachForms?: string[] } | null;
}

interface LoanJson {
  id: string;
  product: CaseFacts['loan']['product'];
  status: CaseFacts['loan']['status'];
  investor: string | null;
  nextDueOn: string | null;
  pastDueCents: number;
  paymentCents: number;
  frequency: string | null;
  dueDay: number | null;
  graceDays: number | null;
  autopay: boolean;
  nextDraftOn: string | null;
  openEnd: boolean | null;
  lastPaymentOn: string | null;
  originatedOn: string | null;
  occupancy: string | null;
  titlePerfectedOn: string | null;
  absentSince: string | null;
  planActive: boolean;
  episodeStartedOn: string | null;
  smallServicer: boolean;
  governingState: string | null;
}

function toPlannedCase(row: Row): PlannedCase {
  const people = row.people ?? [];
  const borrower = people.find((person) => person.role === 'borrower') ?? people[0];
  if (borrower === undefined) throw new Error(`loan ${row.loan_id} has nobody who owes`);
  const { loan, settings } = row;
  const cureStates = [
    ...new Set([loan.governingState, borrower.residenceState ?? borrower.state].filter((state) => state !== null)),
  ];
  return {
    caseId: row.case_id,
    loanId: row.loan_id,
    status: row.status,
    policy: row.policy,
    policyVersion: row.policy_version,
    personId: borrower.personId,
    holdEndsMs: (row.holds ?? []).flatMap((hold) => (hold.untilMs === null ? [] : [hold.untilMs])),
    facts: {
      loan: {
        id: loan.id,
        product: loan.product,
        status: loan.status,
        investor: loan.investor,
        nextDueOn: loan.nextDueOn,
        pastDueCents: loan.pastDueCents,
        paymentAmountCents: loan.paymentCents > 0 ? loan.paymentCents : null,
        paymentFrequency: frequencyOf(loan.frequency),
        paymentDueDay: loan.dueDay,
        graceDays: loan.graceDays,
        autopay: loan.autopay,
        nextDraftOn: loan.nextDraftOn,
        openEnd: loan.openEnd ?? false,
        firstPaymentDefault: isFirstPayment(loan),
        principalResidence: loan.occupancy === null ? null : loan.occupancy === 'owner',
        titlePerfected: loan.titlePerfectedOn !== null,
        drawsSuspendedOn: null,
        onlyForcedInsuranceArrears: null,
        presumedCurrent: loan.absentSince !== null,
        handedOver: false,
      },
      person: {
        id: borrower.personId,
        zone: borrower.zone,
        otherZones: otherZones(borrower),
      },
      obligors: people.flatMap((person): Obligor[] =>
        isObligor(person.role) ? [{ personId: person.personId, role: person.role }] : [],
      ),
      caseOpenedOn: row.opened_on,
      episodeStartedOn: loan.episodeStartedOn,
      graceHabit: { paidInsideGraceCount: row.grace_hits, months: 6 },
      pendingPayments: (row.payments ?? []).map(pendingPayment),
      promises: (row.promises ?? []).map(promiseFact),
      planActive: loan.planActive,
      // A hold with a last day counts as lifted from its end on.
      holds: (row.holds ?? [])
        .filter((hold) => hold.scope !== 'remedies')
        .map((hold) => ({ ...hold, liftedAtMs: hold.liftedAtMs ?? hold.untilMs })),
      legalStops: row.stops ?? [],
      stepsDone: row.steps ?? [],
      deferrals: row.deferrals ?? [],
      importedContacts: row.contacts ?? [],
      lettersMailed: row.letters ?? [],
      cure: {
        rows: cureStates.map((state) => cureStateRow(state)),
        covers:
          loan.product !== 'personal' || cureStates.some((state) => cureStateRow(state)?.coversUnsecured === true),
        noticeNeeded: true, // the repeat rules lift it only by counsel's word; a notice too many harms nobody
        homesteadMortgage: loan.product === 'mortgage' && loan.occupancy !== 'investor',
        mailGraceDays: 3,
      },
      lender: {
        furnishesToBureaus: settings?.furnishesToBureaus ?? true,
        smallServicer: loan.smallServicer,
        coreMails: settings?.coreMails ?? [],
        b1OnFile: row.b1_mailed,
        breachFormFilled: (settings?.breachForms ?? []).includes(loan.governingState ?? ''),
      },
    },
  };
}

/** A first instalment comes at most this long after the loan was made (a month, and one more that some lenders give). */
const FIRST_DUE_WITHIN_DAYS = 62;

/** Nothing was ever paid and the oldest unpaid instalment is the loan's first. Unknown dates count as no: later contact. */
function isFirstPayment({ lastPaymentOn, originatedOn, nextDueOn }: LoanJson): boolean {
  if (lastPaymentOn !== null || originatedOn === null || nextDueOn === null) return false;
  return nextDueOn <= addDays(originatedOn, FIRST_DUE_WITHIN_DAYS);
}

/** The rest of the zone set: an area code adds all its zones, unless one of them is that of an address on file. */
function otherZones(person: NonNullable<Row['people']>[number]): string[] {
  const places = [person.zone, person.residenceZone].filter((zone) => zone !== null);
  const zones = new Set(places);
  for (const phone of person.phones) {
    const own = zonesOfAreaCode(phone.slice(2, 5));
    const shared = own.filter((zone) => places.includes(zone));
    for (const zone of shared.length > 0 ? shared : own) zones.add(zone);
  }
  if (person.zone !== null) zones.delete(person.zone);
  return [...zones];
}

function pendingPayment(row: NonNullable<Row['payments']>[number]): PendingPayment {
  return {
    amountCents: row.amountCents,
    receivedAtMs: row.receivedAtMs,
    settlesOn: row.settlesOn,
    method: row.method,
    state: row.state === 'pending' ? 'in-flight' : row.state === 'posted' ? 'posted' : 'returned',
  };
}

function promiseFact(row: NonNullable<Row['promises']>[number]): PromiseFact {
  return {
    id: row.id,
    madeOn: row.madeOn,
    amountCents: row.amountCents ?? 0,
    dueOn: row.dueOn,
    decideOn: row.decideOn ?? row.dueOn,
    state: row.state,
    brokenOn: row.state === 'broken' ? (row.decidedOn ?? row.decideOn ?? row.dueOn) : null,
  };
}

const FREQUENCIES = ['weekly', 'biweekly', 'monthly', 'quarterly', 'semiannual', 'annual'] as const;
function frequencyOf(text: string | null): CaseFacts['loan']['paymentFrequency'] {
  return FREQUENCIES.find((frequency) => frequency === text) ?? null;
}

const MS = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`;
// Dates of a person's instants are read in the mailing zone; without one, in the lender's.
const ON = (column: string): string => `(${column} at time zone coalesce(z.zone, 'America/New_York'))::date`;

const QUERY = `
  select c.id as case_id, c.loan_id, c.status, c.policy, c.policy_version, c.opened_on::text as opened_on,
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
    (select jsonb_object_agg(key, value) from lender_setting where key in ('furnishesToBureaus', 'coreMails', 'breachForms')) as settings
  from collection_case c
  join loan l on l.id = c.loan_id
  join lateral (
    select (array_agg(p.mailing_zone) filter (where r.role = 'borrower'))[1] as zone, array_agg(p.id) as persons,
           (array_agg(p.id) filter (where r.role = 'borrower'))[1] as borrower
    from loan_role r join person p on p.id = r.person_id where r.loan_id = l.id
  ) z on true
  where c.id = any($1::uuid[])`;

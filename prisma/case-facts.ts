import type { CaseFacts, Obligor, PendingPayment, PromiseFact, StepDone } from '../domain/cadence/facts.ts';
import { addDays } from '../domain/calendar/days.ts';
import { cureStateRow } from '../domain/clocks/cure-states.ts';
import { zonesOfAreaCode } from '../domain/gate/data/area-codes.ts';
import { CASE_FACTS } from './case-facts-query.ts';
import type { Queryable } from './pool.ts';
import { isObligor } from './roles.ts';
import type { Stated } from './stated-facts.ts';

/** A loan's facts for the planner, with the case and the policy that it is pinned to. */
export interface PlannedCase {
  caseId: string;
  loanId: string;
  status: 'open' | 'closed';
  /** How much news the workflow had been told when these facts were read. */
  newsSeq: number;
  policy: string;
  policyVersion: number;
  personId: string;
  facts: CaseFacts;
  /** When holds end by themselves, epoch ms; those that only a person ends are not among them. */
  holdEndsMs: number[];
}

/** Reads what the planner needs for these open or closed cases, in one statement. */
export async function loadPlannedCases(db: Queryable, caseIds: readonly string[]): Promise<PlannedCase[]> {
  const { rows } = await db.query<Row>(CASE_FACTS, [caseIds]);
  return rows.map(toPlannedCase);
}

interface Row {
  case_id: string;
  loan_id: string;
  status: 'open' | 'closed';
  news_seq: number;
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
  stated: Stated | null;
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
    newsSeq: row.news_seq,
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
        drawsSuspendedOn: row.stated?.['draws-suspended']?.on ?? null,
        onlyForcedInsuranceArrears: row.stated?.['forced-insurance-only']?.only ?? null,
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

import { readFileSync } from 'node:fs';
import type { CaseFacts, LoanFacts, StepDone } from '../../../domain/cadence/facts.ts';
import type { DueStep } from '../../../domain/cadence/plan.ts';
import type { Policy } from '../../../domain/cadence/policy.ts';
import { readPolicy } from '../../../domain/cadence/read-policy.ts';
import { dayNumber } from '../../../domain/calendar/days.ts';
import { instantsOf, localAt } from '../../../domain/calendar/zones.ts';

export const EASTERN = 'America/New_York';

export function shippedPolicy(id: string): Policy {
  return readPolicy(policyJson(id));
}

export function policyJson(id: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../policies/${id}.json`, import.meta.url), 'utf8'));
}

/** `2026-10-05 10:30` in a zone, as epoch milliseconds. */
export function at(local: string, zone: string = EASTERN): number {
  const [date = '', time = '00:00'] = local.split(' ');
  return instantsOf(date, Number(time.slice(0, 2)) * 3600 + Number(time.slice(3, 5)) * 60, zone)[0];
}

export function dateAt(ms: number, zone: string = EASTERN): string {
  return localAt(ms, zone).date;
}

/** An auto loan of $400 a month with one payment missed, due Thursday 2026-10-01, and nothing done yet. */
export function caseFacts(change: Partial<Omit<CaseFacts, 'loan'>> & { loan?: Partial<LoanFacts> } = {}): CaseFacts {
  const { loan, ...rest } = change;
  return {
    loan: {
      id: 'loan-1',
      product: 'auto',
      status: 'active',
      investor: 'portfolio',
      nextDueOn: '2026-10-01',
      pastDueCents: 40_000,
      paymentAmountCents: 40_000,
      paymentFrequency: 'monthly',
      paymentDueDay: null,
      graceDays: 10,
      autopay: false,
      nextDraftOn: null,
      openEnd: false,
      firstPaymentDefault: false,
      principalResidence: null,
      titlePerfected: true,
      drawsSuspendedOn: null,
      onlyForcedInsuranceArrears: false,
      presumedCurrent: false,
      handedOver: false,
      ...loan,
    },
    person: { id: 'person-1', zone: EASTERN, otherZones: [] },
    obligors: [{ personId: 'person-1', role: 'borrower' }],
    caseOpenedOn: '2026-10-02',
    episodeStartedOn: loan?.nextDueOn ?? '2026-10-01',
    graceHabit: { paidInsideGraceCount: 0, months: 6 },
    pendingPayments: [],
    promises: [],
    planActive: false,
    holds: [],
    legalStops: [],
    stepsDone: [],
    deferrals: [],
    importedContacts: [],
    lettersMailed: [],
    cure: { rows: [null], covers: true, noticeNeeded: true, homesteadMortgage: false, mailGraceDays: 3 },
    lender: { furnishesToBureaus: true, smallServicer: false, coreMails: [], b1OnFile: false, breachFormFilled: true },
    ...rest,
  };
}

/** What the send activity would record for a step that went. */
export function doneAs(step: DueStep, atMs: number, outcome: StepDone['outcome'] = 'sent'): StepDone {
  return { family: step.family, occurrence: step.occurrence, atMs, outcome, channel: step.channel };
}

/** A step of this pass as done on a day of the ladder, at noon. */
export function doneOn(family: string, local: string, occurrence = 'cycle:2026-10-01'): StepDone {
  const channel = family.startsWith('sms') ? 'sms' : family.startsWith('email') ? 'email' : 'call';
  return { family, occurrence, atMs: at(`${local} 12:00`), outcome: 'sent', channel };
}

export function dayAfter(due: string, ms: number, zone: string = EASTERN): number {
  return dayNumber(dateAt(ms, zone)) - dayNumber(due);
}

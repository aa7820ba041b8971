import type { DueStep } from '../../domain/cadence/plan.ts';
import { planNextStep } from '../../domain/cadence/plan-next-step.ts';
import type { Channel } from '../../domain/cadence/policy.ts';
import { loadPlannedCases } from '../../prisma/case-facts.ts';
import type { PlannedCase } from '../../prisma/case-facts.ts';
import { askGate } from '../../prisma/gate-ask.ts';
import { policyOf } from '../../prisma/policies.ts';
import type { Client, Queryable } from '../../prisma/pool.ts';
import type { ActivityDeps } from '../deps.ts';
import { destinationsOf } from './addresses.ts';
import { askedAs } from './asked-as.ts';
import type { ClaimAttempt } from './claim.ts';
import { sendModeOf } from './switches.ts';

export interface DueCase {
  planned: PlannedCase;
  step: DueStep;
}

/** A wake-up this much early counts as due: timers and clocks differ by less. */
export const EARLY_MS = 1_000;

/**
 * Plans again under the locks: the case's own step, if it is still due and not done for this person, first, and with it
 * every step of the same person due that day in that window that would go the same way. One person, one contact, whichever
 * of their cases wakes first.
 */
export async function dueTogether(
  deps: Pick<ActivityDeps, 'ruleset'>,
  db: Client,
  attempt: ClaimAttempt,
  nowMs: number,
): Promise<DueCase[]> {
  const bundles = (attempt.channel === 'sms' || attempt.channel === 'email') && attempt.step.recipients === 'borrower';
  const { rows } = await db.query<{ id: string }>(
    `select c.id from collection_case c where c.status = 'open' and (c.id = $1 or ($3 and c.loan_id in (
       select loan_id from loan_role where person_id = $2 and role = 'borrower')))`,
    [attempt.planned.caseId, attempt.personId, bundles],
  );
  const cases = await loadPlannedCases(
    db,
    rows.map((row) => row.id),
  );
  const due: DueCase[] = [];
  for (const planned of cases) {
    if (planned.status !== 'open') continue;
    const plan = planNextStep(
      planned.facts,
      await policyOf(db, planned.policy, planned.policyVersion),
      nowMs + EARLY_MS,
    );
    if (plan.kind !== 'due' || plan.step.toPerson !== null || plan.step.approvals > 0) continue;
    const each = { planned, step: plan.step };
    const own = planned.caseId === attempt.planned.caseId;
    if (own && !sameStep(plan.step, attempt.step)) continue;
    if (await doneForPerson(db, planned.loanId, plan.step, attempt.personId)) continue;
    if (!own && !(await joins(deps, db, { each, attempt, nowMs }))) continue;
    due.push(each);
  }
  const lead = due.find((each) => each.planned.caseId === attempt.planned.caseId);
  return lead === undefined ? [] : [lead, ...due.filter((each) => each !== lead)];
}

const sameStep = (a: DueStep, b: DueStep): boolean => a.family === b.family && a.occurrence === b.occurrence;

interface Sibling {
  each: DueCase;
  attempt: ClaimAttempt;
  nowMs: number;
}

/** A sibling's step rides along today when this channel is its first choice, or the first of its ways that is not closed. */
async function joins(deps: Pick<ActivityDeps, 'ruleset'>, db: Client, sibling: Sibling): Promise<boolean> {
  const { step } = sibling.each;
  const { attempt } = sibling;
  if (step.recipients !== 'borrower' || step.bundleOn !== attempt.step.bundleOn) return false;
  const ways = [{ channel: step.channel, template: step.template }, ...step.fallback];
  const at = ways.findIndex(({ channel }) => channel === attempt.channel);
  if (at === -1) return false;
  for (const way of ways.slice(0, at)) if (!(await isClosed(deps, db, sibling, way))) return false;
  return true;
}

/** Whether a way would end in a provable non-send if it were tried now: no address, switched off, or refused at each. */
async function isClosed(
  deps: Pick<ActivityDeps, 'ruleset'>,
  db: Client,
  { each: { planned }, attempt: { personId }, nowMs }: Sibling,
  { channel, template }: { channel: Channel; template: string | null },
): Promise<boolean> {
  if ((channel !== 'sms' && channel !== 'email') || template === null) return false;
  if ((await sendModeOf(db, channel, planned.facts.loan.product)) === 'off') return true;
  for (const { addressId } of await destinationsOf(db, personId, channel)) {
    const { gate } = await askGate(db, deps.ruleset, {
      personId,
      loanId: planned.loanId,
      caseId: planned.caseId,
      nowMs,
      request: {
        ...askedAs({ purpose: 'collection', template, channel }),
        channel,
        party: 'borrower',
        debt: planned.loanId,
        phone: channel === 'sms' ? addressId : null,
        email: channel === 'email' ? addressId : null,
        numberKind: 'personal',
      },
    });
    if (gate.decision !== 'deny') return false;
  }
  return true;
}

async function doneForPerson(db: Queryable, loanId: string, step: DueStep, personId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from step_done where loan_id = $1 and family = $2 and occurrence = $3 and (person_id is null or person_id = $4)`,
    [loanId, step.family, step.occurrence, personId],
  );
  return (rowCount ?? 0) > 0;
}

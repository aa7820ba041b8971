import type { DueStep } from '../../domain/cadence/plan.ts';
import type { PlannedCase } from '../../prisma/case-facts.ts';
import { inTransaction } from '../../prisma/pool.ts';
import type { SendChannel } from '../../prisma/sends.ts';
import { businessNowMs } from '../business-time.ts';
import type { ActivityDeps } from '../deps.ts';
import { findTemplate } from '../../templates/catalog.ts';
import { destinationsOf } from './addresses.ts';
import type { Destination } from './addresses.ts';
import { purposeOfStep } from './asked-as.ts';
import { takePlace } from './bucket.ts';
import { CannotWord, claimStep } from './claim.ts';
import type { ClaimAttempt, ClaimOutcome } from './claim.ts';
import { deliver } from './deliver.ts';
import { deferStep, recordStep } from './steps.ts';
import { openTask, refuseStep } from './tasks.ts';

interface Way {
  channel: SendChannel;
  template: string;
}

type Result =
  | { kind: 'done' }
  | { kind: 'wait'; ms: number }
  | { kind: 'next-way'; why: string; decisions: readonly string[] };

/** How long a step rests after a refusal that is not for good (a throttle, a relay that says "later"). */
const TRY_LATER_MS = 60_000;

/**
 * Carries out a step that goes by message: its channel first, then its fallbacks, each only after a provable non-send on
 * the one before. A step for several obligors is done when each of them has theirs.
 * @returns milliseconds to rest before trying again, or null
 */
export async function carryOutMessage(deps: ActivityDeps, planned: PlannedCase, step: DueStep): Promise<number | null> {
  const refusals: string[] = [];
  const decisions: string[] = [];
  for (const personId of step.personIds) {
    const result = await reach(deps, planned, { step, personId });
    if (result.kind === 'wait') return result.ms;
    if (result.kind !== 'next-way') continue;
    refusals.push(result.why);
    decisions.push(...result.decisions);
  }
  if (refusals.length === step.personIds.length)
    await refuseStep(deps, planned, step, { why: refusals.join('; '), decisions });
  else if (step.personIds.length > 1) await finishForAll(deps, planned, step, refusals);
  return null;
}

async function reach(
  deps: ActivityDeps,
  planned: PlannedCase,
  about: { step: DueStep; personId: string },
): Promise<Result> {
  const whys: string[] = [];
  const decisions: string[] = [];
  for (const way of waysOf(about.step)) {
    if (way.channel === 'task') {
      await openTask(
        deps,
        planned,
        about.step,
        whys.length > 0 ? whys.join('; ') : `nothing is written to send: ${about.step.template ?? 'no template'}`,
      );
      return { kind: 'done' };
    }
    const destinations = await destinationsOf(deps.pool, about.personId, way.channel);
    if (destinations.length === 0) whys.push(`no address for ${way.channel}`);
    for (const destination of destinations) {
      const result = await tryWay(deps, planned, { ...about, way, destination });
      if (result.kind !== 'next-way') return result;
      whys.push(result.why);
      decisions.push(...result.decisions);
    }
  }
  return { kind: 'next-way', why: whys.join('; '), decisions };
}

async function tryWay(
  deps: ActivityDeps,
  planned: PlannedCase,
  about: { step: DueStep; personId: string; way: Way; destination: Destination },
): Promise<Result> {
  if (about.way.channel === 'sms') {
    const waitMs = await takePlace(deps);
    if (waitMs > 0) return { kind: 'wait', ms: waitMs };
  }
  const outcome = await claimOrExplain(deps, {
    planned,
    step: about.step,
    personId: about.personId,
    channel: about.way.channel,
    template: about.way.template,
    destination: about.destination,
    ...purposeOfStep(about.way.template, about.way.channel),
  });
  return settleOutcome(deps, planned, { step: about.step, outcome });
}

async function claimOrExplain(
  deps: ActivityDeps,
  attempt: ClaimAttempt,
): Promise<ClaimOutcome | { kind: 'cannot-word'; why: string }> {
  try {
    return await claimStep(deps, attempt);
  } catch (error) {
    if (!(error instanceof CannotWord)) throw error;
    deps.log.error({
      event: 'cannot-word',
      template: attempt.template,
      channel: attempt.channel,
      reason: error.message,
    });
    return { kind: 'cannot-word', why: `The message could not be written: ${error.message}` };
  }
}

async function settleOutcome(
  deps: ActivityDeps,
  planned: PlannedCase,
  { step, outcome }: { step: DueStep; outcome: ClaimOutcome | { kind: 'cannot-word'; why: string } },
): Promise<Result> {
  switch (outcome.kind) {
    case 'claimed':
      switch (await deliver(deps, outcome)) {
        case 'sent':
        case 'open':
          return { kind: 'done' };
        case 'refused':
          return { kind: 'next-way', why: 'the provider refused the address', decisions: [] };
        case 'try-later':
          return { kind: 'wait', ms: TRY_LATER_MS };
      }
      return { kind: 'done' };
    case 'cannot-word':
      await openTask(deps, planned, step, outcome.why);
      return { kind: 'done' };
    case 'stored':
    case 'gone':
      return { kind: 'done' };
    case 'refused':
      return {
        kind: 'next-way',
        why: outcome.why,
        decisions: outcome.judgement === null ? [] : [outcome.judgement.decisionId],
      };
    case 'deferred':
      await inTransaction(deps.pool, async (client) =>
        deferStep(client, planned, step, {
          untilMs: outcome.untilMs,
          decisionId: outcome.judgement?.decisionId ?? null,
          atMs: await businessNowMs(deps, client),
        }),
      );
      return { kind: 'done' };
    case 'needs-approval':
      await openTask(
        deps,
        planned,
        { ...step, approvals: 1 },
        outcome.judgement.gate.reasons.map((reason) => reason.words).join('; '),
      );
      return { kind: 'done' };
  }
}

function waysOf(step: DueStep): (Way | { channel: 'task' })[] {
  const ways = [{ channel: step.channel, template: step.template }, ...step.fallback];
  // A template that a lender's policy names and nobody has written is a person's work, not a failure to retry for ever.
  return ways.map(({ channel, template }) =>
    channel === 'call' || channel === 'approval' || template === null || findTemplate(template, channel) === undefined
      ? { channel: 'task' as const }
      : { channel, template },
  );
}

async function finishForAll(
  deps: ActivityDeps,
  planned: PlannedCase,
  step: DueStep,
  refusals: readonly string[],
): Promise<void> {
  await inTransaction(deps.pool, async (client) =>
    recordStep(client, {
      planned,
      step,
      outcome: 'sent',
      atMs: await businessNowMs(deps, client),
      channel: step.channel,
      personId: null,
      detail: { refusals },
    }),
  );
}

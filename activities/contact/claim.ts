import type { DueStep } from '../../domain/cadence/plan.ts';
import { localAt } from '../../domain/calendar/zones.ts';
import type { Notice, Purpose } from '../../domain/gate/index.ts';
import type { PlannedCase } from '../../prisma/case-facts.ts';
import { lockForContact } from '../../prisma/locks.ts';
import { inTransaction } from '../../prisma/pool.ts';
import type { Client } from '../../prisma/pool.ts';
import { findSend, reserveContact, writeSend } from '../../prisma/sends.ts';
import type { ClaimedSend, SendChannel, SendDraft } from '../../prisma/sends.ts';
import { businessNowMs } from '../business-time.ts';
import type { ActivityDeps } from '../deps.ts';
import { dueTogether } from './bundle.ts';
import type { DueCase } from './bundle.ts';
import { reviewHoldStands } from './addresses.ts';
import type { Destination } from './addresses.ts';
import { judgeClaim } from './judge.ts';
import type { Judgement } from './judge.ts';
import { sharedPhoneRestsUntil } from './shared-phone.ts';
import { recordClaimedSteps, stepKey } from './steps.ts';
import { isSwitchedOff, pilotAllows, sendModeOf } from './switches.ts';
import { payLinkFor } from '../../prisma/pay-link.ts';
import { wordMessage } from './wording.ts';

/** What came of trying to claim one step on one channel and address. */
export type ClaimOutcome =
  | { kind: 'claimed'; claim: ClaimedSend; draft: SendDraft; validForSeconds: number; monotonicMs: number }
  /** Written, but leaves later or never: shadow mode, a pilot's approval, the print queue. */
  | { kind: 'stored'; status: 'shadowed' | 'prepared' | 'approved' }
  | { kind: 'gone'; why: 'no-longer-due' | 'already-sent' }
  | { kind: 'refused'; judgement: Judgement | null; why: string }
  | { kind: 'deferred'; untilMs: number | null; judgement: Judgement | null; why: string }
  | { kind: 'needs-approval'; judgement: Judgement };

export interface ClaimAttempt {
  planned: PlannedCase;
  step: DueStep;
  personId: string;
  channel: SendChannel;
  template: string;
  destination: Destination;
  purpose: Purpose;
  /** Which required notice a legal letter is; null for collection and for what the gate does not tell apart. */
  notice: Notice | null;
}

/**
 * The claim (design §3). The first statement takes the locks and nothing else; facts are read in later statements; the
 * gate, the stop switch and the send mode are asked again; the frequency slot is reserved; `claimed` is written with its
 * attempt number. Whoever commits a STOP, a payment or a hold before this commits wins; whoever commits later finds it.
 */
export async function claimStep(deps: ActivityDeps, attempt: ClaimAttempt): Promise<ClaimOutcome> {
  const lockPersons = await obligorsAround(deps, attempt);
  return inTransaction(deps.pool, async (client): Promise<ClaimOutcome> => {
    await lockForContact(client, {
      addressIds: attempt.destination.addressId === null ? [] : [attempt.destination.addressId],
      personIds: lockPersons,
    });
    const nowMs = await businessNowMs(deps, client);
    const together = await dueTogether(deps, client, attempt, nowMs);
    const [lead] = together;
    if (lead === undefined) return { kind: 'gone', why: 'no-longer-due' };
    const sendKey = `${stepKey(lead.planned.loanId, lead.step, attempt.personId)}/${attempt.channel}`;
    const existing = await findSend(client, sendKey);
    if (existing !== null && existing.status !== 'prepared' && existing.status !== 'recalled') {
      return existing.status === 'failed' || existing.status === 'undelivered'
        ? { kind: 'refused', judgement: null, why: `this channel failed: ${existing.status}` }
        : { kind: 'gone', why: 'already-sent' };
    }
    if (await reviewHoldStands(client, attempt.destination))
      return { kind: 'deferred', untilMs: null, judgement: null, why: 'a reply waits to be read' };
    const { addressId, to } = attempt.destination;
    const restsUntilMs =
      attempt.channel === 'sms' ? await sharedPhoneRestsUntil(client, { addressId, to, nowMs }) : null;
    if (restsUntilMs !== null)
      return { kind: 'deferred', untilMs: restsUntilMs, judgement: null, why: 'two persons share this phone' };
    return judgeAndWrite(deps, client, { attempt, together, nowMs, sendKey });
  });
}

interface Moment {
  attempt: ClaimAttempt;
  together: readonly DueCase[];
  nowMs: number;
  sendKey: string;
}

async function judgeAndWrite(deps: ActivityDeps, client: Client, moment: Moment): Promise<ClaimOutcome> {
  const { attempt, nowMs } = moment;
  const payLink = await payLinkFor(client, { publicUrl: deps.lender.publicUrl, personId: attempt.personId, nowMs });
  const allowed: { due: DueCase; judgement: Judgement }[] = [];
  let leadJudgement: Judgement | null = null;
  for (const due of moment.together) {
    const wording = await word(deps, client, moment, { loanIds: [due.planned.loanId], payLink });
    const judgement = await judgeClaim(deps, client, {
      personId: attempt.personId,
      loanId: due.planned.loanId,
      caseId: due.planned.caseId,
      nowMs,
      request: {
        channel: attempt.channel,
        purpose: attempt.purpose,
        notice: attempt.notice,
        party: 'borrower',
        debt: due.planned.loanId,
        phone: attempt.channel === 'sms' ? attempt.destination.addressId : null,
        email: attempt.channel === 'email' ? attempt.destination.addressId : null,
        numberKind: 'personal',
        content: wording.content,
      },
    });
    leadJudgement ??= judgement;
    if (judgement.gate.decision === 'allow') allowed.push({ due, judgement });
    // The lead decides for this touch; a sibling that may not go keeps its own turn.
    else if (due === moment.together[0]) return refusalOf(judgement);
  }
  const [first] = allowed;
  if (first === undefined || leadJudgement === null) return { kind: 'gone', why: 'no-longer-due' };
  const loanIds = allowed.map(({ due }) => due.planned.loanId);
  const wording = await word(deps, client, moment, { loanIds, payLink });
  const draft: SendDraft = {
    sendKey: moment.sendKey,
    channel: attempt.channel,
    purpose: attempt.purpose,
    personId: attempt.personId,
    caseId: first.due.planned.caseId,
    addressId: attempt.destination.addressId,
    to: attempt.destination.to,
    template: wording.template,
    templateVersion: wording.version,
    language: wording.language,
    subject: wording.subject,
    body: wording.text,
    bodyHash: wording.bodyHash,
    decidedAtMs: nowMs,
    decisionId: first.judgement.decisionId,
    zones: zonesOf(first.due.planned),
    stateCode: first.judgement.facts.mailing.state,
    mode: 'on',
    items: allowed.map(({ due }) => ({
      loanId: due.planned.loanId,
      caseId: due.planned.caseId,
      policy: due.step.policyId,
      policyVersion: due.step.policyVersion,
      step: due.step.stepId,
      family: due.step.family,
      occurrence: due.step.occurrence,
      cycle: due.step.cycle,
      amountCents: due.planned.facts.loan.pastDueCents,
    })),
  };
  return write(deps, client, {
    draft,
    allowed: allowed.map(({ due }) => due),
    product: first.due.planned.facts.loan.product,
    nowMs,
  });
}

async function write(
  deps: ActivityDeps,
  client: Client,
  what: { draft: SendDraft; allowed: readonly DueCase[]; product: string; nowMs: number },
): Promise<ClaimOutcome> {
  const { draft } = what;
  if (await isSwitchedOff(client, draft.channel, 'main'))
    return { kind: 'deferred', untilMs: null, judgement: null, why: 'the stop switch is set' };
  const mode = await sendModeOf(client, draft.channel, what.product);
  switch (mode) {
    case 'off':
      return { kind: 'refused', judgement: null, why: `${draft.channel} is switched off for ${what.product}` };
    case 'shadow':
      await writeSend(client, { ...draft, mode: 'shadow' }, { status: 'shadowed', settleAfterMs: 0 });
      await recordClaimedSteps(client, what.allowed, draft, 'done');
      return { kind: 'stored', status: 'shadowed' };
    case 'pilot': {
      const dayStartMs = what.nowMs - 86_400_000;
      if (draft.personId === null || !(await pilotAllows(client, draft.channel, draft.personId, dayStartMs))) {
        return { kind: 'refused', judgement: null, why: 'not in the pilot, or the pilot’s daily maximum is reached' };
      }
      await writeSend(client, { ...draft, mode: 'pilot' }, { status: 'prepared', settleAfterMs: 0 });
      await recordClaimedSteps(client, what.allowed, draft, 'pending');
      return { kind: 'stored', status: 'prepared' };
    }
    case 'on':
      break;
  }
  if (draft.channel === 'letter') {
    // Letters wait in the print queue, where they can still be recalled; the legal clock starts when they are mailed.
    const letter = await writeSend(client, draft, { status: 'approved', settleAfterMs: 0 });
    await reserveContact(client, draft, letter.id);
    await recordClaimedSteps(client, what.allowed, draft, 'sent');
    return { kind: 'stored', status: 'approved' };
  }
  const timeoutMs = draft.channel === 'sms' ? deps.timing.smsTimeoutMs : deps.timing.mailTimeoutMs;
  const claim = await writeSend(client, draft, {
    status: 'claimed',
    settleAfterMs: deps.timing.claimGoodForMs + 2 * timeoutMs,
  });
  await reserveContact(client, draft, claim.id);
  await recordClaimedSteps(client, what.allowed, draft, 'pending');
  return {
    kind: 'claimed',
    claim,
    draft,
    validForSeconds: secondsLeftToday(draft.zones, what.nowMs),
    monotonicMs: performance.now(),
  };
}

const PASSING = new Set(['data-stale', 'input-missing']);
/** A merged file wakes such steps at once (prisma/feed.ts); this is for a file that changed nothing else. */
const ASK_AGAIN_MS = 4 * 3_600_000;

function refusalOf(judgement: Judgement): ClaimOutcome {
  const { gate } = judgement;
  const why = gate.reasons.map((reason) => reason.words).join('; ');
  switch (gate.decision) {
    case 'defer-until':
      return {
        kind: 'deferred',
        untilMs: gate.nextAllowedAt === null ? null : Date.parse(gate.nextAllowedAt),
        judgement,
        why,
      };
    case 'require-approval':
      return { kind: 'needs-approval', judgement };
    case 'deny':
      // Stale data and missing facts end with the next file, not with this step: it waits instead of being lost.
      return gate.primaryRule !== null && PASSING.has(gate.primaryRule)
        ? { kind: 'deferred', untilMs: judgement.atMs + ASK_AGAIN_MS, judgement, why }
        : { kind: 'refused', judgement, why };
    case 'allow':
    case 'require-content':
      return { kind: 'refused', judgement, why };
  }
}

/** The words cannot be made: a template that does not fit its data. A person sees it; trying again would change nothing. */
export class CannotWord extends Error {}

async function word(
  deps: ActivityDeps,
  client: Client,
  moment: Moment,
  about: { loanIds: readonly string[]; payLink: string },
): ReturnType<typeof wordMessage> {
  const { attempt } = moment;
  const { personId, channel, template, destination } = attempt;
  try {
    return await wordMessage(deps, client, { personId, channel, template, destination, ...about });
  } catch (error) {
    // What Postgres says has a code and is the world's failure: it is retried.
    if (!(error instanceof Error) || 'code' in error) throw error;
    throw new CannotWord(error.message, { cause: error });
  }
}

/** Everybody who owes with this person: the locks that the writers of their facts take too. */
async function obligorsAround(deps: ActivityDeps, attempt: ClaimAttempt): Promise<string[]> {
  const { rows } = await deps.pool.query<{ person_id: string }>(
    `select distinct other.person_id from loan_role mine
     join collection_case c on c.loan_id = mine.loan_id and c.status = 'open'
     join loan_role other on other.loan_id = mine.loan_id where mine.person_id = $1`,
    [attempt.personId],
  );
  return [...new Set([attempt.personId, ...rows.map((row) => row.person_id)])];
}

function zonesOf(planned: PlannedCase): string[] {
  const { zone, otherZones } = planned.facts.person;
  return [...(zone === null ? [] : [zone]), ...otherZones];
}

const LAST_LAWFUL_SECOND = 20 * 3600 + 59 * 60 + 59;

/** So long may the provider hold a text: nothing may land after 20:59:59 in any of the person's zones. */
export function secondsLeftToday(zones: readonly string[], nowMs: number): number {
  const left = zones.map((zone) => LAST_LAWFUL_SECOND - localAt(nowMs, zone).secondOfDay);
  return Math.max(1, Math.min(36_000, ...left));
}

import type { GateDecision, GateFacts } from '../../domain/gate/index.ts';
import { storeDecision } from '../../prisma/decisions.ts';
import { askGate } from '../../prisma/gate-ask.ts';
import type { AskedContact } from '../../prisma/gate-ask.ts';
import { openOverride, useOverride } from '../../prisma/overrides.ts';
import type { OpenOverride } from '../../prisma/overrides.ts';
import type { Client } from '../../prisma/pool.ts';
import type { ActivityDeps } from '../deps.ts';

export interface Judgement {
  decisionId: string;
  gate: GateDecision;
  facts: GateFacts;
  atMs: number;
}

/**
 * Asks the gate about one contact and stores the answer, whatever it is. Run under the locks of address and persons: what
 * it reads cannot change before the claim commits. A manager's override counts only where the gate refuses without it and
 * allows with its rows left out: then it is used up, and the decision says under whose name it was made.
 */
export async function judgeContact(
  deps: Pick<ActivityDeps, 'ruleset'>,
  client: Client,
  about: AskedContact & { override?: OpenOverride | null },
): Promise<Judgement> {
  const { override = null } = about;
  const asked = await askGate(client, deps.ruleset, about);
  const set = override !== null && asked.gate.decision !== 'allow' ? asked.without(override.rules) : null;
  const used = set?.decision === 'allow' ? override : null;
  const gate = used === null || set === null ? asked.gate : set;
  const { facts } = asked;
  const decisionId = await storeDecision(client, {
    ...about,
    request: asked.request,
    gate,
    facts,
    override: used === null ? null : used.asUsed,
    actor: 'worker',
  });
  if (used !== null) await useOverride(client, used, decisionId);
  return { decisionId, gate, facts, atMs: about.nowMs };
}

/** {@link judgeContact} for a claim: an override that a manager gave for this contact and nothing has ended counts. */
export async function judgeClaim(
  deps: Pick<ActivityDeps, 'ruleset'>,
  client: Client,
  about: AskedContact,
): Promise<Judgement> {
  return judgeContact(deps, client, { ...about, override: await openOverride(client, about) });
}

import type { Logger } from 'pino';
import { inTransaction } from '../prisma/pool.ts';
import type { Client } from '../prisma/pool.ts';
import { markSent, markUnconfirmed, releaseClaim } from '../prisma/send-results.ts';
import { businessNowMs } from '../activities/business-time.ts';
import type { ActivityDeps } from '../activities/deps.ts';

interface OpenClaim {
  id: string;
  attempt: number;
  channel: 'sms' | 'email';
  status: 'claimed' | 'unconfirmed';
  to_value: string;
  body_hash: string;
  claimed_at: Date;
  settle_tries: number;
}

type Finding = { kind: 'found'; providerId: string } | { kind: 'absent' } | { kind: 'no-answer'; reason: string };

/** After how many unanswered questions a person owns it; we go on asking, ever more rarely. */
const TRIES_BEFORE_A_PERSON = 3;
const ASK_AGAIN_MS = [15_000, 30_000, 60_000, 5 * 60_000, 30 * 60_000, 2 * 3_600_000, 12 * 3_600_000, 24 * 3_600_000];

/**
 * Settles claims whose worker never told the result, no sooner than their deadline plus twice the call's timeout: the
 * provider is asked. Found: sent. Provably absent: released, and through the gate again. No answer: asked again, and in
 * the end a person's. Never a blind retry.
 * @returns how many claims were looked at
 */
export async function settleClaims(deps: ActivityDeps & { log: Logger }): Promise<number> {
  const { rows } = await deps.pool.query<OpenClaim>(
    `update send s set settle_after = now() + interval '1 minute', settle_tries = settle_tries + 1
     where s.id in (select id from send where status in ('claimed', 'unconfirmed') and settle_after <= now() order by settle_after limit 20 for update skip locked)
     returning id, attempt, channel, status, to_value, body_hash, claimed_at, settle_tries`,
  );
  for (const claim of rows) {
    const finding = await ask(deps, claim);
    await inTransaction(deps.pool, (client) => apply(deps, client, claim, finding));
    deps.log.info({ event: 'claim-settled', sendId: claim.id, finding: finding.kind, tries: claim.settle_tries });
  }
  return rows.length;
}

async function ask(deps: ActivityDeps, claim: OpenClaim): Promise<Finding> {
  if (claim.channel === 'email') return deps.mailer.find({ messageId: deps.mailer.messageIdOf(claim.id) });
  const { rows } = await deps.pool.query<{ provider_id: string }>(
    `select provider_id from send where channel = 'sms' and to_value = $1 and body_hash = $2 and provider_id is not null and id <> $3`,
    [claim.to_value, claim.body_hash, claim.id],
  );
  return deps.messenger.find({
    sendId: claim.id,
    to: claim.to_value,
    bodyHash: claim.body_hash,
    claimedAtMs: claim.claimed_at.getTime(),
    takenProviderIds: rows.map((row) => row.provider_id),
  });
}

async function apply(deps: ActivityDeps, client: Client, claim: OpenClaim, finding: Finding): Promise<void> {
  const atMs = await businessNowMs(deps, client);
  switch (finding.kind) {
    case 'found':
      await markSent(client, claim, { providerId: finding.providerId, atMs });
      return;
    case 'absent':
      await releaseClaim(client, claim, { again: true, code: 'absent', message: 'the provider never got it', atMs });
      return;
    case 'no-answer': {
      const waitMs = ASK_AGAIN_MS[Math.min(claim.settle_tries - 1, ASK_AGAIN_MS.length - 1)] ?? 60_000;
      await client.query(
        `update send set settle_after = now() + $3 * interval '1 millisecond' where id = $1 and attempt = $2`,
        [claim.id, claim.attempt, waitMs],
      );
      if (claim.status === 'claimed' && claim.settle_tries >= TRIES_BEFORE_A_PERSON)
        await markUnconfirmed(client, claim, atMs, finding.reason);
      return;
    }
  }
}

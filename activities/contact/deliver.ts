import type { Client } from '../../prisma/pool.ts';
import { inTransaction } from '../../prisma/pool.ts';
import { markSent, releaseClaim } from '../../prisma/send-results.ts';
import { holdsClaim } from '../../prisma/sends.ts';
import type { ClaimedSend, SendDraft } from '../../prisma/sends.ts';
import { mailHtml } from '../../templates/mail-html.ts';
import { businessNowMs } from '../business-time.ts';
import type { ActivityDeps } from '../deps.ts';
import { takeSlot } from './bucket.ts';
import { fault } from '../fault-points.ts';

export type Delivery = 'sent' | 'refused' | 'try-later' | 'open';

/** The sending number may carry no more just now: nothing was sent, and nobody was asked to. */
const OWN_CAP = 'own-cap';

interface Outcome {
  kind: 'accepted' | 'refused' | 'throttled' | 'unknown';
  providerId?: string;
  code?: string;
  message?: string;
  permanent?: boolean;
  retryAfterMs?: number;
}

/**
 * Hands a claimed message over, once. A worker that slept past its deadline, or whose attempt is no longer the current
 * one, walks away: the settlement will find out what happened. Nothing in here ever retries.
 */
export async function deliver(
  deps: ActivityDeps,
  claimed: { claim: ClaimedSend; draft: SendDraft; validForSeconds: number; monotonicMs: number },
): Promise<Delivery> {
  await fault('after-claim');
  if (!(await holdsClaim(deps.pool, claimed.claim))) return 'open';
  if (claimed.draft.channel === 'sms' && !(await takeSlot(deps)))
    return inTransaction(deps.pool, (client) => record(deps, client, claimed, { kind: 'throttled', code: OWN_CAP }));
  if (performance.now() - claimed.monotonicMs > deps.timing.claimGoodForMs) return 'open';
  const outcome = await callProvider(deps, claimed);
  await fault('after-provider');
  return inTransaction(deps.pool, (client) => record(deps, client, claimed, outcome));
}

async function callProvider(
  deps: ActivityDeps,
  { claim, draft, validForSeconds }: { claim: ClaimedSend; draft: SendDraft; validForSeconds: number },
): Promise<Outcome> {
  if (draft.channel === 'sms') {
    const sent = await deps.messenger.send({
      sendId: claim.id,
      attempt: claim.attempt,
      to: draft.to,
      body: draft.body,
      validityPeriodSeconds: validForSeconds,
    });
    switch (sent.kind) {
      case 'accepted':
        return { kind: 'accepted', providerId: sent.providerId };
      case 'refused':
        return { kind: 'refused', code: sent.code, message: sent.message, permanent: sent.permanent };
      case 'throttled':
        return { kind: 'throttled', retryAfterMs: sent.retryAfterMs };
      case 'unknown':
        return { kind: 'unknown', message: sent.reason };
    }
  }
  const subject = draft.subject ?? deps.lender.name;
  const sent = await deps.mailer.send({
    sendId: claim.id,
    attempt: claim.attempt,
    from: deps.lender.mailFrom,
    to: draft.to,
    subject,
    text: draft.body,
    html: mailHtml({ subject, text: draft.body, language: draft.language === 'es' ? 'es' : 'en' }),
  });
  switch (sent.kind) {
    case 'accepted':
      return { kind: 'accepted', providerId: sent.messageId };
    case 'refused':
      return {
        kind: 'refused',
        code: sent.enhancedCode ?? sent.code,
        message: sent.message,
        permanent: sent.permanent,
      };
    case 'unknown':
      return { kind: 'unknown', message: sent.reason };
  }
}

async function record(
  deps: ActivityDeps,
  client: Client,
  { claim, draft }: { claim: ClaimedSend; draft: SendDraft },
  outcome: Outcome,
): Promise<Delivery> {
  const atMs = await businessNowMs(deps, client);
  switch (outcome.kind) {
    case 'accepted':
      await markSent(client, claim, { providerId: outcome.providerId ?? '', atMs });
      return 'sent';
    case 'refused': {
      const code = outcome.code ?? 'refused';
      if (outcome.permanent === true) await markAddress(client, draft, { code, atMs });
      await releaseClaim(client, claim, {
        again: outcome.permanent !== true,
        code,
        message: outcome.message ?? '',
        atMs,
      });
      return outcome.permanent === true ? 'refused' : 'try-later';
    }
    case 'throttled':
      await releaseClaim(client, claim, {
        again: true,
        code: outcome.code ?? '20429',
        message: outcome.code === OWN_CAP ? 'the sending number is full' : 'the provider is at its rate limit',
        atMs,
      });
      return 'try-later';
    case 'unknown':
      return 'open';
  }
}

/** What a permanent refusal says of the address: 21610 is a STOP that we had not heard of; the rest lead nowhere. */
async function markAddress(client: Client, draft: SendDraft, why: { code: string; atMs: number }): Promise<void> {
  if (draft.addressId === null) return;
  const set =
    why.code === '21610'
      ? `opted_out_at = coalesce(opted_out_at, at), opted_out_source = 'carrier', carrier_blocked_at = at`
      : `bad_since = coalesce(bad_since, at), bad_reason = $3`;
  await client.query(
    `update address set ${set} from (select to_timestamp($2::double precision / 1000) as at${why.code === '21610' ? ', $3::text as code' : ''}) w where id = $1`,
    [draft.addressId, why.atMs, why.code],
  );
}

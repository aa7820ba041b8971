import { businessNowMs } from '../activities/business-time.ts';
import type { ActivityDeps } from '../activities/deps.ts';
import { inTransaction } from '../prisma/pool.ts';
import { applyStopAtOnce } from '../prisma/stops.ts';

/** How far back each poll looks: overlapping polls cost nothing, the inbox drops what it has seen. */
const LOOK_BACK_MS = 30 * 60_000;

/**
 * Asks the provider for every message people sent us lately and takes in those whose webhook never arrived: a STOP that
 * came while our API was down is the one message that must not be lost.
 * @returns how many were missing
 */
export async function pollInboundGap(deps: ActivityDeps, lookBackMs = LOOK_BACK_MS): Promise<number> {
  const listing = await deps.messenger.listInbound({ sinceMs: Date.now() - lookBackMs });
  if (listing.kind === 'no-answer') return 0;
  let missing = 0;
  for (const message of listing.messages) {
    const isNew = await inTransaction(deps.pool, async (client) => {
      const atMs = await businessNowMs(deps, client);
      const body = {
        MessageSid: message.providerId,
        From: message.from,
        To: message.to,
        Body: message.body,
        NumMedia: String(message.mediaCount),
        polled: true,
      };
      const { rowCount } = await client.query(
        `insert into inbox (provider, event_key, business_at, body) values ('sms-inbound', $1, to_timestamp($2::double precision / 1000), $3) on conflict do nothing`,
        [message.providerId, atMs, JSON.stringify(body)],
      );
      if (rowCount !== 1) return false;
      await applyStopAtOnce(client, { fromValue: message.from, text: message.body, businessAtMs: atMs });
      return true;
    });
    if (isNew) missing += 1;
  }
  if (missing > 0) deps.log.warn({ event: 'inbound-gap', missing });
  return missing;
}

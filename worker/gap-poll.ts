import { businessNowMs } from '../activities/business-time.ts';
import type { ActivityDeps } from '../activities/deps.ts';
import { inTransaction } from '../prisma/pool.ts';
import { applyStopAtOnce } from '../prisma/stops.ts';

/** How far before the last poll that was answered each poll looks: overlaps cost nothing, the inbox drops what it knows. */
const OVERLAP_MS = 30 * 60_000;
/** The first poll of all looks back a week: longer than anybody leaves the product switched off without a word. */
const FIRST_LOOK_BACK_MS = 7 * 86_400_000;
const PLACE = 'textsPolledAtMs';

/**
 * Asks the provider for every message people sent us lately and takes in those whose webhook never arrived: a STOP that
 * came while our API was down is the one message that must not be lost.
 * @returns how many were missing
 */
export async function pollInboundGap(deps: ActivityDeps): Promise<number> {
  const { rows: place } = await deps.pool.query<{ value: unknown }>('select value from lender_setting where key = $1', [
    PLACE,
  ]);
  const polledMs = place[0]?.value;
  const nowMs = Date.now();
  const sinceMs = typeof polledMs === 'number' ? polledMs - OVERLAP_MS : nowMs - FIRST_LOOK_BACK_MS;
  const listing = await deps.messenger.listInbound({ sinceMs });
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
  // Only once all of it is kept: a poll that dies half-way is done again.
  await deps.pool.query(
    `insert into lender_setting (key, value, actor) values ($1, to_jsonb($2::bigint), 'worker') on conflict (key) do update set value = excluded.value, set_at = now()`,
    [PLACE, nowMs],
  );
  if (missing > 0) deps.log.warn({ event: 'inbound-gap', missing });
  return missing;
}

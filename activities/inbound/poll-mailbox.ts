import { createHash } from 'node:crypto';
import { readInboundMail } from '../../channels/inbound-mail.ts';
import { inTransaction } from '../../prisma/pool.ts';
import { applyStopAtOnce } from '../../prisma/stops.ts';
import { businessNowMs } from '../business-time.ts';
import type { ActivityDeps } from '../deps.ts';

/** The lender's mailbox as something to read on from: the sandbox's own, or whatever reads a real one. */
export interface MailboxSource {
  /** Mails after a place, oldest first. `raw` is RFC 822, one character a byte. */
  mailsAfter(seq: number): Promise<{ seq: number; raw: string }[]>;
}

const PLACE = 'mailPolledThrough';

/**
 * Reads on in the lender's mailbox and takes in what no webhook brought: delivery reports, and a stop that came while our
 * API was down. The place is moved only past what is kept, and a mail known already is dropped by its Message-ID.
 * @returns how many were missing
 */
export async function pollMailbox(deps: Pick<ActivityDeps, 'pool' | 'clock'>, source: MailboxSource): Promise<number> {
  const { rows } = await deps.pool.query<{ value: unknown }>('select value from lender_setting where key = $1', [
    PLACE,
  ]);
  const place = typeof rows[0]?.value === 'number' ? rows[0].value : 0;
  let missing = 0;
  for (const { seq, raw } of await source.mailsAfter(place)) {
    const mail = await readInboundMail(Buffer.from(raw, 'latin1'));
    const eventKey =
      mail.messageId ?? `sha256:${createHash('sha256').update(Buffer.from(raw, 'latin1')).digest('hex')}`;
    const isNew = await inTransaction(deps.pool, async (client) => {
      const atMs = await businessNowMs(deps, client);
      const { rowCount } = await client.query(
        `insert into inbox (provider, event_key, business_at, body) values ('mail-inbound', $1, to_timestamp($2::double precision / 1000), $3) on conflict do nothing`,
        [eventKey, atMs, JSON.stringify({ ...mail, seq, raw, polled: true })],
      );
      if (rowCount === 1 && !mail.automatic && mail.from !== null)
        await applyStopAtOnce(client, { fromValue: mail.from, text: mail.text, businessAtMs: atMs });
      await client.query(
        `insert into lender_setting (key, value, actor) values ($1, to_jsonb($2::bigint), 'worker') on conflict (key) do update set value = excluded.value, set_at = now()`,
        [PLACE, seq],
      );
      return rowCount === 1;
    });
    if (isNew) missing += 1;
  }
  return missing;
}

/** The sandbox's control address as a mailbox. */
export function sandboxMailbox(controlUrl: string): MailboxSource {
  return {
    async mailsAfter(seq) {
      const answer = await fetch(`${controlUrl}/lender-mailbox?after=${seq}`, { signal: AbortSignal.timeout(5_000) });
      if (!answer.ok) throw new Error(`the mailbox answered ${answer.status}`);
      const { mails } = (await answer.json()) as { mails: { seq: number; raw: string }[] };
      return mails.map((mail) => ({ seq: mail.seq, raw: mail.raw }));
    },
  };
}

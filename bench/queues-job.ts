import { bodyHashOf } from '../channels/text-messenger.ts';
import type { TextMessenger } from '../channels/text-messenger.ts';
import { shippedTiming } from '../activities/deps.ts';
import type { Pool } from '../prisma/pool.ts';

/** One process of `queues`: a worker of one arm, which may be killed at any moment and started again. */
export interface QueuesTask {
  arm: QueuesArm;
  databaseUrl: string;
  temporal: { address: string; namespace: string } | null;
  smsUrl: string;
  /** Case ids of ours, in the order of their numbers; the others number theirs from 0. */
  caseIds: readonly string[];
  cases: number;
  /** The first process of a run starts the cases. */
  first: boolean;
  restMs: number;
}

export type QueuesArm = 'ours' | 'graphile-worker' | 'dbos';

/** Rests differ by a fifth either way, so that cases do not march in step. */
export const restOf = (restMs: number, number: number, touch: number): number =>
  Math.round(restMs * (0.8 + (((number * 37 + touch * 53) % 100) / 100) * 0.4));

/** As long as ours: a claim's deadline and twice a call's timeout (worker/settlement.ts). */
const SETTLE_MS = shippedTiming.claimGoodForMs + 2 * shippedTiming.smsTimeoutMs;

export const TOUCH_TABLE = `
  create table touch (
    key text primary key, attempt int not null default 1, claimed_at timestamptz not null default now(),
    settle_after timestamptz not null, provider_id text
  )`;

export const numberOf = (number: number): string => `+1404${2_000_001 + number}`;

/**
 * What the other arms do for a touch, as their documentation asks: a step that may run again, made safe by a claim of its own.
 * The same protocol as ours: claim, call once, and a claim without a result is settled by asking, never by sending again.
 * @returns 0 when the text is with the provider, else milliseconds until it is worth coming back
 */
export async function sendOnce(
  pool: Pool,
  messenger: TextMessenger,
  about: { number: number; touch: number },
): Promise<number> {
  const key = `${about.number}/${about.touch}`;
  const text = { to: numberOf(about.number), body: `Please call us about your account (${about.touch + 1} of 6).` };
  const { rowCount } = await pool.query(
    `insert into touch (key, settle_after) values ($1, now() + $2 * interval '1 millisecond') on conflict (key) do nothing`,
    [key, SETTLE_MS],
  );
  let attempt = 1;
  if (rowCount === 0) {
    const { rows } = await pool.query<{ provider_id: string | null; wait_ms: number }>(
      `select provider_id, extract(epoch from settle_after - now())::double precision * 1000 as wait_ms from touch where key = $1`,
      [key],
    );
    const [claim] = rows;
    if (claim === undefined || claim.provider_id !== null) return 0;
    if (claim.wait_ms > 0) return Math.ceil(claim.wait_ms);
    const taken = await pool.query<{ attempt: number; claimed_at: Date }>(
      `update touch t set attempt = t.attempt + 1, settle_after = now() + $2 * interval '1 millisecond', claimed_at = now()
       from touch old where t.key = $1 and old.key = t.key and t.settle_after <= now() returning t.attempt, old.claimed_at`,
      [key, SETTLE_MS],
    );
    const [mine] = taken.rows;
    if (mine === undefined) return SETTLE_MS;
    attempt = mine.attempt;
    const found = await messenger.find({
      sendId: key,
      to: text.to,
      bodyHash: bodyHashOf(text.body),
      claimedAtMs: mine.claimed_at.getTime(),
    });
    if (found.kind === 'no-answer') return SETTLE_MS;
    if (found.kind === 'found') return settled(pool, { key, attempt, providerId: found.providerId });
  }
  const sent = await messenger.send({ sendId: key, attempt, ...text, validityPeriodSeconds: 300 });
  return sent.kind === 'accepted' ? settled(pool, { key, attempt, providerId: sent.providerId }) : SETTLE_MS;
}

async function settled(pool: Pool, claim: { key: string; attempt: number; providerId: string }): Promise<number> {
  await pool.query('update touch set provider_id = $3 where key = $1 and attempt = $2', [
    claim.key,
    claim.attempt,
    claim.providerId,
  ]);
  return 0;
}

import type { Logger } from 'pino';
import type { Ruleset } from '../domain/gate/index.ts';
import type { Mailer } from '../channels/mailer.ts';
import type { TextMessenger } from '../channels/text-messenger.ts';
import type { Pool } from '../prisma/pool.ts';

/** The machine's clock. Tests that skip time inject the test server's. */
export interface MachineClock {
  nowMs(): number | Promise<number>;
}

/** Who the lender is in messages and pages. */
export interface LenderProfile {
  name: string;
  phone: string;
  email: string;
  address: string;
  openingHours: string;
  zone: string;
  /** Where borrowers reach us, without a trailing slash. */
  publicUrl: string;
  mailFrom: string;
}

/** Numbers of the send protocol (design §3). Tests shorten them; nothing else does. */
export interface SendTiming {
  /** How long after its claim a worker may still start the provider call. */
  claimGoodForMs: number;
  /** Longest provider call, by channel. */
  smsTimeoutMs: number;
  mailTimeoutMs: number;
  /** Texts a second that the sending number may carry; null: no limit of ours. */
  textsPerSecond: number | null;
}

export const shippedTiming: SendTiming = {
  claimGoodForMs: 5_000,
  smsTimeoutMs: 10_000,
  mailTimeoutMs: 20_000,
  textsPerSecond: 10,
};

/** What activities need from outside. Built once a process by worker/compose.ts. */
export interface ActivityDeps {
  pool: Pool;
  clock: MachineClock;
  messenger: TextMessenger;
  mailer: Mailer;
  lender: LenderProfile;
  ruleset: Ruleset;
  timing: SendTiming;
  log: Logger;
}

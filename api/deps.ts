import type { Configuration } from 'openid-client';
import type { PieceSealer } from '../prisma/import/content.ts';
import type { Pool } from '../prisma/pool.ts';
import type { Destination, Journey } from '../sandbox/time-machine.ts';
import type { SandboxWorld } from './sandbox-world.ts';

/** What the API is told by its environment; main.ts reads it, tests write it. */
export interface ApiSettings {
  /** Where people and providers reach us: scheme, host and port, no trailing slash. Never taken from a request. */
  publicUrl: string;
  lender: { name: string; phone: string; zone: string };
  /** Signs the short-lived cookie of a sign-in under way. */
  cookieKey: Buffer;
  sms: { accountSid: string; authTokens: readonly string[] };
  /** Signs the mailbox's calls; null when mail is polled. */
  mailWebhookKey: string | null;
  /** Keys the unsubscribe token in outgoing mail; null when no mail is sent from here. */
  mailIdKey: string | null;
  /** Folder of the built web app, or null. */
  webDist: string | null;
  logLevel: string;
}

/** Everything that buildApp needs; nothing is read from globals. */
export interface ApiDeps {
  pool: Pool;
  settings: ApiSettings;
  /** The identity provider, discovered on first use: the API starts before the provider answers. */
  identity: () => Promise<Configuration>;
  /** The sandbox's phones and mailboxes and its clock; null in live mode, where their routes do not exist. */
  sandbox: { world: SandboxWorld; advance: (to: Destination) => Promise<Journey> } | null;
  /** Opens the stored files of imports; null: their lines are not shown. */
  sealer: PieceSealer | null;
  /** Where log lines go; null silences them (tests). */
  logStream: { write(line: string): void } | null;
}

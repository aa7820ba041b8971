import { createHash } from 'node:crypto';

/** What the send protocol may ask of a provider of text messages. Implementations: `sms.ts` (Twilio). */
export interface TextMessenger {
  /** Hands one message over, at most once. Never retries by itself and never throws for what a provider may do. */
  send(message: OutgoingText): Promise<TextSendOutcome>;
  /** Asks the provider whether a message of an unanswered attempt exists. */
  find(query: TextQuery): Promise<TextFinding>;
  /** Every message that people sent to us since an instant, oldest first, for the gap poll. */
  listInbound(query: { readonly sinceMs: number }): Promise<InboundListing>;
  /** The provider's own record of one message: the judge of an inbound message's age. */
  fetchMessage(providerId: string): Promise<TextRecordAnswer>;
}

export type OutgoingText = {
  readonly sendId: string;
  /** Counts from 1. Travels in the callback URL so that a late callback is known for what it is. */
  readonly attempt: number;
  /** E.164. */
  readonly to: string;
  readonly body: string;
  /** Seconds that the provider may hold the message before it must give up (nothing lands after the window). */
  readonly validityPeriodSeconds: number;
};

/**
 * `refused` and `throttled` are proofs that nothing was sent; `unknown` is the absence of proof and is never retried
 * blindly. `permanent` means: the same message to the same number will be refused again.
 */
export type TextSendOutcome =
  | { readonly kind: 'accepted'; readonly providerId: string }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly permanent: boolean }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason };

export type UnknownReason = 'timeout' | 'connection-lost' | 'server-error' | 'unreadable-answer';

export type TextQuery = {
  readonly sendId: string;
  /** E.164. */
  readonly to: string;
  /** `bodyHashOf(body)`; the body itself need not be kept. */
  readonly bodyHash: string;
  /** Machine instant of the claim: the message cannot be older. */
  readonly claimedAtMs: number;
  /** Provider ids that already belong to other sends: the same words to the same number on the same day. */
  readonly takenProviderIds?: readonly string[];
};

export type TextFinding =
  | { readonly kind: 'found'; readonly providerId: string; readonly status: TextStatus }
  | { readonly kind: 'absent' }
  | { readonly kind: 'no-answer'; readonly reason: string };

/** A lattice: accepted < queued < sending < sent < delivered | undelivered | failed. See `isLaterStatus`. */
export type TextStatus =
  | 'accepted'
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'undelivered'
  | 'failed'
  | 'canceled'
  | 'received';

export type TextRecord = {
  readonly providerId: string;
  readonly direction: 'inbound' | 'outbound';
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly status: TextStatus;
  readonly errorCode: string | null;
  readonly mediaCount: number;
  /** The provider's machine clock, whole seconds. */
  readonly createdAtMs: number;
};

export type InboundListing =
  | { readonly kind: 'listed'; readonly messages: readonly TextRecord[] }
  | { readonly kind: 'no-answer'; readonly reason: string };

export type TextRecordAnswer =
  | { readonly kind: 'found'; readonly record: TextRecord }
  | { readonly kind: 'absent' }
  | { readonly kind: 'no-answer'; readonly reason: string };

/** SHA-256 of the body's UTF-8 bytes, hex: what the truth files, the send row and `find` compare. */
export function bodyHashOf(body: string): string {
  return createHash('sha256').update(body, 'utf8').digest('hex');
}

const RANK: Readonly<Record<TextStatus, number>> = {
  accepted: 0,
  queued: 1,
  sending: 2,
  sent: 3,
  delivered: 4,
  undelivered: 4,
  failed: 4,
  canceled: 4,
  received: 4,
};

/** Whether `next` may overwrite `known`: callbacks come late, doubled and out of order, and an end state stays. */
export function isLaterStatus(known: TextStatus, next: TextStatus): boolean {
  return RANK[next] > RANK[known];
}

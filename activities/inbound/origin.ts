import { localDateAt } from '../../domain/calendar/zones.ts';
import { classifyReply } from '../../domain/inbound/classify-reply.ts';
import type { Label } from '../../domain/inbound/labels.ts';
import type { ActivityDeps } from '../deps.ts';

/**
 * What the provider's own record says of a text. A webhook's signature carries no time and holds for ever, so what would
 * permit something (`promise`, `paid-already`, `opt-in`) is believed only after the record was asked; a stop never waits
 * for it.
 */
export type Origin =
  | { readonly kind: 'not-asked' }
  /** Business instant. The record knows whole seconds: the last instant of that second. */
  | { readonly kind: 'proven'; readonly sentAtMs: number }
  | { readonly kind: 'unproven'; readonly because: 'absent' | 'no-answer' | 'differs' };

const PERMISSIVE: ReadonlySet<Label> = new Set(['promise', 'paid-already', 'opt-in']);

/** Older texts that would permit something are a person's: "on Friday" may by now be another Friday. */
const YOUNG_MS = 3_600_000;

/** Asks the provider for its record by SID, only where the words might permit something. Never throws. */
export async function originOf(
  { messenger }: Pick<ActivityDeps, 'messenger'>,
  text: { sid: string; from: string; body: string; businessAtMs: number; receivedAtMs: number },
): Promise<Origin> {
  if (!mightPermit(text.body, text.businessAtMs)) return { kind: 'not-asked' };
  const answer = await messenger.fetchMessage(text.sid);
  if (answer.kind !== 'found') return { kind: 'unproven', because: answer.kind };
  const { record } = answer;
  if (record.direction !== 'inbound' || record.from !== text.from || record.body !== text.body)
    return { kind: 'unproven', because: 'differs' };
  const ageMs = Math.max(0, text.receivedAtMs - (record.createdAtMs + 999));
  return { kind: 'proven', sentAtMs: text.businessAtMs - ageMs };
}

/** Whether a text is what it says to be, and says it in time. @param stoppedAtMs the last stop of its number, if any */
export function isAuthentic(origin: Origin, nowMs: number, stoppedAtMs: number | null): boolean {
  switch (origin.kind) {
    case 'not-asked':
      return true;
    case 'unproven':
      return false;
    case 'proven':
      // A START that was sent before a STOP and comes after it undoes nothing.
      return nowMs - origin.sentAtMs <= YOUNG_MS && (stoppedAtMs === null || origin.sentAtMs >= stoppedAtMs);
  }
}

function mightPermit(text: string, businessAtMs: number): boolean {
  const { labels } = classifyReply(text, {
    channel: 'sms',
    mode: 'first-party',
    receivedAtMs: businessAtMs,
    zone: 'UTC',
    smsStopped: false,
    knownNumber: true,
    authentic: true,
    // "YES" to a question of ours is a promise too.
    openPrompt: { kind: 'promise', amountCents: 100, on: localDateAt(businessAtMs, 'UTC') },
    inValidationPeriod: false,
    attachments: [],
  });
  return labels.some((label) => PERMISSIVE.has(label));
}

import { classifyReply } from '../../domain/inbound/classify-reply.ts';
import { dayNumber } from '../../domain/calendar/days.ts';
import { type BorrowerStop, stopsOfLabels } from '../../domain/clocks/stops.ts';
import type { CaseLoan } from './clock-case.ts';
import type { CaseEvent } from './clock-events.ts';

/** What a borrower's message means to the promise and debit clocks. */
export type ReadMessage = {
  readonly order: number;
  readonly stops: readonly BorrowerStop[];
  /** Autopay cancelled: the series, or one debit of it. */
  readonly cancels: 'series' | 'one-item' | null;
  readonly optIn: boolean;
};

type MessageReceived = Extract<CaseEvent, { kind: 'message-received' }>;

const DAY_MS = 86_400_000;
const DEFAULT_ZONE = 'America/New_York'; // only relative dates in the text depend on it, and no clock reads those

/** Reads a text as the reader of replies does. Cases are from a known number, first-party unless the loan says so. */
export function readMessage({ order, at, text }: MessageReceived, loan: CaseLoan): ReadMessage {
  const read = classifyReply(text, {
    channel: 'sms',
    mode: loan.mode ?? 'first-party',
    receivedAtMs: at.epochMs ?? dayNumber(at.date) * DAY_MS,
    zone: loan.zone ?? DEFAULT_ZONE,
    smsStopped: false,
    knownNumber: true,
    authentic: true,
    openPrompt: null,
    inValidationPeriod: false,
    attachments: [],
  });
  const cancels = read.labels.includes('autopay-cancel') ? (read.debitScope ?? 'series') : null;
  return { order, stops: stopsOfLabels(read.labels, order), cancels, optIn: read.labels.includes('opt-in') };
}

import { randomBytes } from 'node:crypto';
import { z } from 'zod';

/** A line of `sms-accepted.jsonl`: the network took this message. The witness of the chaos run; never rewritten. */
export const acceptedText = z.object({
  /** Machine instant of acceptance, ISO. */
  at: z.string(),
  sid: z.string(),
  to: z.string(),
  from: z.string(),
  body: z.string(),
  bodyHash: z.string(),
  statusCallback: z.string().nullable(),
  validitySeconds: z.number(),
  messagingServiceSid: z.string().nullable(),
  /** The caller's send id and attempt, as its callback URL carries them. */
  send: z.string().nullable(),
  attempt: z.number().nullable(),
});
export type AcceptedText = z.infer<typeof acceptedText>;

/** A line of `sms-inbound.jsonl`: a person sent this to the lender. */
export const inboundText = z.object({
  at: z.string(),
  sid: z.string(),
  from: z.string(),
  to: z.string(),
  body: z.string(),
  media: z.array(z.object({ url: z.string(), contentType: z.string() })),
  /** What the carrier did with it by itself. */
  keyword: z.enum(['stop', 'start', 'help']).nullable(),
});
export type InboundText = z.infer<typeof inboundText>;

/** A line of `sms-status.jsonl`. */
export const statusChange = z.object({
  at: z.string(),
  sid: z.string(),
  status: z.enum(['queued', 'sent', 'delivered', 'undelivered', 'failed']),
  errorCode: z.number().nullable(),
});
export type StatusChange = z.infer<typeof statusChange>;
export type OutboundStatus = StatusChange['status'];

/** One message as the network knows it now. */
export type NetworkText =
  | ({ direction: 'outbound'; status: OutboundStatus; errorCode: number | null; sentAt: string | null } & AcceptedText)
  | ({ direction: 'inbound'; status: 'received' } & InboundText);

export function newMessageSid(): string {
  return `SM${randomBytes(16).toString('hex')}`;
}

const STOP_WORDS = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT']);
const START_WORDS = new Set(['START', 'YES', 'UNSTOP']);
const HELP_WORDS = new Set(['HELP', 'INFO']);

/** Carriers act on a message that is exactly one keyword; "please stop" is for the lender to understand. */
export function carrierKeyword(body: string): InboundText['keyword'] {
  const word = body.trim().toUpperCase();
  if (STOP_WORDS.has(word)) return 'stop';
  if (START_WORDS.has(word)) return 'start';
  return HELP_WORDS.has(word) ? 'help' : null;
}

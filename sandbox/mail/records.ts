import { z } from 'zod';

/** A line of `mail-accepted.jsonl`: the server answered (or was about to answer) 250 to the final dot. */
export const acceptedMail = z.object({
  at: z.string(),
  id: z.string(),
  envelopeFrom: z.string(),
  /** Envelope recipient; one line per recipient. */
  to: z.string(),
  from: z.string(),
  subject: z.string(),
  messageId: z.string(),
  /** The product's send id and attempt, from its own header. */
  send: z.string().nullable(),
  attempt: z.number().nullable(),
  body: z.string(),
  bodyHash: z.string(),
  /** Enhanced status code when the mailbox bounces: accepted, never seen by a person. */
  bounced: z.string().nullable(),
  /** RFC 822, one character a byte. */
  raw: z.string(),
});
export type AcceptedMail = z.infer<typeof acceptedMail>;

/** A line of `mail-lender.jsonl`: what arrived in the lender's mailbox. */
export const lenderMail = z.object({
  /** Counts from 1; the place to go on reading from. */
  seq: z.number(),
  at: z.string(),
  kind: z.enum(['from-borrower', 'delivery-report']),
  from: z.string(),
  to: z.string(),
  raw: z.string(),
});
export type LenderMail = z.infer<typeof lenderMail>;

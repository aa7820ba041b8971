import { z } from 'zod';
import { Id, Instant, LocalDate } from './common.ts';

/** A borrower's phone as they see it. Sandbox only: outside it these routes are not there (404 `sandbox-only`). */
export const PhoneThread = z.object({
  number: z.string(),
  owners: z.array(
    z.object({ personId: Id, name: z.string(), loans: z.array(z.object({ id: Id, loanNumber: z.string() })) }),
  ),
  lastText: z.string().nullable(),
  lastAt: Instant.nullable(),
  optedOut: z.boolean(),
});
export type PhoneThread = z.infer<typeof PhoneThread>;
/** GET /api/sandbox/phones?search= */
export const SandboxSearch = z.strictObject({
  search: z.string().trim().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const PhoneThreads = z.object({ rows: z.array(PhoneThread) });
export type PhoneThreads = z.infer<typeof PhoneThreads>;

export const PhoneMessage = z.object({
  id: z.string(),
  direction: z.enum(['to-borrower', 'from-borrower']),
  text: z.string(),
  at: Instant,
  /** The lender's number. */
  with: z.string(),
  status: z.string(),
});
export type PhoneMessage = z.infer<typeof PhoneMessage>;
/** GET /api/sandbox/phones/:number */
export const PhoneParams = z.strictObject({ number: z.string().regex(/^\+\d{8,15}$/) });
export const Phone = PhoneThread.extend({ messages: z.array(PhoneMessage) }).meta({ id: 'Phone' });
export type Phone = z.infer<typeof Phone>;
/** POST /api/sandbox/phones/:number/messages: the borrower texts us (Idempotency-Key). */
export const TextUs = z.strictObject({ text: z.string().min(1).max(1600), to: z.string().max(20).optional() });
export type TextUs = z.infer<typeof TextUs>;
export const TextUsAnswer = z.object({ id: z.string() });
export type TextUsAnswer = z.infer<typeof TextUsAnswer>;

export const Mail = z.object({
  id: z.string(),
  direction: z.enum(['to-borrower', 'from-borrower']),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  /** Shown only inside a sandboxed frame. */
  html: z.string().nullable(),
  at: Instant,
});
export type Mail = z.infer<typeof Mail>;
export const MailboxThread = z.object({
  address: z.string(),
  owners: PhoneThread.shape.owners,
  lastSubject: z.string().nullable(),
  lastAt: Instant.nullable(),
  optedOut: z.boolean(),
});
export type MailboxThread = z.infer<typeof MailboxThread>;
/** GET /api/sandbox/mailboxes?search= */
export const MailboxThreads = z.object({ rows: z.array(MailboxThread) });
export type MailboxThreads = z.infer<typeof MailboxThreads>;
/** GET /api/sandbox/mailboxes/:address */
export const MailboxParams = z.strictObject({ address: z.string().min(3).max(254) });
export const Mailbox = MailboxThread.extend({ messages: z.array(Mail) }).meta({ id: 'Mailbox' });
export type Mailbox = z.infer<typeof Mailbox>;
/** POST /api/sandbox/mailboxes/:address/messages (Idempotency-Key) */
export const MailUs = z.strictObject({
  subject: z.string().max(200).default(''),
  text: z.string().min(1).max(10_000),
  inReplyTo: z.string().max(300).optional(),
});
export type MailUs = z.infer<typeof MailUs>;

/** GET /api/clock */
export const Clock = z.object({
  businessNow: Instant,
  today: LocalDate,
  offsetMs: z.int(),
  sandbox: z.boolean(),
  advancing: z.boolean(),
  /** The earliest instant at which something is due. */
  nextWakeAt: Instant.nullable(),
  outbox: z.int(),
  inbox: z.int(),
  /** Why nothing goes out by itself: the core's file is late or too old. null: it is fresh. */
  staleData: z.string().nullable(),
});
export type Clock = z.infer<typeof Clock>;
/** POST /api/clock/advance: exactly one of the four. Answers when all that was due is done. */
export const Advance = z.union([
  z.strictObject({
    hours: z
      .number()
      .positive()
      .max(24 * 400),
  }),
  z.strictObject({ days: z.number().positive().max(400) }),
  z.strictObject({ until: Instant }),
  z.strictObject({ next: z.literal(true) }),
]);
export type Advance = z.infer<typeof Advance>;
export const Advanced = z.object({
  from: Instant,
  to: Instant,
  /** What happened on the way, counted by kind of event. */
  happened: z.array(z.object({ kind: z.string(), title: z.string(), count: z.int() })),
});
export type Advanced = z.infer<typeof Advanced>;

import { z } from 'zod';

/** Shapes that every noun uses. Bodies and queries are strict: an unknown key is refused, never ignored. */
/** Any 128-bit id that Postgres takes: ours are random, a lender's may not carry a version. */
export const Id = z.guid();
/** Money in integer cents. */
export const Cents = z.int();
/** A calendar date, `YYYY-MM-DD`, in the lender's or the borrower's zone as the field says. */
export const LocalDate = z.iso.date();
/** An instant in UTC, ISO 8601 with a trailing Z. */
export const Instant = z.iso.datetime();
/** Free text typed by a person. */
export const Words = z.string().trim().min(1).max(4000);

export const Product = z.enum([
  'auto',
  'rv',
  'boat',
  'mortgage',
  'heloc',
  'home-equity-closed-end',
  'personal',
  'card',
  'overdraft',
  'commercial',
  'manufactured-home',
]);
export type Product = z.infer<typeof Product>;

/** How many days past due: the desk's usual bands. */
export const Bucket = z.enum(['1-29', '30-59', '60-89', '90-119', '120+']);
export type Bucket = z.infer<typeof Bucket>;

export const SendChannel = z.enum(['sms', 'email', 'letter']);
export type SendChannel = z.infer<typeof SendChannel>;
export const ContactChannel = z.enum(['sms', 'call', 'prerecorded-call', 'voicemail', 'email', 'letter']);
export type ContactChannel = z.infer<typeof ContactChannel>;

export const Decision = z.enum(['allow', 'deny', 'defer-until', 'require-content', 'require-approval']);
export type Decision = z.infer<typeof Decision>;

/** Server paging by keyset: pass `next` back as `cursor`; null means that there is no more. */
export const PageQuery = z.strictObject({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({ rows: z.array(row), next: z.string().nullable() });
}

export const IdParams = z.strictObject({ id: Id });
/** A loan is addressed by its id or by its number. */
export const LoanParams = z.strictObject({ loan: z.string().min(1).max(64) });

/** What a command that changes one thing answers with. */
export const Done = z.object({ id: Id });
export type Done = z.infer<typeof Done>;

/** One failing rule of a decision, ready to be shown. `kind`: law, counsel's reading of it, or bank policy. */
export const Reason = z.object({
  rule: z.string(),
  words: z.string(),
  citation: z.string().nullable(),
  kind: z.enum(['law', 'counsel', 'policy']),
  severity: z.enum(['deny', 'require-approval', 'require-content', 'defer-until']),
  /** For a defer: when this rule alone may pass again; null when only news ends it. */
  until: Instant.nullable(),
});
export type Reason = z.infer<typeof Reason>;

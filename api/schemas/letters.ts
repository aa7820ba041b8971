import { z } from 'zod';
import { Id, Instant, LocalDate, PageQuery, Words, pageOf } from './common.ts';

/** Where a letter stands: in the queue, with the printer, in the post, or come back. */
export const LetterState = z.enum(['waiting', 'released', 'mailed', 'returned']);
export type LetterState = z.infer<typeof LetterState>;

export const LetterRow = z.object({
  id: Id,
  state: LetterState,
  loanId: Id,
  loanNumber: z.string(),
  person: z.string(),
  template: z.string(),
  /** Law sets its wording or its time. */
  legal: z.boolean(),
  language: z.string(),
  wordedAt: Instant,
  /** The print batch; null while it waits. */
  batchId: z.string().nullable(),
  releasedAt: Instant.nullable(),
  mailedOn: LocalDate.nullable(),
  mailClass: z.string().nullable(),
  certificateNumber: z.string().nullable(),
  returnedOn: LocalDate.nullable(),
  returnReason: z.string().nullable(),
});
export type LetterRow = z.infer<typeof LetterRow>;

/** GET /api/letters: newest first, except for what waits: oldest first. */
export const LettersQuery = PageQuery.extend({ state: LetterState });
export type LettersQuery = z.infer<typeof LettersQuery>;
export const LetterPage = pageOf(LetterRow);
export type LetterPage = z.infer<typeof LetterPage>;

/** A letter that a release did not take along, and why. */
const LeftOut = z.object({ letterId: Id, why: z.string() });

/** An order to release what waits, and what came of it. */
export const PrintOrder = z.object({
  id: Id,
  state: z.enum(['open', 'done']),
  askedAt: Instant,
  askedBy: z.string(),
  batchId: z.string().nullable(),
  released: z.int(),
  waiting: z.array(LeftOut),
  recalled: z.array(LeftOut),
});
export type PrintOrder = z.infer<typeof PrintOrder>;

/** GET /api/letters/summary */
export const LetterSummary = z.object({
  counts: z.record(LetterState, z.int()),
  /** The newest orders first. */
  orders: z.array(PrintOrder),
});
export type LetterSummary = z.infer<typeof LetterSummary>;

/** POST /api/letters/:id/recall */
export const RecallLetter = z.strictObject({ reason: Words });
export type RecallLetter = z.infer<typeof RecallLetter>;

/** POST /api/letters/:id/mailed. `mailClass` null: every piece of the letter. */
export const LetterMailed = z.strictObject({
  on: LocalDate,
  mailClass: z.enum(['first-class', 'certified']).nullable().default(null),
  certificateNumber: z.string().trim().min(1).max(64).nullable().default(null),
});
export type LetterMailed = z.input<typeof LetterMailed>;
export const LetterMailedAnswer = z.object({ already: z.boolean(), whole: z.boolean() });
export type LetterMailedAnswer = z.infer<typeof LetterMailedAnswer>;

/** POST /api/letters/mailed-file: the printer's list as it came back, with `mailed_on` filled in. */
export const VendorFile = z.strictObject({ text: z.string().min(1) });
export type VendorFile = z.infer<typeof VendorFile>;
/** Rows count from 1, the header's. What was refused holds up nothing else. */
export const VendorFileAnswer = z.object({
  recorded: z.int(),
  already: z.int(),
  refused: z.array(z.object({ row: z.int(), field: z.string(), reason: z.string() })),
});
export type VendorFileAnswer = z.infer<typeof VendorFileAnswer>;

/** POST /api/letters/returned: the number under the barcode, the whole id or its first eight or more characters. */
export const LetterReturned = z.strictObject({
  letterId: z
    .string()
    .trim()
    .regex(/^[0-9a-f-]{8,36}$/i, 'the number printed on the letter: eight or more characters'),
  on: LocalDate,
  reason: Words,
});
export type LetterReturned = z.infer<typeof LetterReturned>;
export const LetterReturnedAnswer = z.object({ id: Id, already: z.boolean(), addressMarked: z.boolean() });
export type LetterReturnedAnswer = z.infer<typeof LetterReturnedAnswer>;

/** GET /api/print-batches/:batch/manifest.csv */
export const BatchParams = z.strictObject({ batch: z.string().regex(/^\d{1,18}$/) });

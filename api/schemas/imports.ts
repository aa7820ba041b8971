import { z } from 'zod';
import { Instant, PageQuery, Words, pageOf } from './common.ts';

export const ImportState = z.enum([
  'received',
  'staged',
  'checked',
  'quarantined',
  'released',
  'merged',
  'done',
  'refused',
  'failed',
]);
export type ImportState = z.infer<typeof ImportState>;

export const ImportFile = z.object({
  file: z.string(),
  table: z.string(),
  bytes: z.int(),
  rowsSaid: z.int().nullable(),
  rowsRead: z.int().nullable(),
  rowsTaken: z.int().nullable(),
  rowsRejected: z.int().nullable(),
  rowsWaiting: z.int().nullable(),
  unknownColumns: z.array(z.string()),
  problem: z.string().nullable(),
});
export type ImportFile = z.infer<typeof ImportFile>;
/** File sets are numbered. */
export const ImportParams = z.strictObject({ id: z.coerce.number().int().min(1) });
export const ImportSet = z.object({
  id: z.int(),
  source: z.string(),
  state: ImportState,
  kind: z.enum(['all-loans', 'past-due-only']),
  asOf: Instant,
  receivedAt: Instant,
  doneAt: Instant.nullable(),
  broughtBy: z.string(),
  dryRun: z.boolean(),
  progress: z.object({ phase: z.string().nullable(), share: z.number().min(0).max(1).nullable() }),
  /** Why it waits: each line is one rule of the quarantine with its numbers. */
  quarantine: z.array(z.object({ code: z.string(), words: z.string() })),
  decided: z.object({ by: z.string(), at: Instant, because: z.string() }).nullable(),
  failure: z.string().nullable(),
  files: z.array(ImportFile),
  /** What came of it, by name: newlyDelinquent, cured, missing, casesOpened … */
  summary: z.record(z.string(), z.number()),
  tables: z.array(
    z.object({ table: z.string(), inserted: z.int(), changed: z.int(), unchanged: z.int(), rejected: z.int() }),
  ),
});
export type ImportSet = z.infer<typeof ImportSet>;
/** GET /api/imports, the newest first; GET /api/imports/:id */
export const ImportPage = pageOf(ImportSet).meta({ id: 'ImportPage' });
export type ImportPage = z.infer<typeof ImportPage>;

/** GET /api/imports/:id/errors; the same as a file with each row's own line at /api/imports/:id/errors.csv */
export const ImportErrorsQuery = PageQuery.extend({ table: z.string().max(40).optional() });
export type ImportErrorsQuery = z.infer<typeof ImportErrorsQuery>;
export const ImportErrorRow = z.object({
  file: z.string(),
  table: z.string(),
  row: z.int(),
  column: z.string().nullable(),
  value: z.string().nullable(),
  code: z.string(),
  reason: z.string(),
});
export type ImportErrorRow = z.infer<typeof ImportErrorRow>;
export const ImportErrorPage = pageOf(ImportErrorRow).meta({ id: 'ImportErrorPage' });
export type ImportErrorPage = z.infer<typeof ImportErrorPage>;

/** GET /api/imports/:id/fill: share of the rows read in which a column holds something, and in the set before. */
export const FillRates = z.object({
  rows: z.array(
    z.object({ table: z.string(), column: z.string(), filled: z.number().min(0).max(1), was: z.number().nullable() }),
  ),
});
export type FillRates = z.infer<typeof FillRates>;

/** POST /api/imports/:id/release and /refuse: stops in the file were applied already, whichever it is. */
export const SettleImport = z.strictObject({ reason: Words });
export type SettleImport = z.infer<typeof SettleImport>;
export const ImportAnswer = z.object({ id: z.int(), state: ImportState });
export type ImportAnswer = z.infer<typeof ImportAnswer>;

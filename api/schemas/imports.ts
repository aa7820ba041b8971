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

export const ImportTable = z.object({
  table: z.string(),
  file: z.string(),
  rows: z.int(),
  applied: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
});
export type ImportTable = z.infer<typeof ImportTable>;
/** File sets are numbered. */
export const ImportId = z.coerce.number().int().min(1);
export const ImportParams = z.strictObject({ id: ImportId });
export const ImportSet = z.object({
  id: z.int(),
  name: z.string(),
  state: ImportState,
  asOf: Instant.nullable(),
  kind: z.string().nullable(),
  receivedAt: Instant,
  finishedAt: Instant.nullable(),
  progress: z.number().min(0).max(1),
  /** Why it waits: each line is one rule of the quarantine with its numbers. */
  quarantine: z.array(z.object({ rule: z.string(), detail: z.string() })),
  tables: z.array(ImportTable),
  /** Cases this set opened, cured or held. */
  effects: z.object({ opened: z.int(), cured: z.int(), held: z.int(), suspense: z.int() }),
});
export type ImportSet = z.infer<typeof ImportSet>;
/** GET /api/imports */
export const ImportPage = pageOf(ImportSet).meta({ id: 'ImportPage' });
export type ImportPage = z.infer<typeof ImportPage>;

/** GET /api/imports/:id/errors */
export const ImportErrorsQuery = PageQuery.extend({ table: z.string().max(40).optional() });
export const ImportErrorRow = z.object({
  file: z.string(),
  row: z.int(),
  column: z.string().nullable(),
  value: z.string().nullable(),
  reason: z.string(),
});
export type ImportErrorRow = z.infer<typeof ImportErrorRow>;
export const ImportErrorPage = pageOf(ImportErrorRow).meta({ id: 'ImportErrorPage' });
export type ImportErrorPage = z.infer<typeof ImportErrorPage>;

/** GET /api/imports/:id/fill: share of rows in which a column holds something. */
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

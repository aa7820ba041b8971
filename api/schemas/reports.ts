import { z } from 'zod';
import { LocalDate } from './common.ts';

export const ReportName = z.enum([
  'no-contact-7-days',
  'broken-promises',
  'legal-notices',
  'sends',
  'refusals',
  'holds-for-review',
  'payments-unmatched',
]);
export type ReportName = z.infer<typeof ReportName>;
/** GET /api/reports: what there is and how each is computed. */
export const ReportList = z.object({
  reports: z.array(z.object({ name: ReportName, title: z.string(), how: z.string() })),
});
export type ReportList = z.infer<typeof ReportList>;

export const ReportParams = z.strictObject({ name: ReportName });
export const ReportQuery = z.strictObject({
  from: LocalDate.optional(),
  to: LocalDate.optional(),
  limit: z.coerce.number().int().min(1).max(5000).default(500),
});
export type ReportQuery = z.infer<typeof ReportQuery>;
/** `type` tells the table how to show and a CSV how to write a column. */
export const ReportColumn = z.object({
  key: z.string(),
  title: z.string(),
  type: z.enum(['text', 'cents', 'date', 'instant', 'number', 'loan']),
});
export type ReportColumn = z.infer<typeof ReportColumn>;
/** GET /api/reports/:name, and /api/reports/:name.csv with the same query. */
export const Report = z
  .object({
    name: ReportName,
    title: z.string(),
    how: z.string(),
    columns: z.array(ReportColumn),
    rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
    truncated: z.boolean(),
  })
  .meta({ id: 'Report' });
export type Report = z.infer<typeof Report>;

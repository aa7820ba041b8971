import { z } from 'zod';
import { mappingProblems } from './mapping-check.ts';
import { ImportRefused } from './refused.ts';
import { TABLE_NAMES } from './tables.ts';

const marker = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** How one column of ours is made from a lender's file; docs/import-mapping.md is its manual. */
const columnSource = z.strictObject({
  /** Name of the column in the file, or several that are joined. */
  from: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
  join: z.string().optional(),
  /** The same text for every row. */
  value: z.string().optional(),
  /** Characters to take: first (from 1) and how many. */
  take: z.tuple([z.int().min(1), z.int().min(1)]).optional(),
  /** Only what stands behind, or in front of, the first of these markers. */
  after: marker.optional(),
  before: marker.optional(),
  /** Texts that mean "unknown", beside the empty one. */
  unknown: z.array(z.string()).optional(),
  /** Their code → our word. A code that is not listed is refused, unless `otherCodes` says what it means. */
  codes: z.record(z.string(), z.string()).optional(),
  otherCodes: z.string().optional(),
  yes: z.array(z.string()).optional(),
  no: z.array(z.string()).optional(),
  /** Pattern of YYYY YY MM M DD D MON DDD and what stands between them. */
  date: z.string().optional(),
  plusMonths: z.int().min(-600).max(600).optional(),
  /** Zone of an instant that carries no offset of its own. */
  zone: z.string().optional(),
  /** The file's numbers have a decimal comma. */
  decimal: z.literal(',').optional(),
  money: z.enum(['dollars', 'cents', 'implied-2']).optional(),
  impliedDecimals: z.int().min(1).max(8).optional(),
  times: z.number().optional(),
  prefix: z.string().optional(),
  /** What stands in where the file has nothing. */
  whenEmpty: z.string().optional(),
  derive: z.enum(['next-due-from-days', 'days-from-next-due', 'past-due-from-days']).optional(),
  payment: z.string().optional(),
  /** A factor for `payment`, where a file has no instalment but something near it. */
  paymentTimes: z.number().positive().optional(),
});
export type ColumnSource = z.infer<typeof columnSource>;

const format = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('csv'), delimiter: z.string().length(1).default(','), header: z.array(z.string()).optional() }), // prettier-ignore
  z.strictObject({ type: z.literal('pipe'), header: z.array(z.string()).optional() }),
  z.strictObject({
    type: z.literal('fixed'),
    columns: z.array(z.strictObject({ name: z.string().min(1), start: z.int().min(1), length: z.int().min(1) })).min(1),
  }),
]);

const fileMapping = z.strictObject({
  /** File name; `*` stands for any run of characters. */
  match: z.string().min(1),
  table: z.enum([...TABLE_NAMES, 'flat']),
  format: format.optional(),
  encoding: z.enum(['utf-8', 'windows-1252']).optional(),
  skipLines: z.int().min(0).max(100).optional(),
  ignoreLinesStartingWith: z.array(z.string().min(1)).optional(),
  /** The record at the end that says how many rows there were: told by its beginning, the count by its characters or its field. */
  trailer: z
    .strictObject({
      startsWith: z.string().min(1),
      rows: z.union([z.strictObject({ take: z.tuple([z.int().min(1), z.int().min(1)]) }), z.strictObject({ field: z.int().min(1) })]), // prettier-ignore
    })
    .optional(),
  /** Rows without a text in these columns of ours are not rows of this table. */
  onlyWith: z.array(z.string()).optional(),
  columns: z.record(z.string(), z.union([z.string().min(1), columnSource])).optional(),
});
export type FileMapping = z.infer<typeof fileMapping>;

const mapping = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower case letters, digits and dashes'),
  /** `all-loans` unless said otherwise; used where there is no manifest. */
  kind: z.enum(['all-loans', 'past-due-only']).optional(),
  /** An instant, or where to find the date in a file's name: `{ "fileName": "YYYYMMDD" }`. */
  asOf: z.union([z.string(), z.strictObject({ fileName: z.string(), time: z.string().regex(/^\d\d:\d\d$/).optional() })]).optional(), // prettier-ignore
  zone: z.string().optional(),
  files: z.array(fileMapping).min(1),
});
export type Mapping = z.infer<typeof mapping>;

/** What has not the shape of a mapping, a line each. Where either a text or an object may stand, the object's faults are told. */
function shapeProblems(issues: readonly z.core.$ZodIssue[], above: readonly PropertyKey[] = []): string[] {
  return issues.flatMap((issue) => {
    const path = [...above, ...issue.path];
    const last = issue.code === 'invalid_union' ? issue.errors.at(-1) : undefined;
    if (last !== undefined && last.some((one) => one.path.length > 0 || one.code === 'unrecognized_keys'))
      return shapeProblems(last, path);
    return [`  ${path.join('.')}: ${issue.message}`];
  });
}

/** Reads a mapping. @throws ImportRefused naming each field that cannot stand */
export function parseMapping(content: unknown): Mapping {
  const parsed = mapping.safeParse(content);
  if (!parsed.success)
    throw new ImportRefused(
      'bad-mapping',
      `The mapping cannot stand:\n${shapeProblems(parsed.error.issues).join('\n')}`,
    );
  const problems = mappingProblems(parsed.data).map((problem) => `  ${problem}`);
  if (problems.length > 0) throw new ImportRefused('bad-mapping', `The mapping cannot stand:\n${problems.join('\n')}`);
  return parsed.data;
}

import { z } from 'zod';
import { MOST_UPLOADED_FILES, PREVIEWED_BYTES } from '../../intake/limits.ts';
import { Instant } from './common.ts';

export const MappingName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower case letters, digits and dashes');

/** A mapping as docs/import-mapping.md describes it; its fields are judged one by one by the reader of mappings itself. */
export const MappingContent = z.record(z.string(), z.unknown());
export type MappingContent = z.infer<typeof MappingContent>;

export const SavedMapping = z.object({ name: z.string(), content: MappingContent, setAt: Instant, actor: z.string() });
export type SavedMapping = z.infer<typeof SavedMapping>;
/** GET /api/mappings, by name */
export const MappingList = z.object({ rows: z.array(SavedMapping) });
export type MappingList = z.infer<typeof MappingList>;
export const MappingParams = z.strictObject({ name: MappingName });
/** PUT /api/mappings/:name */
export const MappingSaved = z.object({ name: z.string() });
export type MappingSaved = z.infer<typeof MappingSaved>;

/** POST /api/import-previews: the beginnings of files; nothing of them is kept. */
export const PreviewRequest = z.strictObject({
  files: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(255),
        /** Base64 of the first bytes. */
        beginning: z.base64().max(Math.ceil(PREVIEWED_BYTES / 3) * 4),
        whole: z.boolean(),
      }),
    )
    .min(1)
    .max(MOST_UPLOADED_FILES),
  mapping: MappingContent.nullable(),
});
export type PreviewRequest = z.infer<typeof PreviewRequest>;

const PreviewCell = z.object({
  column: z.string(),
  type: z.string(),
  value: z.string().nullable(),
  problem: z.string().nullable(),
});
const TablePreview = z.object({
  table: z.string(),
  flat: z.boolean(),
  missing: z.array(z.string()),
  notThere: z.array(z.string()),
  unknown: z.array(z.string()),
  rows: z.array(z.object({ line: z.int(), problem: z.string().nullable(), cells: z.array(PreviewCell) })),
});
export type TablePreview = z.infer<typeof TablePreview>;
export const FilePreview = z.object({
  name: z.string(),
  problem: z.string().nullable(),
  columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
  tables: z.array(TablePreview),
});
export type FilePreview = z.infer<typeof FilePreview>;
export const Previews = z.object({ files: z.array(FilePreview) }).meta({ id: 'ImportPreviews' });
export type Previews = z.infer<typeof Previews>;

const flag = z.enum(['true', 'false']).default('false').transform((text) => text === 'true'); // prettier-ignore
/** POST /api/imports: a form with these fields, then the files. */
export const UploadFields = z.strictObject({
  mapping: MappingName.optional(),
  allOrNothing: flag,
  dryRun: flag,
  asOf: z.iso.datetime({ offset: true }).optional(),
  kind: z.enum(['all-loans', 'past-due-only']).default('all-loans'),
});
export const Uploaded = z.object({ id: z.int() });
export type Uploaded = z.infer<typeof Uploaded>;

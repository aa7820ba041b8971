import { z } from 'zod';
import { Id, Instant, LocalDate } from './common.ts';

export const DocumentKind = z.enum([
  'hardship-letter',
  'income-proof',
  'bank-statement',
  'payment-proof',
  'insurance-proof',
  'bankruptcy-notice',
  'attorney-letter',
  'power-of-attorney',
  'death-certificate',
  'military-orders',
  'dispute-letter',
  'signed-agreement',
  'identity-document',
  'correspondence',
  'other',
]);
export type DocumentKind = z.infer<typeof DocumentKind>;
export const MediaType = z.enum(['application/pdf', 'image/png', 'image/jpeg']);
export type MediaType = z.infer<typeof MediaType>;

export const Document = z.object({
  id: Id,
  kind: DocumentKind,
  title: z.string(),
  mediaType: MediaType,
  bytes: z.int(),
  /** SHA-256 of the bytes, hex. */
  hash: z.string(),
  filedAt: Instant,
  actor: z.string(),
  personId: Id.nullable(),
  /** Its bytes are kept at least until this day. */
  keepUntil: LocalDate,
  /** When its bytes went, at the end of its retention. */
  removedAt: Instant.nullable(),
});
export type Document = z.infer<typeof Document>;

/** GET /api/loans/:loan/documents, newest first. */
export const DocumentList = z.object({ rows: z.array(Document) }).meta({ id: 'DocumentList' });
export type DocumentList = z.infer<typeof DocumentList>;

/** POST /api/loans/:loan/documents: the body is the file itself, a PDF, PNG or JPEG of at most 10 MB. */
export const FileDocument = z.strictObject({
  kind: DocumentKind,
  title: z.string().trim().min(1).max(120),
  personId: Id.optional(),
});
export type FileDocument = z.infer<typeof FileDocument>;

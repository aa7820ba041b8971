import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Document, DocumentKind, MediaType } from '../api/schemas/documents.ts';
import { addDays } from '../domain/calendar/days.ts';
import { localDateAt } from '../domain/calendar/zones.ts';
import { businessNow } from './business-clock.ts';
import { storeContent } from './import/content.ts';
import type { PieceSealer } from './import/content.ts';
import { inTransaction, one } from './pool.ts';
import type { Pool } from './pool.ts';
import { isoOrNull, read } from './read/prepared.ts';
import { refused } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { readRetention } from './retention.ts';
import { recordEvent } from './timeline.ts';

export interface NewDocument {
  loanId: string;
  personId: string | null;
  kind: DocumentKind;
  title: string;
  mediaType: MediaType;
  content: Buffer;
  actor: string;
  lenderZone: string;
}

/** What each type of file begins with: a name or a header can say anything. */
const BEGINS: Readonly<Record<MediaType, Buffer>> = {
  'application/pdf': Buffer.from('%PDF-'),
  'image/png': Buffer.from([0x89, 0x50, 0x4e, 0x47]),
  'image/jpeg': Buffer.from([0xff, 0xd8, 0xff]),
};

/**
 * Files a document with an account: the bytes sealed under their hash, then the row and its line on the timeline together.
 * A file that is stored and never named by a row is found again by the same bytes.
 */
export async function fileDocument(
  pool: Pool,
  sealer: PieceSealer,
  document: NewDocument,
): Promise<{ kind: 'filed'; id: string } | Refusal<'not-a-document' | 'setting-invalid'>> {
  const { content, mediaType, loanId, personId, title, actor } = document;
  const begins = BEGINS[mediaType];
  if (!content.subarray(0, begins.length).equals(begins))
    return refused('not-a-document', `The file is not what its type says (${mediaType}).`);
  const retention = await readRetention(pool);
  if (retention.kind === 'refused')
    return refused('setting-invalid', `The setting "retention" cannot be read: ${retention.problems.join('; ')}`);
  const hash = createHash('sha256').update(content).digest('hex');
  await storeContent(pool, sealer, { hash, pieces: Readable.from([content]) });
  return inTransaction(pool, async (client) => {
    const atMs = await businessNow(client);
    const today = localDateAt(atMs, document.lenderZone);
    const keepUntil = addDays(today, retention.settings.documentDays);
    const { rows } = await client.query<{ id: string; case_id: string | null }>(
      `insert into document (loan_id, person_id, case_id, kind, title, media_type, bytes, content_hash, filed_at, keep_until, branch_id, portfolio_id, actor)
       select l.id, $2, (select id from collection_case where loan_id = l.id and status = 'open'), $3, $4, $5, $6, $7,
              to_timestamp($8::double precision / 1000), $9, l.branch_id, l.portfolio_id, $10 from loan l where l.id = $1 returning id, case_id`,
      [loanId, personId, document.kind, title, mediaType, content.length, hash, atMs, keepUntil, actor],
    );
    const { id, case_id: caseId } = one(rows);
    await recordEvent(client, {
      kind: 'document-filed',
      atMs,
      actor,
      loanId,
      personId,
      caseId,
      data: { documentId: id, type: document.kind, title, hash, keepUntil },
    });
    return { kind: 'filed' as const, id };
  });
}

interface DocumentRow {
  id: string;
  kind: DocumentKind;
  title: string;
  media_type: MediaType;
  bytes: number;
  content_hash: string;
  filed_at: Date;
  actor: string;
  person_id: string | null;
  keep_until: string;
  removed_at: Date | null;
}

/** The documents of an account, newest first. */
export async function listDocuments(pool: Pool, loanId: string): Promise<Document[]> {
  const rows = await read<DocumentRow>(
    pool,
    `select id, kind, title, media_type, bytes, content_hash, filed_at, actor, person_id, keep_until, removed_at
     from document where loan_id = $1 order by filed_at desc, id limit 200`,
    [loanId],
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    title: row.title,
    mediaType: row.media_type,
    bytes: row.bytes,
    hash: row.content_hash,
    filedAt: row.filed_at.toISOString(),
    actor: row.actor,
    personId: row.person_id,
    keepUntil: row.keep_until,
    removedAt: isoOrNull(row.removed_at),
  }));
}

/** A document's loan and where its bytes are; null when there is none, or its bytes have gone. */
export async function findDocument(
  pool: Pool,
  id: string,
): Promise<{ loanId: string; title: string; mediaType: MediaType; hash: string } | null> {
  const [row] = await read<{ loanId: string; title: string; mediaType: MediaType; hash: string }>(
    pool,
    `select loan_id as "loanId", title, media_type as "mediaType", content_hash as hash from document where id = $1 and removed_at is null`,
    [id],
  );
  return row ?? null;
}

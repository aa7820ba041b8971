import { stringify } from 'csv-stringify/sync';
import { findTemplate } from '../templates/catalog.ts';
import { readContent } from './import/content.ts';
import type { PieceSealer } from './import/content.ts';
import type { Pool } from './pool.ts';

export interface ManifestPiece {
  pieceNo: number;
  letterId: string;
  mailClass: string;
  pages: number;
  enclosures: readonly string[];
  pdfHash: string;
  file: string;
  to: readonly string[];
  certificateNumber: string | null;
  mailedOn: string | null;
}

interface Row {
  piece_no: number;
  send_id: string;
  mail_class: string;
  pages: number;
  pdf_hash: string;
  to_value: string;
  template: string;
  certificate_number: string | null;
  mailed_on: string | null;
}

/** The pieces of a batch in their order; empty for a batch that does not exist. */
export async function piecesOfBatch(pool: Pool, batchId: string): Promise<ManifestPiece[]> {
  const { rows } = await pool.query<Row>(
    `select p.piece_no, p.send_id, p.mail_class, p.pages, p.pdf_hash, s.to_value, s.template, p.certificate_number, p.mailed_on
     from letter_piece p join send s on s.id = p.send_id where p.batch_id::text = $1 order by p.piece_no`,
    [batchId],
  );
  return rows.map((row) => ({
    pieceNo: row.piece_no,
    letterId: row.send_id,
    mailClass: row.mail_class,
    pages: row.pages,
    enclosures: findTemplate(row.template, 'letter')?.enclosures ?? [],
    pdfHash: row.pdf_hash,
    file: `${row.send_id}.pdf`,
    to: row.to_value.split('\n'),
    certificateNumber: row.certificate_number,
    mailedOn: row.mailed_on,
  }));
}

/**
 * What the print vendor works from and answers with: one line a piece, filled in at `mailed_on` and `certificate_number`
 * and sent back. No reason for the letter is in it: the vendor needs none.
 */
export function manifestCsv(batchId: string, pieces: readonly ManifestPiece[]): string {
  const columns = [
    'batch',
    'piece',
    'pieces',
    'letter_id',
    'class',
    'pages',
    'enclosures',
    'file',
    'pdf_sha256',
    'address_1',
    'address_2',
    'address_3',
    'address_4',
    'certificate_number',
    'mailed_on',
  ];
  const lines = pieces.map((piece) => [
    batchId,
    piece.pieceNo,
    pieces.length,
    piece.letterId,
    piece.mailClass,
    piece.pages,
    piece.enclosures.join('; '),
    piece.file,
    piece.pdfHash,
    ...Array.from({ length: 4 }, (_, index) => piece.to[index] ?? ''),
    piece.certificateNumber ?? '',
    piece.mailedOn ?? '',
  ]);
  return stringify([columns, ...lines], { escape_formulas: true });
}

/** The stored PDF of a piece. */
export async function pdfOf(pool: Pool, sealer: PieceSealer, hash: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of readContent(pool, sealer, hash)) parts.push(part);
  return Buffer.concat(parts);
}

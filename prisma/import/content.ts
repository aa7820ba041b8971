import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import type { Pool, Queryable } from '../pool.ts';

/** Seals and opens pieces of files. */
export interface PieceSealer {
  bytes(plain: Buffer): Buffer;
  openBytes(sealed: Buffer): Buffer;
}

const PIECE = 1_048_576;
const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** The SHA-256 of a file as it streams by, and its size. */
export async function hashOf(pieces: AsyncIterable<Buffer>): Promise<{ hash: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of pieces) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { hash: hash.digest('hex'), bytes };
}

/**
 * Keeps a file's bytes under their hash. The name is written last, so a file half stored is none; storing again is free.
 * @returns false when the bytes that came are not those of the hash: the file changed while it was read
 */
export async function storeContent(
  pool: Pool,
  sealer: PieceSealer,
  content: { hash: string; pieces: AsyncIterable<Buffer> },
): Promise<boolean> {
  // prettier-ignore
  if (await hasContent(pool, content.hash)) return true;
  const hash = createHash('sha256');
  let seq = 0;
  let bytes = 0;
  for await (const piece of piecesOf(content.pieces)) {
    hash.update(piece);
    bytes += piece.length;
    await pool.query(
      'insert into import_content_piece (hash, seq, data) values ($1, $2, $3) on conflict (hash, seq) do update set data = excluded.data',
      [content.hash, seq, sealer.bytes(await compress(piece))],
    );
    seq += 1;
  }
  if (hash.digest('hex') !== content.hash) {
    await pool.query('delete from import_content_piece where hash = $1 and not exists (select 1 from import_content where hash = $1)', [content.hash]); // prettier-ignore
    return false;
  }
  await pool.query('insert into import_content (hash, bytes, pieces) values ($1, $2, $3) on conflict do nothing', [content.hash, bytes, seq]); // prettier-ignore
  return true;
}

export async function hasContent(db: Queryable, hash: string): Promise<boolean> {
  const { rowCount } = await db.query('select 1 from import_content where hash = $1', [hash]);
  return rowCount === 1;
}

/** The stored file, piece by piece; the next piece is fetched while this one is read. */
export async function* readContent(pool: Pool, sealer: PieceSealer, hash: string): AsyncGenerator<Buffer> {
  const { rows } = await pool.query<{ pieces: number }>('select pieces from import_content where hash = $1', [hash]);
  const [content] = rows;
  if (content === undefined) throw new Error(`no stored file ${hash}`);
  let next = content.pieces > 0 ? readPiece(pool, sealer, { hash, seq: 0 }) : null;
  for (let seq = 1; next !== null; seq++) {
    const piece: Buffer = await next;
    next = seq < content.pieces ? readPiece(pool, sealer, { hash, seq }) : null;
    // A reader that stops early must not leave an unhandled failure behind.
    next?.catch(() => undefined);
    yield piece;
  }
}

async function readPiece(pool: Pool, sealer: PieceSealer, piece: { hash: string; seq: number }): Promise<Buffer> {
  // Base64 is a third larger than the bytes; the driver's own way with bytea is twice as large and slower to read.
  const { rows } = await pool.query<{ data: string }>(
    `select encode(data, 'base64') as data from import_content_piece where hash = $1 and seq = $2`,
    [piece.hash, piece.seq],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`a piece of the stored file ${piece.hash} is missing: ${piece.seq}`);
  return decompress(sealer.openBytes(Buffer.from(row.data, 'base64')));
}

async function* piecesOf(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    held.push(chunk);
    size += chunk.length;
    if (size >= PIECE) {
      const whole = Buffer.concat(held);
      let from = 0;
      for (; whole.length - from >= PIECE; from += PIECE) yield whole.subarray(from, from + PIECE);
      held = from < whole.length ? [whole.subarray(from)] : [];
      size = whole.length - from;
    }
  }
  if (size > 0) yield Buffer.concat(held);
}

import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BackupRefused } from './manifest.ts';

const BLOCK = 512;

/** Adds one entry; its bytes go straight to the file, and its size into the header once they are there. */
export type AddEntry = (name: string, source: Readable, ...through: NodeJS.ReadWriteStream[]) => Promise<void>;

/**
 * Writes a plain tar file, which any tool can look into, readable by its owner only. A backup that was broken off keeps
 * the ending `.partial` and is never taken for a whole one.
 */
export async function writeArchive(file: string, fill: (add: AddEntry) => Promise<void>): Promise<number> {
  const partial = `${file}.partial`;
  const handle = await open(partial, 'w', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new BackupRefused(`${file} cannot be written: ${error.code ?? error.message}`);
  });
  let at = 0;
  try {
    await fill(async (name, source, ...through) => {
      const start = at + BLOCK;
      const bytes = new PassThrough();
      const [, size] = await Promise.all([pipeline([source, ...through, bytes]), writeAll(handle, bytes, start)]);
      await handle.write(header(name, size), 0, BLOCK, at);
      at = start + Math.ceil(size / BLOCK) * BLOCK;
    });
    await handle.write(Buffer.alloc(2 * BLOCK), 0, 2 * BLOCK, at);
    await handle.truncate(at + 2 * BLOCK);
    await handle.sync();
  } catch (error) {
    await handle.close();
    await rm(partial, { force: true });
    throw error;
  }
  await handle.close();
  await rename(partial, file);
  return at + 2 * BLOCK;
}

/** @returns how many bytes there were */
async function writeAll(handle: FileHandle, bytes: AsyncIterable<Buffer>, start: number): Promise<number> {
  let size = 0;
  for await (const chunk of bytes) size += (await handle.write(chunk, 0, chunk.length, start + size)).bytesWritten;
  return size;
}

export interface Archive {
  names: ReadonlySet<string>;
  read(name: string): Readable;
}

/** Reads the table of contents. @throws BackupRefused when the file is no archive of ours or is cut off */
export async function openArchive(file: string): Promise<Archive> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new BackupRefused(`${file} cannot be read: ${error.code ?? error.message}`);
  });
  try {
    const entries = await contents(file, handle);
    return {
      names: new Set(entries.keys()),
      read: (name) => {
        const entry = entries.get(name);
        if (entry === undefined) throw new BackupRefused(`${file} lacks ${name}`);
        return createReadStream(file, { start: entry.start, end: Math.max(entry.start, entry.start + entry.size - 1) });
      },
    };
  } finally {
    await handle.close();
  }
}

async function contents(file: string, handle: FileHandle): Promise<Map<string, { start: number; size: number }>> {
  const { size: total } = await handle.stat();
  const entries = new Map<string, { start: number; size: number }>();
  for (let at = 0; ;) {
    const block = Buffer.alloc(BLOCK);
    const { bytesRead } = await handle.read(block, 0, BLOCK, at);
    if (bytesRead < BLOCK)
      throw new BackupRefused(
        entries.size === 0
          ? `${file} is not a Makegood backup`
          : `${file} is cut off after ${[...entries.keys()].at(-1) ?? ''}`,
      );
    if (block.every((byte) => byte === 0)) return entries;
    if (
      block.toString('latin1', 257, 262) !== 'ustar' ||
      checksum(block) !== parseInt(block.toString('latin1', 148, 156), 8)
    ) {
      throw new BackupRefused(
        entries.size === 0
          ? `${file} is not a Makegood backup`
          : `${file} is damaged after ${[...entries.keys()].at(-1) ?? ''}`,
      );
    }
    const name = block.toString('utf8', 0, 100).replace(/\0.*$/s, '');
    const size = sizeIn(block);
    if (at + BLOCK + size > total) throw new BackupRefused(`${file} is cut off within ${name}`);
    entries.set(name, { start: at + BLOCK, size });
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
}

function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 100, 'utf8');
  block.write('0000600\0' + '0000000\0' + '0000000\0', 100, 'latin1');
  // Eleven octal digits end at 8 GiB; beyond, the size is binary with the first bit set.
  if (size < 8 ** 11) block.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  else {
    block.writeUInt8(0x80, 124);
    block.writeBigUInt64BE(BigInt(size), 128);
  }
  block.write(
    `${Math.floor(Date.now() / 1000)
      .toString(8)
      .padStart(11, '0')}\0`,
    136,
    'latin1',
  );
  block.write('0', 156, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  block.write(`${checksum(block).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

/** The sum of all bytes, with spaces where the sum itself stands. */
function checksum(block: Buffer): number {
  return block.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 32 : byte), 0);
}

function sizeIn(block: Buffer): number {
  return block.readUInt8(124) === 0x80
    ? Number(block.readBigUInt64BE(128))
    : parseInt(block.toString('latin1', 124, 136), 8);
}

import { closeSync, existsSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const rotateAtBytes = 20 * 1024 * 1024;

/** The log of one part; a long one is set aside at a start (one older copy is kept). */
export function logFileOf(logs: string, name: string): string {
  const file = join(logs, `${name}.log`);
  if (existsSync(file) && statSync(file).size > rotateAtBytes) renameSync(file, `${file}.1`);
  return file;
}

export function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}

/** What was written after `offset`, at most the last 64 KiB of it. */
export function readFrom(file: string, offset: number): string {
  if (!existsSync(file)) return '';
  const end = statSync(file).size;
  const start = Math.max(offset, end - 65_536);
  if (end <= start) return '';
  const buffer = Buffer.alloc(end - start);
  const descriptor = openSync(file, 'r');
  try {
    return buffer.subarray(0, readSync(descriptor, buffer, 0, buffer.length, start)).toString('utf8');
  } finally {
    closeSync(descriptor);
  }
}

/** The last lines a dead part left, stack frames aside, for the message that says why the start failed. */
export function lastLines(file: string, offset: number, count: number): string {
  const lines = readFrom(file, offset).trimEnd().split('\n');
  return lines
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
    .slice(-count)
    .join('\n  ');
}

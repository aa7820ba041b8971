import { mkdir, open, readFile, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** An append-only file of JSON lines. A line counts from the moment `append` resolves: then it is on the disk. */
export type Journal<Line> = {
  append(line: Line): Promise<void>;
  close(): Promise<void>;
};

/** Opens a journal and hands back what it held, so that a process killed at any moment starts where it was. */
export async function openJournal<Line>(
  path: string,
  shape: z.ZodType<Line>,
): Promise<{ journal: Journal<Line>; past: Line[] }> {
  await mkdir(dirname(path), { recursive: true });
  const past = (await readWholeLines(path)).map((line) => shape.parse(JSON.parse(line)));
  const file = await open(path, 'a', 0o600);
  type Waiting = { text: string; done: () => void; failed: (error: unknown) => void };
  let waiting: Waiting[] = [];
  let writing: Promise<void> | null = null;

  /** All lines that came while the last batch was on its way to the disk go together: one sync for many. */
  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await file.appendFile(batch.map((line) => line.text).join(''));
        await file.datasync();
        for (const line of batch) line.done();
      } catch (error) {
        for (const line of batch) line.failed(error);
      }
    }
    writing = null;
  }

  const journal: Journal<Line> = {
    append: (line) =>
      new Promise((done, failed) => {
        waiting.push({ text: `${JSON.stringify(line)}\n`, done, failed });
        writing ??= drain();
      }),
    async close() {
      await writing;
      await file.close();
    },
  };
  return { journal, past };
}

/** A last line without its end was never acknowledged to anyone: it is cut off, so that the next one starts clean. */
async function readWholeLines(path: string): Promise<string[]> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length) await truncate(path, end);
  return bytes
    .subarray(0, end)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Pool } from '../prisma/pool.ts';
import type { RunFile } from './start/run-file.ts';
import { CommandRefused, carryOut, withRunningInstance } from './instance-db.ts';

interface Json {
  json?: true;
}
interface Running {
  pool: Pool;
  run: RunFile;
}

/** `makegood letters`: the print queue, what goes to the print vendor, and what the vendor and the post say of it. */
export function registerLetters(program: Command): void {
  const letters = program.command('letters').description('The print queue: list, release, mailed, returned');
  letters
    .command('list')
    .description('what waits to be released')
    .option('--json', 'one JSON object: letters')
    .action((options: Json) => carryOut(() => withRunningInstance((running) => list(running, options))));
  letters
    .command('release')
    .description('set what waits as PDF and hand it to the print vendor: a folder with the PDFs and manifest.csv')
    .option('--out <folder>', 'where the folder of the batch is made', 'letters')
    .option('--limit <count>', 'at most so many letters')
    .option('--json', 'one JSON object: batchId, released, pieces, waiting, recalled, folder')
    .action((options: Json & { out: string; limit?: string }) =>
      carryOut(() => withRunningInstance((running) => release(running, options))),
    );
  letters
    .command('export')
    .description('write the folder of a batch again, as it was released')
    .argument('<batch>', 'its number')
    .option('--out <folder>', 'where the folder of the batch is made', 'letters')
    .option('--json', 'one JSON object: batchId, pieces, folder')
    .action((batch: string, options: Json & { out: string }) =>
      carryOut(() =>
        withRunningInstance(async (running) => {
          const written = await writeBatch(running, batch, options.out);
          if (written === null) throw new CommandRefused(`There is no batch ${batch}.`);
          print(options, written, `Batch ${batch}: ${written.pieces} pieces in ${written.folder}.`);
        }),
      ),
    );
  letters
    .command('mailed')
    .description(
      'say that a letter was mailed: one by its id, or the vendor’s file (the manifest with mailed_on filled in)',
    )
    .argument('[letter]', 'the letter’s id, or the first eight or more characters of it')
    .option('--on <date>', 'the day on which it was mailed')
    .option('--class <class>', 'first-class or certified, where it went in both')
    .option('--certificate <number>', 'the number of the certified piece')
    .option('--file <csv>', 'columns letter_id, class, mailed_on, certificate_number')
    .option('--json', 'one JSON object: recorded, already, refused')
    .action((letter: string | undefined, options: Json & MailedOptions) =>
      carryOut(() => withRunningInstance((running) => mailed(running, letter, options))),
    );
  letters
    .command('returned')
    .description('say that mail came back, by the number in its barcode')
    .argument('<letter>', 'the letter’s id, or the first eight or more characters of it')
    .option('--on <date>', 'the day on which it came back (default: today)')
    .option('--reason <words>', 'what the post wrote on it', 'returned to sender')
    .option('--json', 'one JSON object: the answer')
    .action((letter: string, options: Json & { on?: string; reason: string }) =>
      carryOut(() => withRunningInstance((running) => returned(running, letter, options))),
    );
}

const actor = (): string => `cli:${process.env['USER'] ?? process.env['LOGNAME'] ?? 'operator'}`;

function print(options: Json, value: object, words: string): void {
  console.log(options.json === true ? JSON.stringify(value) : words);
}

async function list({ pool }: Running, options: Json): Promise<void> {
  const { listPrintQueue } = await import('../prisma/print-queue-rows.ts');
  const letters = await listPrintQueue(pool);
  const lines = letters.map(
    (letter) =>
      `${letter.letterId}  ${letter.wordedAt.slice(0, 10)}  ${letter.template.padEnd(24)} ${letter.loanNumber}  ${letter.person}`,
  );
  print(options, { letters }, [...lines, `${letters.length} letters wait.`].join('\n'));
}

async function release(running: Running, options: Json & { out: string; limit?: string }): Promise<void> {
  const { pool, run } = running;
  const limit = options.limit === undefined ? undefined : Number(options.limit);
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0))
    throw new CommandRefused('--limit is a whole number above 0.');
  const { releaseLetters } = await import('../prisma/print-queue.ts');
  const { printDeps } = await import('../activities/contact/print-deps.ts');
  const made = await releaseLetters(printDeps(pool, run.environment), {
    actor: actor(),
    ...(limit === undefined ? {} : { limit }),
  });
  const written = made.batchId === null ? null : await writeBatch(running, made.batchId, options.out);
  const why = [
    ...made.waiting.map((one) => `waits  ${one.letterId}  ${one.why}`),
    ...made.recalled.map((one) => `taken back  ${one.letterId}  ${one.why}`),
  ];
  const said =
    written === null
      ? 'Nothing was released.'
      : `Batch ${written.batchId}: ${made.released} letters, ${made.pieces} pieces in ${written.folder}.`;
  print(options, { ...made, folder: written?.folder ?? null }, [...why, said].join('\n'));
}

/** The PDFs and the manifest, from what is stored: writing it again gives the same bytes. */
async function writeBatch(
  { pool, run }: Running,
  batchId: string,
  out: string,
): Promise<{ batchId: string; pieces: number; folder: string } | null> {
  const { manifestCsv, pdfOf, piecesOfBatch } = await import('../prisma/print-manifest.ts');
  const { instanceSealer } = await import('../activities/import/index.ts');
  const pieces = await piecesOfBatch(pool, batchId);
  if (pieces.length === 0) return null;
  const folder = resolve(out, `batch-${batchId}`);
  await mkdir(folder, { recursive: true });
  const sealer = instanceSealer(run.environment);
  const files = new Map(pieces.map((piece) => [piece.file, piece.pdfHash]));
  for (const [file, hash] of files)
    await writeFile(join(folder, file), await pdfOf(pool, sealer, hash), { mode: 0o600 });
  // Last: a vendor who sees the manifest finds every file it names.
  await writeFile(join(folder, 'manifest.csv'), manifestCsv(batchId, pieces), { mode: 0o600 });
  return { batchId, pieces: pieces.length, folder };
}

interface MailedOptions {
  on?: string;
  class?: string;
  certificate?: string;
  file?: string;
}

async function mailed(
  { pool, run }: Running,
  letter: string | undefined,
  options: Json & MailedOptions,
): Promise<void> {
  if ((letter === undefined) === (options.file === undefined))
    throw new CommandRefused('Name one letter, or the vendor’s file with --file.');
  const { readVendorFile, readVendorRow, takeVendorRows } = await import('../prisma/vendor-file.ts');
  const { lenderOf } = await import('../activities/contact/print-deps.ts');
  const rows =
    options.file === undefined
      ? [
          readVendorRow(
            {
              letter_id: letter ?? '',
              class: options.class ?? '',
              mailed_on: options.on ?? '',
              certificate_number: options.certificate ?? '',
            },
            1,
          ),
        ]
      : readVendorFile(
          await readFile(options.file, 'utf8').catch(() => refuse(`${options.file ?? ''} cannot be read.`)),
        );
  const answer = await takeVendorRows(pool, rows, { actor: actor(), zone: lenderOf(run.environment).zone });
  const lines = answer.refused.map((one) => `row ${one.row}: ${one.field}: ${one.reason}`);
  print(
    options,
    answer,
    [...lines, `${answer.recorded} recorded, ${answer.already} known already, ${answer.refused.length} refused.`].join(
      '\n',
    ),
  );
  if (answer.refused.length > 0) process.exitCode = 1;
}

function refuse(why: string): never {
  throw new CommandRefused(why);
}

async function returned(
  { pool, run }: Running,
  letter: string,
  options: Json & { on?: string; reason: string },
): Promise<void> {
  const { recordReturned } = await import('../prisma/letter-returned.ts');
  const { lenderOf } = await import('../activities/contact/print-deps.ts');
  const { businessNow } = await import('../prisma/business-clock.ts');
  const { inTransaction } = await import('../prisma/pool.ts');
  const { localDateAt } = await import('../domain/calendar/zones.ts');
  const { isLocalDate } = await import('../domain/calendar/days.ts');
  const nowMs = await businessNow(pool);
  const on = options.on ?? localDateAt(nowMs, lenderOf(run.environment).zone);
  if (!isLocalDate(on)) throw new CommandRefused(`--on ${options.on ?? ''} is no date.`);
  const answer = await inTransaction(pool, (client) =>
    recordReturned(client, { letterId: letter, on, reason: options.reason }, { actor: actor(), nowMs }),
  );
  if (answer.kind === 'refused' && options.json !== true)
    throw new CommandRefused(
      answer.code === 'unknown-letter' ? `There is no letter ${letter}.` : `Letter ${letter} was not mailed.`,
    );
  print(
    options,
    answer,
    answer.kind === 'already'
      ? 'Known already.'
      : 'Recorded: the address is marked and somebody is asked to find a better one.',
  );
  if (answer.kind === 'refused') process.exitCode = 1;
}

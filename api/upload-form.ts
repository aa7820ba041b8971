import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { LARGEST_UPLOADED_FILE, MOST_UPLOADED_FILES } from '../intake/limits.ts';
import { checkFileName } from '../intake/manifest.ts';
import type { Mapping } from '../intake/mapping.ts';
import { ImportRefused } from '../intake/refused.ts';
import { sniff } from '../intake/sniff.ts';
import { encodingOf } from '../intake/tables-in.ts';
import type { RefusalParts } from './problems.ts';

/** All that one form may bring. */
const LARGEST_FORM = 2 * 2 ** 30;
const MIB = 2 ** 20;
/** What multipart itself refuses, by its code. */
const TOO_MANY: ReadonlySet<string> = new Set(['FST_FILES_LIMIT', 'FST_PARTS_LIMIT', 'FST_FIELDS_LIMIT']);

export interface UploadedFile {
  name: string;
  open: () => AsyncIterable<Buffer>;
}

interface ReceivedForm<Fields> extends AsyncDisposable {
  kind: 'received';
  fields: Fields;
  files: UploadedFile[];
}
type RefusedForm = { kind: 'refused' } & RefusalParts & AsyncDisposable;

/** A form that cannot be taken; caught here and answered. */
class FormRefused extends Error {
  readonly parts: RefusalParts;
  constructor(parts: RefusalParts) {
    super(parts.detail);
    this.parts = parts;
  }
}

/**
 * Reads a form of fields and files into a folder of this request's own, which goes when the form is disposed of: whatever
 * ends the request, no file stays behind, and none is kept before all have come. Names lose their paths; what is no text
 * file (archives among them) is refused by its first bytes, and never unpacked.
 */
export async function receiveForm<Fields extends z.ZodType>(
  request: FastifyRequest,
  shape: Fields,
  mappingOf: (fields: z.infer<Fields>) => Promise<Mapping | null>,
): Promise<ReceivedForm<z.infer<Fields>> | RefusedForm> {
  const folder = await mkdtemp(join(tmpdir(), 'makegood-form-'));
  const disposal = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
  try {
    const { said, paths } = await spool(request, folder);
    const fields = shape.safeParse(said);
    if (!fields.success) throw new FormRefused({ code: 'malformed', detail: z.prettifyError(fields.error) });
    if (paths.size === 0) throw new FormRefused({ code: 'file-refused', detail: 'No file came with the form' });
    const mapping = await mappingOf(fields.data);
    for (const [name, path] of paths) sniff(name, await beginningOf(path), encodingOf(name, mapping));
    const files = [...paths].map(([name, path]) => ({ name, open: () => createReadStream(path, { highWaterMark: MIB }) })); // prettier-ignore
    return { kind: 'received', fields: fields.data, files, ...disposal };
  } catch (error) {
    await disposal[Symbol.asyncDispose]();
    const parts = refusalIn(error);
    if (parts === null) throw error;
    return { kind: 'refused', ...parts, ...disposal };
  }
}

async function spool(
  request: FastifyRequest,
  folder: string,
): Promise<{ said: Record<string, unknown>; paths: Map<string, string> }> {
  const said: Record<string, unknown> = {};
  const paths = new Map<string, string>();
  let bytes = 0;
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      said[part.fieldname] = part.value;
      continue;
    }
    const name = plainFileName(part.filename);
    if (paths.has(name)) throw new FormRefused({ code: 'file-refused', detail: `${name} came twice` });
    // Its own number, not its name, names it here.
    const path = join(folder, String(paths.size));
    await pipeline(part.file, createWriteStream(path, { mode: 0o600 }));
    if (part.file.truncated) throw tooLarge(`${name} is larger than ${LARGEST_UPLOADED_FILE / MIB} MiB`);
    const { size } = await stat(path);
    if (size === 0) throw new FormRefused({ code: 'file-refused', detail: `${name} is empty: not even a header line` });
    bytes += size;
    if (bytes > LARGEST_FORM) throw tooLarge(`The files together are larger than ${LARGEST_FORM / MIB} MiB`);
    paths.set(name, path);
  }
  return { said, paths };
}

function tooLarge(words: string): FormRefused {
  return new FormRefused({ code: 'payload-too-large', detail: `${words}: bring it with "makegood import" on the machine itself` }); // prettier-ignore
}

/** The last part of whatever path a browser, or somebody else, sends. */
function plainFileName(given: string): string {
  const name = (given.split(/[/\\]/).at(-1) ?? '').trim();
  if (name === '' || name.length > 255) throw new FormRefused({ code: 'file-refused', detail: 'A file has no name that can be kept' }); // prettier-ignore
  checkFileName(name);
  return name;
}

async function beginningOf(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** What is the sender's fault; null: ours. */
function refusalIn(error: unknown): RefusalParts | null {
  if (error instanceof FormRefused) return error.parts;
  if (error instanceof ImportRefused) return { code: 'file-refused', detail: error.message };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (TOO_MANY.has(code)) return { code: 'payload-too-large', detail: `At most ${MOST_UPLOADED_FILES} files at once` };
  // The parser's own faults carry no code, a request that was cut off one of the streams'.
  const cut = code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET';
  const parser = error instanceof Error && error.constructor === Error && code === '';
  return code.startsWith('FST_') || cut || parser ? { code: 'malformed', detail: 'Not a whole form of files' } : null;
}

import multipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { localDateAt } from '../../domain/calendar/zones.ts';
import { LARGEST_UPLOADED_FILE, MOST_UPLOADED_FILES } from '../../intake/limits.ts';
import { parseMapping } from '../../intake/mapping.ts';
import type { Mapping } from '../../intake/mapping.ts';
import { previewFiles } from '../../intake/preview.ts';
import { ImportRefused } from '../../intake/refused.ts';
import { businessNow } from '../../prisma/business-clock.ts';
import type { PieceSealer } from '../../prisma/import/content.ts';
import { findMapping, listMappings, saveMapping } from '../../prisma/import/mappings.ts';
import { receiveUpload } from '../../prisma/import/uploads.ts';
import type { Pool } from '../../prisma/pool.ts';
import { staffOf } from '../access.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { refuse } from '../problems.ts';
import type { RefusalParts } from '../problems.ts';
import {
  MappingContent,
  MappingList,
  MappingParams,
  MappingSaved,
  PreviewRequest,
  Previews,
  UploadFields,
  Uploaded,
} from '../schemas/intake.ts';
import { receiveForm } from '../upload-form.ts';

const A_DAY = 86_400_000;
const PREVIEW_BYTES = 2 * 2 ** 20;

/** How a person brings files by the page: saved mappings, a look at the first rows, and the files themselves. */
export async function intakeRoutes(parent: App, deps: ApiDeps): Promise<void> {
  const { pool, sealer, settings } = deps;
  const bring = { access: 'import.bring' } as const;

  parent.get(
    '/api/mappings',
    { config: { access: 'import.read' }, schema: { response: { 200: MappingList } } },
    async () => {
      const rows = await listMappings(pool);
      return { rows: rows.map((row) => ({ ...row, content: MappingContent.parse(row.content) })) };
    },
  );
  parent.put(
    '/api/mappings/:name',
    { config: bring, schema: { params: MappingParams, body: MappingContent, response: { 200: MappingSaved } } },
    async (request, reply) => {
      const { name } = request.params;
      const mapping = judged(reply, { ...request.body, name });
      if (mapping === null) return reply;
      await saveMapping(pool, mapping, { actor: staffOf(request).email, nowMs: await businessNow(pool) });
      return { name };
    },
  );
  parent.post(
    '/api/import-previews',
    { config: bring, bodyLimit: PREVIEW_BYTES, schema: { body: PreviewRequest, response: { 200: Previews } } },
    async (request, reply) => {
      const { files, mapping: content } = request.body;
      const mapping = content === null ? null : judged(reply, content);
      if (content !== null && mapping === null) return reply;
      const { zone } = settings.lender;
      const beginnings = files.map(({ name, beginning, whole }) => ({ name, whole, bytes: Buffer.from(beginning, 'base64') })); // prettier-ignore
      return { files: previewFiles(beginnings, { mapping, zone, on: localDateAt(await businessNow(pool), zone) }) };
    },
  );

  // Only here a body is a form of files; everywhere else it stays small and JSON.
  await parent.register(async (plugin) => {
    const app: App = plugin.withTypeProvider();
    app.removeAllContentTypeParsers();
    await app.register(multipart, {
      limits: { fileSize: LARGEST_UPLOADED_FILE, files: MOST_UPLOADED_FILES, fields: 8, fieldSize: 1_000, parts: MOST_UPLOADED_FILES + 8, headerPairs: 20 }, // prettier-ignore
      throwFileSizeLimit: false,
    });
    app.post(
      '/api/imports',
      {
        config: { ...bring, rateLimit: { max: 60, timeWindow: '1 hour' } },
        schema: { response: { 201: Uploaded } },
      },
      async (request, reply) => {
        if (sealer === null) return refuse(reply, { code: 'not-built' });
        const result = await bringForm(request, { pool, sealer });
        return 'code' in result ? refuse(reply, result) : reply.code(201).send(result);
      },
    );
  });
}

/** Takes a form of files in: all of it is kept and queued, or nothing. */
async function bringForm(
  request: FastifyRequest,
  { pool, sealer }: { pool: Pool; sealer: PieceSealer },
): Promise<Uploaded | RefusalParts> {
  const nowMs = await businessNow(pool);
  await using form = await receiveForm(request, UploadFields, async ({ mapping: name }) => {
    const saved = name === undefined ? null : await findMapping(pool, name);
    return saved === null ? null : parseMapping(saved);
  });
  if (form.kind === 'refused') return form;
  const { mapping: mappingName = null, asOf, allOrNothing, dryRun, kind } = form.fields;
  const asOfMs = asOf === undefined ? nowMs : Date.parse(asOf);
  if (asOfMs > nowMs + A_DAY) return { code: 'malformed', detail: `asOf: ${asOf ?? ''} lies in the future` };
  const actor = staffOf(request).email;
  const id = await receiveUpload(pool, sealer, { files: form.files, mappingName, allOrNothing, dryRun, kind, asOfMs, actor, nowMs }); // prettier-ignore
  return id === null ? { code: 'mapping-unknown' } : { id };
}

/** The mapping, or null after its faults have been answered. */
function judged(reply: FastifyReply, content: unknown): Mapping | null {
  try {
    return parseMapping(content);
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    refuse(reply, { code: 'mapping-invalid', detail: error.message });
    return null;
  }
}

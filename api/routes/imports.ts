import { Readable } from 'node:stream';
import { businessNow } from '../../prisma/business-clock.ts';
import { refuseImport, releaseImport } from '../../prisma/import/decide.ts';
import { errorsCsv } from '../../prisma/import/errors-csv.ts';
import { listImports, readFillRates, readImport, readImportErrors } from '../../prisma/read/imports.ts';
import { staffOf } from '../access.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { refuse } from '../problems.ts';
import { PageQuery } from '../schemas/common.ts';
import {
  FillRates,
  ImportAnswer,
  ImportErrorPage,
  ImportErrorsQuery,
  ImportPage,
  ImportParams,
  ImportSet,
  SettleImport,
} from '../schemas/imports.ts';

/** What a core sent: file sets, what could not be taken, and what a manager decides about a quarantined one. */
export function importRoutes(app: App, deps: ApiDeps): void {
  const { pool } = deps;
  const config = { access: 'import.read' } as const;

  app.get(
    '/api/imports',
    { config, schema: { querystring: PageQuery, response: { 200: ImportPage } } },
    async (request) => listImports(pool, request.query),
  );
  app.get(
    '/api/imports/:id',
    { config, schema: { params: ImportParams, response: { 200: ImportSet } } },
    async (request, reply) => {
      return (await readImport(pool, request.params.id)) ?? refuse(reply, { code: 'not-found' });
    },
  );
  app.get(
    '/api/imports/:id/fill',
    { config, schema: { params: ImportParams, response: { 200: FillRates } } },
    async (request) => readFillRates(pool, request.params.id),
  );

  // A rejected row is a borrower's row: who may see no account sees how many, not what they say.
  const errors = { params: ImportParams, querystring: ImportErrorsQuery, response: { 200: ImportErrorPage } };
  app.get('/api/imports/:id/errors', { config: { access: 'import.errors' }, schema: errors }, async (request) =>
    readImportErrors(pool, request.params.id, request.query),
  );
  app.get(
    '/api/imports/:id/errors.csv',
    { config: { access: 'import.errors' }, schema: { params: ImportParams, hide: true } },
    async (request, reply) => {
      const { id } = request.params;
      if (deps.sealer === null || (await readImport(pool, id)) === null) return refuse(reply, { code: 'not-found' });
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="import-${id}-errors.csv"`)
        .send(Readable.from(errorsCsv(pool, deps.sealer, id)));
    },
  );

  const settle = { params: ImportParams, body: SettleImport, response: { 200: ImportAnswer } };
  app.post(
    '/api/imports/:id/release',
    { config: { access: 'import.release' }, schema: settle },
    async (request, reply) => {
      const result = await releaseImport(
        pool,
        await decision(request.params.id, request.body.reason, staffOf(request).email),
      );
      return result.kind === 'refused' ? refuse(reply, result) : { id: request.params.id, state: 'released' as const };
    },
  );
  app.post(
    '/api/imports/:id/refuse',
    { config: { access: 'import.release' }, schema: settle },
    async (request, reply) => {
      const result = await refuseImport(
        pool,
        await decision(request.params.id, request.body.reason, staffOf(request).email),
      );
      return result.kind === 'refused' ? refuse(reply, result) : { id: request.params.id, state: 'refused' as const };
    },
  );

  async function decision(setId: number, because: string, actor: string) {
    return { setId, because, actor, nowMs: await businessNow(pool) };
  }
}

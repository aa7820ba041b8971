import { businessNow } from '../../prisma/business-clock.ts';
import { recordMailed } from '../../prisma/letter-mailed.ts';
import { recordReturned } from '../../prisma/letter-returned.ts';
import { manifestCsv, piecesOfBatch } from '../../prisma/print-manifest.ts';
import { askForRelease } from '../../prisma/print-orders.ts';
import { recallLetter } from '../../prisma/print-queue-rows.ts';
import { findVisibleLetter, mayReadBatch, readLetters, readLetterSummary } from '../../prisma/read/letters.ts';
import { refused } from '../../prisma/refusal.ts';
import { readVendorFile, takeVendorRows } from '../../prisma/vendor-file.ts';
import { staffOf } from '../access.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import { refuse } from '../problems.ts';
import { Done, IdParams } from '../schemas/common.ts';
import {
  BatchParams,
  LetterMailed,
  LetterMailedAnswer,
  LetterPage,
  LetterReturned,
  LetterReturnedAnswer,
  LetterSummary,
  LettersQuery,
  RecallLetter,
  VendorFile,
  VendorFileAnswer,
} from '../schemas/letters.ts';

/** Letters on paper: the print queue, what the printer has, and what the post says of it. */
export function letterRoutes(app: App, deps: ApiDeps): void {
  const { pool, settings } = deps;
  const read = { access: 'loan.read' } as const;
  const act = { access: 'letter.act' } as const;

  app.get(
    '/api/letters',
    { config: read, schema: { querystring: LettersQuery, response: { 200: LetterPage } } },
    async (request) => readLetters(pool, request.query, staffOf(request)),
  );
  app.get('/api/letters/summary', { config: read, schema: { response: { 200: LetterSummary } } }, async (request) =>
    readLetterSummary(pool, staffOf(request)),
  );

  app.post('/api/letters/release', { config: act, schema: { response: { 201: Done } } }, async (request, reply) => {
    const staff = staffOf(request);
    return once(request, reply, { pool, scope: staff.id }, async (client) => ({
      kind: 'done',
      body: await askForRelease(client, { actor: staff.email }),
    }));
  });

  const recall = { params: IdParams, body: RecallLetter, response: { 200: Done } };
  app.post('/api/letters/:id/recall', { config: act, schema: recall }, async (request, reply) => {
    const staff = staffOf(request);
    const letterId = await findVisibleLetter(pool, staff, request.params.id);
    if (letterId === null) return refuse(reply, { code: 'not-found' });
    return once(request, reply, { pool, scope: staff.id, status: 200 }, async (client) => {
      const by = { actor: staff.email, nowMs: await businessNow(client) };
      const taken = await recallLetter(client, { letterId, why: request.body.reason }, by);
      return taken ? { kind: 'done', body: { id: letterId } } : refused('letter-not-waiting');
    });
  });

  const mailed = { params: IdParams, body: LetterMailed, response: { 200: LetterMailedAnswer } };
  app.post('/api/letters/:id/mailed', { config: act, schema: mailed }, async (request, reply) => {
    const staff = staffOf(request);
    const letterId = await findVisibleLetter(pool, staff, request.params.id);
    if (letterId === null) return refuse(reply, { code: 'not-found' });
    return once(request, reply, { pool, scope: staff.id, status: 200 }, async (client) => {
      const by = { actor: staff.email, nowMs: await businessNow(client), zone: settings.lender.zone };
      const answer = await recordMailed(client, { letterId, ...request.body }, by);
      switch (answer.kind) {
        case 'recorded':
          return { kind: 'done', body: { already: false, whole: answer.whole } };
        case 'already':
          return { kind: 'done', body: { already: true, whole: true } };
        case 'refused':
          return answer.code === 'unknown-letter' ? refused('not-found') : refused(`letter-${answer.code}`);
      }
    });
  });

  const file = { body: VendorFile, response: { 200: VendorFileAnswer } };
  // Some 20,000 pieces. A piece that is known already changes nothing, so the file may be brought again.
  app.post('/api/letters/mailed-file', { config: act, bodyLimit: 2 * 2 ** 20, schema: file }, async (request) => {
    const viewer = staffOf(request);
    return takeVendorRows(pool, readVendorFile(request.body.text), {
      actor: viewer.email,
      zone: settings.lender.zone,
      viewer,
    });
  });

  const returned = { body: LetterReturned, response: { 200: LetterReturnedAnswer } };
  app.post('/api/letters/returned', { config: act, schema: returned }, async (request, reply) => {
    const staff = staffOf(request);
    const letterId = await findVisibleLetter(pool, staff, request.body.letterId);
    if (letterId === null) return refuse(reply, { code: 'not-found' });
    return once(request, reply, { pool, scope: staff.id, status: 200 }, async (client) => {
      const by = { actor: staff.email, nowMs: await businessNow(client) };
      const answer = await recordReturned(client, { ...request.body, letterId }, by);
      if (answer.kind === 'refused') return refused(answer.code === 'not-mailed' ? 'letter-not-mailed' : 'not-found');
      const addressMarked = answer.kind === 'recorded' && answer.address === 'marked-bad';
      return { kind: 'done', body: { id: letterId, already: answer.kind === 'already', addressMarked } };
    });
  });

  const rateLimit = { max: 30, timeWindow: '1 hour' };
  app.get(
    '/api/print-batches/:batch/manifest.csv',
    { config: { ...act, rateLimit }, schema: { params: BatchParams, hide: true } },
    async (request, reply) => {
      const { batch } = request.params;
      if (!(await mayReadBatch(pool, staffOf(request), batch))) return refuse(reply, { code: 'not-found' });
      request.log.info({ event: 'manifest-exported', staffId: staffOf(request).id, reason: `batch ${batch}` });
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="batch-${batch}-manifest.csv"`)
        .send(manifestCsv(batch, await piecesOfBatch(pool, batch)));
    },
  );
}

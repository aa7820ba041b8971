import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { printCaseFile } from '../../channels/case-file/case-file-pdf.ts';
import { fileDocument, findDocument, listDocuments } from '../../prisma/documents.ts';
import { readContent } from '../../prisma/import/content.ts';
import { readCaseFile } from '../../prisma/read/case-file.ts';
import { isOnLoan, loanOf } from '../../prisma/read/loan-of.ts';
import { lookFor } from '../../prisma/read/moment.ts';
import { findVisibleLoan } from '../../prisma/sight.ts';
import { recordEvent } from '../../prisma/timeline.ts';
import { staffOf } from '../access.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { refuse } from '../problems.ts';
import { may } from '../roles.ts';
import { Done, IdParams, LoanParams } from '../schemas/common.ts';
import { DocumentList, FileDocument, MediaType } from '../schemas/documents.ts';

const MAX_BYTES = 10 * 1024 * 1024;
const ENDINGS = { 'application/pdf': 'pdf', 'image/png': 'png', 'image/jpeg': 'jpg' } as const;

/** What is filed with an account, and the account's whole file as one PDF. */
export async function documentRoutes(parent: App, deps: ApiDeps): Promise<void> {
  const { pool, settings, sealer } = deps;
  const visible = (request: FastifyRequest, loan: string): Promise<string | null> =>
    findVisibleLoan(pool, staffOf(request), loan);

  // Only here a body is a file; everywhere else it stays small and JSON.
  await parent.register(async (plugin) => {
    const app: App = plugin.withTypeProvider();
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      Object.keys(ENDINGS),
      { parseAs: 'buffer', bodyLimit: MAX_BYTES },
      (_request, body, done) => {
        done(null, body);
      },
    );
    app.post(
      '/api/loans/:loan/documents',
      {
        config: { access: 'note.write' },
        bodyLimit: MAX_BYTES,
        schema: { params: LoanParams, querystring: FileDocument, response: { 201: Done } },
      },
      async (request, reply) => {
        const { kind, title, personId } = request.query;
        const loanId = await visible(request, request.params.loan);
        if (loanId === null || (personId !== undefined && !(await isOnLoan(pool, loanId, personId))))
          return refuse(reply, { code: 'not-found' });
        const mediaType = MediaType.safeParse(request.headers['content-type']);
        if (sealer === null || !mediaType.success || !Buffer.isBuffer(request.body))
          return refuse(reply, { code: 'not-a-document' });
        const filed = await fileDocument(pool, sealer, {
          loanId,
          personId: personId ?? null,
          kind,
          title,
          mediaType: mediaType.data,
          content: request.body,
          actor: staffOf(request).email,
          lenderZone: settings.lender.zone,
        });
        return filed.kind === 'refused' ? refuse(reply, filed) : reply.code(201).send({ id: filed.id });
      },
    );
  });

  parent.get(
    '/api/loans/:loan/documents',
    { config: { access: 'loan.read' }, schema: { params: LoanParams, response: { 200: DocumentList } } },
    async (request, reply) => {
      const loanId = await visible(request, request.params.loan);
      if (loanId === null) return refuse(reply, { code: 'not-found' });
      return { rows: await listDocuments(pool, loanId) };
    },
  );

  parent.get(
    '/api/documents/:id/content',
    { config: { access: 'loan.read' }, schema: { params: IdParams, hide: true } },
    async (request, reply) => {
      const { id } = request.params;
      const loanId = await loanOf(pool, staffOf(request), 'document', id);
      const document = loanId === null ? null : await findDocument(pool, id);
      if (document === null || sealer === null) return refuse(reply, { code: 'not-found' });
      return (
        reply
          .type(document.mediaType)
          // What a stranger sent is saved, never shown as a page of ours.
          .header('content-disposition', `attachment; filename="document-${id}.${ENDINGS[document.mediaType]}"`)
          .send(Readable.from(readContent(pool, sealer, document.hash)))
      );
    },
  );

  parent.get(
    '/api/loans/:loan/file.pdf',
    {
      config: { access: 'loan.read', rateLimit: { max: 60, timeWindow: '1 hour' } },
      schema: { params: LoanParams, hide: true },
    },
    async (request, reply) => {
      const staff = staffOf(request);
      const loanId = await visible(request, request.params.loan);
      if (loanId === null) return refuse(reply, { code: 'not-found' });
      const look = await lookFor(pool, staff, settings.lender.zone);
      const who = { me: staff.email, unmasked: may(staff.role, 'contact.see') };
      const file = await readCaseFile(pool, look, { loanId, lender: settings.lender.name, who });
      if (file === null) return refuse(reply, { code: 'not-found' });
      const printed = await printCaseFile(file);
      if (printed.kind === 'not-set') throw new Error(`the case file could not be set: ${printed.why}`);
      // Who took a whole file along stays known.
      await recordEvent(pool, {
        kind: 'case-file-made',
        atMs: look.nowMs,
        actor: staff.email,
        loanId,
        data: { pages: printed.pages },
      });
      return reply
        .type('application/pdf')
        .header('content-disposition', `attachment; filename="case-file-${loanId}.pdf"`)
        .send(printed.pdf);
    },
  );
}

import { readCasePage } from '../../prisma/read/case-page.ts';
import { countLoans, readLoans } from '../../prisma/read/loans.ts';
import { loanOf } from '../../prisma/read/loan-of.ts';
import { lookFor } from '../../prisma/read/moment.ts';
import { readPortfolio } from '../../prisma/read/portfolio.ts';
import { readTimeline } from '../../prisma/read/timeline.ts';
import { revealContact } from '../../prisma/reveal.ts';
import { inTransaction } from '../../prisma/pool.ts';
import { findVisibleLoan } from '../../prisma/sight.ts';
import { staffOf } from '../access.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { refuse } from '../problems.ts';
import { may } from '../roles.ts';
import { CasePage, Reveal, Revealed } from '../schemas/cases.ts';
import { IdParams, LoanParams } from '../schemas/common.ts';
import { LoanCount, LoanFilter, LoanPage, LoansQuery } from '../schemas/loans.ts';
import { Portfolio } from '../schemas/portfolio.ts';
import { TimelinePage, TimelineQuery } from '../schemas/timeline.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The portfolio, its accounts, and one account whole. */
export function accountRoutes(app: App, deps: ApiDeps): void {
  const { pool, settings } = deps;
  const look = (request: FastifyRequest) => lookFor(pool, staffOf(request), settings.lender.zone);

  app.get(
    '/api/portfolio',
    { config: { access: 'portfolio.read' }, schema: { response: { 200: Portfolio } } },
    async (request) => readPortfolio(pool, await look(request)),
  );

  const list = { querystring: LoansQuery, response: { 200: LoanPage } };
  app.get('/api/loans', { config: { access: 'loan.read' }, schema: list }, async (request) =>
    readLoans(pool, request.query, await look(request)),
  );

  const count = { querystring: LoanFilter, response: { 200: LoanCount } };
  app.get('/api/loans/count', { config: { access: 'loan.read' }, schema: count }, async (request) =>
    countLoans(pool, request.query, await look(request)),
  );

  async function casePage(
    request: FastifyRequest,
    reply: FastifyReply,
    loanId: string | null,
  ): Promise<CasePage | FastifyReply> {
    if (loanId === null) return refuse(reply, { code: 'not-found' });
    const staff = staffOf(request);
    const page = await readCasePage(pool, loanId, await look(request), {
      me: staff.email,
      unmasked: may(staff.role, 'contact.see'),
    });
    return page ?? refuse(reply, { code: 'not-found' });
  }

  app.get(
    '/api/loans/:loan',
    { config: { access: 'loan.read' }, schema: { params: LoanParams, response: { 200: CasePage } } },
    async (request, reply) =>
      casePage(request, reply, await findVisibleLoan(pool, staffOf(request), request.params.loan)),
  );
  app.get(
    '/api/cases/:id',
    { config: { access: 'loan.read' }, schema: { params: IdParams, response: { 200: CasePage } } },
    async (request, reply) => casePage(request, reply, await loanOf(pool, staffOf(request), 'case', request.params.id)),
  );

  const timeline = { params: LoanParams, querystring: TimelineQuery, response: { 200: TimelinePage } };
  app.get(
    '/api/loans/:loan/timeline',
    { config: { access: 'loan.read' }, schema: timeline },
    async (request, reply) => {
      const staff = staffOf(request);
      const loanId = await findVisibleLoan(pool, staff, request.params.loan);
      if (loanId === null) return refuse(reply, { code: 'not-found' });
      return readTimeline(pool, { ...request.query, loanId, unmasked: may(staff.role, 'contact.see') });
    },
  );

  const reveal = { params: IdParams, body: Reveal, response: { 200: Revealed } };
  const rateLimit = { max: 30, timeWindow: '1 hour' };
  app.post(
    '/api/people/:id/reveal',
    { config: { access: 'contact.reveal', rateLimit }, schema: reveal },
    async (request, reply) => {
      const staff = staffOf(request);
      const { id } = request.params;
      if ((await loanOf(pool, staff, 'person', id)) === null) return refuse(reply, { code: 'not-found' });
      const shown = await inTransaction(pool, (client) =>
        revealContact(client, { personId: id, ...request.body, actor: staff.email }),
      );
      return shown.kind === 'refused' ? refuse(reply, shown) : { value: shown.value };
    },
  );
}

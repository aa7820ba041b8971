import { readHoldList, readPromiseList } from '../../prisma/read/lists.ts';
import { lookFor } from '../../prisma/read/moment.ts';
import { REPORTS } from '../../prisma/read/report-definitions.ts';
import { readReport } from '../../prisma/read/reports.ts';
import { staffOf } from '../access.ts';
import type { App } from '../app-type.ts';
import { reportCsv } from '../csv.ts';
import type { ApiDeps } from '../deps.ts';
import { HoldPage, HoldsQuery } from '../schemas/holds.ts';
import { PromisePage, PromisesQuery } from '../schemas/promises.ts';
import { Report, ReportList, ReportName, ReportParams, ReportQuery } from '../schemas/reports.ts';
import type { FastifyRequest } from 'fastify';

/** Lists and reports over the whole portfolio. */
export function reportRoutes(app: App, deps: ApiDeps): void {
  const { pool, settings } = deps;
  const look = (request: FastifyRequest) => lookFor(pool, staffOf(request), settings.lender.zone);

  app.get(
    '/api/promises',
    { config: { access: 'loan.read' }, schema: { querystring: PromisesQuery, response: { 200: PromisePage } } },
    async (request) => readPromiseList(pool, request.query, await look(request)),
  );
  app.get(
    '/api/holds',
    { config: { access: 'loan.read' }, schema: { querystring: HoldsQuery, response: { 200: HoldPage } } },
    async (request) => readHoldList(pool, request.query, await look(request)),
  );
  app.get(
    '/api/reports',
    { config: { access: 'reports.read' }, schema: { response: { 200: ReportList } } },
    async () => ({
      reports: ReportName.options.map((name) => ({ name, title: REPORTS[name].title, how: REPORTS[name].how })),
    }),
  );
  const one = { params: ReportParams, querystring: ReportQuery, response: { 200: Report } };
  app.get('/api/reports/:name', { config: { access: 'reports.read' }, schema: one }, async (request) =>
    readReport(pool, request.params.name, request.query, await look(request)),
  );
  const rateLimit = { max: 30, timeWindow: '1 hour' };
  app.get(
    '/api/reports/:name.csv',
    {
      config: { access: 'reports.read', rateLimit },
      schema: { params: ReportParams, querystring: ReportQuery, hide: true },
    },
    async (request, reply) => {
      const report = await readReport(
        pool,
        request.params.name,
        { ...request.query, limit: 5000 },
        await look(request),
      );
      request.log.info({ event: 'report-exported', staffId: staffOf(request).id, reason: report.name });
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${report.name}.csv"`)
        .send(reportCsv(report));
    },
  );
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import { LABELS } from '../../prisma/label-list.ts';
import { labelReply } from '../../prisma/reply-labels.ts';
import { voteOn } from '../../prisma/approvals.ts';
import { logCall } from '../../prisma/calls.ts';
import { inTransaction } from '../../prisma/pool.ts';
import { lookFor } from '../../prisma/read/moment.ts';
import { countWork, readWork } from '../../prisma/read/work.ts';
import { readWorkItem } from '../../prisma/read/work-item.ts';
import { listStaff } from '../../prisma/staff.ts';
import { settleByPerson } from '../../prisma/unconfirmed.ts';
import { assignItem, closeItem, leaseItem, leaseNext, releaseItem } from '../../prisma/work.ts';
import { staffOf } from '../access.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { refuse } from '../problems.ts';
import { may } from '../roles.ts';
import { LabelAnswer, LabelReply, Labels, Vote, VoteAnswer } from '../schemas/approvals.ts';
import { CallOutcome, CallOutcomeAnswer } from '../schemas/calls.ts';
import { Done, IdParams } from '../schemas/common.ts';
import {
  AssignWork,
  CloseWork,
  LeaseAnswer,
  NextWork,
  SettleSend,
  WorkCounts,
  WorkItem,
  WorkOwners,
  WorkPage,
  WorkQuery,
} from '../schemas/work.ts';

/** People's work: the queue, the next best item, and what an item ends with. */
export function workRoutes(app: App, deps: ApiDeps): void {
  const { pool, settings } = deps;
  const lenderZone = settings.lender.zone;
  const look = (request: FastifyRequest) => lookFor(pool, staffOf(request), lenderZone);

  app.get(
    '/api/work',
    {
      config: { access: 'work.read' },
      schema: { querystring: WorkQuery, response: { 200: WorkPage } },
      // The busiest read: its rows are built field by field, so checking them again would cost a third of the time and find
      // nothing. A test holds the rows to the schema.
      serializerCompiler: () => (body: unknown) => JSON.stringify(body),
    },
    async (request) => readWork(pool, request.query, await look(request), staffOf(request).email),
  );
  app.get(
    '/api/work/counts',
    { config: { access: 'work.read' }, schema: { response: { 200: WorkCounts } } },
    async (request) => countWork(pool, await look(request), staffOf(request).email),
  );

  async function item(request: FastifyRequest, id: string): Promise<WorkItem | null> {
    const staff = staffOf(request);
    return readWorkItem(pool, id, await look(request), { me: staff.email, unmasked: may(staff.role, 'contact.see') });
  }

  app.get(
    '/api/work/:id',
    { config: { access: 'work.read' }, schema: { params: IdParams, response: { 200: WorkItem } } },
    async (request, reply) => {
      return (await item(request, request.params.id)) ?? refuse(reply, { code: 'not-found' });
    },
  );

  app.post(
    '/api/work/next',
    { config: { access: 'work.act' }, schema: { body: NextWork, response: { 200: WorkItem } } },
    async (request, reply) => {
      const { kinds, team, skip } = request.body;
      const next = await leaseNext(
        pool,
        { kinds: kinds ?? [], team, skip, actor: staffOf(request).email },
        await look(request),
      );
      if ('kind' in next) return refuse(reply, next);
      const leased = await item(request, next.id);
      return leased === null ? refuse(reply, { code: 'nothing-due' }) : { ...leased, rank: next.rank };
    },
  );

  /** Every act on an item first asks whether it may be seen at all. */
  async function seen(
    request: FastifyRequest<{ Params: { id: string } }>,
    reply: FastifyReply,
  ): Promise<WorkItem | null> {
    const found = await item(request, request.params.id);
    if (found === null) await refuse(reply, { code: 'not-found' });
    return found;
  }

  app.post(
    '/api/work/:id/lease',
    { config: { access: 'work.act' }, schema: { params: IdParams, response: { 200: LeaseAnswer } } },
    async (request, reply) => {
      if ((await seen(request, reply)) === null) return reply;
      const leased = await leaseItem(pool, request.params.id, staffOf(request).email);
      return leased.kind === 'refused' ? refuse(reply, leased) : { until: leased.until.toISOString() };
    },
  );

  app.post(
    '/api/work/:id/release',
    { config: { access: 'work.act' }, schema: { params: IdParams, response: { 200: Done } } },
    async (request) => {
      await releaseItem(pool, request.params.id, staffOf(request).email);
      return { id: request.params.id };
    },
  );

  app.get(
    '/api/work/owners',
    { config: { access: 'work.assign' }, schema: { response: { 200: WorkOwners } } },
    async () => {
      const staff = await listStaff(pool);
      const rows = staff.filter((each) => each.disabled_at === null && may(each.role, 'work.act'));
      return { rows: rows.map(({ email, name, team }) => ({ email, name, team })) };
    },
  );
  const assign = { params: IdParams, body: AssignWork, response: { 200: Done } };
  app.post('/api/work/:id/assign', { config: { access: 'work.assign' }, schema: assign }, async (request, reply) => {
    if ((await seen(request, reply)) === null) return reply;
    const { owner } = request.body;
    // Work given to nobody that there is would be found by nobody.
    if (owner !== null) {
      const staff = (await listStaff(pool)).find((each) => each.email === owner && each.disabled_at === null);
      if (staff === undefined || !may(staff.role, 'work.act'))
        return refuse(reply, { code: 'not-found', detail: `${owner} is nobody who works on accounts.` });
    }
    const done = await assignItem(pool, request.params.id, owner);
    return done ? { id: request.params.id } : refuse(reply, { code: 'item-not-open' });
  });

  const call = { params: IdParams, body: CallOutcome, response: { 200: CallOutcomeAnswer } };
  app.post('/api/work/:id/call-outcome', { config: { access: 'work.act' }, schema: call }, async (request, reply) => {
    if ((await seen(request, reply)) === null) return reply;
    const logged = await inTransaction(pool, (client) =>
      logCall(client, { itemId: request.params.id, outcome: request.body, actor: staffOf(request).email, lenderZone }),
    );
    if (logged.kind === 'refused') return refuse(reply, logged);
    const { contactId, promiseId, promiseState, holdId } = logged;
    return { contactId, promiseId, promiseState, holdId };
  });

  const vote = { params: IdParams, body: Vote, response: { 200: VoteAnswer } };
  app.post('/api/work/:id/vote', { config: { access: 'approval.vote' }, schema: vote }, async (request, reply) => {
    if ((await seen(request, reply)) === null) return reply;
    const voted = await inTransaction(pool, (client) =>
      voteOn(client, {
        itemId: request.params.id,
        vote: request.body.vote,
        reason: request.body.reason,
        actor: staffOf(request).email,
        lenderZone,
      }),
    );
    return voted.kind === 'refused' ? refuse(reply, voted) : voted.answer;
  });

  const close = { params: IdParams, body: CloseWork, response: { 200: Done } };
  app.post('/api/work/:id/close', { config: { access: 'work.act' }, schema: close }, async (request, reply) => {
    const found = await seen(request, reply);
    if (found === null) return reply;
    // A call is logged, an approval voted on, a reply labelled, a message settled: each leaves facts that a plain end would lose.
    if (['call', 'approval', 'unconfirmed'].includes(found.kind) && request.body.state === 'done') {
      return refuse(reply, { code: 'item-has-its-own-outcome' });
    }
    const closed = await inTransaction(pool, (client) =>
      closeItem(client, { id: request.params.id, ...request.body, actor: staffOf(request).email }),
    );
    return closed.kind === 'refused' ? refuse(reply, closed) : { id: request.params.id };
  });

  const settle = { params: IdParams, body: SettleSend, response: { 200: Done } };
  app.post('/api/work/:id/settle', { config: { access: 'work.act' }, schema: settle }, async (request, reply) => {
    if ((await seen(request, reply)) === null) return reply;
    const settled = await inTransaction(pool, (client) =>
      settleByPerson(client, { itemId: request.params.id, ...request.body, actor: staffOf(request).email }),
    );
    return settled.kind === 'refused' ? refuse(reply, settled) : { id: request.params.id };
  });

  app.get('/api/labels', { config: { access: 'work.read' }, schema: { response: { 200: Labels } } }, async () => ({
    labels: [...LABELS],
  }));
  const label = { params: IdParams, body: LabelReply, response: { 200: LabelAnswer } };
  app.post('/api/work/:id/label', { config: { access: 'reply.label' }, schema: label }, async (request, reply) => {
    if ((await seen(request, reply)) === null) return reply;
    const { labels, note } = request.body;
    const result = await inTransaction(pool, (client) =>
      labelReply(client, { itemId: request.params.id, labels, note, actor: staffOf(request).email, lenderZone }),
    );
    if (result.kind === 'refused') return refuse(reply, result);
    return { primaryLabel: result.primaryLabel, effects: result.effects };
  });
}

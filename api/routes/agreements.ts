import { inTransaction } from '../../prisma/pool.ts';
import { cancelPromise, makePromise } from '../../prisma/promises.ts';
import { liftHold, placeHold, reviewHold } from '../../prisma/holds.ts';
import { writeNote } from '../../prisma/notes.ts';
import { isOnLoan, loanOf } from '../../prisma/read/loan-of.ts';
import { findVisibleLoan } from '../../prisma/sight.ts';
import { staffOf } from '../access.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { refuse } from '../problems.ts';
import { may } from '../roles.ts';
import { Done, IdParams, LoanParams } from '../schemas/common.ts';
import { HoldAnswer, LiftHold, PlaceHold, ReviewHold } from '../schemas/holds.ts';
import { WriteNote } from '../schemas/notes.ts';
import { CancelPromise, MakePromise, PromiseAnswer } from '../schemas/promises.ts';
import type { FastifyRequest } from 'fastify';

/** What is agreed and written down on an account: promises, holds, notes. */
export function agreementRoutes(app: App, deps: ApiDeps): void {
  const { pool, settings } = deps;
  const lenderZone = settings.lender.zone;

  /** The loan, if it may be seen and the named person is on it. */
  async function accountOf(
    request: FastifyRequest<{ Params: { loan: string } }>,
    personId: string | undefined,
  ): Promise<string | null> {
    const loanId = await findVisibleLoan(pool, staffOf(request), request.params.loan);
    if (loanId === null) return null;
    return personId === undefined || (await isOnLoan(pool, loanId, personId)) ? loanId : null;
  }

  const promise = { params: LoanParams, body: MakePromise, response: { 201: PromiseAnswer } };
  app.post(
    '/api/loans/:loan/promises',
    { config: { access: 'promise.make' }, schema: promise },
    async (request, reply) => {
      const { body } = request;
      const loanId = await accountOf(request, body.personId);
      if (loanId === null) return refuse(reply, { code: 'not-found' });
      const made = await inTransaction(pool, (client) =>
        makePromise(client, {
          ...body,
          loanId,
          personId: body.personId ?? null,
          source: 'staff',
          actor: staffOf(request).email,
          lenderZone,
        }),
      );
      if (made.kind === 'refused') return refuse(reply, made);
      const { id, state, decideOn, approvalItemId } = made;
      return reply.code(201).send({ id, state, decideOn, approvalItemId });
    },
  );

  const cancel = { params: IdParams, body: CancelPromise, response: { 200: Done } };
  app.post(
    '/api/promises/:id/cancel',
    { config: { access: 'promise.make' }, schema: cancel },
    async (request, reply) => {
      const { id } = request.params;
      if ((await loanOf(pool, staffOf(request), 'promise', id)) === null) return refuse(reply, { code: 'not-found' });
      const result = await inTransaction(pool, (client) =>
        cancelPromise(client, { promiseId: id, reason: request.body.reason, actor: staffOf(request).email }),
      );
      return result.kind === 'refused' ? refuse(reply, result) : { id };
    },
  );

  const hold = { params: LoanParams, body: PlaceHold, response: { 201: HoldAnswer } };
  app.post('/api/loans/:loan/holds', { config: { access: 'hold.place' }, schema: hold }, async (request, reply) => {
    const { body } = request;
    const loanId = await accountOf(request, body.personId);
    if (loanId === null) return refuse(reply, { code: 'not-found' });
    if (body.scope === 'person' && body.personId === undefined) {
      return refuse(reply, {
        code: 'malformed',
        errors: [{ path: 'body.personId', message: 'a hold on a person names the person' }],
      });
    }
    const placed = await inTransaction(pool, (client) =>
      placeHold(client, {
        loanId,
        wholePersonId: body.scope === 'person' ? (body.personId ?? null) : null,
        reason: body.reason,
        reviewOn: body.reviewOn,
        untilOn: body.untilOn,
        note: body.note,
        source: 'staff',
        actor: staffOf(request).email,
        lenderZone,
      }),
    );
    if (placed.kind === 'refused') return refuse(reply, placed);
    return reply.code(201).send({ id: placed.id, reviewOn: placed.reviewOn });
  });

  const lift = { params: IdParams, body: LiftHold, response: { 200: Done } };
  app.post('/api/holds/:id/lift', { config: { access: 'hold.lift' }, schema: lift }, async (request, reply) => {
    const staff = staffOf(request);
    const { id } = request.params;
    if ((await loanOf(pool, staff, 'hold', id)) === null) return refuse(reply, { code: 'not-found' });
    const result = await inTransaction(pool, (client) =>
      liftHold(client, {
        holdId: id,
        reason: request.body.reason,
        actor: staff.email,
        mayLiftLegal: may(staff.role, 'hold.lift-legal'),
      }),
    );
    return result.kind === 'refused' ? refuse(reply, result) : { id };
  });

  const review = { params: IdParams, body: ReviewHold, response: { 200: Done } };
  app.post('/api/holds/:id/review', { config: { access: 'hold.place' }, schema: review }, async (request, reply) => {
    const staff = staffOf(request);
    const { id } = request.params;
    if ((await loanOf(pool, staff, 'hold', id)) === null) return refuse(reply, { code: 'not-found' });
    const result = await inTransaction(pool, (client) =>
      reviewHold(client, { holdId: id, ...request.body, actor: staff.email, lenderZone }),
    );
    return result.kind === 'refused' ? refuse(reply, result) : { id };
  });

  const note = { params: LoanParams, body: WriteNote, response: { 201: Done } };
  app.post('/api/loans/:loan/notes', { config: { access: 'note.write' }, schema: note }, async (request, reply) => {
    const { body } = request;
    const loanId = await accountOf(request, body.personId);
    if (loanId === null) return refuse(reply, { code: 'not-found' });
    const { id } = await inTransaction(pool, (client) =>
      writeNote(client, {
        loanId,
        personId: body.personId ?? null,
        text: body.text,
        actionCode: body.actionCode,
        resultCode: body.resultCode,
        pinned: body.pinned,
        actor: staffOf(request).email,
      }),
    );
    return reply.code(201).send({ id });
  });
}

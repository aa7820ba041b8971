import { findVisibleLoan } from '../../prisma/sight.ts';
import { changePayment } from '../../prisma/payment-changes.ts';
import type { PaymentChange } from '../../prisma/payment-changes.ts';
import { takePayment } from '../../prisma/payments.ts';
import { loanOf } from '../../prisma/read/loan-of.ts';
import { staffOf } from '../access.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import { refuse } from '../problems.ts';
import { IdParams, LoanParams } from '../schemas/common.ts';
import { PaymentAnswer, PaymentReceipt, ReturnPayment, TakePayment, UndoPayment } from '../schemas/payments.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Money in, and money that came back. Every POST here needs an Idempotency-Key. */
export function moneyRoutes(app: App, deps: ApiDeps): void {
  const { pool, settings } = deps;

  const take = { params: LoanParams, body: TakePayment, response: { 201: PaymentReceipt } };
  app.post(
    '/api/loans/:loan/payments',
    { config: { access: 'payment.take' }, schema: take },
    async (request, reply) => {
      const staff = staffOf(request);
      const { body } = request;
      if (body.decline && deps.sandbox === null) return refuse(reply, { code: 'sandbox-only' });
      const loanId = await findVisibleLoan(pool, staff, request.params.loan);
      if (loanId === null) return refuse(reply, { code: 'not-found' });
      return once(request, reply, { pool, scope: staff.id }, async (client) => {
        const taken = await takePayment(client, {
          loanId,
          personId: body.personId ?? null,
          amountCents: body.amountCents,
          method: body.method,
          source: 'staff',
          actor: staff.email,
          lenderZone: settings.lender.zone,
          declined: body.decline,
        });
        if (taken.kind === 'refused') return taken;
        const receipt: PaymentReceipt = {
          id: taken.id,
          traceId: taken.traceId,
          state: 'pending',
          amountCents: body.amountCents,
          receivedAt: new Date(taken.receivedAtMs).toISOString(),
          creditedOn: taken.creditedOn,
          settlesOn: taken.settlesOn,
          stillPastDueCents: taken.stillPastDueCents,
        };
        return { kind: 'done', body: receipt };
      });
    },
  );

  async function change(
    request: FastifyRequest<{ Params: { id: string } }>,
    reply: FastifyReply,
    what: PaymentChange,
  ): Promise<FastifyReply> {
    const staff = staffOf(request);
    const { id } = request.params;
    if ((await loanOf(pool, staff, 'payment', id)) === null) return refuse(reply, { code: 'not-found' });
    return once(request, reply, { pool, scope: staff.id, status: 200 }, async (client) => {
      const result = await changePayment(client, {
        paymentId: id,
        change: what,
        actor: staff.email,
        lenderZone: settings.lender.zone,
      });
      return result.kind === 'refused'
        ? result
        : { kind: 'done', body: { id, state: result.state } satisfies PaymentAnswer };
    });
  }

  const returned = { params: IdParams, body: ReturnPayment, response: { 200: PaymentAnswer } };
  app.post(
    '/api/payments/:id/return',
    { config: { access: 'payment.return' }, schema: returned },
    async (request, reply) => change(request, reply, { kind: 'return', code: request.body.code }),
  );
  const undone = { params: IdParams, body: UndoPayment, response: { 200: PaymentAnswer } };
  app.post(
    '/api/payments/:id/cancel',
    { config: { access: 'payment.return' }, schema: undone },
    async (request, reply) => change(request, reply, { kind: 'cancel', reason: request.body.reason }),
  );
  app.post(
    '/api/payments/:id/reverse',
    { config: { access: 'payment.return' }, schema: undone },
    async (request, reply) => change(request, reply, { kind: 'reverse', reason: request.body.reason }),
  );
}

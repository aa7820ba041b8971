import type { FastifyReply, FastifyRequest } from 'fastify';
import { makeLink, readLink } from '../../prisma/links.ts';
import type { Link } from '../../prisma/links.ts';
import { takePayment } from '../../prisma/payments.ts';
import { inTransaction } from '../../prisma/pool.ts';
import { makePromise } from '../../prisma/promises.ts';
import { isOnLoan } from '../../prisma/read/loan-of.ts';
import { readLinkPage } from '../../prisma/read/link-page.ts';
import { findForPage, notMe, stopByHand, verifyLink } from '../../prisma/self-service.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { once } from '../once.ts';
import { refuse } from '../problems.ts';
import * as page from '../schemas/self-service.ts';

/**
 * The page behind a borrower's link. The token comes in the body, never in a URL. Opening is harmless; nothing of an
 * account is shown before two facts are confirmed, and then to that browser only.
 */
export function borrowerRoutes(app: App, deps: ApiDeps): void {
  const { pool, settings } = deps;
  const lenderZone = settings.lender.zone;
  const secure = settings.publicUrl.startsWith('https:');
  const cookieName = secure ? '__Host-makegood_p' : `makegood_p_${new URL(settings.publicUrl).port || '80'}`;
  const limited = (max: number) => ({
    access: 'borrower' as const,
    rateLimit: { max, timeWindow: '1 hour', keyGenerator: (request: FastifyRequest) => request.ip },
  });

  async function opened(request: FastifyRequest, reply: FastifyReply, token: string): Promise<Link | null> {
    const state = await readLink(pool, token, request.cookies[cookieName]);
    if (state.kind === 'open') return state.link;
    await refuse(reply, { code: state.kind === 'ended' ? 'link-ended' : 'link-unknown' });
    return null;
  }

  app.post(
    '/p/open',
    { config: limited(240), schema: { body: page.OpenLink, response: { 200: page.LinkPage } } },
    async (request, reply) => {
      const link = await opened(request, reply, request.body.token);
      return link === null ? reply : readLinkPage(pool, link, settings.lender);
    },
  );

  app.post(
    '/p/start',
    { config: limited(20), schema: { body: page.StartPage, response: { 201: page.StartedPage } } },
    async (request, reply) => {
      const found = await findForPage(pool, request.body);
      // Said the same way whether the number or the ZIP is wrong, or both.
      if (found === null) return refuse(reply, { code: 'verification-failed' });
      const { token } = await makeLink(pool, { ...found, addressId: null, actor: 'borrower' });
      return reply.code(201).send({ token });
    },
  );

  app.post(
    '/p/verify',
    { config: limited(30), schema: { body: page.VerifyLink, response: { 200: page.LinkPage } } },
    async (request, reply) => {
      const { token, zip, loanLast4 } = request.body;
      const link = await opened(request, reply, token);
      if (link === null) return reply;
      const verified = await inTransaction(pool, (client) => verifyLink(client, { link, zip, loanLast4 }));
      if (verified.kind === 'refused') return refuse(reply, verified);
      reply.setCookie(cookieName, verified.browser, {
        path: '/',
        httpOnly: true,
        secure,
        sameSite: 'strict',
        expires: verified.until,
      });
      return readLinkPage(pool, { ...link, verified: true }, settings.lender);
    },
  );

  /** The loan that is meant: the link's own, or another of theirs once they have shown who they are. */
  async function loanOf(link: Link, loan: string | undefined): Promise<string | null> {
    if (loan === undefined || loan === link.loanId) return link.loanId;
    return link.verified && (await isOnLoan(pool, loan, link.personId)) ? loan : null;
  }

  app.post(
    '/p/pay',
    { config: limited(60), schema: { body: page.PayByLink, response: { 201: page.LinkReceipt } } },
    async (request, reply) => {
      const { body } = request;
      if (body.decline && deps.sandbox === null) return refuse(reply, { code: 'sandbox-only' });
      const link = await opened(request, reply, body.token);
      if (link === null) return reply;
      const loanId = await loanOf(link, body.loan);
      if (loanId === null) return refuse(reply, { code: 'not-verified' });
      return once(request, reply, { pool, scope: `link ${link.id}` }, async (client) => {
        const taken = await takePayment(client, {
          loanId,
          personId: link.personId,
          amountCents: body.amountCents,
          method: body.method,
          source: 'self-service',
          actor: 'borrower',
          lenderZone,
          declined: body.decline,
        });
        // A payer who is not verified is told that it is too much, never how much would be right.
        if (taken.kind === 'refused') return link.verified ? taken : { kind: 'refused', code: taken.code };
        const receipt: page.LinkReceipt = {
          traceId: taken.traceId,
          amountCents: body.amountCents,
          receivedAt: new Date(taken.receivedAtMs).toISOString(),
          creditedOn: taken.creditedOn,
          settlesOn: taken.settlesOn,
        };
        return { kind: 'done', body: receipt };
      });
    },
  );

  app.post(
    '/p/promise',
    { config: limited(30), schema: { body: page.PromiseByLink, response: { 201: page.LinkPromise } } },
    async (request, reply) => {
      const { body } = request;
      const link = await opened(request, reply, body.token);
      if (link === null) return reply;
      const loanId = await loanOf(link, body.loan);
      if (!link.verified || loanId === null) return refuse(reply, { code: 'not-verified' });
      return once(request, reply, { pool, scope: `link ${link.id}` }, async (client) => {
        const { amountCents, dueOn } = body;
        const made = await makePromise(client, {
          loanId,
          personId: link.personId,
          amountCents,
          dueOn,
          method: 'ach',
          source: 'self-service',
          actor: 'borrower',
          lenderZone,
        });
        if (made.kind === 'refused') return made;
        return {
          kind: 'done',
          body: { state: made.state === 'open' ? 'open' : 'proposed', dueOn, amountCents } satisfies page.LinkPromise,
        };
      });
    },
  );

  app.post(
    '/p/not-me',
    { config: limited(20), schema: { body: page.OpenLink, response: { 200: page.LinkDone } } },
    async (request, reply) => {
      const link = await opened(request, reply, request.body.token);
      if (link === null) return reply;
      await inTransaction(pool, (client) => notMe(client, link));
      return { done: true as const };
    },
  );

  app.post(
    '/p/stop',
    { config: limited(20), schema: { body: page.StopByCode, response: { 200: page.LinkDone } } },
    async (request) => {
      await inTransaction(pool, (client) => stopByHand(client, request.body.code, 'page'));
      return { done: true as const };
    },
  );
}

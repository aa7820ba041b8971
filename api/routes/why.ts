import { shippedRuleset } from '../../domain/gate/index.ts';
import { overrideDecision } from '../../prisma/overrides.ts';
import { inTransaction } from '../../prisma/pool.ts';
import { maskValue } from '../../prisma/read/mask.ts';
import { loanOf } from '../../prisma/read/loan-of.ts';
import { readWhyDecision, readWhySend } from '../../prisma/read/why.ts';
import { staffOf } from '../access.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { refuse } from '../problems.ts';
import { may } from '../roles.ts';
import { Done, IdParams } from '../schemas/common.ts';
import { OverrideOrder, WhyDecision, WhySend } from '../schemas/why.ts';

/** Why a message went or did not: what was known, what was decided, and the same question asked again. */
export function whyRoutes(app: App, { pool }: ApiDeps): void {
  app.get(
    '/api/sends/:id',
    { config: { access: 'loan.read' }, schema: { params: IdParams, response: { 200: WhySend } } },
    async (request, reply) => {
      const staff = staffOf(request);
      const { id } = request.params;
      if ((await loanOf(pool, staff, 'send', id)) === null) return refuse(reply, { code: 'not-found' });
      const unmasked = may(staff.role, 'contact.see');
      return (
        (await readWhySend(pool, id, unmasked ? (value) => value : maskValue)) ?? refuse(reply, { code: 'not-found' })
      );
    },
  );

  app.get(
    '/api/decisions/:id',
    { config: { access: 'loan.read' }, schema: { params: IdParams, response: { 200: WhyDecision } } },
    async (request, reply) => {
      const staff = staffOf(request);
      const { id } = request.params;
      if ((await loanOf(pool, staff, 'decision', id)) === null) return refuse(reply, { code: 'not-found' });
      const why = await readWhyDecision(pool, id);
      if (why === null) return refuse(reply, { code: 'not-found' });
      // The facts hold e-mail addresses: they go only to those who may see them.
      return may(staff.role, 'contact.see') ? why : { ...why, facts: withoutAddresses(why.facts) };
    },
  );

  const override = { params: IdParams, body: OverrideOrder, response: { 200: Done } };
  app.post(
    '/api/decisions/:id/override',
    { config: { access: 'decision.override' }, schema: override },
    async (request, reply) => {
      const staff = staffOf(request);
      const { id } = request.params;
      if ((await loanOf(pool, staff, 'decision', id)) === null) return refuse(reply, { code: 'not-found' });
      const result = await inTransaction(pool, (client) =>
        overrideDecision(client, shippedRuleset, {
          decisionId: id,
          reason: request.body.reason,
          actor: staff.email,
          name: staff.name,
        }),
      );
      return result.kind === 'refused' ? refuse(reply, result) : { id };
    },
  );
}

function withoutAddresses(facts: Record<string, unknown>): Record<string, unknown> {
  const { emails } = facts;
  if (!Array.isArray(emails)) return facts;
  return {
    ...facts,
    emails: emails.map((email: unknown) =>
      typeof email === 'object' && email !== null ? { ...email, address: null } : email,
    ),
  };
}

import { shippedRuleset } from '../../domain/gate/index.ts';
import { inTransaction } from '../../prisma/pool.ts';
import { isOnLoan } from '../../prisma/read/loan-of.ts';
import { readWhyDecision } from '../../prisma/read/why.ts';
import { askRemedy } from '../../prisma/remedies.ts';
import { findVisibleLoan } from '../../prisma/sight.ts';
import { stateFact } from '../../prisma/stated-facts.ts';
import { staffOf } from '../access.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { refuse } from '../problems.ts';
import { Done, LoanParams } from '../schemas/common.ts';
import { AskRemedy, RemedyAnswer, StateFact } from '../schemas/stated-facts.ts';

/** What staff found out that no file tells, and what the gate says to a remedy by all that is known. */
export function remedyRoutes(app: App, { pool, settings }: ApiDeps): void {
  const stated = { params: LoanParams, body: StateFact, response: { 201: Done } };
  app.post('/api/loans/:loan/facts', { config: { access: 'fact.state' }, schema: stated }, async (request, reply) => {
    const { body: fact } = request;
    const loanId = await findVisibleLoan(pool, staffOf(request), request.params.loan);
    if (loanId === null || (fact.kind === 'military-search' && !(await isOnLoan(pool, loanId, fact.personId))))
      return refuse(reply, { code: 'not-found' });
    const made = await inTransaction(pool, (client) =>
      stateFact(client, { loanId, fact, actor: staffOf(request).email, lenderZone: settings.lender.zone }),
    );
    return made.kind === 'refused' ? refuse(reply, made) : reply.code(201).send({ id: made.id });
  });

  const asked = { params: LoanParams, body: AskRemedy, response: { 201: RemedyAnswer } };
  app.post('/api/loans/:loan/remedies', { config: { access: 'fact.state' }, schema: asked }, async (request, reply) => {
    const staff = staffOf(request);
    const loanId = await findVisibleLoan(pool, staff, request.params.loan);
    if (loanId === null) return refuse(reply, { code: 'not-found' });
    const id = await inTransaction(pool, (client) =>
      askRemedy(client, shippedRuleset, { loanId, action: request.body.action, actor: staff.email }),
    );
    const why = id === null ? null : await readWhyDecision(pool, id);
    return why === null ? refuse(reply, { code: 'not-found' }) : reply.code(201).send(why.decision);
  });
}

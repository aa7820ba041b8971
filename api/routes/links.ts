import { businessNow } from '../../prisma/business-clock.ts';
import { makeLink } from '../../prisma/links.ts';
import { inTransaction } from '../../prisma/pool.ts';
import { isOnLoan } from '../../prisma/read/loan-of.ts';
import { findVisibleLoan } from '../../prisma/sight.ts';
import { recordEvent } from '../../prisma/timeline.ts';
import { staffOf } from '../access.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { refuse } from '../problems.ts';
import { LoanParams } from '../schemas/common.ts';
import { MadeLink, MakeLink } from '../schemas/self-service.ts';

/** A link made by hand, to be read out or shown; the token is told once and kept nowhere. */
export function linkRoutes(app: App, deps: ApiDeps): void {
  const { pool, settings } = deps;
  const make = { params: LoanParams, body: MakeLink, response: { 201: MadeLink } };
  app.post('/api/loans/:loan/links', { config: { access: 'payment.take' }, schema: make }, async (request, reply) => {
    const staff = staffOf(request);
    const loanId = await findVisibleLoan(pool, staff, request.params.loan);
    if (loanId === null) return refuse(reply, { code: 'not-found' });
    const { rows } = await pool.query<{ id: string }>(
      `select person_id as id from loan_role where loan_id = $1 and role = 'borrower' order by 1 limit 1`,
      [loanId],
    );
    const personId = request.body.personId ?? rows[0]?.id;
    if (personId === undefined || !(await isOnLoan(pool, loanId, personId)))
      return refuse(reply, { code: 'not-found' });
    const addressId = await ownAddress(personId, request.body.addressId);
    const made = await inTransaction(pool, async (client) => {
      const link = await makeLink(client, { personId, loanId, addressId, actor: staff.email });
      await recordEvent(client, {
        kind: 'link-made',
        atMs: await businessNow(client),
        actor: staff.email,
        loanId,
        personId,
      });
      return link;
    });
    return reply.code(201).send({
      url: `${settings.publicUrl}/p#${made.token}`,
      stopCode: made.stopCode,
      expiresAt: made.expiresAt.toISOString(),
    });
  });

  async function ownAddress(personId: string, addressId: string | undefined): Promise<string | null> {
    if (addressId === undefined) return null;
    const { rowCount } = await pool.query('select 1 from person_address where person_id = $1 and address_id = $2', [
      personId,
      addressId,
    ]);
    return rowCount === 0 ? null : addressId;
  }
}

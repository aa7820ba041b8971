import { businessNow } from '../../prisma/business-clock.ts';
import { inTransaction } from '../../prisma/pool.ts';
import { listStaff, setStaffAccess } from '../../prisma/staff.ts';
import { staffOf } from '../access.ts';
import type { App } from '../app-type.ts';
import type { ApiDeps } from '../deps.ts';
import { refuse } from '../problems.ts';
import { permissionsOf } from '../roles.ts';
import { Done, IdParams } from '../schemas/common.ts';
import { Session, StaffAccess, StaffList } from '../schemas/session.ts';

/** Who is signed in, and who may. */
export function sessionRoutes(app: App, deps: ApiDeps): void {
  app.get(
    '/api/session',
    { config: { access: 'signed-in' }, schema: { response: { 200: Session } } },
    async (request) => {
      const staff = staffOf(request);
      const { id, name, email, role, team } = staff;
      return {
        staff: { id, name, email, role, team },
        permissions: permissionsOf(role).filter((each) => deps.sandbox !== null || !each.startsWith('sandbox.')),
        sandbox: deps.sandbox !== null,
        lender: { name: deps.settings.lender.name, zone: deps.settings.lender.zone },
        businessNow: new Date(await businessNow(deps.pool)).toISOString(),
        idleEndsAt: staff.idleEndsAt.toISOString(),
        endsAt: staff.endsAt.toISOString(),
      };
    },
  );

  app.get('/api/staff', { config: { access: 'staff.read' }, schema: { response: { 200: StaffList } } }, async () => {
    const rows = await listStaff(deps.pool);
    return {
      rows: rows.map((row) => ({
        id: row.id,
        name: row.name,
        email: row.email,
        role: row.role,
        team: row.team,
        disabledAt: row.disabled_at?.toISOString() ?? null,
        lastSeenAt: row.last_seen_at?.toISOString() ?? null,
        openSessions: row.open_sessions,
        opensEmployeeLoans: row.opens_employee_loans,
      })),
    };
  });

  const access = { params: IdParams, body: StaffAccess, response: { 200: Done } };
  app.post('/api/staff/:id/access', { config: { access: 'staff.manage' }, schema: access }, async (request, reply) => {
    const staff = staffOf(request);
    // Nobody names themselves: a second admin does.
    if (request.params.id === staff.id) return refuse(reply, { code: 'own-request' });
    const atMs = await businessNow(deps.pool);
    const result = await inTransaction(deps.pool, (client) =>
      setStaffAccess(client, { staffId: request.params.id, ...request.body, actor: staff.email, atMs }),
    );
    return result.kind === 'refused' ? refuse(reply, result) : { id: request.params.id };
  });
}

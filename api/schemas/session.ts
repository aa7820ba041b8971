import { z } from 'zod';
import { Id, Instant } from './common.ts';

export const Role = z.enum(['collector', 'lead', 'manager', 'servicing', 'compliance', 'auditor', 'admin']);
export type Role = z.infer<typeof Role>;

/** What a person may do. api/roles.ts holds the one table role × permission. */
export const Permission = z.enum([
  'portfolio.read',
  'work.read',
  'work.act',
  'work.assign',
  'approval.vote',
  'decision.override',
  'reply.label',
  'loan.read',
  'contact.see',
  'contact.reveal',
  'payment.take',
  'payment.return',
  'promise.make',
  'hold.place',
  'hold.lift',
  'hold.lift-legal',
  'note.write',
  'fact.state',
  'import.read',
  'import.errors',
  'import.bring',
  'import.release',
  'policy.read',
  'policy.propose',
  'policy.approve',
  'rules.read',
  'reports.read',
  'letter.act',
  'mode.set',
  'stop.set',
  'staff.read',
  'staff.manage',
  'sandbox.use',
  'sandbox.clock',
]);
export type Permission = z.infer<typeof Permission>;

/** GET /api/session. The web app hides what `permissions` does not hold; the server refuses it anyway. */
export const Session = z
  .object({
    staff: z.object({ id: Id, name: z.string(), email: z.string(), role: Role, team: z.string() }),
    permissions: z.array(Permission),
    /** The phone, the mailbox and the time machine exist only when true. */
    sandbox: z.boolean(),
    lender: z.object({ name: z.string(), zone: z.string() }),
    businessNow: Instant,
    idleEndsAt: Instant,
    endsAt: Instant,
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

/** GET /auth/login?returnTo=/path (a path of ours, else it is ignored). */
export const LoginQuery = z.strictObject({ returnTo: z.string().max(400).optional() });
/** GET /auth/callback: what the provider sends; unknown parameters are the provider's business. */
export const CallbackQuery = z.record(z.string(), z.string());

export const StaffRow = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: Role,
  team: z.string(),
  disabledAt: Instant.nullable(),
  lastSeenAt: Instant.nullable(),
  openSessions: z.int(),
  opensEmployeeLoans: z.boolean(),
});
export type StaffRow = z.infer<typeof StaffRow>;
/** GET /api/staff */
export const StaffList = z.object({ rows: z.array(StaffRow) });
export type StaffList = z.infer<typeof StaffList>;
/** POST /api/staff/:id/access. Disabling ends every session at once. */
export const StaffAccess = z.strictObject({
  disabled: z.boolean().optional(),
  opensEmployeeLoans: z.boolean().optional(),
});
export type StaffAccess = z.infer<typeof StaffAccess>;

import type { Role } from '../api/schemas/session.ts';
import { one } from './pool.ts';
import type { Client, Pool } from './pool.ts';
import { refused } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { recordEvent } from './timeline.ts';

export interface SignedIn {
  subject: string;
  name: string;
  email: string;
  role: Role;
  team: string | null;
  customerNumber: string | null;
}

/** Takes over what the identity provider says, key `iss sub`. A person disabled here stays disabled whatever it says. */
export async function upsertStaff(pool: Pool, who: SignedIn): Promise<{ id: string; disabled: boolean }> {
  const { rows } = await pool.query<{ id: string; disabled: boolean }>(
    `insert into staff (subject, name, email, role, team, customer_number)
     values ($1, $2, $3, $4, coalesce($5, 'collections'), $6)
     on conflict (subject) do update set name = excluded.name, email = excluded.email, role = excluded.role,
       team = coalesce($5, staff.team), customer_number = coalesce(excluded.customer_number, staff.customer_number)
     returning id, disabled_at is not null as disabled`,
    [who.subject, who.name, who.email, who.role, who.team, who.customerNumber],
  );
  return one(rows);
}

/** Disables or names a person; disabling ends every session of theirs in the same transaction. */
export async function setStaffAccess(
  client: Client,
  input: {
    staffId: string;
    disabled?: boolean | undefined;
    opensEmployeeLoans?: boolean | undefined;
    actor: string;
    atMs: number;
  },
): Promise<{ kind: 'set' } | Refusal<'not-found'>> {
  const { rowCount } = await client.query(
    `update staff set disabled_at = case when $2::boolean is null then disabled_at when $2 then coalesce(disabled_at, now()) end,
                      opens_employee_loans = coalesce($3, opens_employee_loans)
     where id = $1`,
    [input.staffId, input.disabled ?? null, input.opensEmployeeLoans ?? null],
  );
  if (rowCount === 0) return refused('not-found');
  if (input.disabled === true) {
    await client.query('update staff_session set revoked_at = now() where staff_id = $1 and revoked_at is null', [
      input.staffId,
    ]);
  }
  await recordEvent(client, {
    kind: 'staff-access-changed',
    atMs: input.atMs,
    actor: input.actor,
    data: { staffId: input.staffId, disabled: input.disabled, opensEmployeeLoans: input.opensEmployeeLoans },
  });
  return { kind: 'set' };
}

export interface StaffListRow {
  id: string;
  name: string;
  email: string;
  role: Role;
  team: string;
  disabled_at: Date | null;
  last_seen_at: Date | null;
  open_sessions: number;
  opens_employee_loans: boolean;
}

export async function listStaff(pool: Pool): Promise<StaffListRow[]> {
  const { rows } = await pool.query<StaffListRow>(
    `select st.id, st.name, st.email, st.role, st.team, st.disabled_at, st.last_seen_at, st.opens_employee_loans,
            (select count(*)::int from staff_session s where s.staff_id = st.id and s.revoked_at is null and s.ends_at > now()) as open_sessions
     from staff st order by st.name, st.id`,
  );
  return rows;
}

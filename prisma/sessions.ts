import { createHash, randomBytes } from 'node:crypto';
import type { Role } from '../api/schemas/session.ts';
import type { Pool } from './pool.ts';
import { one } from './pool.ts';

/** A signed-in person as every route sees them; read afresh for each request, so that a changed role binds at once. */
export interface Staff {
  id: string;
  name: string;
  email: string;
  role: Role;
  team: string;
  /** Their own customer number, if they bank here: nobody opens their own account. */
  customerNumber: string | null;
  opensEmployeeLoans: boolean;
  idleEndsAt: Date;
  endsAt: Date;
  sessionHash: string;
  /** The business clock's offset at this request, read with the session: one question to the database instead of two. */
  businessOffsetMs: number;
}

const IDLE_MINUTES = 30;
const ABSOLUTE_HOURS = 10;

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Starts a session; the token leaves only in the cookie, the database keeps its hash. */
export async function startSession(pool: Pool, staffId: string): Promise<{ token: string; endsAt: Date }> {
  const token = randomBytes(32).toString('base64url');
  const { rows } = await pool.query<{ ends_at: Date }>(
    `insert into staff_session (token_hash, staff_id, ends_at) values ($1, $2, now() + interval '${ABSOLUTE_HOURS} hours') returning ends_at`,
    [hashToken(token), staffId],
  );
  await pool.query('update staff set last_seen_at = now() where id = $1', [staffId]);
  return { token, endsAt: one(rows).ends_at };
}

interface SessionRow {
  id: string;
  name: string;
  email: string;
  role: Role;
  team: string;
  customer_number: string | null;
  opens_employee_loans: boolean;
  last_seen_at: Date;
  ends_at: Date;
  seen_long_ago: boolean;
  offset_ms: number;
}

/** Whose session this is, or null when it is unknown, idle for 30 minutes, 10 hours old, revoked, or its owner disabled. */
export async function readSession(pool: Pool, token: string): Promise<Staff | null> {
  const sessionHash = hashToken(token);
  const { rows } = await pool.query<SessionRow>({
    name: 'read-session',
    text: `select st.id, st.name, st.email, st.role, st.team, st.customer_number, st.opens_employee_loans,
                  s.last_seen_at, s.ends_at, s.last_seen_at < now() - interval '1 minute' as seen_long_ago,
                  (select offset_ms from business_clock) as offset_ms
           from staff_session s join staff st on st.id = s.staff_id
           where s.token_hash = $1 and s.revoked_at is null and s.ends_at > now()
             and s.last_seen_at > now() - interval '${IDLE_MINUTES} minutes' and st.disabled_at is null`,
    values: [sessionHash],
  });
  const [row] = rows;
  if (row === undefined) return null;
  // Once a minute is enough to tell idle from busy; a write for every read would not be.
  if (row.seen_long_ago) {
    await pool.query('update staff_session set last_seen_at = now() where token_hash = $1', [sessionHash]);
  }
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    team: row.team,
    customerNumber: row.customer_number,
    opensEmployeeLoans: row.opens_employee_loans,
    idleEndsAt: new Date((row.seen_long_ago ? Date.now() : row.last_seen_at.getTime()) + IDLE_MINUTES * 60_000),
    endsAt: row.ends_at,
    sessionHash,
    businessOffsetMs: row.offset_ms,
  };
}

export async function revokeSession(pool: Pool, sessionHash: string): Promise<void> {
  await pool.query('update staff_session set revoked_at = now() where token_hash = $1 and revoked_at is null', [
    sessionHash,
  ]);
}

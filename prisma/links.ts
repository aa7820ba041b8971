import { randomBytes, randomInt } from 'node:crypto';
import { hashToken } from './sessions.ts';
import { one } from './pool.ts';
import type { Queryable } from './pool.ts';

const DAYS = 7;
/** No vowels and nothing that looks alike: 8 of 24 are 36 bits, typed by hand. */
const CODE = 'BCDFGHJKMNPQRSTVWXYZ2346';

export interface NewLink {
  token: string;
  stopCode: string;
  expiresAt: Date;
}

/**
 * Makes a borrower's link: 32 random bytes that leave in the message and nowhere else. The database keeps hashes, so that
 * nobody who reads it can open a page.
 */
export async function makeLink(
  db: Queryable,
  about: { personId: string; loanId: string; addressId: string | null; actor: string },
): Promise<NewLink> {
  const token = randomBytes(32).toString('base64url');
  const stopCode = Array.from({ length: 8 }, () => CODE.charAt(randomInt(CODE.length))).join('');
  const { rows } = await db.query<{ expires_at: Date }>(
    `insert into self_service_link (token_hash, stop_code_hash, person_id, loan_id, address_id, expires_at, actor)
     values ($1, $2, $3, $4, $5, now() + interval '${DAYS} days', $6) returning expires_at`,
    [hashToken(token), hashToken(stopCode), about.personId, about.loanId, about.addressId, about.actor],
  );
  return { token, stopCode: `${stopCode.slice(0, 4)}-${stopCode.slice(4)}`, expiresAt: one(rows).expires_at };
}

export interface Link {
  id: string;
  personId: string;
  loanId: string;
  addressId: string | null;
  expiresAt: Date;
  /** This browser proved who it is, and recently. */
  verified: boolean;
}

export type LinkState = { kind: 'open'; link: Link } | { kind: 'unknown' } | { kind: 'ended' };

/**
 * What a token opens. A link ends by time, by hand, and by everything after which we may not write to this person: a stop
 * of its address, a legal stop, a loan that is paid.
 */
export async function readLink(db: Queryable, token: string, browser: string | undefined): Promise<LinkState> {
  const { rows } = await db.query<{
    id: string;
    person_id: string;
    loan_id: string;
    address_id: string | null;
    expires_at: Date;
    verified: boolean;
    ended: boolean;
  }>(
    `select k.id, k.person_id, k.loan_id, k.address_id, k.expires_at,
       coalesce(k.verified_until > now() and k.session_hash = $2, false) as verified,
       k.revoked_at is not null or k.expires_at <= now() or l.status in ('paid', 'closed')
         or exists (select 1 from legal_stop s where s.person_id = k.person_id and s.lifted_at is null and (s.loan_id is null or s.loan_id = k.loan_id)
                    and s.kind in ('bankruptcy', 'deceased', 'attorney', 'cease', 'identity-theft')) as ended
     from self_service_link k join loan l on l.id = k.loan_id where k.token_hash = $1`,
    [hashToken(token), browser === undefined ? null : hashToken(browser)],
  );
  const [row] = rows;
  if (row === undefined) return { kind: 'unknown' };
  if (row.ended) return { kind: 'ended' };
  return {
    kind: 'open',
    link: {
      id: row.id,
      personId: row.person_id,
      loanId: row.loan_id,
      addressId: row.address_id,
      expiresAt: row.expires_at,
      verified: row.verified,
    },
  };
}

/** Ends every link of a person. */
export async function revokeLinks(db: Queryable, personId: string, because: string): Promise<void> {
  await db.query(
    'update self_service_link set revoked_at = now(), revoked_because = $2 where person_id = $1 and revoked_at is null',
    [personId, because],
  );
}

import { contactBorrower } from '../../activities/contact-borrower.ts';
import { judgeLetter } from '../../activities/contact/judge-letter.ts';
import { businessNowMs } from '../../activities/business-time.ts';
import { displayPhone } from '../../activities/contact/wording.ts';
import { Sealer } from '../../prisma/import/sealer.ts';
import type { PrintDeps } from '../../prisma/print-queue.ts';
import { one } from '../../prisma/pool.ts';
import { aLoan, aPerson, anOpenCase, TUESDAY_10_30, whenDue } from '../support/builders.ts';
import type { MadePerson } from '../support/builders.ts';
import type { Desk } from '../support/desk.ts';

export function printDepsOf(desk: Desk): PrintDeps {
  return {
    pool: desk.pool,
    sealer: new Sealer([Buffer.alloc(32, 7)]),
    lender: { ...desk.deps.lender, displayPhone: displayPhone(desk.deps.lender.phone) },
    nowMs: (client) => businessNowMs(desk.deps, client),
    judge: (client, letter, nowMs) => judgeLetter(desk.deps, client, letter, nowMs),
  };
}

export interface WrittenLetter {
  person: MadePerson;
  loanId: string;
  caseId: string;
  letterId: string;
}

/** A loan whose first late letter is written and waits in the print queue. */
export async function aWaitingLetter(
  desk: Desk,
  given: { language?: 'en' | 'es'; product?: string; daysPastDue?: number } = {},
): Promise<WrittenLetter> {
  await desk.pool.query('update business_clock set offset_ms = $1', [Math.round(TUESDAY_10_30 - Date.now())]);
  const person = await aPerson(desk.pool, given);
  const loanId = await aLoan(desk.pool, person.personId, {
    product: given.product ?? 'auto',
    daysPastDue: given.daysPastDue ?? 11,
  });
  const caseId = await anOpenCase(desk.pool, loanId);
  for (let tries = 0; tries < 5; tries += 1) {
    await whenDue(desk.deps, caseId);
    await fresh(desk);
    await contactBorrower(desk.deps, { caseId });
    const { rows } = await desk.pool.query<{ id: string }>(
      `select id from send where case_id = $1 and channel = 'letter'`,
      [caseId],
    );
    if (rows[0] !== undefined) return { person, loanId, caseId, letterId: rows[0].id };
  }
  throw new Error('no letter was written');
}

/** The core's file is an hour old again: time has moved. */
export async function fresh(desk: Desk): Promise<void> {
  await desk.pool.query(`update core_feed set snapshot_at = to_timestamp($1::double precision / 1000)`, [
    (await nowOf(desk)) - 3_600_000,
  ]);
}

export async function nowOf(desk: Desk): Promise<number> {
  return businessNowMs(desk.deps, desk.pool);
}

export async function later(desk: Desk, days: number): Promise<void> {
  await desk.pool.query('update business_clock set offset_ms = offset_ms + $1::bigint', [days * 86_400_000]);
  await fresh(desk);
}

export async function sendRow(desk: Desk, id: string): Promise<Record<string, unknown>> {
  const { rows } = await desk.pool.query<Record<string, unknown>>(
    'select status, attempt, mailed_on, mail_class, certificate_number, pdf_hash, recalled_because, body, subject, to_value, provider_status from send where id = $1',
    [id],
  );
  return one(rows);
}

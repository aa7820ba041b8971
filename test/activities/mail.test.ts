import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contactBorrower } from '../../activities/contact-borrower.ts';
import { settleClaims } from '../../worker/settlement.ts';
import { aLoan, aPerson, anOpenCase, TUESDAY_10_30, whenDue } from '../support/builders.ts';
import type { MadePerson } from '../support/builders.ts';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ timing: { mailTimeoutMs: 1_000, claimGoodForMs: 1_000 } });
});
afterAll(() => desk.close());

async function aDueMail(): Promise<{ person: MadePerson; caseId: string }> {
  await desk.pool.query('update business_clock set offset_ms = $1', [Math.round(TUESDAY_10_30 - Date.now())]);
  const person = await aPerson(desk.pool);
  await desk.pool.query('delete from person_address where address_id = $1', [person.phoneId]);
  const caseId = await anOpenCase(desk.pool, await aLoan(desk.pool, person.personId));
  await whenDue(desk.deps, caseId);
  return { person, caseId };
}

async function statusOf(caseId: string): Promise<string | undefined> {
  const { rows } = await desk.pool.query<{ status: string }>('select status from send where case_id = $1', [caseId]);
  return rows[0]?.status;
}

/** Asks about claims until this case's is settled: deadline plus twice the call's timeout. */
async function settle(caseId: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    await settleClaims(desk.deps);
    if ((await statusOf(caseId)) !== 'claimed') return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the claim was not settled');
}

describe('an e-mail', () => {
  it('run twice at once and once more after, is sent once, with its text and its way out', async () => {
    const { person, caseId } = await aDueMail();
    await Promise.all([
      contactBorrower(desk.deps, { caseId }),
      contactBorrower(desk.deps, { caseId }),
      contactBorrower(desk.deps, { caseId }),
    ]);
    await contactBorrower(desk.deps, { caseId });
    await settle(caseId);
    const mails = (await desk.acceptedMails(person.mail)) as { raw: string; body: string }[];
    expect(mails).toHaveLength(1);
    expect(mails[0]?.raw).toMatch(/^List-Unsubscribe:\s+<http:\/\/127\.0\.0\.1:9\/unsubscribe\/[^>]+>/m);
    expect(mails[0]?.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
    expect(mails[0]?.body).toContain('stop these e-mails');
  });

  it('whose server took it and never said so is settled by asking: sent, once', async () => {
    const { person, caseId } = await aDueMail();
    await desk.control('POST', '/faults', { kind: 'mail-accept-then-hang', address: person.mail, times: 1 });
    await contactBorrower(desk.deps, { caseId });
    expect(await statusOf(caseId)).toBe('claimed');
    await contactBorrower(desk.deps, { caseId });
    await settle(caseId);
    await contactBorrower(desk.deps, { caseId });
    expect(await statusOf(caseId)).toBe('sent');
    expect(await desk.acceptedMails(person.mail)).toHaveLength(1);
  });

  it('whose server dropped it half way is settled by asking: never had, so it goes again, once', async () => {
    const { person, caseId } = await aDueMail();
    await desk.control('POST', '/faults', { kind: 'mail-drop-mid-body', address: person.mail, times: 1 });
    await contactBorrower(desk.deps, { caseId });
    await settle(caseId);
    expect(await desk.acceptedMails(person.mail)).toHaveLength(0);
    await contactBorrower(desk.deps, { caseId });
    expect(await desk.acceptedMails(person.mail)).toHaveLength(1);
  });

  it('claimed by a worker that died before the call is not sent by the next run, but by the claim after its settlement', async () => {
    const { person, caseId } = await aDueMail();
    // The worker dies between its claim and the provider's answer: the mailer is never reached.
    const dead = { ...desk.deps, mailer: { ...desk.deps.mailer, send: () => Promise.reject(new Error('killed')) } };
    await expect(contactBorrower(dead, { caseId })).rejects.toThrow('killed');
    expect(await statusOf(caseId)).toBe('claimed');
    await contactBorrower(desk.deps, { caseId });
    expect(await desk.acceptedMails(person.mail)).toHaveLength(0);
    await settle(caseId);
    await Promise.all([contactBorrower(desk.deps, { caseId }), contactBorrower(desk.deps, { caseId })]);
    expect(await desk.acceptedMails(person.mail)).toHaveLength(1);
  });
});

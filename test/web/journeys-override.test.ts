import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contactBorrower } from '../../activities/contact-borrower.ts';
import { businessNow } from '../../prisma/business-clock.ts';
import { aLoan, aPerson, anOpenCase, whenDue } from '../support/builders.ts';
import { axe, overflow } from './support/axe.ts';
import { openDesk, patient } from './support/desk.ts';
import type { Desk } from './support/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk?.close());

describe('a manager and the gate', () => {
  it('sets bank policy aside once where the refusal is shown; a collector has no such button', async () => {
    const { pool, deps } = desk.world;
    const person = await aPerson(pool);
    const loan = await aLoan(pool, person.personId);
    const caseId = await anOpenCase(pool, loan);
    await whenDue(deps, caseId);
    await pool.query(
      `insert into contact (at, person_id, loan_ids, channel, purpose, address, source, source_key, actor)
       values (to_timestamp($2::double precision / 1000) - interval '5 minutes', $1, '{}', 'sms', 'collection', '+12025550199', 'makegood', gen_random_uuid()::text, 'test')`,
      [person.personId, await businessNow(pool)],
    );
    await contactBorrower(deps, { caseId });
    const collector = await desk.as('Casey Collector');
    await collector.goto(`/loans/${loan}`);
    await collector.getByTestId('timeline').getByText('Text not sent yet').first().waitFor();
    expect(await collector.getByRole('button', { name: /Set bank policy aside/ }).count()).toBe(0);

    const page = await desk.as('Morgan Manager');
    await page.goto(`/loans/${loan}`);
    await page
      .getByRole('button', { name: /Set bank policy aside once/ })
      .first()
      .click();
    const form = page.getByRole('form', { name: 'Set bank policy aside once' });
    await form.getByLabel('Reason').fill('They asked for the amount on the phone.');
    expect([...(await axe(page)), ...(await overflow(page))]).toEqual([]);
    await form.getByRole('button', { name: 'Set bank policy aside once' }).click();
    await page
      .getByTestId('timeline')
      .getByText(/Bank policy set aside by Morgan Manager.*They asked for the amount on the phone/)
      .first()
      .waitFor();
  });

  it('states what no file tells and is told what still stands against a remedy', async () => {
    const { loan } = await desk.account();
    const page = await desk.as('Morgan Manager');
    await page.goto(`/loans/${loan}`);
    const panel = page.getByRole('region', { name: 'Remedies' });
    await panel.getByText('State a fact, or ask').click();
    await panel.getByLabel('May we').selectOption('sell-collateral');
    await panel.getByRole('button', { name: 'Ask' }).click();
    await panel
      .getByRole('status')
      .getByText(/military/i)
      .first()
      .waitFor();
    await panel.getByRole('form', { name: 'State a fact' }).getByRole('button', { name: 'State' }).click();
    await page.getByText('Stated under your name.').first().waitFor();
    await page.getByTestId('timeline').getByText('Stated: military search').waitFor();
    await panel.getByRole('button', { name: 'Ask' }).click();
    await expect
      .poll(
        () =>
          panel
            .getByRole('status')
            .getByText(/military/i)
            .count(),
        patient,
      )
      .toBe(0);
    expect([...(await axe(page)), ...(await overflow(page))]).toEqual([]);
  });
});

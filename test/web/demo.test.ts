import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aLoan, aPerson, anOpenCase, whenDue } from '../support/builders.ts';
import type { MadePerson } from '../support/builders.ts';
import { buildWeb, openBrowser, openTab, signIn } from './support/browser.ts';
import type { Tab } from './support/browser.ts';
import { openWorld } from './support/world.ts';
import type { World } from './support/world.ts';

let world: World;
let browser: Browser;
let tab: Tab;
let person: MadePerson;
let loan: string;
beforeAll(async () => {
  buildWeb();
  world = await openWorld();
  browser = await openBrowser();
  person = await aPerson(world.pool);
  loan = await aLoan(world.pool, person.personId);
  await whenDue(world.deps, await anOpenCase(world.pool, loan));
  tab = await openTab(browser, world.url);
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

describe('the demo of the README', () => {
  it('a collector signs in, and every number of the portfolio opens its accounts', async () => {
    const { page } = tab;
    await signIn(tab, 'Casey Collector');
    await page.getByRole('heading', { name: 'Portfolio' }).waitFor();
    await page.getByRole('main').getByRole('link', { name: '1', exact: true }).first().click();
    await page.getByRole('heading', { name: 'Accounts' }).waitFor();
    await page.getByRole('main').getByRole('link', { name: /^L/ }).first().click();
    await page.getByRole('heading', { name: /Lee/, level: 1 }).waitFor();
    expect(page.url()).toContain(`/loans/${loan}`);
  });

  it('the case shows the text that went out by itself', async () => {
    await tab.page.getByTestId('timeline').getByText('Text sent').first().waitFor();
    expect(await tab.page.getByRole('heading', { name: 'What happens next' }).isVisible()).toBe(true);
  });

  it('a payment from the phone is pending on the case before the page is read again', async () => {
    const { page } = tab;
    await page.goto(`/phones?phone=${encodeURIComponent(person.phone)}`);
    await page.getByRole('button', { name: 'Pay…' }).click();
    await page.getByLabel('Amount').fill('100');
    await page.getByRole('button', { name: 'Pay', exact: true }).click();
    await page.getByText('$100.00 paid').waitFor();
    await page.getByTestId('case-effect').getByText('$200.00').first().waitFor();
    const { rows } = await world.pool.query(`select amount_cents, state, source from payment where loan_id = $1`, [
      loan,
    ]);
    expect(rows).toMatchObject([{ amount_cents: 10_000, state: 'pending', source: 'self-service' }]);
  });

  it('STOP from the phone shows on the case without a reload, and how soon it did is said', async () => {
    const { page } = tab;
    await page.getByRole('button', { name: 'STOP', exact: true }).click();
    await page
      .getByTestId('case-effect')
      .getByText(/Opted out/)
      .first()
      .waitFor();
    await page.getByText(/Seen on the case after [\d.]+ s/).waitFor();
    await page.getByRole('link', { name: 'Open the case' }).click();
    await page
      .getByText(/Opted out/)
      .first()
      .waitFor();
    const texts = page.locator('.channel', { hasText: 'Text' }).first();
    expect(await texts.innerText()).toContain('not allowed');
  });

  it('signs out, and the next page asks who one is', async () => {
    const { page } = tab;
    await page.getByRole('button', { name: /Casey/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
  });

  it('nothing on the way broke the content security policy or threw', () => {
    expect(tab.complaints).toEqual([]);
  });
});

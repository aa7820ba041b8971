import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTab } from './support/browser.ts';
import { openDesk, patient } from './support/desk.ts';
import type { Desk } from './support/desk.ts';
import type { World } from './support/world.ts';

let desk: Desk;
let world: World;
const as: Desk['as'] = (name) => desk.as(name);
const account: Desk['account'] = (given) => desk.account(given);
const link = async (page: Page, loan: string): Promise<{ url: string; stopCode: string }> => {
  const answer = await page.request.post(`/api/loans/${loan}/links`, {
    data: {},
    headers: { 'x-makegood': '1', origin: world.url },
  });
  return (await answer.json()) as { url: string; stopCode: string };
};

beforeAll(async () => {
  desk = await openDesk();
  world = desk.world;
});
afterAll(() => desk?.close());

describe('a collector’s day', () => {
  it('works the queue by keyboard only: G gets the best with its reasons, L and 1 log a call and bring the next', async () => {
    await account({ daysPastDue: 8, when: 'due' });
    await account({ daysPastDue: 8, when: 'due' });
    const page = await as('Casey Collector');
    await page.goto('/work');
    await page.locator('.work-row').first().waitFor();
    await page.keyboard.press('g');
    await page.getByTestId('rank').waitFor();
    const first = page.url();
    await page.getByRole('button', { name: /Log call/ }).waitFor();
    await page.keyboard.press('l');
    await page.getByRole('group', { name: 'How did the call end?' }).waitFor();
    await page.keyboard.press('1');
    await page.waitForURL((url) => url.href !== first && url.searchParams.has('item'));
    await page.getByRole('button', { name: /Log call/ }).waitFor();
    const { rows } = await world.pool.query(`select outcome from work_item where kind = 'call' and state = 'done'`);
    expect(rows).toHaveLength(1);
  });

  it('single keys can be switched off, and then do nothing', async () => {
    const page = await as('Casey Collector');
    await page.goto('/work');
    await page.locator('.work-row').first().waitFor();
    await page.keyboard.press('?');
    await page.getByRole('switch', { name: 'Single keys' }).uncheck();
    await page.getByRole('heading', { name: 'Work', exact: true }).click();
    await page.keyboard.press('j');
    expect(new URL(page.url()).searchParams.has('item')).toBe(false);
    await page.getByRole('switch', { name: 'Single keys' }).check();
  });

  it('Ctrl-K finds an account by its number', async () => {
    const { loan, number } = await account();
    const page = await as('Casey Collector');
    await page.goto('/');
    await page.getByRole('heading', { name: 'Portfolio' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByLabel('Go to').fill(number);
    await page.getByRole('button', { name: new RegExp(number) }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/loans/${loan}`);
  });

  it('a payment taken on the case is pending at once and lowers what is asked for', async () => {
    const { loan } = await account();
    const page = await as('Casey Collector');
    await page.goto(`/loans/${loan}`);
    await page.getByRole('button', { name: 'Take payment' }).click();
    const form = page.getByRole('form', { name: 'Take a payment' });
    await form.getByLabel('Amount').fill('12,50');
    await form.getByRole('button', { name: 'Take payment' }).click();
    await form.getByText('An amount such as 120.50').waitFor();
    await form.getByLabel('Amount').fill('120.50');
    await form.getByRole('button', { name: 'Take payment' }).click();
    await page.getByRole('list', { name: 'Payments' }).getByText('$120.50').waitFor();
    await page.getByText('$179.50').first().waitFor();
  });

  it('a card that is declined takes nothing, and says so beside the form', async () => {
    const { loan } = await account();
    const page = await as('Casey Collector');
    await page.goto(`/loans/${loan}`);
    await page.getByRole('button', { name: 'Take payment' }).click();
    const form = page.getByRole('form', { name: 'Take a payment' });
    await form.getByLabel('How').selectOption('card');
    await form.getByLabel('The card is declined').check();
    await form.getByRole('button', { name: 'Take payment' }).click();
    await form.getByRole('alert').waitFor();
    expect((await world.pool.query('select 1 from payment where loan_id = $1', [loan])).rowCount).toBe(0);
  });

  it('a reply nobody could read waits for a person, who says what it means', async () => {
    const { person, loan } = await account();
    const page = await as('Casey Collector');
    await page.goto(`/phones?phone=${encodeURIComponent(person.phone)}`);
    await page.getByLabel('Text message').fill('my cousin said the thing with the papers is sorted maybe');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('log').getByText('my cousin said').waitFor();
    await world.settled();
    const { rows } = await world.pool.query<{ id: string }>(
      `select id from work_item where kind = 'reply' and loan_id = $1 and state = 'open'`,
      [loan],
    );
    expect(rows).toHaveLength(1);
    await page.goto(`/work?kind=reply&due=all&item=${rows[0]?.id ?? ''}`);
    await page.getByText('my cousin said the thing').first().waitFor();
    await page.keyboard.press('r');
    await page.getByRole('checkbox').first().waitFor();
    await page.getByRole('checkbox', { name: /^Paid already/ }).check();
    await page.getByRole('button', { name: 'Save and next' }).click();
    await expect
      .poll(
        async () => (await world.pool.query(`select state from work_item where id = $1`, [rows[0]?.id])).rows[0]?.state,
        patient,
      )
      .toBe('done');
  });
});

describe('what takes two people', () => {
  it('a promise three weeks ahead waits until a lead approves it with one key', async () => {
    const { loan } = await account();
    const collector = await as('Casey Collector');
    await collector.goto(`/loans/${loan}`);
    await collector.getByRole('group', { name: 'Actions' }).getByRole('button', { name: 'Promise' }).click();
    const form = collector.getByRole('form', { name: 'Promise to pay' });
    await form.getByLabel('Amount').fill('300');
    await form.getByLabel('By').fill('2026-12-21');
    await form.getByRole('button', { name: 'Save promise' }).click();
    await collector.getByRole('list', { name: 'Promises' }).getByText('proposed').waitFor();
    const { rows } = await world.pool.query<{ id: string }>(
      `select id from work_item where kind = 'approval' and loan_id = $1 and state = 'open'`,
      [loan],
    );
    const lead = await as('Lee Lead');
    await lead.goto(`/work?kind=approval&due=all&item=${rows[0]?.id ?? ''}`);
    await lead.getByRole('button', { name: /Approve and next/ }).waitFor();
    await lead.keyboard.press('a');
    await collector.getByRole('list', { name: 'Promises' }).getByText('open').waitFor();
  });

  it('one manager stops everything; another has to let go again', async () => {
    const morgan = await as('Morgan Manager');
    await morgan.goto('/sending');
    await morgan
      .getByRole('form', { name: 'Set the stop switch' })
      .getByLabel('Why')
      .fill('A wrong amount in the file.');
    await morgan.getByRole('button', { name: 'Stop now' }).click();
    await morgan.getByText('Stopped: everything').waitFor();
    await morgan.getByRole('button', { name: 'Ask to lift' }).click();
    await morgan.getByText('another manager must agree').waitFor();
    expect(await morgan.getByRole('button', { name: 'Lift', exact: true }).count()).toBe(0);
    const max = await as('Max Manager');
    await max.goto('/sending');
    await max.getByText('morgan.manager@firstbank.example asks to lift it').waitFor();
    await max.getByRole('button', { name: 'Lift', exact: true }).click();
    await max.getByText('Not set.').waitFor();
    await morgan.getByText('Not set.').waitFor();
  });

  it('a policy is proposed by one and published by another, who sees what changes', async () => {
    const morgan = await as('Morgan Manager');
    await morgan.goto('/policies?policy=auto');
    await morgan.getByRole('button', { name: 'Propose a change' }).click();
    await morgan.getByLabel('Title of sms-1').fill('Friendly reminder');
    await morgan.getByRole('button', { name: 'Propose', exact: true }).click();
    await morgan.getByRole('link', { name: /version 2/ }).click();
    await morgan.getByText('You proposed it').waitFor();
    const chris = await as('Chris Compliance');
    await chris.goto('/policies?policy=auto&version=2');
    await chris.getByRole('heading', { name: 'What changes' }).waitFor();
    await chris.getByText('Friendly reminder').first().waitFor();
    await chris.getByRole('button', { name: 'Approve and publish' }).click();
    await chris.getByText('A draft: nothing follows it yet').waitFor({ state: 'detached' });
    const { rows } = await world.pool.query(`select status from policy_version where policy = 'auto' and version = 2`);
    expect(rows).toEqual([{ status: 'published' }]);
  });

  it('a collector’s hold is lifted by a lead, with a reason that stays', async () => {
    const { loan } = await account();
    const collector = await as('Casey Collector');
    await collector.goto(`/loans/${loan}`);
    await collector.getByRole('group', { name: 'Actions' }).getByRole('button', { name: 'Hold' }).click();
    await collector.getByRole('button', { name: 'Place hold' }).click();
    await collector.getByRole('list', { name: 'Holds' }).getByText('held').waitFor();
    expect(await collector.getByRole('button', { name: 'Lift…' }).count()).toBe(0);
    const lead = await as('Lee Lead');
    await lead.goto(`/loans/${loan}`);
    await lead.getByRole('button', { name: 'Lift…' }).click();
    await lead.getByLabel('Reason').fill('Back at work.');
    await lead.getByRole('button', { name: 'Lift', exact: true }).click();
    await expect
      .poll(
        async () =>
          (await world.pool.query('select 1 from hold where loan_id = $1 and lifted_at is null', [loan])).rowCount,
        patient,
      )
      .toBe(0);
    await collector
      .getByTestId('timeline')
      .getByText(/Back at work/)
      .waitFor();
  });
});

describe('what each role may not', () => {
  it('compliance sees a masked number and shows it once, for a reason kept on the timeline', async () => {
    const { person, loan } = await account();
    const page = await as('Chris Compliance');
    await page.goto(`/loans/${loan}`);
    await page.getByRole('button', { name: 'Show…' }).first().waitFor();
    expect(await page.getByRole('main').innerText()).not.toContain(person.phone);
    await page.getByRole('listitem').filter({ hasText: 'Mobile' }).getByRole('button', { name: 'Show…' }).click();
    await page.getByLabel('Why it must be seen').fill('Complaint of today');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByText(person.phone).waitFor();
  });

  it('an auditor reads the case and finds nothing to press', async () => {
    const { loan } = await account();
    const page = await as('Audrey Auditor');
    await page.goto(`/loans/${loan}`);
    await page.getByRole('heading', { name: 'What happens next' }).waitFor();
    expect(await page.getByRole('group', { name: 'Actions' }).count()).toBe(0);
    for (const name of ['Lift…', 'Returned…', 'Withdraw…', 'Show…']) {
      expect(await page.getByRole('button', { name, exact: true }).count(), name).toBe(0);
    }
  });

  it('an administrator opens nobody’s account: not in the navigation, not by address', async () => {
    const { loan } = await account();
    const page = await as('Alex Admin');
    expect(await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Accounts' }).count()).toBe(
      0,
    );
    await page.goto(`/loans/${loan}`);
    await page
      .getByRole('alert')
      .or(page.getByRole('heading', { name: 'Nothing here' }))
      .first()
      .waitFor();
    expect(await page.getByRole('main').innerText()).not.toContain('Lee');
  });

  it('an account that is not there is nothing here', async () => {
    const page = await as('Casey Collector');
    await page.goto('/loans/no-such-loan');
    await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
  });
});

describe('money and reports', () => {
  it('servicing records a returned debit; the case asks for the money again', async () => {
    const { loan } = await account();
    const page = await as('Sam Servicing');
    await page.goto(`/loans/${loan}`);
    await page.getByRole('button', { name: 'Take payment' }).click();
    await page.getByRole('form', { name: 'Take a payment' }).getByRole('button', { name: 'Take payment' }).click();
    await page.getByRole('button', { name: 'Returned…' }).click();
    await page.getByRole('button', { name: 'Record return' }).click();
    await page.getByRole('list', { name: 'Payments' }).getByText('R01', { exact: true }).waitFor();
    const { rows } = await world.pool.query(`select state, return_code from payment where loan_id = $1`, [loan]);
    expect(rows).toEqual([{ state: 'returned', return_code: 'R01' }]);
  });

  it('each report can be taken along as CSV', async () => {
    const page = await as('Morgan Manager');
    await page.goto('/reports');
    const waiting = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download CSV' }).click();
    const text = await readFile(await (await waiting).path(), 'utf8');
    expect(text.split('\n')[0]).toContain(',');
  });

  it('the time machine goes to the next event, and what happens streams in', async () => {
    await account({ daysPastDue: 1 });
    const page = await as('Morgan Manager');
    await page.goto('/time');
    const before = await page.getByTestId('business-clock').getAttribute('datetime');
    await page.getByRole('button', { name: '+1 hour' }).click();
    await page.getByText(/^From .* to /).waitFor();
    await expect.poll(() => page.getByTestId('business-clock').getAttribute('datetime'), patient).not.toBe(before);
  });
});

describe('the borrower’s own page', () => {
  it('shows no balance before two facts are confirmed, says cut-off, date and no fee before paying, and gives a receipt', async () => {
    const { loan, number } = await account();
    const staff = await as('Casey Collector');
    const { url } = await link(staff, loan);
    const tab = await openTab(desk.browser, world.url, { width: 360 });
    const { page } = tab;
    await page.goto(url);
    await page.getByRole('heading', { name: 'Pay First Example Bank' }).waitFor();
    expect(await page.getByRole('main').innerText()).not.toMatch(/\$\d|Ann|Lee/);
    await page.getByLabel('ZIP code').fill('30301');
    await page.getByLabel('Last four').fill(number.slice(-4));
    await page.getByRole('button', { name: 'Show what is due' }).click();
    await page.getByText('$300.00').first().waitFor();
    await page.getByLabel('Amount in dollars').fill('75');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Pay $75.00?' }).waitFor();
    expect(await page.getByRole('main').innerText()).toMatch(/Fee\s+None[\s\S]*Counts as of[\s\S]*Payments made by/);
    await page.getByRole('button', { name: 'Pay $75.00 now' }).click();
    await page.getByRole('heading', { name: 'Payment received' }).waitFor();
    expect(await page.getByTestId('receipt').innerText()).toContain('$75.00');
    await staff.goto(`/loans/${loan}`);
    await staff.getByRole('list', { name: 'Payments' }).getByText('$75.00').waitFor();
    expect(tab.complaints).toEqual([]);
    await tab.context.close();
  });

  it('“This isn’t me” stops that number at once', async () => {
    const { person, loan } = await account();
    const staff = await as('Casey Collector');
    const answer = await staff.request.post(`/api/loans/${loan}/links`, {
      data: { addressId: person.phoneId },
      headers: { 'x-makegood': '1', origin: world.url },
    });
    const { url } = (await answer.json()) as { url: string };
    const tab = await openTab(desk.browser, world.url, { width: 360 });
    await tab.page.goto(url);
    await tab.page.getByText('This isn’t me').click();
    await tab.page.getByRole('button', { name: /It isn’t me/ }).click();
    await tab.page.getByRole('heading', { name: 'Thank you' }).waitFor();
    await staff.goto(`/loans/${loan}`);
    await staff.getByText('wrong number').first().waitFor();
    await tab.context.close();
  });

  it('messages are stopped by a typed code without JavaScript', async () => {
    const { person, loan } = await account();
    const staff = await as('Casey Collector');
    const answer = await staff.request.post(`/api/loans/${loan}/links`, {
      data: { addressId: person.phoneId },
      headers: { 'x-makegood': '1', origin: world.url },
    });
    const { stopCode } = (await answer.json()) as { stopCode: string };
    const context = await desk.browser.newContext({
      baseURL: world.url,
      javaScriptEnabled: false,
      viewport: { width: 360, height: 740 },
    });
    const page = await context.newPage();
    await page.goto('/stop');
    await page.getByRole('textbox').fill(stopCode);
    await page.getByRole('button').click();
    await page.getByRole('heading', { name: 'Done' }).waitFor();
    await context.close();
    await staff.goto(`/loans/${loan}`);
    await staff
      .getByText(/Opted out/)
      .first()
      .waitFor();
  });
});

it('no page on any of these ways broke the content security policy or threw', () => {
  expect(desk.complaints()).toEqual([]);
});

it('pages forbid inline scripts and let in only style elements with the nonce of that answer', async () => {
  const one = await fetch(world.url, { headers: { accept: 'text/html' } });
  const two = await fetch(world.url, { headers: { accept: 'text/html' } });
  const policy = one.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/(script-src|style-src-elem)[^;]*unsafe-inline/);
  expect(policy).not.toBe(two.headers.get('content-security-policy'));
  expect(await one.text()).toContain(/'nonce-([^']+)'/.exec(policy)?.[1]);
});

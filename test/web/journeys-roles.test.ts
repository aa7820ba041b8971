/// <reference lib="dom" />
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPerson } from '../support/builders.ts';
import { openDesk, patient } from './support/desk.ts';
import type { Desk } from './support/desk.ts';
import { fileSets } from './support/seed.ts';
import type { World } from './support/world.ts';

let desk: Desk;
let world: World;
beforeAll(async () => {
  desk = await openDesk();
  world = desk.world;
});
afterAll(() => desk?.close());

const PDF = { name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 a hardship letter') };
const callItem = async (loan: string): Promise<string> => {
  const { rows } = await world.pool.query<{ id: string }>(
    `select id from work_item where loan_id = $1 and kind = 'call' and state = 'open'`,
    [loan],
  );
  return rows[0]?.id ?? '';
};
const count = async (text: string, values: unknown[]): Promise<number> =>
  (await world.pool.query(text, values)).rowCount ?? 0;

describe('a collector’s call', () => {
  it('leaves how they were verified, why they are late, a promise, the next action, and consent to be called', async () => {
    const { loan } = await desk.account({ daysPastDue: 8, when: 'due' });
    const page = await desk.as('Casey Collector');
    await page.goto(`/work?due=all&item=${await callItem(loan)}`);
    await page.getByRole('button', { name: /Log call/ }).waitFor();
    await page.keyboard.press('l');
    await page.getByRole('group', { name: 'How did the call end?' }).waitFor();
    await page.keyboard.press('3');
    const form = page.getByRole('form', { name: 'Spoke' });
    await form.getByLabel('Verified by').selectOption('passcode');
    await form.getByLabel('Reason for default').selectOption('reduced-income');
    await form.getByLabel('Promised to pay').check();
    await form.getByLabel('Amount').fill('150');
    await form.getByLabel('By', { exact: true }).fill('2026-12-04');
    await form.getByLabel('Agreed to a call').check();
    await form.getByLabel('On (empty').fill('2026-12-03');
    await form.getByLabel('Next action').fill('Call about the pay stub');
    await form.getByLabel('On', { exact: true }).fill('2026-12-03');
    await form.getByRole('button', { name: 'Log call' }).click();
    await page.goto(`/loans/${loan}`);
    const timeline = page.getByTestId('timeline');
    await timeline.getByText('Call: spoke').waitFor();
    await timeline.getByText(/verified by passcode.*reason reduced income.*next Call about the pay stub/).waitFor();
    await timeline.getByText('Agreed to be called').waitFor();
    await page.getByRole('list', { name: 'Promises' }).getByText('$150.00').waitFor();
    expect(
      await count(`select 1 from contact_consent where loan_id = $1 and kind = 'call' and on_date = '2026-12-03'`, [
        loan,
      ]),
    ).toBe(1);
  });

  it('to one of two people is logged on the number that was called, and only that number is barred', async () => {
    const { loan, person } = await desk.account({ daysPastDue: 8, when: 'due' });
    const other = await aPerson(world.pool);
    await world.pool.query(`update person set first_name = 'Theo', last_name = 'Blackwood' where id = $1`, [
      other.personId,
    ]);
    await world.pool.query(`insert into loan_role (loan_id, person_id, role) values ($1, $2, 'co-borrower')`, [
      loan,
      other.personId,
    ]);
    const page = await desk.as('Casey Collector');
    await page.goto(`/work?due=all&item=${await callItem(loan)}`);
    await page.getByRole('button', { name: /Log call/ }).waitFor();
    await page.keyboard.press('l');
    const group = page.getByRole('group', { name: 'How did the call end?' });
    await group.getByLabel('Person').selectOption({ label: 'Theo Blackwood' });
    await group.getByRole('button', { name: /Wrong number/ }).click();
    const wrong = async (id: string): Promise<boolean> =>
      (await count('select 1 from address where id = $1 and wrong_number_at is not null', [id])) === 1;
    await expect.poll(() => wrong(other.phoneId), patient).toBe(true);
    expect(await wrong(person.phoneId)).toBe(false);
  });

  it('two who ask for the next account at the same time get different ones', async () => {
    await desk.account({ daysPastDue: 8, when: 'due' });
    await desk.account({ daysPastDue: 8, when: 'due' });
    const pages = [await desk.as('Casey Collector'), await desk.as('Lee Lead')];
    for (const page of pages) {
      await page.goto('/work?kind=call');
      await page.locator('.work-row').first().waitFor();
    }
    await Promise.all(pages.map((page) => page.getByRole('button', { name: 'Get next' }).click()));
    await Promise.all(pages.map((page) => page.getByTestId('rank').waitFor()));
    const loans = await Promise.all(
      pages.map((page) =>
        page.getByRole('region', { name: 'Item' }).getByRole('link', { name: /^L/ }).first().innerText(),
      ),
    );
    expect(loans[0]).not.toBe(loans[1]);
    await Promise.all(pages.map((page) => page.goto('/')));
  });
});

describe('the file of an account', () => {
  it('a document is filed with type and title, said to be kept until a day, and an auditor takes it along', async () => {
    const { loan } = await desk.account();
    const page = await desk.as('Casey Collector');
    await page.goto(`/loans/${loan}`);
    await page.getByRole('button', { name: 'File a document…' }).click();
    const form = page.getByRole('form', { name: 'File a document' });
    await form.locator('input[type="file"]').setInputFiles({ ...PDF, name: 'page.html', mimeType: 'text/html' });
    await form.getByRole('button', { name: 'File it' }).click();
    await form.getByText('Only PDF, PNG and JPEG').waitFor();
    await form.locator('input[type="file"]').setInputFiles(PDF);
    await form.getByLabel('Type').selectOption('hardship-letter');
    await form.getByLabel('Title').fill('Hardship letter of December');
    await form.getByRole('button', { name: 'File it' }).click();
    const list = page.getByRole('list', { name: 'Documents' });
    await list.getByText('Hardship letter of December').waitFor();
    expect(await list.innerText()).toMatch(/kept until Dec \d, 2033/);
    await page.getByTestId('timeline').getByText('Document: Hardship letter of December').waitFor();
    const auditor = await desk.as('Audrey Auditor');
    await auditor.goto(`/loans/${loan}`);
    const waiting = auditor.waitForEvent('download');
    await auditor.getByRole('link', { name: 'Hardship letter of December' }).click();
    expect((await readFile(await (await waiting).path())).equals(PDF.buffer)).toBe(true);
    expect(await auditor.getByRole('button', { name: 'File a document…' }).count()).toBe(0);
  });

  it('the whole case comes as one PDF', async () => {
    const { loan } = await desk.account();
    const page = await desk.as('Casey Collector');
    await page.goto(`/loans/${loan}`);
    const waiting = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Case file (PDF)' }).click();
    const pdf = await readFile(await (await waiting).path());
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('a note with its codes is pinned above everything and stays as it was written', async () => {
    const { loan } = await desk.account();
    const page = await desk.as('Sam Servicing');
    await page.goto(`/loans/${loan}`);
    await page.getByRole('group', { name: 'Actions' }).getByRole('button', { name: 'Note' }).click();
    const form = page.getByRole('form', { name: 'Write a note' });
    await form.getByLabel('Note').fill('Speaks for her mother; ask for the power of attorney.');
    await form.getByLabel('Action code').selectOption('CALL-IN');
    await form.getByLabel('Result code').selectOption('INFO');
    await form.getByLabel('Pin as an alert').check();
    await form.getByRole('button', { name: 'Save note' }).click();
    await page.getByText('Pinned note', { exact: true }).waitFor();
    await page
      .getByTestId('timeline')
      .getByText(/CALL-IN \/ INFO/)
      .waitFor();
  });
});

describe('a lead’s, a manager’s and an administrator’s day', () => {
  it('a lead gives an item to a collector, who finds it among their own', async () => {
    const { loan } = await desk.account({ daysPastDue: 8, when: 'due' });
    const item = await callItem(loan);
    const lead = await desk.as('Lee Lead');
    await lead.goto(`/work?due=all&item=${item}`);
    await lead.getByRole('button', { name: /Give to/ }).waitFor();
    await lead.keyboard.press('t');
    const form = lead.getByRole('form', { name: 'Give to' });
    await form.getByLabel('Who').selectOption('casey.collector@firstbank.example');
    await form.getByRole('button', { name: 'Give', exact: true }).click();
    await lead.getByText('owner casey.collector@firstbank.example').waitFor();
    const collector = await desk.as('Casey Collector');
    await collector.goto('/work?due=all');
    await collector.getByRole('button', { name: 'Mine' }).click();
    await collector.locator('.work-row').first().waitFor();
    await expect.poll(() => collector.locator('.work-row').count(), patient).toBe(1);
    expect(await collector.getByRole('button', { name: /Give to/ }).count()).toBe(0);
  });

  it('a manager looks at a file that waits, sees its refused rows, and refuses it with a reason', async () => {
    await fileSets(world);
    const page = await desk.as('Morgan Manager');
    await page.goto('/import');
    await page.getByText('62 % fewer than the set before').waitFor();
    await page.getByRole('link', { name: /^Set 1,/ }).click();
    await page.getByText('31/11/2026').waitFor();
    await page.getByRole('link', { name: /^Set 2,/ }).click();
    expect(await page.getByRole('button', { name: 'Refuse' }).isDisabled()).toBe(true);
    await page.getByLabel('Why').fill('Half of the loans are missing.');
    await page.getByRole('button', { name: 'Refuse' }).click();
    await expect.poll(() => count(`select 1 from import_set where state = 'refused'`, []), patient).toBe(1);
    await page.getByText('Half of the loans are missing.').waitFor();
  });

  it('an employee’s loan is not there until an administrator names who may open it, and never for its owner', async () => {
    const { loan, person } = await desk.account();
    await world.pool.query('update person set employee = true where id = $1', [person.personId]);
    const servicing = await desk.as('Sam Servicing');
    await servicing.goto(`/loans/${loan}`);
    await servicing.getByRole('heading', { name: 'Nothing here' }).waitFor();
    const admin = await desk.as('Alex Admin');
    await admin.goto('/staff');
    await admin.getByRole('button', { name: 'Name Sam Servicing' }).click();
    await admin.getByRole('button', { name: 'No longer name Sam Servicing' }).waitFor();
    expect(await admin.getByRole('button', { name: /Alex Admin/ }).count()).toBe(1); // who they are, in the header
    await servicing.reload();
    await servicing.getByRole('heading', { name: 'What happens next' }).waitFor();
    await world.pool.query(
      `update staff set customer_number = (select customer_number from person where id = $1) where email like 'sam.%'`,
      [person.personId],
    );
    await servicing.reload();
    await servicing.getByRole('heading', { name: 'Nothing here' }).waitFor();
  });

  it('access that an administrator ends is gone at the next click', async () => {
    const page = await desk.as('Max Manager');
    await page.goto('/');
    await page.getByRole('heading', { name: 'Portfolio' }).waitFor();
    const admin = await desk.as('Alex Admin');
    await admin.goto('/staff');
    await admin.getByRole('button', { name: 'End access of Max Manager' }).click();
    await admin.getByRole('button', { name: 'Give access back to Max Manager' }).waitFor();
    await page.goto('/work');
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
  });
});

describe('the borrower’s side', () => {
  it('from the phone: a declined card takes nothing, a part is pending, and the bank’s return asks for it again', async () => {
    const { loan, person } = await desk.account();
    const page = await desk.as('Sam Servicing');
    await world.pool.query(`update staff set customer_number = null where email like 'sam.%'`);
    await page.goto(`/phones?phone=${encodeURIComponent(person.phone)}`);
    await page.getByRole('button', { name: 'Pay…' }).click();
    const form = page.getByRole('form', { name: 'Pay from the phone' });
    await form.getByRole('button', { name: /^Half/ }).click();
    await form.getByLabel('The card is declined').check();
    await form.getByRole('button', { name: 'Pay', exact: true }).click();
    await form.getByRole('alert').waitFor();
    expect(await count('select 1 from payment where loan_id = $1', [loan])).toBe(0);
    await form.getByLabel('How').selectOption('ach');
    await form.getByRole('button', { name: 'Pay', exact: true }).click();
    await page.getByTestId('case-effect').getByText('$150.00').first().waitFor();
    await page.getByRole('link', { name: 'Open the case' }).click();
    await page.getByRole('button', { name: 'Returned…' }).click();
    await page.getByRole('button', { name: 'Record return' }).click();
    await page.getByRole('list', { name: 'Payments' }).getByText('R01', { exact: true }).waitFor();
    await page.getByText('$300.00').first().waitFor();
  });

  it('the time machine plays, shows what happens as it does, and pauses', async () => {
    await desk.account();
    const page = await desk.as('Morgan Manager');
    await page.goto('/time');
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByRole('list', { name: 'Live events' }).getByRole('listitem').first().waitFor(patient);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Play' }).waitFor();
    await expect.poll(() => page.getByText('at rest').count(), patient).toBe(1);
    await page.getByLabel('Days').fill('2');
    const before = Date.parse((await page.getByTestId('business-clock').getAttribute('datetime')) ?? '');
    await page.getByRole('button', { name: 'Forward' }).click();
    await expect
      .poll(
        async () => Date.parse((await page.getByTestId('business-clock').getAttribute('datetime')) ?? '') - before,
        { timeout: 120_000 },
      )
      .toBeGreaterThanOrEqual(2 * 86_400_000 - 60_000);
  });
});

describe('when something is not there', () => {
  it('a server that does not answer is said, with a way to try again', async () => {
    const page = await desk.as('Casey Collector');
    await page.route('**/api/portfolio', (route) => route.abort());
    await page.goto('/');
    await page.getByRole('alert').first().waitFor();
    await page.unroute('**/api/portfolio');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Past due by age').waitFor();
  });

  it('the keyboard alone reaches the content, a form and its end, and gives the focus back', async () => {
    const { loan } = await desk.account();
    const page = await desk.as('Casey Collector');
    await page.goto(`/loans/${loan}`);
    await page.getByRole('heading', { name: 'What happens next' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Take payment');
    await page.keyboard.press('Enter');
    await page.getByRole('form', { name: 'Take a payment' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('inputmode'))).toBe('decimal');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('45.00');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('list', { name: 'Payments' }).getByText('$45.00').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Take payment');
  });
});

it('no page on any of these ways broke the content security policy or threw', () => {
  expect(desk.complaints()).toEqual([]);
});

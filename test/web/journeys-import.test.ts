import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, overflow } from './support/axe.ts';
import { openDesk, patient } from './support/desk.ts';
import type { Desk } from './support/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  // The last set lies well back: what is typed as a time means the same in every zone of a browser.
  await desk.world.pool.query(`update core_feed set snapshot_at = '2026-11-29T07:00:00Z'`);
});
afterAll(() => desk?.close());

const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

/** A tape as no core of ours writes it: bars, an id with a prefix, money with signs, days as words, dates by month. */
const tape = [
  'RPT LOANS 2026-12-01',
  'Acct No|Member|First|Last|St|Prod|Bal|Pmt|Next Due|Days|Late Amt',
  '0000000001|M1|Ann|Lee|OH|IL|$12,400.00|$310.25|11/28/2026|3|$310.25',
  '0000000002|M2|Bo|Ray|TX|IL|$9,100.00|$205.00|12/15/2026|0|$0.00',
  '0000000003|M3|Cy|Fox|OH|ZZ|$100.00|$10.00|12/15/2026|0|$0.00',
  'TRL 3',
  '',
].join('\n');

/** Drops files as a person does who drags them from a folder. */
async function drop(page: Page, files: readonly { name: string; text: string }[]): Promise<void> {
  const data = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const { name, text } of given) transfer.items.add(new File([text], name, { type: 'text/csv' }));
    return transfer;
  }, files);
  await page.getByRole('group', { name: 'Files to bring' }).dispatchEvent('drop', { dataTransfer: data });
}

describe('files brought by hand', () => {
  it('are dropped, mapped in the editor with a preview that shows each mistake, tried, and taken in', async () => {
    const page = await desk.as('Sam Servicing');
    await page.goto('/import');
    await drop(page, [{ name: 'loans_20261201.txt', text: tape }]);
    await page.getByRole('list', { name: 'Chosen files' }).getByText('loans_20261201.txt').waitFor();
    const preview = page.getByRole('region', { name: 'Preview' });
    await preview.getByText('cannot be read').waitFor();

    await page.getByRole('button', { name: 'Make a mapping…' }).click();
    const editor = page.getByRole('region', { name: 'Mapping' });
    await editor.getByLabel('Name of the mapping').fill('bars-of-ours');
    await editor.getByLabel('Columns are parted by').selectOption({ label: 'Bars (pipe)' });
    await editor.getByLabel('Lines before the names').fill('1');
    await editor.getByLabel(/Lines that begin so are no rows/).fill('TRL');
    const from = async (ours: string, theirs: string): Promise<void> => {
      const select = editor.getByRole('group', { name: ours, exact: true }).getByRole('combobox').first();
      await expect.poll(() => select.locator('option').allTextContents(), patient).toContainEqual(expect.stringContaining(theirs)); // prettier-ignore
      await select.selectOption(theirs);
    };
    const columns = {
      loan_number: 'Acct No',
      customer_number: 'Member',
      first_name: 'First',
      last_name: 'Last',
      mailing_state: 'St',
      product: 'Prod',
      principal_balance: 'Bal',
      payment_amount: 'Pmt',
      next_due_on: 'Next Due',
      days_past_due: 'Days',
      past_due_amount: 'Late Amt',
    };
    for (const [ours, theirs] of Object.entries(columns)) await from(ours, theirs);
    await editor.getByRole('group', { name: 'branch', exact: true }).getByRole('combobox').selectOption({ label: 'The same in every row' }); // prettier-ignore
    await editor.getByRole('group', { name: 'branch', exact: true }).getByLabel('Word').fill('main');
    // Money with a sign of dollars and a date of ours are not plain: the preview says so, cell by cell.
    await preview.getByText('$12,400.00: not dollars with at most two decimals').first().waitFor();
    await preview.getByText(/11\/28\/2026: not a calendar date/).waitFor();

    const how = async (ours: string): Promise<ReturnType<typeof editor.getByRole>> => {
      const line = editor.getByRole('group', { name: ours, exact: true });
      if ((await line.locator('details[open]').count()) === 0) await line.getByText('How it is written').click();
      return line;
    };
    for (const ours of ['principal_balance', 'payment_amount', 'past_due_amount'])
      await (await how(ours)).getByLabel('Money', { exact: true }).selectOption('dollars');
    await (await how('next_due_on')).getByLabel(/Date pattern/).fill('MM/DD/YYYY');
    await (await how('product')).getByLabel(/Codes: theirs = ours/).fill('IL = auto');
    await preview.getByText('the mapping has no word for the code ZZ').waitFor();
    await preview.getByText('2026-11-28').waitFor();
    await preview.getByText('one problem', { exact: true }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect([...(await axe(page)), ...(await overflow(page))]).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });

    await editor.getByRole('button', { name: 'Save mapping' }).click();
    await expect.poll(() => page.getByLabel('How they are read').inputValue(), patient).toBe('bars-of-ours');
    await page.getByLabel('When the core wrote them').fill('2026-12-01T01:00');
    await page.getByLabel(/^Dry run/).check();
    await page.getByRole('button', { name: 'Try them' }).click();
    await page.getByText('yes: nothing was changed').waitFor();
    await page
      .getByRole('table', { name: 'Refused rows' })
      .getByText('the mapping has no word for the code ZZ')
      .waitFor();
    expect((await desk.world.pool.query('select 1 from loan')).rowCount).toBe(0);

    // The files of the next night, by the mapping's name alone.
    await page.getByLabel('Files', { exact: true }).setInputFiles([file('loans_20261202.txt', tape)]);
    await page.getByLabel('How they are read').selectOption('bars-of-ours');
    await preview.getByText('one problem', { exact: true }).waitFor();
    await page.getByLabel('When the core wrote them').fill('2026-12-01T02:00');
    await page.getByLabel(/^Dry run/).uncheck();
    await page.getByRole('button', { name: 'Take them in' }).click();
    await expect.poll(async () => (await desk.world.pool.query('select 1 from loan')).rowCount, patient).toBe(2);
    await page.getByRole('table', { name: 'Changes by table' }).getByText('Loans').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download with their lines' }).click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toContain('0000000003|M3|Cy|Fox|OH|ZZ');
  });

  it('all or nothing waits for a manager, who did not bring them; a second manager lets them in', async () => {
    const servicing = await desk.as('Sam Servicing');
    await servicing.goto('/import');
    const people = 'customer_number,first_name,last_name,mailing_state\nM8,Di,Ito,OH\nM9,,Nameless,OH\n';
    await servicing.getByLabel('Files', { exact: true }).setInputFiles([file('customers.csv', people)]);
    await servicing.getByLabel('When the core wrote them').fill('2026-12-01T03:00');
    await servicing.getByLabel(/^All or nothing/).check();
    await servicing.getByRole('button', { name: 'Take them in' }).click();
    await servicing.getByText('Waits for a person').waitFor();
    expect(await servicing.getByRole('button', { name: 'Release' }).count()).toBe(0);
    const manager = await desk.as('Morgan Manager');
    await manager.goto('/import');
    await manager.getByText('Waits for a person').waitFor();
    await manager.getByLabel('Why').fill('The core team knows of the nameless one.');
    await manager.getByRole('button', { name: 'Release' }).click();
    await expect
      .poll(
        async () => (await desk.world.pool.query(`select 1 from person where customer_number = 'M8'`)).rowCount,
        patient,
      )
      .toBe(1);
  });

  it('what cannot be brought is said before a byte is sent, or by the server', async () => {
    const page = await desk.as('Morgan Manager');
    await page.goto('/import');
    await page.getByLabel('Files', { exact: true }).setInputFiles([file('empty.csv', '')]);
    await page.getByText('empty.csv is empty').waitFor();
    expect(await page.getByRole('button', { name: 'Take them in' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Remove empty.csv' }).click();
    await page.getByLabel('Files', { exact: true }).setInputFiles([file('night.zip', 'PK\u0003\u0004 a bomb')]);
    await page
      .getByText(/night\.zip is a ZIP archive/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Take them in' }).click();
    await page
      .getByRole('alert')
      .getByText(/night\.zip is a ZIP archive/)
      .waitFor();
  });
});

describe('whom we can reach', () => {
  it('each person with the gate’s answer; who never said yes to texts is sent a letter that asks', async () => {
    const { person, number } = await desk.account();
    await desk.world.pool.query('update person_address set consent_by = null, consent_at = null where person_id = $1', [
      person.personId,
    ]);
    const page = await desk.as('Morgan Manager');
    await page.goto('/reach');
    await page.getByRole('button', { name: 'No text' }).click();
    const row = page.getByRole('table', { name: 'Reach by person' }).getByRole('row').filter({ hasText: number });
    await row.getByText('allowed').first().waitFor();
    await page.getByRole('table', { name: 'Facts that are lacking' }).getByText('phones.sms_consent').waitFor();
    await page.getByText('What a collector says').click();
    await page.getByText('You do not have to agree').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect([...(await axe(page)), ...(await overflow(page))]).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('button', { name: /^Write/ }).click();
    await page.getByText('Nobody is left to ask by letter').waitFor();
    const { rows } = await desk.world.pool.query('select purpose from send where person_id = $1', [person.personId]);
    expect(rows).toContainEqual({ purpose: 'consent-request' });
  });

  it('a file that is late is said on every page while it bites', async () => {
    const page = await desk.as('Morgan Manager');
    for (const [snapshot, count] of [
      ['2026-11-29T07:00:00Z', 1],
      ['2026-12-01T14:30:00Z', 0],
    ] as const) {
      await desk.world.pool.query('update core_feed set snapshot_at = $1', [snapshot]);
      for (const path of ['/', '/accounts', '/rules', '/reach']) {
        await page.goto(path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.getByTestId('business-clock').waitFor();
        await expect.poll(() => page.getByText('No file, no sends').count(), patient).toBe(count);
      }
    }
  });

  it('no page broke the content security policy or threw', () => {
    expect(desk.complaints()).toEqual([]);
  });
});

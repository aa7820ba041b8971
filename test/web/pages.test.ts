import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, overflow } from './support/axe.ts';
import { buildWeb, openBrowser, openTab, signIn } from './support/browser.ts';
import type { Tab } from './support/browser.ts';
import { patient } from './support/desk.ts';
import { seed } from './support/seed.ts';
import type { Seeded } from './support/seed.ts';
import { openWorld } from './support/world.ts';
import type { World } from './support/world.ts';

/** MAKEGOOD_PICTURES=folder keeps a picture of every page that is looked at here. */
const pictures = process.env['MAKEGOOD_PICTURES'];

let world: World;
let browser: Browser;
let tab: Tab;
let seeded: Seeded;
let payPath: string;
beforeAll(async () => {
  buildWeb();
  world = await openWorld();
  seeded = await seed(world);
  browser = await openBrowser();
  tab = await openTab(browser, world.url);
  await signIn(tab, 'Morgan Manager');
  const headers = { 'x-makegood': '1', origin: world.url, 'idempotency-key': 'seeded-payment' };
  const say = (path: string, data: object) => tab.page.request.post(path, { data, headers });
  await say(`/api/loans/${seeded.loan}/payments`, { amountCents: 15_000, method: 'ach' });
  await say(`/api/loans/${seeded.loan}/promises`, { amountCents: 26_250, dueOn: '2026-12-04' });
  await say(`/api/loans/${seeded.loan}/notes`, { text: 'Prefers to be called after five.', pinned: true });
  await say(`/api/loans/${seeded.loan}/holds`, { reason: 'hardship', note: 'Asked for the form.' });
  await say('/api/stop-switches', { scope: 'channel', value: 'letter', reason: 'The printer is being repaired.' });
  await tab.page.request.post(
    `/api/loans/${seeded.loan}/documents?kind=income-proof&title=Pay%20stub%20of%20November`,
    {
      data: Buffer.from('%PDF-1.7 a pay stub'),
      headers: { ...headers, 'content-type': 'application/pdf' },
    },
  );
  const made = (await (await say(`/api/loans/${seeded.loan}/links`, {})).json()) as { url: string };
  payPath = made.url.slice(world.url.length);
  await world.settled();
  await tab.page.goto('about:blank');
  if (pictures !== undefined) mkdirSync(pictures, { recursive: true });
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const list: [name: string, path: () => string, ready: string][] = [
  ['portfolio', () => '/', 'Past due by age'],
  ['work', () => '/work?due=all', 'Get next'],
  ['accounts', () => '/accounts?caseStatus=open', 'Delgado-Villanueva'],
  ['accounts-none', () => '/accounts?search=nobody-of-this-name', 'No account fits this'],
  ['case', () => `/loans/${seeded.loan}`, 'What happens next'],
  ['phone', () => `/phones?phone=${encodeURIComponent(seeded.phone)}`, 'On the case'],
  ['mailbox', () => `/phones?mailbox=${encodeURIComponent(seeded.mail)}`, 'On the case'],
  ['time-machine', () => '/time', 'To the next event'],
  ['import', () => '/import', 'Waits for a person'],
  ['import-errors', () => '/import?set=1', 'Rows refused'],
  ['reach', () => '/reach', 'What stands in the way'],
  ['policies', () => '/policies', 'As data'],
  ['rules', () => '/rules', 'In force'],
  ['reports', () => '/reports', 'Download CSV'],
  ['letters', () => '/letters', 'Print queue'],
  ['sending', () => '/sending', 'Send modes'],
  ['staff', () => '/staff', 'Last seen'],
  ['not-found', () => '/nowhere', 'Nothing here'],
  ['payment', () => payPath, 'Pay First Example Bank'],
];

const looks = [
  ['light', 1440],
  ['dark', 1440],
  ['light', 360],
  ['dark', 360],
] as const;

describe('every page, light and dark, at 360 and 1440 px', () => {
  it.each(list)('%s: axe finds nothing, nothing is cut or sticks out', async (name, path, ready) => {
    const { page } = tab;
    await page.goto('about:blank');
    await page.goto(path());
    await page.getByText(ready).first().waitFor();
    await expect.poll(() => page.locator('[aria-busy="true"]').count(), patient).toBe(0);
    if (name === 'work') await page.locator('.work-row').first().waitFor();
    if (name === 'work') await page.keyboard.press('j');
    // Two hundred rows of one kind: a few stand for all.
    if (name === 'rules') await page.getByLabel('Find a rule').fill('hours');
    if (name === 'work') await page.getByRole('region', { name: 'Item' }).getByRole('heading').first().waitFor();
    for (const [colorScheme, width] of looks) {
      await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      if (name !== 'payment') await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
      if (pictures !== undefined)
        await page.screenshot({ path: `${pictures}/${name}-${width}-${colorScheme}.png`, fullPage: true });
      expect([...(await axe(page)), ...(await overflow(page))], `${colorScheme} ${width}`).toEqual([]);
    }
  });
});

it('no page broke the content security policy or threw', () => {
  expect(tab.complaints).toEqual([]);
});

import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execFileSync } from 'node:child_process';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { findChromium } from './chromium.ts';

/**
 * Pictures of every page from a running instance (`makegood start`), at 360 and 1440 px, light and dark:
 *   node scripts/screenshots.ts [--only NAME] [--out FOLDER]
 * MAKEGOOD_HOME names the instance. The README shows some of them.
 */
const args = process.argv.slice(2);
const option = (name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const out = option('--out') ?? fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const only = option('--only');
const base = process.env['MAKEGOOD_PUBLIC_URL'] ?? addressOf();

function addressOf(): string {
  const launcher = fileURLToPath(new URL('../makegood', import.meta.url));
  const status = JSON.parse(execFileSync(launcher, ['status', '--json'], { encoding: 'utf8' })) as {
    urls: Record<string, string>;
  };
  const url = status.urls['web'] ?? Object.values(status.urls)[0];
  if (url === undefined) throw new Error('No instance runs: `makegood start` first');
  return url.replace(/\/$/, '');
}

interface Picture {
  name: string;
  who: string;
  path: string | ((page: Page) => Promise<string>);
  before?: (page: Page) => Promise<void>;
}

const json = async (page: Page, path: string, body?: object): Promise<Record<string, unknown>> => {
  const answer =
    body === undefined
      ? await page.request.get(base + path)
      : await page.request.post(base + path, { data: body, headers: { 'x-makegood': '1', origin: base } });
  return (await answer.json()) as Record<string, unknown>;
};
const firstRow = async (page: Page, path: string): Promise<Record<string, string>> =>
  ((await json(page, path))['rows'] as Record<string, string>[])[0] ?? {};

const pictures: readonly Picture[] = [
  { name: 'portfolio', who: 'Morgan Manager', path: '/' },
  { name: 'work', who: 'Casey Collector', path: '/work?due=all', before: (page) => page.keyboard.press('j') },
  { name: 'accounts', who: 'Casey Collector', path: '/accounts?caseStatus=open' },
  {
    name: 'case',
    who: 'Casey Collector',
    path: async (page) => `/loans/${(await firstRow(page, '/api/loans?caseStatus=open&limit=1'))['id'] ?? ''}`,
  },
  {
    name: 'phone',
    who: 'Casey Collector',
    path: async (page) =>
      `/phones?phone=${encodeURIComponent((await firstRow(page, '/api/sandbox/phones?limit=1'))['number'] ?? '')}`,
  },
  {
    name: 'mailbox',
    who: 'Casey Collector',
    path: async (page) =>
      `/phones?mailbox=${encodeURIComponent((await firstRow(page, '/api/sandbox/mailboxes?limit=1'))['address'] ?? '')}`,
  },
  { name: 'time-machine', who: 'Casey Collector', path: '/time' },
  { name: 'import', who: 'Morgan Manager', path: '/import' },
  { name: 'reach', who: 'Morgan Manager', path: '/reach' },
  { name: 'policies', who: 'Morgan Manager', path: '/policies' },
  { name: 'letters', who: 'Morgan Manager', path: '/letters' },
  { name: 'staff', who: 'Morgan Manager', path: '/staff' },
  { name: 'rules', who: 'Morgan Manager', path: '/rules' },
  { name: 'reports', who: 'Morgan Manager', path: '/reports' },
  { name: 'sending', who: 'Morgan Manager', path: '/sending' },
  { name: 'not-found', who: 'Casey Collector', path: '/nowhere' },
  {
    name: 'payment-page',
    who: 'Casey Collector',
    path: async (page) => {
      const loan = (await firstRow(page, '/api/loans?caseStatus=open&limit=1'))['id'] ?? '';
      return new URL(String((await json(page, `/api/loans/${loan}/links`, {}))['url'])).href.slice(base.length);
    },
  },
];

async function signIn(browser: Browser, who: string): Promise<Awaited<ReturnType<Browser['newContext']>>> {
  const context = await browser.newContext({ baseURL: base });
  const page = await context.newPage();
  await page.goto('/auth/login');
  await page.getByRole('button', { name: who }).click();
  await page.waitForURL(`${base}/**`);
  await page.close();
  return context;
}

const browser = await chromium.launch({
  executablePath: await findChromium((line) => process.stderr.write(`${line}\n`)),
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-sync',
    '--no-first-run',
  ],
});
mkdirSync(out, { recursive: true });
const contexts = new Map<string, Awaited<ReturnType<typeof signIn>>>();
for (const picture of pictures.filter((each) => only === undefined || each.name === only)) {
  const context = contexts.get(picture.who) ?? (await signIn(browser, picture.who));
  contexts.set(picture.who, context);
  const page = await context.newPage();
  const path = typeof picture.path === 'string' ? picture.path : await picture.path(page);
  for (const scheme of ['light', 'dark'] as const) {
    for (const width of [1440, 360]) {
      await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.goto('about:blank');
      await page.goto(base + path);
      await page.locator('h1').first().waitFor();
      // What loads is shown grey for a moment: that is not the page.
      await page
        .waitForFunction(() => document.querySelector('[aria-busy="true"]') === null, null, { timeout: 10_000 })
        .catch(() => undefined);
      await picture.before?.(page);
      await page.waitForTimeout(400);
      await page.screenshot({ path: `${out}/${picture.name}-${width}-${scheme}.png`, fullPage: width === 360 });
    }
  }
  await page.close();
  process.stdout.write(`${picture.name}\n`);
}
await browser.close();

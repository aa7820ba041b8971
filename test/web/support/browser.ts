import { execFileSync } from 'node:child_process';
import { existsSync, statSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { webDist } from './world.ts';

export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROME_PATH'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath))
    throw new Error(`No Chromium at ${executablePath}: npm test installs one, or set CHROME_PATH`);
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/** Builds the web app if its source is newer than what was built. */
export function buildWeb(): void {
  const web = fileURLToPath(new URL('../../../web', import.meta.url));
  const newest = Math.max(
    ...['src', 'index.html', 'p.html', 'vite.config.ts', 'public'].map((part) => newestIn(join(web, part))),
  );
  const index = join(webDist, 'p.html');
  if (existsSync(index) && statSync(index).mtimeMs >= newest) return;
  execFileSync(
    process.execPath,
    [fileURLToPath(new URL('../../../node_modules/vite/bin/vite.js', import.meta.url)), 'build'],
    { cwd: web, stdio: 'pipe' },
  );
}

function newestIn(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}

/** A tab whose console and failed requests are kept: a page may not break the CSP or throw without being seen. */
export interface Tab {
  page: Page;
  context: BrowserContext;
  complaints: string[];
}

export async function openTab(
  browser: Browser,
  url: string,
  given: { width?: number; scheme?: 'light' | 'dark' } = {},
): Promise<Tab> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: given.width ?? 1440, height: 900 },
    colorScheme: given.scheme ?? 'light',
    reducedMotion: 'reduce',
  });
  // A slow machine is no fault of the product: what never comes is waited for as long as this.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  listen(page, complaints);
  context.on('page', (other) => listen(other, complaints));
  return { page, context, complaints };
}

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`threw: ${error.message}`));
  page.on('console', (message) => {
    // A refusal that a journey provokes is logged by the browser as a failed load; everything else counts.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
}

/** Signs in as one of the sandbox's people, through the identity provider's own page. */
export async function signIn(tab: Tab, name: string, path = '/'): Promise<void> {
  await tab.page.goto(path);
  await tab.page.getByRole('link', { name: 'Sign in' }).click();
  await tab.page.getByRole('button', { name }).click();
  await tab.page.getByRole('navigation', { name: 'Pages' }).waitFor({ state: 'attached' });
}

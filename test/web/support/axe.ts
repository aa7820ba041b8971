/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Found {
  violations: { id: string; help: string; nodes: { target: unknown[]; html: string; failureSummary?: string }[] }[];
}

/** Violations of WCAG 2.2 A and AA and of axe's best practices on the page as it stands, as lines one can read. */
export async function axe(page: Page): Promise<string[]> {
  // The page's own policy lets no foreign script in: axe comes through the debugger, which is not the page.
  await page.evaluate(source);
  const found = await page.evaluate(
    () =>
      (globalThis as unknown as { axe: { run: (root: unknown, options: object) => Promise<unknown> } }).axe.run(
        document,
        { resultTypes: ['violations'] },
      ) as Promise<Found>,
  );
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      (node) => `${id} (${help}): ${node.target.join(' ')} ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`,
    ),
  );
}

/** What sticks out of the window or out of its own box: cut text and sideways scrolling. */
export async function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - window.innerWidth;
    const found: string[] = [];
    if (wide > 1) {
      const worst = [...document.querySelectorAll('body *')]
        .filter((each) => each.getBoundingClientRect().right > window.innerWidth + 1)
        .slice(0, 3);
      found.push(`the page is ${wide} px too wide: ${worst.map((each) => each.outerHTML.slice(0, 120)).join(' | ')}`);
    }
    for (const each of document.querySelectorAll<HTMLElement>('button, .tag, h1, h2, h3, th, td')) {
      const style = getComputedStyle(each);
      if (style.overflow !== 'visible' && each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1)
        found.push(`cut: ${each.outerHTML.slice(0, 160)}`);
    }
    return found;
  });
}

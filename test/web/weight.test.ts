import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildWeb } from './support/browser.ts';
import { webDist } from './support/world.ts';

beforeAll(buildWeb);

/** Every script that a page asks for before anything is clicked: its own, what that imports at once, and what is preloaded. */
function firstLoad(html: string): Map<string, number> {
  const text = readFileSync(join(webDist, html), 'utf8');
  const found = new Map<string, number>();
  const open = [...text.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1] ?? '');
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    const source = readFileSync(join(webDist, next), 'utf8');
    found.set(next, gzipSync(source).length);
    for (const [, file] of source.matchAll(/(?:^|[;}\s])import(?:[^"'()]*?from)?["']\.\/([^"']+\.js)["']/g))
      open.push(`assets/${file ?? ''}`);
  }
  return found;
}

const total = (files: Map<string, number>): number => [...files.values()].reduce((sum, bytes) => sum + bytes, 0);

describe('weight of the first load, gzip', () => {
  it('the staff app loads less than 250 kB of script', () => {
    const files = firstLoad('index.html');
    process.stdout.write(`first load: ${Math.round(total(files) / 1000)} kB of JavaScript in ${files.size} files\n`);
    expect(files.size).toBeGreaterThan(0);
    expect(total(files)).toBeLessThan(250_000);
  });

  it('the borrower’s page loads less than 10 kB of script and no line of the staff app', () => {
    const files = firstLoad('p.html');
    process.stdout.write(`borrower’s page: ${(total(files) / 1000).toFixed(1)} kB of JavaScript\n`);
    expect(total(files)).toBeLessThan(10_000);
    const source = [...files.keys()].map((file) => readFileSync(join(webDist, file), 'utf8')).join('');
    expect(source).not.toMatch(/\/api\//);
  });

  it('neither page carries an inline script or an inline style', () => {
    for (const html of ['index.html', 'p.html']) {
      const text = readFileSync(join(webDist, html), 'utf8');
      expect(text).not.toMatch(/<style|<script(?![^>]*\bsrc=)|\son\w+=/);
    }
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Played } from './play.ts';
import { FIRST, rollingYear, table } from './rolling-year.ts';

describe('a borrower who rolls thirty days behind for a year', () => {
  const auto = rollingYear('auto', 34).played;
  const mortgage = rollingYear('mortgage', 42).played;
  const months = (played: readonly Played[]) => Map.groupBy(played, ({ step }) => step.cycle);

  test('reads as this table', async () => {
    const text = `${table('Auto, each payment 34 days late', auto)}\n${table('Mortgage, each payment 42 days late', mortgage)}`;
    await expect(text).toMatchFileSnapshot('./rolling-30.txt');
  });

  test('is the year that docs/cadences.md reads aloud', () => {
    const docs = readFileSync(new URL('../../../docs/cadences.md', import.meta.url), 'utf8');
    expect(docs).toContain(`\`\`\`\n${table('Auto, each payment 34 days late', auto)}\`\`\`\n`);
  });

  test('is not forgotten: every month has a text, a mail or letter, and a call', () => {
    for (const [cycle, month] of months(auto).entries()) {
      if (cycle > '2027-08-01') continue; // the year ends within the last ones
      const channels = month.map(({ step }) => step.channel);
      expect(channels, cycle).toEqual(expect.arrayContaining(['sms', 'email', 'letter', 'call']));
    }
  });

  test('is not sent the whole ladder each month: later months have about half of the first', () => {
    const contacts = (month: readonly Played[] | undefined) =>
      (month ?? []).filter(({ step }) => step.channel !== 'approval').length;
    const byMonth = months(auto);
    expect(contacts(byMonth.get('2026-10-01'))).toBeGreaterThanOrEqual(10);
    for (const [cycle, month] of byMonth) if (cycle !== FIRST) expect(contacts(month), cycle).toBeLessThanOrEqual(6);
  });

  test('gets the right-to-cure notice and the options once, the housing notice once, live contact every month', () => {
    const count = (played: readonly Played[], family: string) =>
      played.filter(({ step }) => step.family === family).length;
    expect(count(auto, 'right-to-cure')).toBe(1);
    expect(count(auto, 'before-30')).toBe(1);
    expect(count(auto, 'email-2')).toBe(1);
    expect(count(mortgage, 'hud-counselling')).toBe(1);
    expect(count(mortgage, 'live-contact')).toBeGreaterThanOrEqual(11);
    expect(count(mortgage, 'early-intervention')).toBe(2);
  });

  test('comes before a lead twice a year', () => {
    expect(auto.filter(({ step }) => step.family === 'lead-review')).toHaveLength(2);
  });
});

import { describe, expect, test } from 'vitest';
import type { CaseFacts } from '../../../domain/cadence/facts.ts';
import { addDays, addMonths } from '../../../domain/calendar/days.ts';
import { spoken } from '../../../domain/cadence/explain.ts';
import { cureStateRow } from '../../../domain/clocks/cure-states.ts';
import { at, caseFacts, dateAt, dayAfter, shippedPolicy } from './case-facts.ts';
import { type News, play, type Played } from './play.ts';

const FIRST = '2026-10-01';

/** Always one payment behind: each month's payment comes 34 days late, so the account is never current. */
function rollingYear(
  product: 'auto' | 'mortgage',
  paysAfterDays: number,
): { played: Played[]; dueAt: (ms: number) => string } {
  const news: News[] = [];
  const dues = Array.from({ length: 13 }, (_, month) => addMonths(FIRST, month));
  for (const [month, due] of dues.entries()) {
    const next = addMonths(FIRST, month + 1);
    const pay = (facts: CaseFacts): CaseFacts => ({ ...facts, loan: { ...facts.loan, nextDueOn: next } });
    news.push({ atMs: at(`${addDays(due, paysAfterDays)} 06:00`), change: pay });
  }
  const facts = caseFacts({
    loan: { product, nextDueOn: FIRST, paymentDueDay: 1 },
    cure: { rows: [cureStateRow('MA')], covers: true, noticeNeeded: true, homesteadMortgage: false, mailGraceDays: 3 },
  });
  const { played } = play({
    facts,
    policy: shippedPolicy(product),
    news,
    fromMs: at('2026-10-02 00:00'),
    untilMs: at('2027-10-05 00:00'),
  });
  const dueAt = (ms: number): string => dues.findLast((due) => addDays(due, paysAfterDays - 30) <= dateAt(ms)) ?? FIRST;
  return { played, dueAt };
}

function table(title: string, played: readonly Played[]): string {
  const lines = played.map(({ atMs, step }) => {
    const day = String(dayAfter(step.cycle, atMs)).padStart(4);
    const key = step.occurrence === step.passKey ? 'cycle' : step.occurrence;
    return `${step.cycle}  ${dateAt(atMs)} ${spoken(dateAt(atMs)).slice(0, 3)}  ${day}  ${step.channel.padEnd(8)}  ${step.stepId.padEnd(20)}  ${key}`;
  });
  return [title, '', 'cycle       went            day  channel   step                  key', ...lines, ''].join('\n');
}

describe('a borrower who rolls thirty days behind for a year', () => {
  const auto = rollingYear('auto', 34).played;
  const mortgage = rollingYear('mortgage', 42).played;
  const months = (played: readonly Played[]) => Map.groupBy(played, ({ step }) => step.cycle);

  test('reads as this table', async () => {
    const text = `${table('Auto, each payment 34 days late', auto)}\n${table('Mortgage, each payment 42 days late', mortgage)}`;
    await expect(text).toMatchFileSnapshot('./rolling-30.txt');
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

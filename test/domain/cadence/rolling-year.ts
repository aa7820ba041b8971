import type { CaseFacts } from '../../../domain/cadence/facts.ts';
import { addDays, addMonths } from '../../../domain/calendar/days.ts';
import { spoken } from '../../../domain/cadence/explain.ts';
import { cureStateRow } from '../../../domain/clocks/cure-states.ts';
import { at, caseFacts, dateAt, dayAfter, shippedPolicy } from './case-facts.ts';
import { type News, play, type Played } from './play.ts';

export const FIRST = '2026-10-01';

/** Always one payment behind: each month's payment comes 34 days late, so the account is never current. */
export function rollingYear(
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

export function table(title: string, played: readonly Played[]): string {
  const lines = played.map(({ atMs, step }) => {
    const day = String(dayAfter(step.cycle, atMs)).padStart(4);
    const key = step.occurrence === step.passKey ? 'cycle' : step.occurrence;
    return `${step.cycle}  ${dateAt(atMs)} ${spoken(dateAt(atMs)).slice(0, 3)}  ${day}  ${step.channel.padEnd(8)}  ${step.stepId.padEnd(20)}  ${key}`;
  });
  return [title, '', 'cycle       went            day  channel   step                  key', ...lines, ''].join('\n');
}

import { formatCents } from '../../domain/money.ts';
import type { Rank, WorkRow } from '../../api/schemas/work.ts';

const HOUR_MS = 3_600_000;

/**
 * Why an item comes before another (bank policy): value at risk × chance of contact now × how near the deadline is, each
 * 0 to 1 and each shown in words. Something urgent comes before everything that is not.
 */
export function rankOf(item: WorkRow, nowMs: number): Rank {
  const because: string[] = [];
  if (item.urgent) because.push('urgent: a person must look now');

  const asked = Math.max(0, (item.loan?.pastDueCents ?? 0) - (item.loan?.pendingCents ?? 0));
  const days = item.loan?.daysPastDue ?? 0;
  // $100 counts a little, $10,000 counts fully; each month behind raises the chance of loss.
  const size = Math.min(1, Math.log10(1 + asked / 10_000) / 2);
  const valueAtRisk = item.loan === null ? 0.5 : round(Math.min(1, 0.1 + size * (0.4 + Math.min(0.6, days / 200))));
  if (item.loan !== null) because.push(`${formatCents(asked)} past due by ${days} days`);

  const chanceOfContact = round(chance(item, because));
  const hoursLeft = (Date.parse(item.dueAt) - nowMs) / HOUR_MS;
  const deadline = round(hoursLeft <= 0 ? 1 : Math.max(0.2, 1 - hoursLeft / 48));
  because.push(
    hoursLeft <= 0 ? 'overdue' : `due in ${hoursLeft < 1 ? 'less than an hour' : `${Math.round(hoursLeft)} hours`}`,
  );

  const product = valueAtRisk * chanceOfContact * deadline;
  return { score: round((item.urgent ? 1 : 0) + product), valueAtRisk, chanceOfContact, deadline, because };
}

/** Only a call depends on the hour there; reading a reply or voting does not. */
function chance(item: WorkRow, because: string[]): number {
  if (item.kind !== 'call' && item.kind !== 'locate') return 0.8;
  const calls = item.budget.find((each) => each.channel === 'call');
  if (item.openNow === false) {
    because.push('outside the lawful hours there');
    return 0.05;
  }
  if (item.callsFrom !== null) {
    because.push(`spoken with: no call before ${item.callsFrom} unless they asked for one`);
    return 0.05;
  }
  const left = calls === undefined ? 7 : calls.of - calls.used;
  if (left <= 0) {
    because.push('no calls left this week');
    return 0.05;
  }
  because.push(`open hours there, ${left} of ${calls?.of ?? 7} calls left`);
  return 0.4 + 0.6 * (left / (calls?.of ?? 7));
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

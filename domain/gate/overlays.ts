import type { ContactSituation } from './situation.ts';

/** Whom the city and district overlays cover. */

/** 6 RCNY 5-77: third-party always; a creditor from day 1 past due (counsel's default, rules.md §4.6). */
export function isNycCovered(s: ContactSituation): boolean {
  return s.prepared.cities.has('New York City') && (s.thirdParty || s.facts.daysPastDue !== 0);
}

/** DC 28-3814: more than 30 days past due; not direct motor-vehicle or real-estate loans. */
export function isDcCovered(s: ContactSituation): boolean {
  const { daysPastDue, product } = s.facts;
  const isLate = daysPastDue === null || daysPastDue > 30;
  return s.prepared.states.has('DC') && isLate && product !== 'auto' && product !== 'mortgage';
}

import { dayNumber, type LocalDate } from '../calendar/days.ts';
import { conduct } from './book/conduct.ts';
import { contactFederal } from './book/contact-federal.ts';
import { disclosureFederal } from './book/disclosure-federal.ts';
import { insurance } from './book/insurance.ts';
import { mortgage } from './book/mortgage.ts';
import { payments } from './book/payments.ts';
import { phoneTextEmail } from './book/phone-text-email.ts';
import { remedies } from './book/remedies.ts';
import { states } from './book/states.ts';
import { stopStates } from './book/stop-states.ts';
import type { RuleKind } from './decision.ts';
import { row, type RuleRow } from './rule-row.ts';
import type { Mode } from './vocabulary.ts';

/** Every row of rules.md §1.1–1.9, those judged elsewhere included. */
export const RULE_BOOK: readonly RuleRow[] = [
  ...contactFederal,
  ...disclosureFederal,
  ...phoneTextEmail,
  ...stopStates,
  ...mortgage,
  ...insurance,
  ...remedies,
  ...payments,
  ...conduct,
  ...states,
];

const byId = new Map(RULE_BOOK.map((r) => [r.id, r]));

/** The row of a rule id. An id that is not in the book (a clock's own) is policy and says so. */
export function ruleRow(id: string): RuleRow {
  return (
    byId.get(id) ?? row({ id, citation: 'Not in the rule book', mark: 'POLICY', says: 'A rule outside the book.' })
  );
}

/** Law, counsel's reading or bank policy, for this mode, place and local day. */
export function kindOf(r: RuleRow, mode: Mode, states: ReadonlySet<string>, localDay: number): RuleKind {
  if (r.lawFrom !== null && localDay >= dayNumber(r.lawFrom)) return 'law';
  if (mode === 'third-party') return r.kind;
  return r.lawInStates.some((state) => states.has(state)) ? 'law' : r.kindFirstParty;
}

/** Rows not verified for more than `days` before `today`: a release check fails on them. */
export function unverifiedRows(today: LocalDate, days = 180): readonly RuleRow[] {
  return RULE_BOOK.filter((r) => dayNumber(today) - dayNumber(r.verifiedOn) > days);
}

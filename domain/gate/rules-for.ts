import { dayNumber } from '../calendar/days.ts';
import { bankruptcyOfContact, bankruptcyOfRemedies } from './bankruptcy.ts';
import { channelBans } from './channel-bans.ts';
import { collateralRules } from './collateral.ts';
import { consentRules } from './consent.ts';
import { approvalRules, contentRules } from './content.ts';
import { cureOfContact, cureOfRemedies } from './cure.ts';
import { findingRules } from './findings.ts';
import { foreclosureRules } from './foreclosure.ts';
import { frequencyRules } from './frequency.ts';
import { holdsOfContact, holdsOfRemedies } from './holds.ts';
import { hoursRules } from './hours.ts';
import { integrityOfContact, integrityOfRemedies } from './integrity.ts';
import { moneyRules } from './money.ts';
import { placeOf } from './order.ts';
import { phoneBans } from './phone-bans.ts';
import type { ContactRule, RemedyRule, RuleClass, StandingRule, WaitingRule } from './rule.ts';
import { ruleRow } from './rule-book.ts';
import type { RuleRow } from './rule-row.ts';
import { isConfirmation, type ContactSituation, type Situation } from './situation.ts';
import { stopsOfContact, stopsOfRemedies } from './stops.ts';
import type { Remedy } from './vocabulary.ts';

/** A rule joined with its row of the book, at its place in the order of primary rules. One of judge and hold is null. */
export type Entry<S> = {
  rule: string;
  class: RuleClass;
  judge: StandingRule<S>['judge'] | null;
  hold: WaitingRule<S>['hold'] | null;
  row: RuleRow;
  place: number;
  /** Local day numbers of the row's dates. */
  fromDay: number;
  toDay: number;
};

function entry<S>(rule: StandingRule<S> | WaitingRule<S>): Entry<S> {
  const row = ruleRow(rule.rule);
  return {
    rule: rule.rule,
    class: rule.class,
    judge: 'judge' in rule ? rule.judge : null,
    hold: 'hold' in rule ? rule.hold : null,
    row,
    place: placeOf(rule.rule, rule.class),
    fromDay: row.effectiveFrom === null ? -Infinity : dayNumber(row.effectiveFrom),
    toDay: row.effectiveTo === null ? Infinity : dayNumber(row.effectiveTo),
  };
}

function entries<S>(rules: readonly (StandingRule<S> | WaitingRule<S>)[]): readonly Entry<S>[] {
  return rules.map(entry).toSorted((a, b) => a.place - b.place);
}

const allContactRules: readonly ContactRule[] = [
  ...integrityOfContact,
  ...bankruptcyOfContact,
  ...stopsOfContact,
  ...holdsOfContact,
  ...cureOfContact,
  ...channelBans,
  ...phoneBans,
  ...consentRules,
  ...contentRules,
  ...approvalRules,
  ...frequencyRules,
  ...hoursRules,
];

const allRemedyRules: readonly RemedyRule[] = [
  ...integrityOfRemedies,
  ...bankruptcyOfRemedies,
  ...stopsOfRemedies,
  ...holdsOfRemedies,
  ...cureOfRemedies,
  ...collateralRules,
  ...foreclosureRules,
  ...moneyRules,
];

const contactEntries = entries<ContactSituation>(allContactRules);
/** Opt-out confirmations and help replies: few rules, and no hours (gate-cases.md, readings). */
const confirmationEntries = entries<ContactSituation>(allContactRules.filter((r) => r.judgesConfirmations === true));

export function contactRules(s: ContactSituation): readonly Entry<ContactSituation>[] {
  return isConfirmation(s.request) ? confirmationEntries : contactEntries;
}

const remedyEntries = new Map<Remedy, readonly Entry<Situation>[]>();

/** The rules of one remedy, with what the clocks found about it. */
export function remedyRules(s: Situation, action: Remedy): readonly Entry<Situation>[] {
  const known = remedyEntries.get(action) ?? entries<Situation>(allRemedyRules.filter((r) => r.on.includes(action)));
  remedyEntries.set(action, known);
  const found = findingRules(s, action);
  return found.length === 0 ? known : [...known, ...entries(found)].toSorted((a, b) => a.place - b.place);
}

/** Every rule id that some rule of the gate can fail with, for the completeness test. */
export function judgedRuleIds(): ReadonlySet<string> {
  return new Set([...allContactRules, ...allRemedyRules].map((r) => r.rule));
}

import type { ContactSituation, Situation } from './situation.ts';
import type { Severity, Remedy } from './vocabulary.ts';

/** 0 integrity, 1 legal stops, 2 action locks, 3 channel bans, 4 consent, 5 content, 6 approval, 7 frequency, 8 hours. */
export type RuleClass = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** What a failing rule answers. A defer is answered by `Hold` instead. */
export type Verdict = {
  severity: Exclude<Severity, 'defer-until'>;
  /** Words that replace the rule row's own where the case at hand says more. */
  words?: string;
  field?: string;
  /** For require-content: what must be added. */
  needs?: string;
};

/** A defer: the first instant at which the rule may pass again, or 'news' when only news ends it. */
export type Hold = { untilMs: number | 'news'; words?: string };

/** Judged once, at the instant asked. */
export type StandingRule<S> = { rule: string; class: RuleClass; judge: (s: S) => Verdict | null };

/** Judged again at later instants while a lawful moment is sought; null: passes at `nowMs`. */
export type WaitingRule<S> = { rule: string; class: RuleClass; hold: (s: S, nowMs: number) => Hold | null };

export type ContactRule = (StandingRule<ContactSituation> | WaitingRule<ContactSituation>) & {
  /** Opt-out confirmations and help replies are judged by rules marked so, and by no other. */
  judgesConfirmations?: true;
};

/** A rule about one or more remedies. */
export type RemedyRule = { on: readonly Remedy[] } & (StandingRule<Situation> | WaitingRule<Situation>);

export const deny = (words?: string): Verdict =>
  words === undefined ? { severity: 'deny' } : { severity: 'deny', words };
export const needsApproval = (words?: string): Verdict =>
  words === undefined ? { severity: 'require-approval' } : { severity: 'require-approval', words };
export const needsContent = (needs: string): Verdict => ({ severity: 'require-content', needs });

import type { LocalDate } from '../calendar/days.ts';
import type { HoldReason } from './facts.ts';
import type { Channel, Condition, Enclosure, Fallback, MailClass, Recipients } from './policy.ts';

/** What happens next on a case, and why. Instants are epoch milliseconds; `zone` is the person's, for reading aloud. */
export type Plan =
  | { readonly kind: 'close'; readonly reason: CloseReason; readonly zone: string; readonly lapsed: readonly Lapsed[] }
  | {
      readonly kind: 'rest';
      /** Null: only news moves the case on. */
      readonly untilMs: number | null;
      readonly because: Reason;
      readonly nextStep: StepRef | null;
      readonly zone: string;
      readonly lapsed: readonly Lapsed[];
    }
  | {
      readonly kind: 'due';
      readonly step: DueStep;
      readonly because: Reason;
      readonly zone: string;
      readonly lapsed: readonly Lapsed[];
    };

export type CloseReason = 'cured' | 'below-minimum' | 'paid' | 'closed' | 'charged-off' | 'handed-over';

/** A step in one occurrence. `passKey` is the key under which a lapse or a refusal of this pass is stored. */
export type StepRef = {
  readonly stepId: string;
  readonly family: string;
  readonly occurrence: string;
  readonly passKey: string;
  readonly cycle: LocalDate;
  readonly title: string;
  readonly channel: Channel;
  /** The local date on which the step belongs, after weekends, holidays and floors. */
  readonly scheduledOn: LocalDate;
  /** The instant at which it goes; for a step that is due, at or before now. */
  readonly atMs: number;
};

/** Why a step that the policy would send by itself goes to a person. */
export type PersonBecause =
  | { readonly kind: 'condition'; readonly condition: Condition }
  | { readonly kind: 'legal-stop'; readonly stops: readonly string[] }
  | { readonly kind: 'investor-owned' }
  | { readonly kind: 'too-late'; readonly daysLate: number }
  | { readonly kind: 'deadline-passed'; readonly deadlineOn: LocalDate }
  | { readonly kind: 'core-did-not-mail' };

export type DueStep = StepRef & {
  readonly policyId: string;
  readonly policyVersion: number;
  readonly template: string | null;
  readonly fallback: readonly Fallback[];
  readonly recipients: Recipients;
  /** Whom it reaches, each a person of their own. */
  readonly personIds: readonly string[];
  readonly approvals: 0 | 1 | 2;
  /** Null: as the policy says. Otherwise nothing leaves by itself: a task for a person. */
  readonly toPerson: PersonBecause | null;
  readonly enclosures: readonly Enclosure[];
  readonly mailClass: MailClass;
  readonly checks: readonly string[];
  /** The citation when law sets the date; null: bank policy. */
  readonly citation: string | null;
  /** The legal or policy date by which it must be done, unmoved. */
  readonly deadlineOn: LocalDate | null;
  /** While a cure period runs nothing may state an earlier deadline than this. */
  readonly noDeadlineBefore: LocalDate | null;
  /** The end of today's window: later than this the step must be planned again. */
  readonly windowEndsMs: number;
  /** Steps of one person due on one local date in one window go as one contact. */
  readonly bundleOn: LocalDate;
};

export type LapseReason =
  | { readonly kind: 'too-late'; readonly daysLate: number; readonly usefulDays: number }
  | { readonly kind: 'superseded'; readonly by: string }
  | { readonly kind: 'passed'; readonly by: string }
  | { readonly kind: 'before-join' }
  | { readonly kind: 'done-recently'; readonly on: LocalDate }
  | { readonly kind: 'not-applicable'; readonly condition: Condition };

/** A step that will not go in this pass. Stored once, as `skipped` under `occurrence` (the pass key). */
export type Lapsed = {
  readonly stepId: string;
  readonly family: string;
  readonly occurrence: string;
  readonly scheduledOn: LocalDate;
  readonly reason: LapseReason;
};

/** Why now, or why not yet. */
export type Reason =
  | { readonly kind: 'scheduled'; readonly day: number }
  | { readonly kind: 'late'; readonly day: number; readonly daysLate: number }
  | { readonly kind: 'statutory'; readonly day: number; readonly deadlineOn: LocalDate | null }
  | { readonly kind: 'broken-promise'; readonly brokenOn: LocalDate }
  | { readonly kind: 'ladder-end'; readonly renewal: number }
  | { readonly kind: 'event'; readonly anchor: string; readonly on: LocalDate }
  | { readonly kind: 'payment-in-flight'; readonly throughOn: LocalDate }
  | { readonly kind: 'payment-unposted' }
  | { readonly kind: 'promise'; readonly dueOn: LocalDate; readonly decideOn: LocalDate }
  | { readonly kind: 'plan' }
  | { readonly kind: 'hold'; readonly reasons: readonly HoldReason[]; readonly reviewOn: LocalDate }
  | { readonly kind: 'legal-stop'; readonly stops: readonly string[] }
  | { readonly kind: 'grace-habit'; readonly startsOn: LocalDate }
  | { readonly kind: 'one-a-day' }
  | { readonly kind: 'gate-deferred' }
  | { readonly kind: 'cure-period'; readonly throughOn: LocalDate }
  | { readonly kind: 'waits-for'; readonly what: Condition | 'cure-notice' | 'letter' }
  | { readonly kind: 'presumed-current' }
  | { readonly kind: 'due-date-unknown' };

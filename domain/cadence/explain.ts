import { daysBetween, weekday, type LocalDate } from '../calendar/days.ts';
import { localAt } from '../calendar/zones.ts';
import type { CloseReason, DueStep, Lapsed, PersonBecause, Plan, Reason, StepRef } from './plan.ts';
import type { Channel } from './policy.ts';

const WEEKDAYS = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const MONTHS = ['', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const NOUNS: Readonly<Record<Channel, string>> = {
  sms: 'Text',
  email: 'E-mail',
  call: 'Call task',
  letter: 'Letter',
  approval: 'Task',
};

const CLOSED: Readonly<Record<CloseReason, string>> = {
  cured: 'the account is current',
  'below-minimum': 'what is past due is below $25 and a tenth of the payment',
  paid: 'the loan is paid',
  closed: 'the loan is closed',
  'charged-off': 'the loan is charged off',
  'handed-over': 'the account is with somebody else now',
};

/** A plan in a collector's words, in the borrower's local time. No gate data: channels and caps are the gate's to tell. */
export function explainPlan(plan: Plan): string {
  switch (plan.kind) {
    case 'close':
      return `Close: ${CLOSED[plan.reason]}.`;
    case 'due':
      return join(`${named(plan.step)} due ${moment(plan.step.atMs, plan.zone)}: ${because(plan.because)}`, [
        ...details(plan.step),
        ...lapses(plan.lapsed),
      ]);
    case 'rest': {
      const { nextStep, untilMs, zone } = plan;
      const next =
        nextStep === null || untilMs === null
          ? 'Waits for news'
          : `Next: ${lower(named(nextStep))} ${moment(untilMs, zone)}`;
      return join(`${next}: ${because(plan.because)}`, lapses(plan.lapsed));
    }
  }
}

function join(first: string, rest: readonly string[]): string {
  return `${[first, ...rest].join('; ')}.`;
}

function named({ channel, title }: StepRef): string {
  return `${NOUNS[channel]} “${title}”`;
}

function lower(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

/** `Thu Dec 10`, as a collector says a date. */
export function spoken(date: LocalDate): string {
  return `${WEEKDAYS[weekday(date)]} ${MONTHS[Number(date.slice(5, 7))]} ${Number(date.slice(8, 10))}`;
}

function moment(atMs: number, zone: string): string {
  const { date, secondOfDay } = localAt(atMs, zone);
  const minutes = Math.floor(secondOfDay / 60);
  return `${spoken(date)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}

/** Why, as a clause. */
export function because(reason: Reason): string {
  switch (reason.kind) {
    case 'scheduled':
      return `day ${reason.day}`;
    case 'late':
      return `day ${reason.day}, ${reason.daysLate} ${reason.daysLate === 1 ? 'day' : 'days'} late and still useful`;
    case 'statutory':
      return reason.deadlineOn === null
        ? `day ${reason.day}, a notice that law asks for`
        : `day ${reason.day}, by law no later than ${spoken(reason.deadlineOn)}`;
    case 'broken-promise':
      return `the promise was broken on ${spoken(reason.brokenOn)}`;
    case 'ladder-end':
      return reason.renewal === 0 ? 'the ladder has ended' : `the ladder has ended, renewal ${reason.renewal}`;
    case 'event':
      return `${reason.anchor === 'letter-mailed' ? 'the letter was mailed' : 'draws were suspended'} on ${spoken(reason.on)}`;
    case 'payment-in-flight':
      return `a payment is in flight through ${spoken(reason.throughOn)}`;
    case 'payment-unposted':
      return 'what was paid covers it and the core has yet to post it';
    case 'promise':
      return `a promise for ${spoken(reason.dueOn)} is open, decided at the end of ${spoken(reason.decideOn)}`;
    case 'plan':
      return 'a repayment plan is active';
    case 'hold':
      return `on hold (${reason.reasons.join(', ')}), review ${spoken(reason.reviewOn)}`;
    case 'legal-stop':
      return `stopped by law (${reason.stops.join(', ')})`;
    case 'grace-habit':
      return `usually pays inside the grace days, so contact starts ${spoken(reason.startsOn)}`;
    case 'one-a-day':
      return 'one contact step a day, and today has had its own';
    case 'gate-deferred':
      return 'the gate put it off';
    case 'cure-period':
      return `a cure period runs through ${spoken(reason.throughOn)}`;
    case 'waits-for':
      return `waits for ${WAITED[reason.what] ?? reason.what}`;
    case 'presumed-current':
      return 'left out of the past-due file, so presumed current until the next file confirms';
    case 'due-date-unknown':
      return 'the core gives no due date, and nothing goes without one';
  }
}

const WAITED: Readonly<Partial<Record<string, string>>> = {
  'cure-notice': 'the right-to-cure notice to be mailed',
  'cure-row-filled': 'counsel to fill the state’s row',
  letter: 'the letter before it to be mailed',
  'no-open-promise': 'the open promise to be decided',
  'no-plan': 'the repayment plan to end',
};

function details(step: DueStep): string[] {
  const said: string[] = [];
  if (step.toPerson !== null) said.push(`for a person: ${personWhy(step.toPerson)}`);
  else if (step.channel !== 'approval' && step.approvals > 0)
    said.push(`needs ${step.approvals} approval${step.approvals > 1 ? 's' : ''}`);
  if (step.channel === 'approval' && step.approvals === 2) said.push('two people decide');
  if (step.recipients === 'each-obligor' && step.personIds.length > 1)
    said.push(`to each of ${step.personIds.length} people who owe`);
  if (step.noDeadlineBefore !== null) said.push(`states no deadline before ${spoken(step.noDeadlineBefore)}`);
  return said;
}

function personWhy(why: PersonBecause): string {
  switch (why.kind) {
    case 'condition':
      return `${why.condition} is not given`;
    case 'legal-stop':
      return `stopped by law (${why.stops.join(', ')})`;
    case 'investor-owned':
      return 'owned by an investor, worked by hand';
    case 'too-late':
      return `${why.daysLate} days late`;
    case 'deadline-passed':
      return `its last day was ${spoken(why.deadlineOn)}`;
    case 'core-did-not-mail':
      return 'the core should have mailed it and has not shown it';
  }
}

function lapses(lapsed: readonly Lapsed[]): string[] {
  const told = lapsed.filter(({ reason }) => reason.kind !== 'not-applicable');
  if (told.length === 0) return [];
  return [`left out: ${told.map((lapse) => `${lapse.stepId} (${lapseWhy(lapse)})`).join(', ')}`];
}

/** Why a step will not go in this pass. */
function lapseWhy({ reason, scheduledOn }: Lapsed): string {
  switch (reason.kind) {
    case 'too-late':
      return `${reason.daysLate} days late, useful for ${reason.usefulDays}`;
    case 'superseded':
      return `${reason.by} goes instead`;
    case 'passed':
      return `${reason.by} is done`;
    case 'before-join':
      return 'before the account came here';
    case 'done-recently':
      return `last done ${spoken(reason.on)}, ${daysBetween(reason.on, scheduledOn)} days before`;
    case 'not-applicable':
      return `${reason.condition} is not given`;
  }
}

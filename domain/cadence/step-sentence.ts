import type { Anchor, Channel, Condition, Entry, Offset, Policy, Repeats, Step, Window } from './policy.ts';

/** A step of a policy as a manager reads it. Only what sets it apart is said; hours stand once for the whole ladder. */
export interface StepSentence {
  readonly step: string;
  readonly title: string;
  /** `Day 3`, `1 banking day after a promise was broken`. */
  readonly when: string;
  /** `Text, else an e-mail. Once in each cycle.` */
  readonly text: string;
  /** Where law sets its time or its wording. */
  readonly citation: string | null;
}

const HOW: Readonly<Record<Channel, string>> = {
  sms: 'Text',
  email: 'E-mail',
  call: 'Call by a collector',
  letter: 'Letter',
  approval: 'Task for a lead or manager',
};
const INSTEAD: Readonly<Record<Channel, string>> = {
  sms: 'a text',
  email: 'an e-mail',
  call: 'a call',
  letter: 'a letter',
  approval: 'a task',
};
const EVENT: Readonly<Record<Exclude<Anchor, 'due-date' | 'cycle-start'>, string>> = {
  'broken-promise': 'a promise was broken',
  'letter-mailed': 'the letter before it was mailed',
  'draws-suspended': 'draws were suspended',
};
const OFTEN: Readonly<Record<Repeats, string>> = {
  cycle: 'Once in each cycle',
  delinquency: 'Once until the account has been current',
  'every-180-days': 'At most every 180 days',
  never: 'Once',
};

/** The thing that must be so, as the end of “only where …”. */
export const CONDITION: Readonly<Record<Condition, string>> = {
  'furnishes-to-bureaus': 'the lender reports to credit bureaus',
  'cure-row-filled': 'counsel has filled the state’s row',
  'cure-covers-loan': 'the state’s right-to-cure act covers the loan',
  'cure-notice-needed': 'the state asks for a notice this time',
  'breach-form-filled': 'the state’s breach form is filled',
  'has-cosigner': 'somebody signed with the borrower',
  'portfolio-owned': 'the lender owns the loan',
  'not-small-servicer': 'the lender is no small servicer',
  'principal-residence': 'the borrower lives in the home',
  'no-open-promise': 'no promise is open',
  'no-plan': 'no repayment plan is active',
  'title-perfected': 'the title is perfected',
  'arrears-not-only-forced-insurance': 'more than forced insurance is owed',
  'first-payment-default': 'the first payment was missed',
  'draws-open': 'draws are open',
};
const OTHERWISE: Readonly<Record<Entry['otherwise'], string>> = {
  skip: 'Only where',
  wait: 'Waits until',
  person: 'A person decides unless',
};

/** Every step of a ladder read aloud, in its order, with the end of the ladder last. */
export function sentencesOf(policy: Policy): StepSentence[] {
  const { end } = policy;
  return [
    ...policy.steps.map(sentenceOf),
    {
      step: end.family,
      title: end.title,
      when: `Day ${end.day}`,
      text: `Task for a manager, renewed every ${end.everyDays} days until the case closes.`,
      citation: null,
    },
  ];
}

function sentenceOf(step: Step): StepSentence {
  return {
    step: step.id,
    title: step.title,
    when: whenOf(step),
    text: `${[howOf(step), OFTEN[step.repeats], ...conditionsOf(step), ...deadlineOf(step)].join('. ')}.`,
    citation: step.statutory?.citation ?? null,
  };
}

function whenOf(step: Step): string {
  const first = step.firstPaymentDay === null ? '' : ` (day ${step.firstPaymentDay} of a first payment)`;
  if (step.day !== null) return `Day ${step.day}${step.anchor === 'cycle-start' ? ' of each due date' : ''}${first}`;
  const event = step.anchor === 'due-date' || step.anchor === 'cycle-start' ? 'the due date' : EVENT[step.anchor];
  return `${step.offset === null ? 'When' : `${spanOf(step.offset)} after`} ${event}`;
}

function spanOf({ unit, count }: Offset): string {
  const day = unit === 'days' ? 'day' : unit === 'business-days' ? 'business day' : 'banking day';
  return `${count} ${day}${count === 1 ? '' : 's'}`;
}

function howOf(step: Step): string {
  const votes = step.approvals === 0 ? '' : step.approvals === 1 ? ', one approves' : ', two approve';
  const who = step.recipients === 'each-obligor' ? ' to each who owes' : step.recipients === 'cosigner' ? ' to the cosigner' : ''; // prettier-ignore
  const mailed = step.mailClass === 'certified-and-first-class' ? ', certified and first class' : '';
  const instead = step.fallback.map(({ channel }) => `, else ${INSTEAD[channel]}`).join('');
  const core = step.observed ? ', unless the core mails its own' : '';
  return `${HOW[step.channel]}${who}${mailed}${votes}${instead}${core}`;
}

function conditionsOf(step: Step): string[] {
  const by = (otherwise: Entry['otherwise']): string[] => {
    const all = step.entry
      .filter((entry) => entry.otherwise === otherwise)
      .map(({ condition }) => CONDITION[condition]);
    return all.length === 0 ? [] : [`${OTHERWISE[otherwise]} ${all.join(' and ')}`];
  };
  return [...by('skip'), ...by('wait'), ...by('person')];
}

function deadlineOf({ deadline }: Step): string[] {
  switch (deadline?.kind) {
    case undefined:
      return [];
    case 'day':
      return [`No later than day ${deadline.day}`];
    case 'month-end-of-day':
      return [`No later than the end of the month of day ${deadline.day}`];
    case 'business-days':
      return [`No later than ${spanOf({ unit: 'business-days', count: deadline.count })} after it`];
  }
}

const DAYS = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** `Mon–Fri 09:00–19:00, Sat 10:00–14:00`. */
export function hoursInWords(windows: readonly Window[]): string {
  return windows
    .map(({ days, from, to }) => {
      const sorted = days.toSorted((a, b) => a - b);
      const [first = 0, last = 0] = [sorted[0], sorted.at(-1)];
      const inARow = sorted.length > 1 && last - first === sorted.length - 1;
      const named = inARow ? `${DAYS[first]}–${DAYS[last]}` : sorted.map((day) => DAYS[day]).join(', ');
      return `${named} ${from}–${to}`;
    })
    .join(', ');
}

/** The hours of each channel that the ladder uses, said once; a step with hours of its own is named with them. */
export function ladderHours({ steps }: Policy): { readonly of: string; readonly hours: string }[] {
  const usual = new Map<Channel, string>();
  const own: { of: string; hours: string }[] = [];
  for (const step of steps) {
    const hours = hoursInWords(step.windows);
    const known = usual.get(step.channel);
    if (known === undefined) usual.set(step.channel, hours);
    else if (known !== hours) own.push({ of: step.title, hours });
  }
  return [...[...usual].map(([channel, hours]) => ({ of: HOW[channel], hours })), ...own];
}

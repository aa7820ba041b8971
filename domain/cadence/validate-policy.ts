import { LETTER_GAP_DAYS } from './occurrence.ts';
import type { Channel, Policy, Step, Window } from './policy.ts';
import { legalProblems } from './policy-law.ts';
import type { PolicyProblem } from './policy-reader.ts';
import { parsePolicy } from './read-policy.ts';
import { LAWFUL_FROM_MS, LAWFUL_TO_MS, wallMs } from './window.ts';

/** A message that exists, by id and channel. */
export type TemplateName = { readonly id: string; readonly channel: string };

/** Products whose cadences are call tasks and letters only (cadences.md §7). */
const NO_MESSAGES = new Set(['overdraft', 'commercial', 'manufactured-home', 'home-equity-closed-end']);

/** Everything wrong with a policy file: its shape first, then its sense. `templates` null: not checked. */
export function checkPolicy(json: unknown, templates: readonly TemplateName[] | null): PolicyProblem[] {
  const parsed = parsePolicy(json);
  return 'problems' in parsed ? parsed.problems : validatePolicy(parsed.policy, templates);
}

/** What a lender must put right before a policy can be published: path, what is wrong, and why. */
export function validatePolicy(policy: Policy, templates: readonly TemplateName[] | null): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  if (policy.products.length === 0)
    problems.push({ path: 'products', what: 'is empty', why: 'a policy is for at least one product' });
  if (policy.steps.length === 0)
    problems.push({ path: 'steps', what: 'is empty', why: 'a ladder has at least one step' });
  problems.push(...keyProblems(policy), ...orderProblems(policy), ...endProblems(policy));
  policy.steps.forEach((step, index) => {
    const say = (field: string, what: string, why: string): void => {
      problems.push({ path: `steps[${index}].${field}`, what: `${what} (${step.id})`, why });
    };
    anchorProblems(step, policy, say);
    reachProblems(step, policy, say);
    channelProblems(step, policy, say);
    templateProblems(step, templates, say);
    windowProblems(step, say);
  });
  return [...problems, ...legalProblems(policy)];
}

type Say = (field: string, what: string, why: string) => void;

const KEY = 'what is done is kept by (policy, family, cycle), so two steps with one family would be taken for one';

function keyProblems({ steps, end }: Policy): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  const seen = new Map<string, string>([[`family ${end.family}`, 'end']]);
  steps.forEach((step, index) => {
    for (const field of ['id', 'family'] as const) {
      const key = `${field} ${step[field]}`;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, `steps[${index}]`);
      else
        problems.push({
          path: `steps[${index}].${field}`,
          what: `${step[field]} is already that of ${first}`,
          why: KEY,
        });
    }
  });
  return problems;
}

function orderProblems({ steps }: Policy): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  let last: Step | null = null;
  steps.forEach((step, index) => {
    if (step.day === null) return;
    if (last !== null && step.day < (last.day ?? 0)) {
      const what = `${step.day} comes after day ${last.day} (${step.id} after ${last.id})`;
      problems.push({
        path: `steps[${index}].day`,
        what,
        why: 'a ladder is read from top to bottom, in the order of its days',
      });
    }
    last = step;
  });
  return problems;
}

function endProblems({ steps, end }: Policy): PolicyProblem[] {
  const lastDay = Math.max(0, ...steps.map(({ day }) => day ?? 0));
  if (end.day >= lastDay) return [];
  const what = `${end.day} is before the last step, on day ${lastDay}`;
  return [{ path: 'end.day', what, why: 'every ladder ends in a manager task, after its last step' }];
}

function anchorProblems(step: Step, { steps }: Policy, say: Say): void {
  const counted = step.anchor === 'due-date' || step.anchor === 'cycle-start';
  if (counted && step.day === null) say('day', 'is missing', `a step anchored at ${step.anchor} has a day`);
  if (counted && step.offset !== null)
    say('offset', 'is not for this anchor', 'a due date counts in days of the ladder');
  if (!counted && step.offset === null)
    say('offset', 'is missing', `a step anchored at ${step.anchor} says how long after it`);
  if (!counted && step.day !== null) say('day', 'is not for this anchor', 'an event has an offset instead');
  const early = step.firstPaymentDay !== null && step.day !== null && step.firstPaymentDay > step.day;
  if (early) say('firstPaymentDay', 'is later than day', 'a first missed payment is called about sooner, not later');
  const isLetter = (family: string): boolean => steps.some((one) => one.family === family && one.channel === 'letter');
  if (step.anchor === 'letter-mailed' && (step.anchorFamily === null || !isLetter(step.anchorFamily)))
    say(
      'anchorFamily',
      `${step.anchorFamily ?? 'nothing'} is no letter of this policy`,
      'the step would never be reached',
    );
  step.floors.forEach((floor, index) => {
    if (floor.kind === 'letter-mailed' && !isLetter(floor.family))
      say(`floors[${index}].family`, `${floor.family} is no letter of this policy`, 'the step would never be reached');
  });
}

/** Steps that no account could ever come to. */
function reachProblems(step: Step, policy: Policy, say: Say): void {
  const never = 'the step would never be reached';
  if (step.windows.every(({ days }) => days.length === 0)) say('windows', 'name no day', never);
  if (step.anchor === 'draws-suspended' && !policy.products.includes('heloc'))
    say('anchor', 'is for home-equity lines', never);
  if (
    step.floors.some(({ kind }) => kind === 'cure-act') &&
    policy.steps.every((one) => one.opensCure?.kind !== 'state-row')
  )
    say('floors', 'wait for a right-to-cure notice that no step sends', never);
  if (step.anchor === 'letter-mailed' && step.anchorFamily === step.family)
    say('anchorFamily', 'is the step itself', never);
  const { deadline, day } = step;
  if (deadline !== null && deadline.kind === 'day' && day !== null && deadline.day < day)
    say('deadline', `is day ${deadline.day}, before the step’s own day ${day}`, 'the step could only be too late');
  if (step.entry.some((entry, index) => step.entry.findIndex(({ condition }) => condition === entry.condition) < index))
    say('entry', 'names a condition twice', 'one of them would never be looked at');
}

function channelProblems(step: Step, policy: Policy, say: Say): void {
  const { channel, late } = step;
  const messages = [channel, ...step.fallback.map((each) => each.channel)].filter(
    (one) => one === 'sms' || one === 'email',
  );
  if (messages.length > 0 && policy.products.some((product) => NO_MESSAGES.has(product)))
    say('channel', `is ${messages[0]}`, 'this product is worked by call tasks and letters only (cadences.md §7)');
  if (late.action === 'skip' && late.usefulDays > 0)
    say('late.usefulDays', 'must be 0 with skip', 'a step that is skipped when missed is of no use later');
  if (channel === 'letter' && step.gapDays < LETTER_GAP_DAYS)
    say('gapDays', `must be at least ${LETTER_GAP_DAYS}`, 'the same letter is never mailed twice within 25 days');
  if (channel === 'approval' && step.approvals === 0) say('approvals', 'must be 1 or 2', 'somebody has to decide');
  if (step.observed && channel !== 'letter') say('observed', 'is for letters', 'the core mails letters, nothing else');
  if (step.opensCure !== null && channel !== 'letter')
    say('opensCure', 'is for letters', 'a cure period runs from the day of mailing');
  const tried: Channel[] = [channel];
  step.fallback.forEach((each, index) => {
    if (tried.includes(each.channel))
      say(`fallback[${index}].channel`, `${each.channel} is tried already`, 'each channel is tried once');
    tried.push(each.channel);
  });
}

function templateProblems(step: Step, templates: readonly TemplateName[] | null, say: Say): void {
  const uses = [{ field: 'template', channel: step.channel, template: step.template }].concat(
    step.fallback.map((each, index) => ({ field: `fallback[${index}].template`, ...each })),
  );
  for (const { field, channel, template } of uses) {
    if (channel === 'call' || channel === 'approval') continue;
    if (template === null) say(field, 'is missing', `a ${channel} step names what it sends`);
    else if (templates !== null && !templates.some((one) => one.id === template && one.channel === channel))
      say(field, `${template} is no ${channel} template`, 'only messages of the catalogue can be sent');
  }
}

function windowProblems(step: Step, say: Say): void {
  const reaches = step.channel === 'sms' || step.channel === 'email' || step.channel === 'call';
  const days = new Set<number>();
  step.windows.forEach((window: Window, index) => {
    const field = `windows[${index}]`;
    if (wallMs(window.from) >= wallMs(window.to)) say(field, 'ends before it begins', 'no instant would lie in it');
    if (window.days.some((day) => days.has(day)))
      say(`${field}.days`, 'has a day of another window', 'a day has one window');
    for (const day of window.days) days.add(day);
    if (!reaches) return;
    if (window.days.includes(7))
      say(`${field}.days`, 'includes Sunday', 'nobody is contacted on Sunday (cadences.md §1)');
    if (wallMs(window.from) < LAWFUL_FROM_MS || wallMs(window.to) > LAWFUL_TO_MS)
      say(
        field,
        `${window.from}–${window.to} leaves the lawful hours`,
        'contact is lawful from 08:01 to 20:55 local (rules.md §0.2)',
      );
  });
}

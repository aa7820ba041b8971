import { LETTER_GAP_DAYS } from './occurrence.ts';
import type {
  Anchor,
  Channel,
  Deadline,
  Entry,
  Floor,
  Offset,
  OpensCure,
  Statutory,
  Step,
  StopKind,
} from './policy.ts';
import { ObjectReader, type PolicyProblem } from './policy-reader.ts';
import {
  ANCHORS,
  CHANNELS,
  CONDITIONS,
  ENCLOSURES,
  MAIL_CLASSES,
  OFFSET_UNITS,
  OTHERWISE,
  RECIPIENTS,
  REPEATS,
  STOPS,
} from './policy-words.ts';
import { type ChannelDefaults, readFallback, readLate, readWindows } from './read-channel.ts';

const NAME = /^[a-z][a-z0-9-]*$/;
const FIELDS = (
  'id family title anchor day offset anchorFamily firstPaymentDay channel template fallback recipients approvals ' +
  'repeats gapDays late observed letterCodes windows stops entry floors deadline statutory required statesDeadline ' +
  'opensCure enclosures mailClass checks'
).split(' ');
const DAYS: readonly [number, number] = [0, 3650];

/** One step of a policy file, its defaults filled in. */
export function readStep(value: unknown, path: string, problems: PolicyProblem[], defaults: ChannelDefaults): Step {
  const step = new ObjectReader(value, path, problems, FIELDS);
  const id = step.text('id', NAME);
  const anchor = step.word<Anchor>('anchor', ANCHORS, 'due-date');
  const channel = step.word<Channel>('channel', CHANNELS);
  const statutory = step.has('statutory') ? readStatutory(step.child('statutory', ['citation', 'onlyIf'])) : null;
  const required = step.flag('required', statutory !== null);
  const text = (item: unknown, at: string): string => {
    if (typeof item !== 'string') problems.push({ path: at, what: 'must be a text', why: 'people read it' });
    return String(item);
  };
  return {
    id,
    family: step.has('family') ? step.text('family', NAME) : id,
    title: step.text('title'),
    anchor,
    day: step.integerOr('day', DAYS, null),
    offset: step.has('offset') ? readOffset(step.child('offset', ['unit', 'count'])) : null,
    anchorFamily: step.textOrNull('anchorFamily'),
    firstPaymentDay: step.integerOr('firstPaymentDay', DAYS, null),
    channel,
    template: step.textOrNull('template'),
    fallback: step.list('fallback', [], (item, at) => readFallback(item, at, problems)),
    recipients: step.word('recipients', RECIPIENTS, 'borrower'),
    approvals: readApprovals(step, channel === 'approval' ? 1 : 0),
    repeats: step.word('repeats', REPEATS),
    gapDays: step.integerOr('gapDays', DAYS, defaultGap(anchor, channel)),
    late: step.has('late') ? readLate(step, 'late') : defaults[channel].late,
    observed: step.flag('observed', false),
    letterCodes: step.list('letterCodes', [], text),
    windows: readWindows(step, 'windows', defaults[channel].windows),
    stops: step.words('stops', STOPS, defaultStops(statutory, required)),
    entry: step.list<Entry>('entry', [], (item, at) => {
      const entry = new ObjectReader(item, at, problems, ['condition', 'otherwise']);
      return { condition: entry.word('condition', CONDITIONS), otherwise: entry.word('otherwise', OTHERWISE) };
    }),
    floors: step.list('floors', [], (item, at) => readFloor(item, at, problems)),
    deadline: step.has('deadline') ? readDeadline(step) : null,
    statutory,
    required,
    statesDeadline: step.flag('statesDeadline', false),
    opensCure: step.has('opensCure') ? readOpensCure(step) : null,
    enclosures: step.words('enclosures', ENCLOSURES, []),
    mailClass: step.word('mailClass', MAIL_CLASSES, 'first-class'),
    checks: step.list('checks', [], text),
  };
}

/** Holds, plans and promises do not stop what law dates, nor non-accrual and charge-off (cadences.md §1). */
function defaultStops(statutory: Statutory | null, required: boolean): readonly StopKind[] {
  if (statutory !== null) return ['payment'];
  return required ? [] : STOPS;
}

/** A step of every cycle leaves the same days between as a letter, so that short cycles do not multiply contact. */
function defaultGap(anchor: Anchor, channel: Channel): number {
  if (channel === 'letter') return LETTER_GAP_DAYS;
  return anchor === 'due-date' && channel !== 'approval' ? LETTER_GAP_DAYS : 0;
}

function readApprovals(step: ObjectReader, otherwise: 0 | 1): 0 | 1 | 2 {
  const count = step.integerOr('approvals', [0, 2], otherwise);
  return count === 2 ? 2 : count === 1 ? 1 : 0;
}

function readOffset(offset: ObjectReader): Offset {
  return { unit: offset.word('unit', OFFSET_UNITS), count: offset.integer('count', 0, 3650) };
}

function readStatutory(statutory: ObjectReader): Statutory {
  return { citation: statutory.text('citation'), onlyIf: statutory.words('onlyIf', CONDITIONS, []) };
}

const KIND = { 'cure-notice': [], 'cure-act': [], 'letter-mailed': ['family', 'days'], 'due-date': ['days'] } as const;

function readFloor(value: unknown, path: string, problems: PolicyProblem[]): Floor {
  const kinds = ['cure-notice', 'cure-act', 'letter-mailed', 'due-date'] as const;
  const kind = new ObjectReader(value, path, problems, ['kind', 'family', 'days']).word('kind', kinds);
  const floor = new ObjectReader(value, path, problems, ['kind', ...KIND[kind]]);
  switch (kind) {
    case 'cure-notice':
    case 'cure-act':
      return { kind };
    case 'letter-mailed':
      return { kind, family: floor.text('family', NAME), days: floor.integer('days', ...DAYS) };
    case 'due-date':
      return { kind, days: floor.integer('days', ...DAYS) };
  }
}

function readDeadline(step: ObjectReader): Deadline {
  const kinds = ['day', 'month-end-of-day', 'business-days'] as const;
  const kind = step.child('deadline', ['kind', 'day', 'count']).word('kind', kinds);
  if (kind !== 'business-days') return { kind, day: step.child('deadline', ['kind', 'day']).integer('day', ...DAYS) };
  return { kind, count: step.child('deadline', ['kind', 'count']).integer('count', 0, 365) };
}

function readOpensCure(step: ObjectReader): OpensCure {
  const kind = step.child('opensCure', ['kind', 'days']).word('kind', ['state-row', 'days'] as const);
  if (kind === 'days') return { kind, days: step.child('opensCure', ['kind', 'days']).integer('days', 1, 365) };
  step.child('opensCure', ['kind']);
  return { kind };
}

import type { Channel, Fallback, Late, Window } from './policy.ts';
import { ObjectReader, type PolicyProblem } from './policy-reader.ts';
import { CHANNELS, LATE_ACTIONS } from './policy-words.ts';

/** What each channel does unless a step says otherwise. */
export type ChannelDefaults = Readonly<Record<Channel, { readonly windows: readonly Window[]; readonly late: Late }>>;

const TIME = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;
const HOURS = 'preferred hours are kept by weekday';

export function readWindows(owner: ObjectReader, key: string, otherwise: readonly Window[] | null): readonly Window[] {
  return owner.list(key, otherwise, (value, path) => {
    const window = new ObjectReader(value, path, owner.problems, ['days', 'from', 'to']);
    const days = window.list('days', null, (day, at) => {
      const good = typeof day === 'number' && Number.isInteger(day) && day >= 1 && day <= 7;
      if (!good) owner.problems.push({ path: at, what: 'must be 1 (Monday) to 7 (Sunday)', why: HOURS });
      return good ? day : 1;
    });
    return { days, from: window.text('from', TIME), to: window.text('to', TIME) };
  });
}

export function readLate(owner: ObjectReader, key: string): Late {
  const late = owner.child(key, ['action', 'usefulDays']);
  return { action: late.word('action', LATE_ACTIONS), usefulDays: late.integer('usefulDays', 0, 3650) };
}

export function readFallback(value: unknown, path: string, problems: PolicyProblem[]): Fallback {
  const fallback = new ObjectReader(value, path, problems, ['channel', 'template']);
  return { channel: fallback.word('channel', CHANNELS), template: fallback.textOrNull('template') };
}

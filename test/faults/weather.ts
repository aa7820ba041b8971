import type { Instance, Part } from './instance.ts';
import type { Dice } from './random.ts';

/** What was done to the product, when: printed at the end, so that a failing run can be read. */
export interface FaultNote {
  atMs: number;
  what: string;
}

const PARTS: readonly [Part, ...Part[]] = ['worker', 'worker', 'worker', 'api', 'temporal', 'postgres', 'sandbox'];
const PROVIDER_FAULTS = [
  'execute-then-hang',
  'execute-then-500',
  'execute-then-reset',
  'hang',
  'reset',
  'refuse-500',
  'throttle',
  'callback-double',
  'callback-delay',
  'callback-reverse',
  'callback-off',
  'list-500',
  'mail-tempfail',
  'mail-drop-before-data',
  'mail-accept-then-drop',
  'mail-accept-then-hang',
  'mail-drop-mid-body',
  'webhook-double',
  'webhook-delay',
] as const;

/**
 * Strikes one part: killed, asked to restart, or paused. Pauses end by themselves; whatever ends is started again by the
 * supervisor, as on a real machine.
 */
export function strike(instance: Instance, die: Dice, notes: FaultNote[]): void {
  const note = (what: string): void => {
    notes.push({ atMs: Date.now(), what });
  };
  const roll = die.below(10);
  if (roll < 5) {
    const part = die.pick(PARTS);
    if (instance.signal(part, 'SIGKILL')) note(`kill -9 ${part}`);
  } else if (roll < 6) {
    const part = die.pick(['worker', 'api'] as const);
    if (instance.signal(part, 'SIGTERM')) note(`restart ${part}`);
  } else {
    const part = die.pick(['worker', 'worker', 'api', 'temporal', 'postgres', 'sandbox'] as const);
    const pid = instance.pidOf(part);
    if (pid === undefined || !instance.signal(part, 'SIGSTOP')) return;
    const ms = 300 + die.below(7_000);
    note(`pause ${part} for ${ms} ms`);
    setTimeout(() => {
      try {
        process.kill(pid, 'SIGCONT');
      } catch {
        // Killed while it was paused.
      }
    }, ms);
  }
}

/** Makes the providers misbehave for a few calls, or for a share of them. */
export async function blow(instance: Instance, die: Dice, notes: FaultNote[]): Promise<void> {
  const note = (what: string): void => {
    notes.push({ atMs: Date.now(), what });
  };
  const kind = die.pick(PROVIDER_FAULTS);
  const share = 0.1 + die.next() * 0.4;
  try {
    await instance.control('POST', '/faults', {
      kind,
      share,
      times: 1 + die.below(12),
      ...(kind.includes('delay') ? { delayMs: 200 + die.below(3_000) } : {}),
    });
    note(`weather: ${kind}, share ${share.toFixed(2)}`);
  } catch {
    note(`weather: ${kind} could not be ordered (the sandbox is down)`);
  }
}

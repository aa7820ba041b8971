import type { Label } from '../inbound/labels.ts';
import { type ClockRule, ruled, type Ruled } from './ruling.ts';

/** A stop state as a clock answer names it. */
export type StopState =
  | 'self-harm'
  | 'bankruptcy'
  | 'deceased'
  | 'attorney'
  | 'identity-theft'
  | 'cease'
  | 'wrong-number'
  | 'litigation'
  | 'opt-out'
  | 'email-stop'
  | 'call-stop';

/** What stops contact or debits, and since when (`order` sorts all facts of the file by time). */
export type BorrowerStop = {
  readonly order: number;
  readonly state: StopState;
  readonly rule: ClockRule;
  readonly source: 'borrower' | 'return';
};

/** Stops in the order in which one beats another (inbound-labels.md, "Precedence"). */
const STATES: readonly { readonly state: StopState; readonly rule: ClockRule; readonly label: Label }[] = [
  { state: 'self-harm', rule: 'self-harm-signal', label: 'self-harm' },
  { state: 'bankruptcy', rule: 'bankruptcy-stay', label: 'bankruptcy' },
  { state: 'deceased', rule: 'deceased', label: 'deceased' },
  { state: 'attorney', rule: 'attorney', label: 'attorney' },
  { state: 'identity-theft', rule: 'identity-theft', label: 'identity-theft' },
  { state: 'cease', rule: 'cease-all', label: 'cease' },
  { state: 'wrong-number', rule: 'wrong-number', label: 'wrong-number' },
  { state: 'opt-out', rule: 'revoke-any-means', label: 'opt-out' },
  { state: 'email-stop', rule: 'medium-ban', label: 'email-stop' },
  { state: 'call-stop', rule: 'medium-ban', label: 'call-stop' },
  { state: 'litigation', rule: 'litigation-hold', label: 'legal-threat' },
];

/** The stops that the labels of one message bring. */
export function stopsOfLabels(labels: readonly Label[], order: number): BorrowerStop[] {
  return STATES.filter(({ label }) => labels.includes(label)).map(({ state, rule }) => ({
    order,
    state,
    rule,
    source: 'borrower',
  }));
}

/** The stops that a stop noted for a channel brings; `all` is a wish for no contact at all. */
export function stopsOfChannel(
  channel: 'sms' | 'email' | 'call' | 'phone' | 'voice' | 'all',
  order: number,
): BorrowerStop[] {
  switch (channel) {
    case 'sms':
      return stopsOfLabels(['opt-out'], order);
    case 'email':
      return stopsOfLabels(['email-stop'], order);
    case 'call':
    case 'phone':
    case 'voice':
      return stopsOfLabels(['call-stop'], order);
    case 'all':
      return stopsOfLabels(['cease'], order);
  }
}

/** The stop of a bankruptcy filing known otherwise than by a message (11 USC 362). */
export function noticeOfBankruptcy(order: number): BorrowerStop {
  return { order, state: 'bankruptcy', rule: 'bankruptcy-stay', source: 'borrower' };
}

/** The stop that a return R14 or R15 brings. */
export function deathByReturn(order: number): BorrowerStop {
  return { order, state: 'deceased', rule: 'deceased', source: 'return' };
}

/** The strongest stop, or null. */
export function strongestStop(stops: readonly BorrowerStop[]): BorrowerStop | null {
  for (const { state } of STATES) {
    const found = stops.find((stop) => stop.state === state);
    if (found !== undefined) return found;
  }
  return null;
}

/** The stop state, or null. */
export function stopState(stops: readonly BorrowerStop[]): Ruled<StopState | null> {
  const stop = strongestStop(stops);
  if (stop === null) return ruled('revoke-any-means', null);
  return ruled(stop.source === 'return' ? 'return-codes' : stop.rule, stop.state);
}

/** The strongest stop that also forbids taking money: the stay, death, fraud. */
export function debitStop(stops: readonly BorrowerStop[]): BorrowerStop | null {
  return strongestStop(
    stops.filter(({ state }) => state === 'bankruptcy' || state === 'deceased' || state === 'identity-theft'),
  );
}

/** The strongest stop against contact by `channel` (`any`: unspecified, so a text must be lawful). */
export function contactStop(stops: readonly BorrowerStop[], channel: string): BorrowerStop | null {
  const texts = channel === 'any' || channel === 'sms' || channel === 'prerecorded';
  const phone = texts || channel === 'call';
  return strongestStop(
    stops.filter(({ state }) => {
      if (state === 'opt-out') return texts;
      if (state === 'wrong-number') return phone;
      if (state === 'email-stop') return channel === 'email';
      return state === 'call-stop' ? channel === 'call' : true;
    }),
  );
}

/** Whether texts to the number are stopped: an opt-out, and all that goes further. */
export function smsStopped(stops: readonly BorrowerStop[]): boolean {
  return stops.some(({ state }) => state === 'opt-out' || state === 'cease' || state === 'wrong-number');
}

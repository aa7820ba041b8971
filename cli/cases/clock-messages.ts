import { type BorrowerStop, stopsOfLabels } from '../../domain/clocks/stops.ts';
import type { CaseLoan } from './clock-case.ts';
import type { CaseEvent } from './clock-events.ts';

/** What a borrower's message means to the promise and debit clocks. */
export type ReadMessage = {
  readonly order: number;
  readonly stops: readonly BorrowerStop[];
  /** Autopay cancelled: the series, or one debit of it. */
  readonly cancels: 'series' | 'one-item' | null;
  readonly optIn: boolean;
};

type MessageReceived = Extract<CaseEvent, { kind: 'message-received' }>;

export function readMessage(event: MessageReceived, _loan: CaseLoan): ReadMessage {
  const stop = /\bstop\b/i.test(event.text);
  return {
    order: event.order,
    stops: stopsOfLabels(stop ? ['opt-out'] : [], event.order),
    cancels: null,
    optIn: false,
  };
}

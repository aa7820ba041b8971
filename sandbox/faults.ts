import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** What may go wrong while a text is created. `execute-…` accepts first: the message exists whatever the caller hears. */
const CREATE_FAULTS = [
  'execute-then-hang',
  'execute-then-500',
  'execute-then-reset',
  'execute-then-garbage',
  'hang-then-execute',
  'hang',
  'reset',
  'refuse-500',
  'throttle',
] as const;
/** What becomes of an accepted text. */
const DELIVERY_FAULTS = ['undelivered', 'failed', 'hold'] as const;
const CALLBACK_FAULTS = ['callback-off', 'callback-double', 'callback-delay', 'callback-reverse'] as const;
const LIST_FAULTS = ['list-late', 'list-500'] as const;
const WEBHOOK_FAULTS = ['webhook-off', 'webhook-double', 'webhook-delay'] as const;
const MAIL_FAULTS = [
  'mail-tempfail',
  'mail-reject',
  'mail-drop-before-data',
  'mail-drop-mid-body',
  'mail-reject-after-dot',
  'mail-421-after-dot',
  'mail-hang',
  'mail-accept-then-drop',
  'mail-accept-then-hang',
  'mail-bounce',
] as const;

export const faultKind = z.enum([
  ...CREATE_FAULTS,
  ...DELIVERY_FAULTS,
  ...CALLBACK_FAULTS,
  ...LIST_FAULTS,
  ...WEBHOOK_FAULTS,
  ...MAIL_FAULTS,
]);
export type FaultKind = z.infer<typeof faultKind>;
export type MailFault = (typeof MAIL_FAULTS)[number];

export const faultOrder = z.strictObject({
  kind: faultKind,
  /** Borrower's number or mailbox; without it everybody's. */
  address: z.string().optional(),
  /** How often it strikes; without it until it is taken back. */
  times: z.number().int().positive().optional(),
  /** Share of the chances at which it strikes, 0 to 1. */
  share: z.number().min(0).max(1).optional(),
  delayMs: z.number().int().nonnegative().optional(),
  errorCode: z.number().int().optional(),
  copies: z.number().int().min(2).max(50).optional(),
});
export type FaultOrder = z.infer<typeof faultOrder>;
export type Fault = FaultOrder & { readonly id: string; chances: number; struck: number };

/** A fault that strikes now. */
export type Struck<Kind extends FaultKind> = Pick<FaultOrder, 'delayMs' | 'errorCode' | 'copies'> & {
  readonly kind: Kind;
};

/** Text in a message or a `+tag` in a mailbox that asks for a fault without the control API. */
const MAGIC_TEXT = /#sandbox:([a-z0-9-]+)/;
const MAGIC_MAILBOX = /\+([a-z0-9-]+)@/;

/** The weather of the sandbox. Kept in memory: a restart clears the sky. */
export class Faults {
  readonly #faults: Fault[] = [];

  set(order: FaultOrder): Fault {
    const fault = { ...order, id: randomUUID(), chances: 0, struck: 0 };
    this.#faults.push(fault);
    return fault;
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  /** Takes back one fault, or all. */
  clear(id?: string): number {
    const kept = id === undefined ? [] : this.#faults.filter((fault) => fault.id !== id);
    const removed = this.#faults.length - kept.length;
    this.#faults.splice(0, this.#faults.length, ...kept);
    return removed;
  }

  /** The first fault of these kinds that strikes this address now, counted as struck. */
  strike<Kind extends FaultKind>(kinds: readonly Kind[], address: string): Struck<Kind> | null {
    for (const fault of this.#faults) {
      const kind = kinds.find((wanted) => wanted === fault.kind);
      if (kind === undefined) continue;
      if (fault.address !== undefined && fault.address.toLowerCase() !== address.toLowerCase()) continue;
      if (fault.times !== undefined && fault.struck >= fault.times) continue;
      fault.chances += 1;
      if (fault.share !== undefined && !isItsTurn(fault.chances, fault.share)) continue;
      fault.struck += 1;
      return { ...fault, kind };
    }
    return null;
  }

  /** As `strike`, and first what the message itself asks for. */
  strikeText<Kind extends FaultKind>(kinds: readonly Kind[], address: string, body: string): Struck<Kind> | null {
    return magic(kinds, MAGIC_TEXT.exec(body)?.[1]) ?? this.strike(kinds, address);
  }

  strikeMailbox<Kind extends FaultKind>(kinds: readonly Kind[], mailbox: string): Struck<Kind> | null {
    return magic(kinds, MAGIC_MAILBOX.exec(mailbox)?.[1]) ?? this.strike(kinds, mailbox);
  }

  static readonly create = CREATE_FAULTS;
  static readonly delivery = DELIVERY_FAULTS;
  static readonly mail = MAIL_FAULTS;
}

/** Spread evenly and the same in every run: a third strikes at chances 3, 6, 9. */
function isItsTurn(chances: number, share: number): boolean {
  return Math.floor(chances * share) > Math.floor((chances - 1) * share);
}

function magic<Kind extends FaultKind>(kinds: readonly Kind[], word: string | undefined): Struck<Kind> | null {
  const kind = kinds.find((candidate) => candidate === word);
  return kind === undefined ? null : { kind };
}

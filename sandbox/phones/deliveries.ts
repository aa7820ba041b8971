import type { SandboxAccount } from '../credentials.ts';
import { Faults } from '../faults.ts';
import type { PhoneNetwork } from './network.ts';
import type { NetworkText, OutboundStatus } from './records.ts';
import { statusParameters } from './twilio-format.ts';
import type { Webhooks } from './webhooks.ts';

type Outbound = NetworkText & { direction: 'outbound' };

/** 30003 handset unreachable, 30036 validity period expired. */
const UNREACHABLE = 30003;
const EXPIRED = 30036;

export type DeliveryTiming = { readonly sentAfterMs: number; readonly deliveredAfterMs: number };

/** Takes accepted messages through their states on machine time, and reports each by a signed callback. */
export class Deliveries {
  readonly #accountSid: string;
  readonly #network: PhoneNetwork;
  readonly #faults: Faults;
  readonly #webhooks: Webhooks;
  readonly #timing: DeliveryTiming;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(parts: {
    account: SandboxAccount;
    network: PhoneNetwork;
    faults: Faults;
    webhooks: Webhooks;
    timing: DeliveryTiming;
  }) {
    this.#accountSid = parts.account.accountSid;
    this.#network = parts.network;
    this.#faults = parts.faults;
    this.#webhooks = parts.webhooks;
    this.#timing = parts.timing;
  }

  start(text: Outbound): void {
    const { sentAfterMs, deliveredAfterMs } = this.#timing;
    const fault = this.#faults.strikeText(Faults.delivery, text.to, text.body);
    const heldMs = fault?.kind === 'hold' ? (fault.delayMs ?? Infinity) : 0;
    const expiresMs = Date.parse(text.at) + text.validitySeconds * 1_000 - Date.now();
    if (heldMs > expiresMs) {
      this.#later(expiresMs, () => this.#step(text, 'failed', EXPIRED));
      return;
    }
    if (fault?.kind === 'failed') {
      this.#later(sentAfterMs, () => this.#step(text, 'failed', fault.errorCode ?? 30007));
      return;
    }
    const last: OutboundStatus = fault?.kind === 'undelivered' ? 'undelivered' : 'delivered';
    const errorCode = last === 'undelivered' ? (fault?.errorCode ?? UNREACHABLE) : null;
    this.#later(heldMs + sentAfterMs, async () => {
      await this.#step(text, 'sent', null);
      this.#later(deliveredAfterMs, () => this.#step(text, last, errorCode));
    });
  }

  /** After a restart: what was on its way goes on. Callbacks may be repeated, as a real network's are. */
  resume(): void {
    for (const text of this.#network.list({})) {
      if (text.direction === 'outbound' && (text.status === 'queued' || text.status === 'sent')) this.start(text);
    }
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  async #step(text: Outbound, status: OutboundStatus, errorCode: number | null): Promise<void> {
    await this.#network.setStatus(text.sid, status, errorCode);
    this.#report(text, status, errorCode);
  }

  #report(text: Outbound, status: OutboundStatus, errorCode: number | null): void {
    const url = text.statusCallback;
    if (url === null || this.#faults.strike(['callback-off'], text.to) !== null) return;
    const copies = this.#faults.strike(['callback-double'], text.to)?.copies;
    const late = this.#faults.strike(['callback-delay'], text.to);
    // Reversed: what comes first waits until what comes after it has been reported.
    const reversed = status === 'sent' ? this.#faults.strike(['callback-reverse'], text.to) : null;
    const waitMs =
      (late === null ? 0 : (late.delayMs ?? 1_000)) +
      (reversed === null ? 0 : this.#timing.deliveredAfterMs + (reversed.delayMs ?? 500));
    const call = { url, parameters: statusParameters(this.#accountSid, text, { status, errorCode }) };
    for (let copy = 0; copy < (copies ?? 1); copy += 1) this.#later(waitMs, () => this.#webhooks.post(call));
  }

  #later(ms: number, act: () => Promise<unknown>): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        act().catch((error: unknown) => this.#webhooks.note('delivery failed', error));
      },
      Math.max(0, ms),
    );
    this.#timers.add(timer);
  }
}

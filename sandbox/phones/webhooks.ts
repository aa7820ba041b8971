import { randomUUID } from 'node:crypto';
import twilio from 'twilio';

export type WebhookCall = { readonly url: string; readonly parameters: Record<string, string> };

export type WebhookResult =
  | { readonly kind: 'answered'; readonly status: number; readonly attempts: number }
  | { readonly kind: 'lost'; readonly reason: string; readonly attempts: number };

const READ_TIMEOUT_MS = 15_000;
/** Twilio tries again once, and only when it could not connect; `#rc=5` on the URL asks for more. */
const DEFAULT_RETRIES = 1;
const RETRY_PAUSE_MS = 200;

/** Signed calls to the product, as Twilio makes them. */
export class Webhooks {
  readonly #authToken: string;
  readonly #ended = new AbortController();
  /** The last thing that went wrong, for the control API: the sandbox's standard output belongs to its starter. */
  lastTrouble: string | null = null;

  constructor(authToken: string) {
    this.#authToken = authToken;
  }

  async post(call: WebhookCall): Promise<WebhookResult> {
    const [url = call.url, overrides] = call.url.split('#', 2);
    const retries = Number(new URLSearchParams(overrides).get('rc') ?? DEFAULT_RETRIES);
    const headers = {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'user-agent': 'TwilioProxy/1.1',
      'x-twilio-signature': twilio.getExpectedTwilioSignature(this.#authToken, url, call.parameters),
      // The same for every try of one event.
      'i-twilio-idempotency-token': randomUUID(),
    };
    const body = new URLSearchParams(call.parameters).toString();
    for (let attempts = 1; ; attempts += 1) {
      try {
        const signal = AbortSignal.any([AbortSignal.timeout(READ_TIMEOUT_MS), this.#ended.signal]);
        const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
        await answer.arrayBuffer();
        return { kind: 'answered', status: answer.status, attempts };
      } catch (error) {
        this.note(`webhook ${new URL(url).pathname}`, error);
        if (!couldNotConnect(error) || attempts > retries || this.#ended.signal.aborted) {
          return { kind: 'lost', reason: String(error), attempts };
        }
        await new Promise((done) => setTimeout(done, RETRY_PAUSE_MS));
      }
    }
  }

  note(what: string, error: unknown): void {
    this.lastTrouble = `${what}: ${String(error)}`;
  }

  close(): void {
    this.#ended.abort();
  }
}

function couldNotConnect(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  return ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'].includes(code);
}

import { join } from 'node:path';
import { bodyHashOf } from '../../channels/text-messenger.ts';
import { openJournal, type Journal } from '../journal.ts';
import { acceptedText, carrierKeyword, inboundText, newMessageSid, statusChange } from './records.ts';
import type { AcceptedText, InboundText, NetworkText, OutboundStatus, StatusChange } from './records.ts';

export type TextOrder = Pick<
  AcceptedText,
  'to' | 'from' | 'body' | 'statusCallback' | 'validitySeconds' | 'messagingServiceSid'
>;

/** The phone network's memory: three journals, and the present state that they add up to. */
export class PhoneNetwork {
  readonly #accepted: Journal<AcceptedText>;
  readonly #inbound: Journal<InboundText>;
  readonly #status: Journal<StatusChange>;
  readonly #bySid = new Map<string, NetworkText>();
  readonly #byNumber = new Map<string, NetworkText[]>();
  /** `sender recipient` pairs that the carrier blocks. */
  readonly #blocked = new Set<string>();

  private constructor(accepted: Journal<AcceptedText>, inbound: Journal<InboundText>, status: Journal<StatusChange>) {
    this.#accepted = accepted;
    this.#inbound = inbound;
    this.#status = status;
  }

  static async open(home: string): Promise<PhoneNetwork> {
    const file = (name: string): string => join(home, 'sandbox', name);
    const accepted = await openJournal(file('sms-accepted.jsonl'), acceptedText);
    const inbound = await openJournal(file('sms-inbound.jsonl'), inboundText);
    const status = await openJournal(file('sms-status.jsonl'), statusChange);
    const network = new PhoneNetwork(accepted.journal, inbound.journal, status.journal);
    for (const line of accepted.past) network.#remember(outbound(line));
    for (const line of inbound.past) network.#receive(line);
    for (const line of status.past) network.#change(line);
    return network;
  }

  /** Takes a message: on the disk first, then visible, then answered. */
  async accept(order: TextOrder): Promise<NetworkText & { direction: 'outbound' }> {
    const callback = order.statusCallback === null ? null : new URL(order.statusCallback).searchParams;
    const attempt = callback?.get('attempt') ?? null;
    const line: AcceptedText = {
      at: new Date().toISOString(),
      sid: newMessageSid(),
      ...order,
      bodyHash: bodyHashOf(order.body),
      send: callback?.get('send') ?? null,
      attempt: attempt === null ? null : Number(attempt),
    };
    await this.#accepted.append(line);
    return this.#remember(outbound(line));
  }

  /** Takes what a person sends, and does what a carrier does with a keyword before anybody is told. */
  async receive(
    text: Pick<InboundText, 'from' | 'to' | 'body' | 'media'>,
  ): Promise<NetworkText & { direction: 'inbound' }> {
    const line: InboundText = {
      at: new Date().toISOString(),
      sid: newMessageSid(),
      ...text,
      keyword: carrierKeyword(text.body),
    };
    await this.#inbound.append(line);
    return this.#receive(line);
  }

  async setStatus(sid: string, status: OutboundStatus, errorCode: number | null): Promise<void> {
    const line: StatusChange = { at: new Date().toISOString(), sid, status, errorCode };
    await this.#status.append(line);
    this.#change(line);
  }

  isBlocked(sender: string, recipient: string): boolean {
    return this.#blocked.has(`${sender} ${recipient}`);
  }

  get(sid: string): NetworkText | undefined {
    return this.#bySid.get(sid);
  }

  /** Newest first, as the provider lists; of one recipient, one sender, or all. */
  list(filter: { to?: string | undefined; from?: string | undefined }): NetworkText[] {
    const { to, from } = filter;
    const number = to ?? from;
    const texts = number === undefined ? [...this.#bySid.values()] : this.ofNumber(number);
    return texts
      .filter((text) => (to === undefined || text.to === to) && (from === undefined || text.from === from))
      .toSorted((a, b) => b.at.localeCompare(a.at));
  }

  /** All messages of one number, in both directions, oldest first. */
  ofNumber(number: string): readonly NetworkText[] {
    return this.#byNumber.get(number) ?? [];
  }

  numbers(): string[] {
    return [...this.#byNumber.keys()];
  }

  blockedSenders(recipient: string): string[] {
    return [...this.#blocked].filter((pair) => pair.endsWith(` ${recipient}`)).map((pair) => pair.split(' ')[0] ?? '');
  }

  async close(): Promise<void> {
    await Promise.all([this.#accepted.close(), this.#inbound.close(), this.#status.close()]);
  }

  #remember<Text extends NetworkText>(text: Text): Text {
    this.#bySid.set(text.sid, text);
    for (const number of [text.from, text.to]) {
      const known = this.#byNumber.get(number);
      if (known === undefined) this.#byNumber.set(number, [text]);
      else known.push(text);
    }
    return text;
  }

  #receive(line: InboundText): NetworkText & { direction: 'inbound' } {
    const pair = `${line.to} ${line.from}`;
    if (line.keyword === 'stop') this.#blocked.add(pair);
    if (line.keyword === 'start') this.#blocked.delete(pair);
    return this.#remember({ ...line, direction: 'inbound', status: 'received' });
  }

  #change(line: StatusChange): void {
    const text = this.#bySid.get(line.sid);
    if (text?.direction !== 'outbound') return;
    text.status = line.status;
    text.errorCode = line.errorCode;
    if (line.status === 'sent') text.sentAt = line.at;
  }
}

function outbound(line: AcceptedText): NetworkText & { direction: 'outbound' } {
  return { ...line, direction: 'outbound', status: 'queued', errorCode: null, sentAt: null };
}

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';
import { bodyHashOf } from '../../channels/text-messenger.ts';
import { openJournal, type Journal } from '../journal.ts';
import { acceptedMail, lenderMail } from './records.ts';
import type { AcceptedMail, LenderMail } from './records.ts';

export type MailOrder = {
  readonly envelopeFrom: string;
  readonly to: string;
  readonly raw: Buffer;
  readonly bounced: string | null;
};

/** A mail as the borrower's program shows it. */
export type SeenMail = {
  readonly id: string;
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** The mail world's memory: what the server took, and what reached the lender. */
export class Mailboxes {
  readonly #accepted: Journal<AcceptedMail>;
  readonly #lender: Journal<LenderMail>;
  readonly #byAddress = new Map<string, AcceptedMail[]>();
  readonly #byMessageId = new Map<string, AcceptedMail[]>();
  readonly #lenderMails: LenderMail[] = [];
  #lastSeq = 0;

  private constructor(accepted: Journal<AcceptedMail>, lender: Journal<LenderMail>) {
    this.#accepted = accepted;
    this.#lender = lender;
  }

  static async open(home: string): Promise<Mailboxes> {
    const accepted = await openJournal(join(home, 'sandbox', 'mail-accepted.jsonl'), acceptedMail);
    const lender = await openJournal(join(home, 'sandbox', 'mail-lender.jsonl'), lenderMail);
    const mailboxes = new Mailboxes(accepted.journal, lender.journal);
    for (const line of accepted.past) mailboxes.#remember(line);
    mailboxes.#lenderMails.push(...lender.past);
    mailboxes.#lastSeq = lender.past.at(-1)?.seq ?? 0;
    return mailboxes;
  }

  async accept(order: MailOrder): Promise<AcceptedMail> {
    const parsed = await simpleParser(order.raw);
    const [send, attempt] = (headerText(parsed, 'x-makegood-send') ?? '').split(';');
    const line: AcceptedMail = {
      at: new Date().toISOString(),
      id: randomUUID(),
      envelopeFrom: order.envelopeFrom,
      to: order.to.toLowerCase(),
      from: parsed.from?.text ?? '',
      subject: parsed.subject ?? '',
      messageId: parsed.messageId ?? '',
      send: send === undefined || send === '' ? null : send,
      attempt: attempt === undefined ? null : Number(attempt),
      body: parsed.text ?? '',
      bodyHash: bodyHashOf(parsed.text ?? ''),
      bounced: order.bounced,
      raw: order.raw.toString('latin1'),
    };
    await this.#accepted.append(line);
    return this.#remember(line);
  }

  async deliverToLender(mail: Pick<LenderMail, 'kind' | 'from' | 'to' | 'raw'>): Promise<LenderMail> {
    this.#lastSeq += 1;
    const line: LenderMail = {
      seq: this.#lastSeq,
      at: new Date().toISOString(),
      ...mail,
    };
    await this.#lender.append(line);
    this.#lenderMails.push(line);
    return line;
  }

  lenderMailsAfter(seq: number): LenderMail[] {
    return this.#lenderMails.filter((mail) => mail.seq > seq);
  }

  /** Every copy that the server took under one Message-ID. */
  withMessageId(messageId: string): readonly AcceptedMail[] {
    return this.#byMessageId.get(messageId) ?? [];
  }

  addresses(): string[] {
    return [...this.#byAddress.keys()];
  }

  /** What the owner of a mailbox sees: bounced mail is not among it. */
  async seenBy(address: string): Promise<SeenMail[]> {
    const mails = this.#byAddress.get(address.toLowerCase()) ?? [];
    return Promise.all(mails.filter((mail) => mail.bounced === null).map(asSeen));
  }

  async close(): Promise<void> {
    await Promise.all([this.#accepted.close(), this.#lender.close()]);
  }

  #remember(mail: AcceptedMail): AcceptedMail {
    append(this.#byAddress, mail.to, mail);
    append(this.#byMessageId, mail.messageId, mail);
    return mail;
  }
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

async function asSeen(mail: AcceptedMail): Promise<SeenMail> {
  const parsed = await simpleParser(Buffer.from(mail.raw, 'latin1'));
  const headers = parsed.headerLines.map(({ key, line }) => [key, line.slice(line.indexOf(':') + 1).trim()]);
  return {
    id: mail.id,
    at: mail.at,
    from: mail.from,
    to: mail.to,
    subject: mail.subject,
    text: mail.body,
    html: typeof parsed.html === 'string' ? parsed.html : null,
    messageId: mail.messageId,
    headers: Object.fromEntries(headers),
  };
}

function headerText(parsed: ParsedMail, name: string): string | null {
  const value = parsed.headers.get(name);
  return typeof value === 'string' ? value : null;
}

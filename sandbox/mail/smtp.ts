import type { Readable } from 'node:stream';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { Faults, type MailFault } from '../faults.ts';
import type { Mailboxes } from './mailboxes.ts';
import type { AcceptedMail } from './records.ts';

const MAX_MAIL_BYTES = 10 * 1024 * 1024;

export type SmtpParts = {
  readonly mailboxes: Mailboxes;
  readonly faults: Faults;
  /** Called for a mail that was accepted for a mailbox that bounces. */
  readonly onBounced: (mail: AcceptedMail) => Promise<void>;
};

type Verdict = Error | null | 'silent' | 'drop';

/** The mail server: takes everything for every address, unless the weather says otherwise. */
export async function listenSmtp(port: number, parts: SmtpParts): Promise<{ port: number; close(): Promise<void> }> {
  /** What the recipient of the running transaction has coming, by session. */
  const struck = new Map<string, MailFault>();

  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    // Nobody needs a name server here, least of all one that does not answer.
    disableReverseLookup: true,
    authOptional: true,
    size: MAX_MAIL_BYTES,
    banner: 'Makegood sandbox: no mail leaves this machine',
    logger: false,
    onMailFrom(_address, session, done) {
      struck.delete(session.id);
      done();
    },
    onRcptTo({ address }, session, done) {
      const fault = parts.faults.strikeMailbox(Faults.mail, address)?.kind;
      switch (fault) {
        case 'mail-tempfail':
          return done(reply(451, '4.2.1 Mailbox busy, try again later'));
        case 'mail-reject':
          return done(reply(550, '5.1.1 No such mailbox here'));
        case 'mail-drop-before-data':
          return drop(session);
        case undefined:
          return done();
        default:
          struck.set(session.id, fault);
          return done();
      }
    },
    onData(stream, session, done) {
      const fault = struck.get(session.id) ?? null;
      if (fault === 'mail-drop-mid-body') {
        stream.once('data', () => drop(session));
        return;
      }
      void answer(take(stream, session, fault), session, done);
    },
  });
  server.on('error', () => undefined);

  /** Reads the body to its final dot and says what to answer: null is 250. */
  async function take(stream: Readable, session: SMTPServerSession, fault: MailFault | null): Promise<Verdict> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(Buffer.from(chunk));
    if (fault === 'mail-reject-after-dot') return reply(554, '5.7.1 Message refused by policy');
    if (fault === 'mail-421-after-dot') return reply(421, '4.3.2 Service shutting down');
    if (fault === 'mail-hang') return 'silent';
    const { mailFrom, rcptTo } = session.envelope;
    const envelopeFrom = mailFrom === false ? '' : mailFrom.address;
    for (const { address } of rcptTo) {
      const bounced = fault === 'mail-bounce' ? '5.1.1' : null;
      const mail = await parts.mailboxes.accept({ envelopeFrom, to: address, raw: Buffer.concat(chunks), bounced });
      if (bounced !== null) await parts.onBounced(mail);
    }
    if (fault === 'mail-accept-then-hang') return 'silent';
    return fault === 'mail-accept-then-drop' ? 'drop' : null;
  }

  async function answer(
    verdict: Promise<Verdict>,
    session: SMTPServerSession,
    done: (error?: Error | null) => void,
  ): Promise<void> {
    try {
      const word = await verdict;
      if (word === 'drop') drop(session);
      else if (word !== 'silent') done(word);
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Cuts the line without a word. */
  function drop(session: SMTPServerSession): void {
    for (const connection of server.connections) {
      if (connection.id === session.id) connection._socket.destroy();
    }
  }

  await new Promise<void>((ready, failed) => {
    server.server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.server.off('error', failed);
      ready();
    });
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () =>
      new Promise((closed) => {
        for (const connection of server.connections) connection._socket.destroy();
        server.close(() => closed());
      }),
  };
}

function reply(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

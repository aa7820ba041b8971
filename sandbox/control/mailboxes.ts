import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { borrowerMail } from '../mail/compose.ts';
import type { Mailboxes } from '../mail/mailboxes.ts';
import type { LenderMail } from '../mail/records.ts';

const mailbox = z.object({ address: z.email() });

const mailFromBorrower = z.strictObject({
  subject: z.string().max(500),
  text: z.string().max(20_000),
  inReplyTo: z
    .string()
    .regex(/^<[^<>\s]+>$/)
    .optional(),
  dmarc: z.enum(['pass', 'fail', 'none']).optional(),
});

type Parts = {
  readonly mailboxes: Mailboxes;
  readonly lenderMailbox: string;
  /** Tells the product about a mail in the lender's mailbox. */
  readonly announce: (mail: LenderMail) => void;
};

/** What a borrower sees in the mailbox and can answer; and the lender's own mailbox, to poll. */
export function registerMailboxes(app: FastifyInstance, { mailboxes, lenderMailbox, announce }: Parts): void {
  app.get('/mailboxes', async () => ({ addresses: mailboxes.addresses() }));

  app.get('/mailboxes/:address', async (request) => {
    const { address } = mailbox.parse(request.params);
    return { address, mails: await mailboxes.seenBy(address) };
  });

  app.post('/mailboxes/:address/messages', async (request, reply) => {
    const { address } = mailbox.parse(request.params);
    const raw = await borrowerMail(address, { ...mailFromBorrower.parse(request.body), to: lenderMailbox });
    const mail = await mailboxes.deliverToLender({ kind: 'from-borrower', from: address, to: lenderMailbox, raw });
    announce(mail);
    return reply.code(201).send({ seq: mail.seq, at: mail.at });
  });

  app.get('/lender-mailbox', async (request) => {
    const { after } = z.object({ after: z.coerce.number().int().min(0).default(0) }).parse(request.query);
    return { mails: mailboxes.lenderMailsAfter(after) };
  });

  /** The relay's log: did it take a mail with this Message-ID? */
  app.get('/mails', async (request) => {
    const { messageId } = z.object({ messageId: z.string().min(1) }).parse(request.query);
    return { ids: mailboxes.withMessageId(messageId).map((mail) => mail.id) };
  });
}

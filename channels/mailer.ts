/** What the send protocol may ask of a way to send e-mail. Implementation: `email.ts` (SMTP through nodemailer). */
export interface Mailer {
  /** Hands one mail over, at most once. Never throws for what a server may do. */
  send(mail: OutgoingMail): Promise<MailSendOutcome>;
  /** Asks the relay or provider whether it took a mail with this Message-ID. Plain SMTP has no such question. */
  find(query: { readonly messageId: string }): Promise<MailFinding>;
  /** The Message-ID that every attempt of this send carries. */
  messageIdOf(sendId: string): string;
}

export type OutgoingMail = {
  readonly sendId: string;
  readonly attempt: number;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** From a short list (`Reply-To`, `In-Reply-To`, `References`, `Auto-Submitted`); all others are ours to set. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** As for texts: `refused` is a proof that the server holds no copy, `unknown` is the absence of proof. */
export type MailSendOutcome =
  | { readonly kind: 'accepted'; readonly messageId: string }
  | {
      readonly kind: 'refused';
      /** SMTP reply code (`550`), or nodemailer's word where no reply came (`ESOCKET`). */
      readonly code: string;
      /** RFC 3463, where given: `5.1.1` says that the mailbox does not exist, `5.7.1` that a policy objects. */
      readonly enhancedCode: string | null;
      readonly message: string;
      /** The same mail to the same address will be refused again. */
      readonly permanent: boolean;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

export type MailFinding =
  | { readonly kind: 'found'; readonly providerId: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'no-answer'; readonly reason: string };

export type MailLookUp = (messageId: string) => Promise<MailFinding>;

import { sandboxMailKey } from '../channels/mail-signature.ts';

/**
 * What the product needs to speak with the sandbox. No secrets: the sandbox listens on loopback and holds fiction; they
 * are fixed, so that a restart of either side needs no handshake.
 */
export const SANDBOX_ACCOUNT_SID = 'AC5a0db0c5a0db0c5a0db0c5a0db0c0001';
export const SANDBOX_AUTH_TOKEN = 'sandbox-token-of-no-worth';
export const SANDBOX_MESSAGING_SERVICE_SID = 'MG5a0db0c5a0db0c5a0db0c5a0db0c0001';
/** Signs the mail webhook. */
export const SANDBOX_MAIL_WEBHOOK_KEY = sandboxMailKey(SANDBOX_AUTH_TOKEN);
/** 555-01xx and `.example` belong to nobody. */
export const SANDBOX_FROM = '+12025550100';
export const SANDBOX_LENDER_MAILBOX = 'care@firstbank.example';

/** The account as the sandbox's parts are handed it. */
export type SandboxAccount = {
  readonly accountSid: string;
  readonly authToken: string;
  readonly messagingServiceSid: string;
  readonly mailWebhookKey: string;
  /** The lender's number: the sender when a messaging service is named, the receiver of a first text. */
  readonly from: string;
  /** Where borrowers' answers and delivery reports arrive. */
  readonly lenderMailbox: string;
};

export function sandboxAccount(given: {
  from?: string | undefined;
  lenderMailbox?: string | undefined;
}): SandboxAccount {
  return {
    accountSid: SANDBOX_ACCOUNT_SID,
    authToken: SANDBOX_AUTH_TOKEN,
    messagingServiceSid: SANDBOX_MESSAGING_SERVICE_SID,
    mailWebhookKey: SANDBOX_MAIL_WEBHOOK_KEY,
    from: given.from ?? SANDBOX_FROM,
    lenderMailbox: given.lenderMailbox ?? SANDBOX_LENDER_MAILBOX,
  };
}

export const defaultAccount: SandboxAccount = sandboxAccount({});

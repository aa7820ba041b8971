import { sandboxMailKey } from '../channels/mail-signature.ts';

/** What the product and the sandbox agree on. `makegood start` makes an account per instance; tests take the default. */
export type SandboxAccount = {
  readonly accountSid: string;
  readonly authToken: string;
  /** The lender's number: the sender when a messaging service is named, the receiver of a first text. */
  readonly from: string;
  readonly messagingServiceSid: string;
  /** Where borrowers' answers and delivery reports arrive. */
  readonly lenderMailbox: string;
  /** Signs the mail webhook. */
  readonly mailWebhookKey: string;
};

/** No secrets: the sandbox listens on loopback and holds fiction. 555-01xx and `.example` belong to nobody. */
export const defaultAccount: SandboxAccount = sandboxAccount({});

export function sandboxAccount(
  given: Partial<Record<'accountSid' | 'authToken' | 'from' | 'lenderMailbox', string | undefined>>,
): SandboxAccount {
  const authToken = given.authToken ?? 'sandbox-token-of-no-worth';
  return {
    accountSid: given.accountSid ?? 'AC5a0db0c5a0db0c5a0db0c5a0db0c0001',
    authToken,
    from: given.from ?? '+12025550100',
    messagingServiceSid: 'MG5a0db0c5a0db0c5a0db0c5a0db0c0001',
    lenderMailbox: given.lenderMailbox ?? 'care@firstbank.example',
    mailWebhookKey: sandboxMailKey(authToken),
  };
}

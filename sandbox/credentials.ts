/**
 * What the product needs to speak with the sandbox. No secrets: the sandbox listens on loopback and holds fiction; these
 * are fixed so that a restart of either side needs no handshake.
 */
export const SANDBOX_ACCOUNT_SID = 'AC5a0db0c5a0db0c5a0db0c5a0db0c0001';
export const SANDBOX_AUTH_TOKEN = 'sandbox-token-of-no-worth';
/** The lender's sending number; 555-01xx is reserved for fiction. */
export const SANDBOX_FROM = '+12025550100';
export const SANDBOX_MESSAGING_SERVICE_SID = 'MG5a0db0c5a0db0c5a0db0c5a0db0c0001';
/** Where borrowers' answers and delivery reports arrive. */
export const SANDBOX_LENDER_MAILBOX = 'care@makegood-lender.example';
/** Signs the mail webhook. */
export const SANDBOX_MAIL_WEBHOOK_KEY = 'sandbox-mail-key-of-no-worth';

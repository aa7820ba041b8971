/** Paths below the public URL where providers call us. The API registers them; the sandbox calls them. */
export const SMS_INBOUND_PATH = '/webhooks/sms/inbound';
export const SMS_STATUS_PATH = '/webhooks/sms/status';
/** Raw RFC 822 of what reached the lender's mailbox: borrowers' mails and delivery reports. */
export const MAIL_INBOUND_PATH = '/webhooks/mail/inbound';

import type { NetworkText } from './records.ts';

/** A refusal in Twilio's shape. */
export class TwilioRefusal extends Error {
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  toJSON(): object {
    return {
      code: this.code,
      message: this.message,
      more_info: `https://www.twilio.com/docs/errors/${this.code}`,
      status: this.status,
    };
  }
}

/** `Thu, 24 Aug 2023 05:01:45 +0000` (RFC 2822), whole seconds. */
function rfc2822(at: string): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}

/** GSM-7 counts 160 (153 when split), anything else 70 (67). */
function segmentsOf(body: string): number {
  const plain = /^[\n\r\x20-\x7e]*$/.test(body);
  const [single, split] = plain ? [160, 153] : [70, 67];
  return body.length <= single ? 1 : Math.ceil(body.length / split);
}

/** The Message resource of API version 2010-04-01. */
export function messageResource(accountSid: string, text: NetworkText): object {
  const isOutbound = text.direction === 'outbound';
  const path = `/2010-04-01/Accounts/${accountSid}/Messages/${text.sid}`;
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    body: text.body,
    date_created: rfc2822(text.at),
    // A message that is still queued has not been sent.
    date_sent: isOutbound ? text.sentAt && rfc2822(text.sentAt) : rfc2822(text.at),
    date_updated: rfc2822(text.at),
    direction: isOutbound ? 'outbound-api' : 'inbound',
    error_code: isOutbound ? text.errorCode : null,
    error_message: null,
    from: text.from,
    messaging_service_sid: isOutbound ? text.messagingServiceSid : null,
    num_media: isOutbound ? '0' : String(text.media.length),
    num_segments: String(segmentsOf(text.body)),
    price: null,
    price_unit: 'USD',
    sid: text.sid,
    status: text.status,
    subresource_uris: { media: `${path}/Media.json` },
    to: text.to,
    uri: `${path}.json`,
  };
}

/** What a webhook about an inbound text carries. */
export function inboundParameters(
  accountSid: string,
  text: NetworkText & { direction: 'inbound' },
): Record<string, string> {
  const media = text.media.flatMap((item, index) => [
    [`MediaUrl${index}`, item.url],
    [`MediaContentType${index}`, item.contentType],
  ]);
  return {
    ToCountry: 'US',
    ToState: '',
    ToCity: '',
    ToZip: '',
    FromCountry: 'US',
    FromState: '',
    FromCity: '',
    FromZip: '',
    SmsMessageSid: text.sid,
    SmsSid: text.sid,
    MessageSid: text.sid,
    SmsStatus: 'received',
    AccountSid: accountSid,
    From: text.from,
    To: text.to,
    Body: text.body,
    NumSegments: String(segmentsOf(text.body)),
    NumMedia: String(text.media.length),
    ApiVersion: '2010-04-01',
    ...Object.fromEntries(media),
  };
}

/** What a status callback carries. */
export function statusParameters(
  accountSid: string,
  text: NetworkText & { direction: 'outbound' },
  state: { status: string; errorCode: number | null },
): Record<string, string> {
  const { status, errorCode } = state;
  return {
    SmsSid: text.sid,
    MessageSid: text.sid,
    SmsStatus: status,
    MessageStatus: status,
    AccountSid: accountSid,
    From: text.from,
    To: text.to,
    ApiVersion: '2010-04-01',
    ...(text.messagingServiceSid === null ? {} : { MessagingServiceSid: text.messagingServiceSid }),
    ...(errorCode === null ? {} : { ErrorCode: String(errorCode) }),
  };
}

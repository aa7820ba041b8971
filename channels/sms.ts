import twilio from 'twilio';
import { z } from 'zod';
import { fictitiousRefusal } from './fictitious.ts';
import { bodyHashOf } from './text-messenger.ts';
import type {
  InboundListing,
  OutgoingText,
  TextFinding,
  TextMessenger,
  TextQuery,
  TextRecord,
  TextRecordAnswer,
  TextSendOutcome,
} from './text-messenger.ts';
import { messageSid } from './twilio-ids.ts';
import { AnswerLost, NeverConnected, ProvableRequestClient, ServerFault, Throttled } from './twilio-http.ts';

export * from './text-messenger.ts';
export * from './twilio-signature.ts';

export type TwilioSettings = {
  /** On `live`, numbers of fiction are refused before anything is asked of anybody. */
  readonly channels: 'sandbox' | 'live';
  readonly accountSid: string;
  readonly authToken: string;
  /** Overrides `https://api.twilio.com`: a region, or the sandbox. */
  readonly baseUrl?: string;
  readonly sender: { readonly from: string } | { readonly messagingServiceSid: string };
  /** Where the provider reports states; the send id and attempt are added as query parameters. */
  readonly statusCallbackUrl: string;
  readonly timeoutMs?: number;
};

const DEFAULT_TIMEOUT_MS = 10_000;

/** How far the provider's clock may be behind ours before a message counts as older than its claim. */
const CLOCK_SKEW_MS = 60_000;

const DAY_MS = 86_400_000;

/** Twilio through its own SDK, one attempt a call. */
export function createTwilioMessenger(settings: TwilioSettings): TextMessenger {
  const client = twilio(settings.accountSid, settings.authToken, {
    httpClient: new ProvableRequestClient(settings.timeoutMs ?? DEFAULT_TIMEOUT_MS),
    // The host's TWILIO_REGION or TWILIO_EDGE must not redirect what our settings name.
    env: {},
  });
  if (settings.baseUrl !== undefined) client.api.baseUrl = settings.baseUrl;
  const messages = client.api.v2010.accounts(settings.accountSid).messages;
  const ourNumber = 'from' in settings.sender ? { to: settings.sender.from } : {};

  return {
    async send(message: OutgoingText): Promise<TextSendOutcome> {
      const sender =
        'from' in settings.sender
          ? { from: settings.sender.from }
          : { messagingServiceSid: settings.sender.messagingServiceSid };
      const fiction = fictitiousRefusal(settings.channels, { number: message.to });
      if (fiction !== undefined) {
        return { kind: 'refused', code: fiction, message: 'this number belongs to nobody', permanent: true };
      }
      const statusCallback = callbackUrl(settings.statusCallbackUrl, message);
      try {
        const created = await messages.create({
          ...sender,
          to: message.to,
          body: message.body,
          validityPeriod: message.validityPeriodSeconds,
          statusCallback,
        });
        const sid = messageSid.safeParse(created.sid);
        return sid.success
          ? { kind: 'accepted', providerId: sid.data }
          : { kind: 'unknown', reason: 'unreadable-answer' };
      } catch (error) {
        return judge(error);
      }
    },

    async find(query: TextQuery): Promise<TextFinding> {
      const fromMs = query.claimedAtMs - CLOCK_SKEW_MS;
      const taken = new Set(query.takenProviderIds);
      try {
        // No date filter: it looks at the sent date, and a message that is still queued has none.
        const listed = await messages.list({ to: query.to, pageSize: 1_000 });
        const match = listed
          .map(readRecord)
          .find(
            (record) =>
              record.direction === 'outbound' &&
              record.createdAtMs >= fromMs &&
              !taken.has(record.providerId) &&
              bodyHashOf(record.body) === query.bodyHash,
          );
        if (match === undefined) return { kind: 'absent' };
        return { kind: 'found', providerId: match.providerId, status: match.status };
      } catch (error) {
        return { kind: 'no-answer', reason: String(error) };
      }
    },

    async listInbound({ sinceMs }): Promise<InboundListing> {
      try {
        const listed = await messages.list({
          ...ourNumber,
          dateSentAfter: new Date(sinceMs - DAY_MS),
          pageSize: 1_000,
        });
        const inbound = listed
          .map(readRecord)
          .filter((record) => record.direction === 'inbound' && record.createdAtMs >= sinceMs - 1_000);
        // Listed newest first, by whole seconds: turned first, so that STOP and START of one second keep their order.
        const oldestFirst = inbound.toReversed().toSorted((a, b) => a.createdAtMs - b.createdAtMs);
        return { kind: 'listed', messages: oldestFirst };
      } catch (error) {
        return { kind: 'no-answer', reason: String(error) };
      }
    },

    async fetchMessage(providerId: string): Promise<TextRecordAnswer> {
      try {
        return { kind: 'found', record: readRecord(await messages(providerId).fetch()) };
      } catch (error) {
        if (error instanceof twilio.RestException && error.status === 404) return { kind: 'absent' };
        return { kind: 'no-answer', reason: String(error) };
      }
    },
  };
}

function callbackUrl(base: string, message: OutgoingText): string {
  const url = new URL(base);
  url.searchParams.set('send', message.sendId);
  url.searchParams.set('attempt', String(message.attempt));
  return url.href;
}

/** Turns what went wrong into what is proven. Only a 4xx in Twilio's own words proves that nothing was sent. */
function judge(error: unknown): TextSendOutcome {
  if (error instanceof NeverConnected) {
    return { kind: 'refused', code: error.code, message: error.message, permanent: false };
  }
  if (error instanceof Throttled) return { kind: 'throttled', retryAfterMs: error.retryAfterMs };
  if (error instanceof AnswerLost) return { kind: 'unknown', reason: error.reason };
  if (error instanceof ServerFault) return { kind: 'unknown', reason: 'server-error' };
  if (error instanceof twilio.RestException) {
    // A proxy's error page carries no code of Twilio's; 408 says that somebody stopped waiting, not that nothing went.
    if (error.code === undefined || error.status < 400 || error.status === 408) {
      return { kind: 'unknown', reason: 'unreadable-answer' };
    }
    const code = String(error.code);
    return { kind: 'refused', code, message: error.message, permanent: !isPassing(error.status, code) };
  }
  // What the SDK throws while it reads a success: JSON that is none, a date that is none.
  return { kind: 'unknown', reason: 'unreadable-answer' };
}

/** Refusals about our account or its queue, not about this message: the same message may pass later. */
const PASSING_CODES = new Set([
  '14107', // message rate limit
  '20003', // authentication
  '20005', // account not active
  '21611', // the sender's queue is full
  '63038', // daily limit of the account
]);

function isPassing(status: number, code: string): boolean {
  return status === 401 || status === 403 || PASSING_CODES.has(code);
}

const listedMessage = z.object({
  sid: messageSid,
  direction: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  body: z.string().nullable(),
  status: z.enum([
    'accepted',
    'queued',
    'sending',
    'sent',
    'delivered',
    'undelivered',
    'failed',
    'canceled',
    'received',
    'receiving',
    'scheduled',
    'read',
    'partially_delivered',
  ]),
  errorCode: z.number().nullish(),
  numMedia: z.string().nullish(),
  dateCreated: z.date(),
});

function readRecord(instance: unknown): TextRecord {
  const message = listedMessage.parse(instance);
  return {
    providerId: message.sid,
    direction: message.direction === 'inbound' ? 'inbound' : 'outbound',
    from: message.from ?? '',
    to: message.to ?? '',
    body: message.body ?? '',
    status: plainStatus(message.status),
    errorCode: message.errorCode === null || message.errorCode === undefined ? null : String(message.errorCode),
    mediaCount: Number(message.numMedia ?? 0),
    createdAtMs: message.dateCreated.getTime(),
  };
}

type ListedStatus = z.infer<typeof listedMessage>['status'];

/** Twilio's rarer words in ours: nothing of ours is scheduled, read receipts do not exist for SMS. */
function plainStatus(status: ListedStatus): TextRecord['status'] {
  switch (status) {
    case 'receiving':
      return 'received';
    case 'scheduled':
      return 'accepted';
    case 'read':
      return 'delivered';
    case 'partially_delivered':
      return 'sent';
    default:
      return status;
  }
}

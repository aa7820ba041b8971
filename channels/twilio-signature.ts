import twilio from 'twilio';
import { z } from 'zod';
import { accountSid, messageSid } from './twilio-ids.ts';

/**
 * Twilio signs `url + key1 + value1 + key2 + …` without separators, so `{A:'b', C:'d'}` and `{A:'bCd'}` carry the same
 * signature, and an array validates like its joined values. Hence a closed list of names per route, shapes for every
 * value that stands beside a free text, and single strings only.
 */
const phone = z.string().regex(/^(\+[1-9]\d{6,14}|\d{3,8})$/);
const apiVersion = z.literal('2010-04-01');
const place = z.string().max(100);
const smsStatus = z.enum([
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
]);

const common = {
  MessageSid: messageSid,
  SmsSid: messageSid,
  AccountSid: accountSid,
  From: phone,
  To: phone,
  ApiVersion: apiVersion,
  SmsStatus: smsStatus,
  MessagingServiceSid: z
    .string()
    .regex(/^MG[0-9a-f]{32}$/)
    .optional(),
};

const inboundShape = z.strictObject({
  ...common,
  SmsMessageSid: messageSid,
  Body: z.string(),
  NumMedia: z.string().regex(/^\d{1,2}$/),
  NumSegments: z.string().regex(/^\d{1,3}$/),
  FromCity: place.optional(),
  FromState: place.optional(),
  FromZip: place.optional(),
  FromCountry: place.optional(),
  ToCity: place.optional(),
  ToState: place.optional(),
  ToZip: place.optional(),
  ToCountry: place.optional(),
  OptOutType: z.enum(['STOP', 'START', 'HELP']).optional(),
});

const statusShape = z.strictObject({
  ...common,
  MessageStatus: smsStatus,
  ErrorCode: z
    .string()
    .regex(/^\d{5}$/)
    .optional(),
  ErrorMessage: z.string().max(500).optional(),
  RawDlrDoneDate: z
    .string()
    .regex(/^\d{10,12}$/)
    .optional(),
});

export type InboundTextParameters = z.infer<typeof inboundShape>;
export type TextStatusParameters = z.infer<typeof statusShape>;

export type SignedRequest = {
  /** Tokens that are good now: one, or two while the token is being rotated. */
  readonly authTokens: readonly string[];
  readonly accountSid: string;
  /** From configuration, never from the request's Host: `https://collect.bank.example`. */
  readonly publicUrl: string;
  /** Path and query exactly as received (`request.raw.url`). */
  readonly path: string;
  /** Header `X-Twilio-Signature`. */
  readonly signature: string | undefined;
  /** The form as parsed, before any trimming. A doubled name must show as an array or be refused by the parser. */
  readonly form: unknown;
};

export type SignatureVerdict<Parameters> =
  | { readonly kind: 'genuine'; readonly parameters: Parameters }
  | {
      readonly kind: 'forged';
      readonly reason: 'no-signature' | 'wrong-path' | 'wrong-parameters' | 'wrong-account' | 'wrong-signature';
      /** Names only: values are personal. */
      readonly names?: readonly string[];
    };

/** Verifies a webhook that carries a text a person sent to us. */
export function verifyInboundText(request: SignedRequest): SignatureVerdict<InboundTextParameters> {
  const media = mediaPairs(request.form);
  const verdict = verifyTwilioSignature(request, inboundShape, media.names);
  if (verdict.kind === 'genuine' && Number(verdict.parameters.NumMedia) * 2 !== media.names.length) {
    return { kind: 'forged', reason: 'wrong-parameters', names: ['NumMedia'] };
  }
  return verdict;
}

/** Verifies a webhook that reports the state of a message of ours. */
export function verifyTextStatus(request: SignedRequest): SignatureVerdict<TextStatusParameters> {
  return verifyTwilioSignature(request, statusShape, []);
}

const plainForm = z.record(z.string(), z.string());

function verifyTwilioSignature<Shape extends z.ZodObject>(
  request: SignedRequest,
  shape: Shape,
  extraNames: readonly string[],
): SignatureVerdict<z.infer<Shape>> {
  if (request.signature === undefined || request.signature === '') return { kind: 'forged', reason: 'no-signature' };
  // An absolute-form target (`GET http://other/…`) would replace our own host in the signed URL.
  if (!request.path.startsWith('/') || request.path.startsWith('//')) return { kind: 'forged', reason: 'wrong-path' };
  const form = plainForm.safeParse(request.form);
  if (!form.success) return { kind: 'forged', reason: 'wrong-parameters', names: namesOf(form.error) };
  const named = Object.fromEntries(Object.entries(form.data).filter(([name]) => !extraNames.includes(name)));
  const parameters = shape.safeParse(named);
  if (!parameters.success) return { kind: 'forged', reason: 'wrong-parameters', names: namesOf(parameters.error) };
  if (form.data['AccountSid'] !== request.accountSid) return { kind: 'forged', reason: 'wrong-account' };
  const url = request.publicUrl.replace(/\/+$/, '') + request.path;
  const signature = request.signature;
  // Every token is tried, so that the time taken says nothing about which one is current.
  const good = request.authTokens.map((token) => twilio.validateRequest(token, signature, url, form.data));
  return good.includes(true)
    ? { kind: 'genuine', parameters: parameters.data }
    : { kind: 'forged', reason: 'wrong-signature' };
}

/** `MediaUrl0`, `MediaContentType0`, …: pairs counted by `NumMedia`; pictures are acknowledged, never fetched unasked. */
function mediaPairs(form: unknown): { names: readonly string[] } {
  const names = typeof form === 'object' && form !== null ? Object.keys(form) : [];
  return { names: names.filter((name) => /^Media(Url|ContentType)\d$/.test(name)) };
}

function namesOf(error: z.ZodError): string[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0] ?? '')],
  );
}

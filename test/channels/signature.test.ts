import twilio from 'twilio';
import { describe, expect, test } from 'vitest';
import { verifyInboundText, verifyTextStatus, type SignedRequest } from '../../channels/twilio-signature.ts';

const ACCOUNT = `AC${'1'.repeat(32)}`;
const SID = `SM${'2'.repeat(32)}`;
const TOKEN = 'the token of today';
const PUBLIC_URL = 'https://collect.bank.test';
const PATH = '/webhooks/sms/inbound';

const inbound: Record<string, string> = {
  MessageSid: SID,
  SmsSid: SID,
  SmsMessageSid: SID,
  AccountSid: ACCOUNT,
  From: '+12025550147',
  To: '+12025550100',
  Body: 'Hello there',
  NumMedia: '0',
  NumSegments: '1',
  ApiVersion: '2010-04-01',
  SmsStatus: 'received',
  FromCity: '',
  FromState: 'DC',
};

const status: Record<string, string> = {
  MessageSid: SID,
  SmsSid: SID,
  AccountSid: ACCOUNT,
  From: '+12025550100',
  To: '+12025550147',
  MessageStatus: 'undelivered',
  SmsStatus: 'undelivered',
  ApiVersion: '2010-04-01',
  ErrorCode: '30003',
};

/** A request as Twilio signs it; `sent` is what arrives instead. */
function requestOf(
  form: Record<string, unknown>,
  given: Partial<SignedRequest> & { signedWith?: string; sent?: unknown; signedPath?: string } = {},
): SignedRequest {
  const { signedWith, sent, signedPath, ...overrides } = given;
  return {
    authTokens: [TOKEN],
    accountSid: ACCOUNT,
    publicUrl: PUBLIC_URL,
    path: PATH,
    signature: twilio.getExpectedTwilioSignature(signedWith ?? TOKEN, PUBLIC_URL + (signedPath ?? PATH), form),
    form: sent ?? form,
    ...overrides,
  };
}

/** Shows that a forgery would have passed the SDK's own check. */
function sdkAccepts(request: SignedRequest): boolean {
  const form = request.form as Record<string, string>;
  return twilio.validateRequest(TOKEN, request.signature ?? '', request.publicUrl + request.path, form);
}

describe('a webhook signed by Twilio', () => {
  test('is genuine, and its values are untouched', () => {
    const body = '  Ünïcode & symbols = 50%\n ';
    const verdict = verifyInboundText(requestOf({ ...inbound, Body: body }));
    expect(verdict).toMatchObject({ kind: 'genuine', parameters: { Body: body, From: '+12025550147' } });
    expect(verifyTextStatus(requestOf(status)).kind).toBe('genuine');
  });

  test('may carry a query in its URL, which is signed too', () => {
    const path = '/webhooks/sms/status?send=s1&attempt=2';
    expect(verifyTextStatus(requestOf(status, { path, signedPath: path })).kind).toBe('genuine');
    const other = '/webhooks/sms/status?send=s2&attempt=2';
    expect(verifyTextStatus(requestOf(status, { path: other, signedPath: path }))).toEqual({
      kind: 'forged',
      reason: 'wrong-signature',
    });
  });

  test('is good under either of two tokens while one is being exchanged, under no third', () => {
    const authTokens = ['the token of tomorrow', TOKEN];
    expect(verifyInboundText(requestOf(inbound, { authTokens })).kind).toBe('genuine');
    const next = requestOf(inbound, { authTokens, signedWith: 'the token of tomorrow' });
    expect(verifyInboundText(next).kind).toBe('genuine');
    const third = requestOf(inbound, { authTokens, signedWith: 'another' });
    expect(verifyInboundText(third)).toMatchObject({ reason: 'wrong-signature' });
    expect(verifyInboundText(requestOf(inbound, { authTokens: [] }))).toMatchObject({ reason: 'wrong-signature' });
  });

  test('may name pictures, as many as it counts', () => {
    const media = { NumMedia: '1', MediaUrl0: 'https://api.twilio.com/x', MediaContentType0: 'image/png' };
    expect(verifyInboundText(requestOf({ ...inbound, ...media })).kind).toBe('genuine');
    expect(verifyInboundText(requestOf({ ...inbound, ...media, NumMedia: '0' }))).toMatchObject({
      reason: 'wrong-parameters',
      names: ['NumMedia'],
    });
  });
});

describe('a forged webhook', () => {
  test.for([
    ['no signature', { signature: undefined }, 'no-signature'],
    ['an empty signature', { signature: '' }, 'no-signature'],
    ['a wrong signature', { signature: 'bm90IGEgc2lnbmF0dXJl' }, 'wrong-signature'],
    ['a changed body', { sent: { ...inbound, Body: 'Hello their' } }, 'wrong-signature'],
    ['a trimmed body', { sent: { ...inbound, Body: 'Hello there ' } }, 'wrong-signature'],
    ['another path', { path: '/webhooks/sms/status' }, 'wrong-signature'],
    ['a target that names a host', { path: 'http://evil.test/webhooks/sms/inbound' }, 'wrong-path'],
    ['a target that begins with two slashes', { path: '//evil.test/webhooks/sms/inbound' }, 'wrong-path'],
    ['an account that is not ours', { accountSid: `AC${'9'.repeat(32)}` }, 'wrong-account'],
    ['no form at all', { sent: 'Body=Hello' }, 'wrong-parameters'],
  ] as const)('with %s is refused', ([_name, given, reason]) => {
    expect(verifyInboundText(requestOf(inbound, given))).toMatchObject({ kind: 'forged', reason });
  });

  test('that folds one parameter into another has the same signature and is refused for its names', () => {
    // `ErrorCode` and its value moved into the value before it: the signed bytes do not change.
    const { ErrorCode, ...rest } = status;
    const folded = { ...rest, ApiVersion: `2010-04-01ErrorCode${ErrorCode}` };
    const request = requestOf(status, { sent: folded });
    expect(sdkAccepts(request)).toBe(true);
    expect(verifyTextStatus(request)).toMatchObject({ kind: 'forged', reason: 'wrong-parameters' });
  });

  test('that splits a text into a text and a parameter is refused for its names', () => {
    const original = { ...inbound, Body: 'I will callC0 Paidyes' };
    const split = { ...inbound, Body: 'I will call', 'C0 Paid': 'yes' };
    const request = requestOf(original, { sent: split });
    expect(sdkAccepts(request)).toBe(true);
    expect(verifyInboundText(request)).toMatchObject({ reason: 'wrong-parameters', names: ['C0 Paid'] });
  });

  test('with a parameter that its route does not know is refused, even rightly signed', () => {
    for (const [verify, form] of [
      [verifyInboundText, inbound],
      [verifyTextStatus, status],
    ] as const) {
      const verdict = verify(requestOf({ ...form, Surprise: '1' }));
      expect(verdict).toMatchObject({ reason: 'wrong-parameters', names: ['Surprise'] });
    }
  });

  test('that gives a value as a list is refused', () => {
    const request = requestOf(inbound, { sent: { ...inbound, Body: ['Hello there'] } });
    expect(sdkAccepts(request)).toBe(true);
    expect(verifyInboundText(request)).toMatchObject({ reason: 'wrong-parameters', names: ['Body'] });
  });

  test.for(Object.keys(inbound).filter((name) => !name.startsWith('From') || name === 'From'))(
    'that leaves out %s is refused',
    (name) => {
      const { [name]: _gone, ...rest } = inbound;
      expect(verifyInboundText(requestOf(rest))).toMatchObject({ reason: 'wrong-parameters', names: [name] });
    },
  );

  test('names what was wrong with it, never the values', () => {
    const verdict = verifyInboundText(requestOf({ ...inbound, From: 'Pat Private', Surprise: 'secret' }));
    expect(JSON.stringify(verdict)).not.toMatch(/Private|secret/);
    expect(verdict).toMatchObject({ names: ['From', 'Surprise'] });
  });
});

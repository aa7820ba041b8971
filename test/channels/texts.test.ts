import type http from 'node:http';
import https from 'node:https';
import twilio from 'twilio';
import tlsOptions from 'smtp-server/lib/tls-options.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bodyHashOf, isLaterStatus, type OutgoingText, type TextStatus } from '../../channels/sms.ts';
import { defaultAccount } from '../../sandbox/credentials.ts';
import { listenHttp } from '../../sandbox/listen.ts';
import { BORROWER, messengerOf, newWorld, until } from './support.ts';

function textOf(sendId: string, overrides: Partial<OutgoingText> = {}): OutgoingText {
  return { sendId, attempt: 1, to: BORROWER, body: `Reminder ${sendId}`, validityPeriodSeconds: 3_600, ...overrides };
}

function questionOf(text: OutgoingText, claimedAtMs: number) {
  return { sendId: text.sendId, to: text.to, bodyHash: bodyHashOf(text.body), claimedAtMs };
}

/** A provider of the test's own making, for answers that the sandbox does not give. */
async function provider(handle: http.RequestListener): Promise<string> {
  const door = await listenHttp(0, handle);
  onTestFinished(() => door.close());
  return door.url;
}

describe('a text handed to Twilio', () => {
  test('is accepted once, with its send id in the callback URL and on the disk before the answer', async () => {
    const world = await newWorld();
    const outcome = await messengerOf(world.smsUrl).send(textOf('send-1', { attempt: 2 }));
    const rows = await world.truth('sms-accepted.jsonl');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      to: BORROWER,
      from: defaultAccount.from,
      body: 'Reminder send-1',
      bodyHash: bodyHashOf('Reminder send-1'),
      send: 'send-1',
      attempt: 2,
      validitySeconds: 3_600,
    });
    expect(outcome).toEqual({ kind: 'accepted', providerId: rows[0]?.['sid'] });
  });

  test('goes out by a messaging service where no number is set', async () => {
    const world = await newWorld();
    const sender = { messagingServiceSid: defaultAccount.messagingServiceSid };
    expect((await messengerOf(world.smsUrl, { sender }).send(textOf('s'))).kind).toBe('accepted');
    const [row] = await world.truth('sms-accepted.jsonl');
    expect(row).toMatchObject({ messagingServiceSid: sender.messagingServiceSid, from: defaultAccount.from });
  });

  // The provider took it, the caller cannot know: never a refusal, one copy, and the question finds it.
  test.for([
    ['execute-then-hang', 'timeout'],
    ['execute-then-500', 'server-error'],
    ['execute-then-reset', 'connection-lost'],
    ['execute-then-garbage', 'unreadable-answer'],
  ])('%s is unknown (%s), with one copy that the look-up finds', async ([kind, reason]) => {
    const world = await newWorld();
    await world.control('POST', '/faults', { kind, times: 1 });
    const messenger = messengerOf(world.smsUrl);
    const text = textOf('send-2');
    const claimedAtMs = Date.now();
    expect(await messenger.send(text)).toEqual({ kind: 'unknown', reason });
    const rows = await world.truth('sms-accepted.jsonl');
    expect(rows.map((row) => row['send'])).toEqual(['send-2']);
    const finding = await messenger.find(questionOf(text, claimedAtMs));
    expect(finding).toMatchObject({ kind: 'found', providerId: rows[0]?.['sid'] });
  });

  // The provider did not take it, and the caller cannot know that either.
  test.for([
    ['hang', 'timeout'],
    ['refuse-500', 'server-error'],
    ['reset', 'connection-lost'],
  ])('%s is unknown (%s), with no copy, and the look-up says absent', async ([kind, reason]) => {
    const world = await newWorld();
    await world.control('POST', '/faults', { kind, times: 1 });
    const messenger = messengerOf(world.smsUrl);
    const text = textOf('send-3');
    const claimedAtMs = Date.now();
    expect(await messenger.send(text)).toEqual({ kind: 'unknown', reason });
    expect(await world.truth('sms-accepted.jsonl')).toEqual([]);
    expect(await messenger.find(questionOf(text, claimedAtMs))).toEqual({ kind: 'absent' });
  });

  test('a provider that executes after we hung up is absent first and found later: why settlement waits', async () => {
    const world = await newWorld();
    await world.control('POST', '/faults', { kind: 'hang-then-execute', times: 1, delayMs: 900 });
    const messenger = messengerOf(world.smsUrl, { timeoutMs: 300 });
    const text = textOf('send-4');
    const claimedAtMs = Date.now();
    expect(await messenger.send(text)).toEqual({ kind: 'unknown', reason: 'timeout' });
    expect(await messenger.find(questionOf(text, claimedAtMs))).toEqual({ kind: 'absent' });
    await until('the late copy', async () => {
      const finding = await messenger.find(questionOf(text, claimedAtMs));
      return finding.kind === 'found' ? finding : undefined;
    });
    expect(await world.truth('sms-accepted.jsonl')).toHaveLength(1);
  });

  test('429 is throttled: not processed, with the wait that the provider asks for', async () => {
    const world = await newWorld();
    await world.control('POST', '/faults', { kind: 'throttle', times: 1, delayMs: 2_000 });
    const messenger = messengerOf(world.smsUrl);
    expect(await messenger.send(textOf('send-5'))).toEqual({ kind: 'throttled', retryAfterMs: 2_000 });
    expect(await world.truth('sms-accepted.jsonl')).toEqual([]);
    expect((await messenger.send(textOf('send-5'))).kind).toBe('accepted');
  });

  test.for([
    ['21211', { to: '+15005550001' }],
    ['21211', { to: '12345' }],
    ['21612', { to: '+15005550002' }],
    ['21614', { to: '+15005550009' }],
    ['21610', { to: '+15005550004' }],
    ['21602', { body: '' }],
    ['21617', { body: 'x'.repeat(1_601) }],
  ] as const)('error %s is a refusal for good, with nothing sent', async ([code, overrides]) => {
    const world = await newWorld();
    const outcome = await messengerOf(world.smsUrl).send(textOf('send-6', overrides));
    expect(outcome).toMatchObject({ kind: 'refused', code, permanent: true });
    expect(await world.truth('sms-accepted.jsonl')).toEqual([]);
  });

  test('a wrong token is a refusal that says nothing about the recipient', async () => {
    const world = await newWorld();
    const outcome = await messengerOf(world.smsUrl, { authToken: 'wrong' }).send(textOf('send-7'));
    expect(outcome).toMatchObject({ kind: 'refused', code: '20003', permanent: false });
  });

  test('a refused connection is a proof that nothing was sent', async () => {
    const door = await listenHttp(0, (_request, response) => response.end());
    await door.close();
    const outcome = await messengerOf(door.url).send(textOf('send-8'));
    expect(outcome).toMatchObject({ kind: 'refused', code: 'ECONNREFUSED', permanent: false });
  });

  test('a certificate that nobody vouches for is a proof that nothing was sent', async () => {
    let asked = 0;
    const server = https.createServer(tlsOptions(), (_request, response) => {
      asked += 1;
      response.end();
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    onTestFinished(() => void server.close());
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const outcome = await messengerOf(`https://127.0.0.1:${address.port}`).send(textOf('send-9'));
    expect(outcome).toMatchObject({ kind: 'refused', permanent: false });
    expect(asked).toBe(0);
  });

  test.for([
    ['an error page of a proxy', 403, '<html>blocked</html>'],
    ['408, which says that somebody stopped waiting', 408, '{"code":20408,"message":"timeout","status":408}'],
    ['a redirect, which is not followed', 302, ''],
    ['a success without a message id', 201, '{"status":"queued"}'],
    ['a success that is the word null', 201, 'null'],
  ] as const)('%s is unknown', async ([_name, status, body]) => {
    let asked = 0;
    const url = await provider((_request, response) => {
      asked += 1;
      response.writeHead(status, { location: '/elsewhere' }).end(body);
    });
    expect(await messengerOf(url).send(textOf('send-10'))).toEqual({ kind: 'unknown', reason: 'unreadable-answer' });
    expect(asked).toBe(1);
  });

  test('an answer that drips is over at the timeout, and the connection with it', async () => {
    const dripping: NodeJS.Timeout[] = [];
    let ended: () => void = () => undefined;
    const connectionEnded = new Promise<void>((done) => (ended = done));
    const url = await provider((request, response) => {
      response.writeHead(201, { 'content-type': 'application/json' });
      dripping.push(setInterval(() => response.write(' '), 20));
      request.socket.once('close', () => {
        for (const timer of dripping) clearInterval(timer);
        ended();
      });
    });
    const outcome = await messengerOf(url, { timeoutMs: 200 }).send(textOf('send-11'));
    expect(outcome).toEqual({ kind: 'unknown', reason: 'timeout' });
    await connectionEnded;
  });

  test('a number of fiction is refused on a live channel before anybody is asked', async () => {
    let asked = 0;
    const url = await provider((_request, response) => {
      asked += 1;
      response.end();
    });
    const outcome = await messengerOf(url, { channels: 'live' }).send(textOf('send-12'));
    expect(outcome).toMatchObject({ kind: 'refused', code: 'fictitious-number', permanent: true });
    expect(asked).toBe(0);
  });
});

describe('asking the provider', () => {
  test('tells two sends of the same words apart by the ids that are taken', async () => {
    const world = await newWorld();
    const messenger = messengerOf(world.smsUrl);
    const text = textOf('first', { body: 'Your payment is due' });
    const claimedAtMs = Date.now();
    const first = await messenger.send(text);
    const providerId = first.kind === 'accepted' ? first.providerId : '';
    const question = questionOf({ ...text, sendId: 'second' }, claimedAtMs);
    expect(await messenger.find({ ...question, takenProviderIds: [providerId] })).toEqual({ kind: 'absent' });
    expect((await messenger.find(question)).kind).toBe('found');
  });

  test('does not take an older message, other words or another number for ours', async () => {
    const world = await newWorld();
    const messenger = messengerOf(world.smsUrl);
    const text = textOf('s');
    await messenger.send(text);
    const now = Date.now();
    expect(await messenger.find(questionOf(text, now + 120_000))).toEqual({ kind: 'absent' });
    expect(await messenger.find(questionOf({ ...text, body: 'Other words' }, now))).toEqual({ kind: 'absent' });
    expect(await messenger.find(questionOf({ ...text, to: '+12025550148' }, now))).toEqual({ kind: 'absent' });
  });

  test('a list that cannot be had is no answer; a list that is late says absent', async () => {
    const world = await newWorld();
    const messenger = messengerOf(world.smsUrl);
    const text = textOf('s');
    const claimedAtMs = Date.now();
    await messenger.send(text);
    await world.control('POST', '/faults', { kind: 'list-500', times: 1 });
    expect((await messenger.find(questionOf(text, claimedAtMs))).kind).toBe('no-answer');
    await world.control('POST', '/faults', { kind: 'list-late', times: 1, delayMs: 60_000 });
    expect(await messenger.find(questionOf(text, claimedAtMs))).toEqual({ kind: 'absent' });
    expect((await messenger.find(questionOf(text, claimedAtMs))).kind).toBe('found');
  });

  test('nobody there is no answer, to every question', async () => {
    const door = await listenHttp(0, (_request, response) => response.end());
    await door.close();
    const messenger = messengerOf(door.url);
    expect((await messenger.find(questionOf(textOf('s'), Date.now()))).kind).toBe('no-answer');
    expect((await messenger.listInbound({ sinceMs: 0 })).kind).toBe('no-answer');
    expect((await messenger.fetchMessage(`SM${'0'.repeat(32)}`)).kind).toBe('no-answer');
  });

  test('lists what people sent since an instant, oldest first, for the gap poll', async () => {
    const world = await newWorld();
    const messenger = messengerOf(world.smsUrl);
    await world.deafen();
    const sinceMs = Date.now();
    await world.control('POST', `/phones/${BORROWER}/messages`, { body: 'STOP' });
    await world.control('POST', '/phones/+12025550148/messages', { body: 'Hello' });
    await messenger.send(textOf('ours'));
    const listing = await messenger.listInbound({ sinceMs });
    const messages = listing.kind === 'listed' ? listing.messages : [];
    expect(messages.map(({ from, body, direction }) => [from, body, direction])).toEqual([
      [BORROWER, 'STOP', 'inbound'],
      ['+12025550148', 'Hello', 'inbound'],
    ]);
    const later = await messenger.listInbound({ sinceMs: Date.now() + 60_000 });
    expect(later).toEqual({ kind: 'listed', messages: [] });
    const [stop] = messages;
    const record = await messenger.fetchMessage(stop?.providerId ?? '');
    expect(record).toEqual({ kind: 'found', record: stop });
    expect(await messenger.fetchMessage(`SM${'0'.repeat(32)}`)).toEqual({ kind: 'absent' });
  });

  test('reads every page of a list', async () => {
    const world = await newWorld();
    const messenger = messengerOf(world.smsUrl);
    const sids: string[] = [];
    for (const sendId of ['1', '2', '3', '4', '5']) {
      const outcome = await messenger.send(textOf(sendId));
      if (outcome.kind === 'accepted') sids.push(outcome.providerId);
    }
    const client = twilio(defaultAccount.accountSid, defaultAccount.authToken);
    client.api.baseUrl = world.smsUrl;
    const listed = await client.messages.list({ to: BORROWER, pageSize: 2 });
    expect(listed.map((message) => message.sid).toSorted()).toEqual(sids.toSorted());
  });
});

describe('states of a text', () => {
  const states: TextStatus[] = ['accepted', 'queued', 'sending', 'sent'];
  const ends: TextStatus[] = ['delivered', 'undelivered', 'failed', 'canceled'];

  test('a late state never overwrites a later one, and an end stays the end', () => {
    for (const [index, state] of states.entries()) {
      for (const earlier of states.slice(0, index + 1)) expect(isLaterStatus(state, earlier)).toBe(false);
      for (const later of [...states.slice(index + 1), ...ends]) expect(isLaterStatus(state, later)).toBe(true);
    }
    for (const end of ends) for (const any of [...states, ...ends]) expect(isLaterStatus(end, any)).toBe(false);
  });
});

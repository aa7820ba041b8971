import { describe, expect, test } from 'vitest';
import { verifyInboundText, verifyTextStatus } from '../../channels/twilio-signature.ts';
import { SMS_INBOUND_PATH, SMS_STATUS_PATH } from '../../channels/webhook-paths.ts';
import { defaultAccount } from '../../sandbox/credentials.ts';
import { listenHttp } from '../../sandbox/listen.ts';
import { Webhooks } from '../../sandbox/phones/webhooks.ts';
import { BORROWER, messengerOf, newWorld, until, type Heard, type World } from './support.ts';

function signed(world: World, call: Heard) {
  return {
    authTokens: [defaultAccount.authToken],
    accountSid: defaultAccount.accountSid,
    publicUrl: world.publicUrl,
    path: call.path,
    signature: call.headers['x-twilio-signature'],
    form: Object.fromEntries(new URLSearchParams(call.body)),
  };
}

function statesHeard(world: World): (string | null)[] {
  return world.heard.map((call) => new URLSearchParams(call.body).get('MessageStatus'));
}

async function send(world: World, sendId = 's1', to = BORROWER, validityPeriodSeconds = 3_600) {
  const messenger = messengerOf(world.smsUrl, { statusCallbackUrl: world.publicUrl + SMS_STATUS_PATH });
  return messenger.send({ sendId, attempt: 1, to, body: `Reminder ${sendId}`, validityPeriodSeconds });
}

async function heard(world: World, calls: number): Promise<Heard[]> {
  return until(`${calls} calls`, () => (world.heard.length >= calls ? world.heard : undefined));
}

describe('status callbacks of the phone network', () => {
  test('are signed, carry the send id and attempt, and go from sent to delivered', async () => {
    const world = await newWorld();
    await send(world);
    for (const call of await heard(world, 2)) {
      expect(call.path).toBe(`${SMS_STATUS_PATH}?send=s1&attempt=1`);
      expect(verifyTextStatus(signed(world, call)).kind).toBe('genuine');
    }
    expect(statesHeard(world)).toEqual(['sent', 'delivered']);
  });

  test('can be doubled', async () => {
    const world = await newWorld();
    await world.control('POST', '/faults', { kind: 'callback-double', copies: 3 });
    await send(world);
    await heard(world, 6);
    const count = (state: string): number => statesHeard(world).filter((heardState) => heardState === state).length;
    expect([count('sent'), count('delivered'), world.heard.length]).toEqual([3, 3, 6]);
  });

  test('can come in the wrong order', async () => {
    const world = await newWorld();
    await world.control('POST', '/faults', { kind: 'callback-reverse' });
    await send(world);
    await heard(world, 2);
    expect(statesHeard(world)).toEqual(['delivered', 'sent']);
  });

  test('can be late: another message overtakes', async () => {
    const world = await newWorld();
    await world.control('POST', '/faults', { kind: 'callback-delay', address: BORROWER, delayMs: 500 });
    await send(world, 'late');
    await send(world, 'prompt', '+12025550148');
    const calls = await heard(world, 4);
    expect(calls.map((call) => new URL(call.path, world.publicUrl).searchParams.get('send'))).toEqual([
      'prompt',
      'prompt',
      'late',
      'late',
    ]);
  });

  test('can stay away while the message is delivered', async () => {
    const world = await newWorld();
    await world.control('POST', '/faults', { kind: 'callback-off', address: BORROWER });
    await send(world, 'silent');
    await until('delivery', async () => {
      const { messages } = await world.control('GET', `/phones/${BORROWER}`);
      return JSON.stringify(messages).includes('"delivered"') ? true : undefined;
    });
    await send(world, 'told', '+12025550148');
    await heard(world, 2);
    expect(world.heard.every((call) => call.path.includes('send=told'))).toBe(true);
  });

  test.for([
    ['undelivered', 30003, ['sent', 'undelivered']],
    ['undelivered', 30005, ['sent', 'undelivered']],
    ['undelivered', 30006, ['sent', 'undelivered']],
    ['failed', 30007, ['failed']],
  ] as const)('report %s with error %i', async ([kind, errorCode, states]) => {
    const world = await newWorld();
    await world.control('POST', '/faults', { kind, errorCode });
    await send(world);
    const calls = await heard(world, states.length);
    expect(statesHeard(world)).toEqual(states);
    expect(new URLSearchParams(calls.at(-1)?.body).get('ErrorCode')).toBe(String(errorCode));
  });

  test('a message held longer than its validity period fails and is never delivered', async () => {
    const world = await newWorld();
    await world.control('POST', '/faults', { kind: 'hold', delayMs: 60_000 });
    await send(world, 's1', BORROWER, 1);
    const [call] = await heard(world, 1);
    const form = new URLSearchParams(call?.body);
    expect([form.get('MessageStatus'), form.get('ErrorCode')]).toEqual(['failed', '30036']);
  });
});

describe('texts that people send', () => {
  test('are on the disk, then told to the product in a signed call', async () => {
    const world = await newWorld();
    const media = [{ url: 'https://media.example/1.jpg', contentType: 'image/jpeg' }];
    const made = await world.control('POST', `/phones/${BORROWER}/messages`, { body: ' Paid! ', media, wait: true });
    expect(await world.truth('sms-inbound.jsonl')).toMatchObject([
      { sid: made['sid'], from: BORROWER, body: ' Paid! ' },
    ]);
    const [call] = world.heard;
    if (call === undefined) throw new Error('nothing was heard');
    expect(call.path).toBe(SMS_INBOUND_PATH);
    const verdict = verifyInboundText(signed(world, call));
    expect(verdict).toMatchObject({
      kind: 'genuine',
      parameters: { From: BORROWER, To: defaultAccount.from, Body: ' Paid! ', NumMedia: '1' },
    });
  });

  test('go to the number that wrote last', async () => {
    const world = await newWorld();
    const messenger = messengerOf(world.smsUrl, { sender: { from: '+12025550111' } });
    await messenger.send({ sendId: 's', attempt: 1, to: BORROWER, body: 'Hi', validityPeriodSeconds: 60 });
    const made = await world.control('POST', `/phones/${BORROWER}/messages`, { body: 'Who is this?' });
    expect(made['to']).toBe('+12025550111');
  });

  test('a carrier STOP blocks that sender with 21610 until START; others may still write', async () => {
    const world = await newWorld();
    await world.control('POST', `/phones/${BORROWER}/messages`, { body: ' stop ' });
    expect(await send(world)).toMatchObject({ kind: 'refused', code: '21610', permanent: true });
    const other = messengerOf(world.smsUrl, { sender: { from: '+12025550111' } });
    const text = { sendId: 'o', attempt: 1, to: BORROWER, body: 'Hi', validityPeriodSeconds: 60 };
    expect((await other.send(text)).kind).toBe('accepted');
    await world.control('POST', `/phones/${BORROWER}/messages`, { to: defaultAccount.from, body: 'START' });
    expect((await send(world)).kind).toBe('accepted');
  });

  test('"please stop texting me" is for the lender to understand: the carrier does nothing', async () => {
    const world = await newWorld();
    await world.control('POST', `/phones/${BORROWER}/messages`, { body: 'please stop texting me' });
    expect((await send(world)).kind).toBe('accepted');
  });

  test('are told twice when the product refuses the connection, and then no more', async () => {
    const world = await newWorld();
    await world.deafen();
    const made = await world.control('POST', `/phones/${BORROWER}/messages`, { body: 'STOP', wait: true });
    expect(made['webhooks']).toMatchObject([{ kind: 'lost', attempts: 2 }]);
    expect(await world.truth('sms-inbound.jsonl')).toHaveLength(1);
  });

  test('are told more often where the address asks for it (#rc=3)', async () => {
    const door = await listenHttp(0, (_request, response) => response.end());
    await door.close();
    const webhooks = new Webhooks(defaultAccount.authToken);
    const result = await webhooks.post({ url: `${door.url}/x#rc=3`, parameters: {} });
    expect(result).toMatchObject({ kind: 'lost', attempts: 4 });
  });

  test('can be told twenty times, or not at all', async () => {
    const world = await newWorld();
    await world.control('POST', '/faults', { kind: 'webhook-double', times: 1, copies: 20 });
    await world.control('POST', `/phones/${BORROWER}/messages`, { body: 'Hello', wait: true });
    expect(new Set(world.heard.map((call) => call.body)).size).toBe(1);
    expect(world.heard).toHaveLength(20);
    await world.control('POST', '/faults', { kind: 'webhook-off', times: 1 });
    await world.control('POST', `/phones/${BORROWER}/messages`, { body: 'Hello?', wait: true });
    expect(world.heard).toHaveLength(20);
  });
});

describe('the control API', () => {
  test('answers on loopback names only', async () => {
    const world = await newWorld();
    const { port } = new URL(world.controlUrl);
    const ask = async (host: string): Promise<number> => {
      const { request } = await import('node:http');
      return new Promise((done, failed) => {
        request({ host: '127.0.0.1', port, path: '/control/phones', headers: { host } }, (answer) => {
          answer.resume();
          done(answer.statusCode ?? 0);
        })
          .on('error', failed)
          .end();
      });
    };
    expect(await ask(`127.0.0.1:${port}`)).toBe(200);
    expect(await ask(`localhost:${port}`)).toBe(200);
    expect(await ask('rebound.evil.example')).toBe(421);
    expect(await ask('127.0.0.1.evil.example')).toBe(421);
  });

  test('refuses a fault that it does not know, by name', async () => {
    const world = await newWorld();
    await expect(world.control('POST', '/faults', { kind: 'earthquake' })).rejects.toThrow(/400.*kind/);
    await expect(world.control('POST', '/faults', { kind: 'hang', tims: 1 })).rejects.toThrow(/400.*tims/);
  });

  test('spreads a share evenly and takes a fault back', async () => {
    const world = await newWorld();
    const fault = await world.control('POST', '/faults', { kind: 'throttle', share: 0.5 });
    const kinds: string[] = [];
    for (const sendId of ['1', '2', '3', '4']) kinds.push((await send(world, sendId)).kind);
    expect(kinds).toEqual(['accepted', 'throttled', 'accepted', 'throttled']);
    expect(await world.control('DELETE', `/faults/${String(fault['id'])}`)).toEqual({ removed: 1 });
    expect(await world.control('GET', '/faults')).toEqual({ faults: [] });
  });
});

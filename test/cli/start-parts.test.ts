import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Temporal } from 'temporal-polyfill';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keepRunning, type PartSpec } from '../../cli/start/part-runner.ts';
import { saysReady } from '../../cli/start/node-part.ts';
import { partEnvironment } from '../../cli/start/parts.ts';
import { reserveNextFreePort } from '../../cli/start/port-reservation.ts';
import { freePorts } from '../../cli/start/ports.ts';
import { firstBusinessInstant, parseClock } from '../../cli/start/sandbox-clock.ts';
import { isRecentEnough } from '../../cli/start/temporal-binary.ts';
import { readPartEnvironment, readSettings } from '../../config/settings.ts';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

describe('a part that is kept running', () => {
  function waiting(): PartSpec {
    return {
      name: 'worker',
      log: 'worker.log',
      stopSignal: 'SIGTERM',
      graceMs: 5000,
      launch: async (onSpawn) => {
        const child = spawn(process.execPath, ['-e', `console.log('up'); setInterval(() => {}, 1000)`], {
          stdio: ['ignore', 'pipe', 'inherit'],
          detached: true,
        });
        children.push(child);
        onSpawn(child);
        await once(child.stdout, 'data');
      },
    };
  }

  it('is started again when it dies, says so, and counts it', async () => {
    const said: string[] = [];
    const runner = keepRunning(waiting(), { say: (line) => said.push(line), changed: () => undefined });
    await runner.start();
    children[0]?.kill('SIGKILL');
    await vi.waitFor(() => expect(runner.record()).toMatchObject({ ready: true, restarts: 1 }), { timeout: 20_000 });
    expect(said[0]).toContain('worker ended (SIGKILL; log: worker.log)');
    await runner.stop();
    expect(runner.record()).toBeUndefined();
  });

  it('is not started again once it was asked to stop', async () => {
    const said: string[] = [];
    const runner = keepRunning(waiting(), { say: (line) => said.push(line), changed: () => undefined });
    await runner.start();
    await runner.stop();
    expect([said, children.length]).toEqual([[], 1]);
  });
});

describe('readiness', () => {
  it('is one line of JSON with ready: true', () => {
    expect(saysReady('starting\n{"ready":true,"smsUrl":"http://127.0.0.1:1"}\n')).toBe(true);
    expect(saysReady('{"level":"info","msg":"\\"ready\\":true soon"}\n{"ready":false}\n{"ready":tr')).toBe(false);
  });
});

describe('ports', () => {
  it('gives the next free port when the wanted one is taken', async () => {
    const [port = 0] = await freePorts(1);
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    expect(await reserveNextFreePort(port)).toBeGreaterThan(port);
    other.close();
  });

  it('gives different ports at once, and the wanted ones where they are free', async () => {
    const first = await freePorts(5);
    expect(new Set(first).size).toBe(5);
    expect(await freePorts(5, first)).toEqual(first);
  });
});

describe('what the parts are told', () => {
  const instance = { home: '/h', logs: '/h/logs', id: 'i', createdAt: '2026-11-23T00:00:00Z', ports: {} };
  const key = Buffer.alloc(32, 7).toString('base64');
  const secrets = {
    createdAt: '',
    codecKeys: [{ id: 'k', key, createdAt: '' }],
    cookieKey: key,
    databasePassword: 'p',
  };
  const input = {
    secrets,
    instance,
    databaseUrl: 'postgres://db/x',
    temporalAddress: 't:1',
    webPort: 81,
    ports: { sandbox: 1, smtp: 2, metrics: 3 },
  };

  it('is read by a part as it was meant, sandbox routes included', () => {
    const given = partEnvironment({ ...input, settings: readSettings({ MAKEGOOD_LENDER_NAME: 'First Bank' }) });
    expect(readPartEnvironment(given)).toMatchObject({
      MAKEGOOD_LENDER_NAME: 'First Bank',
      MAKEGOOD_PUBLIC_URL: 'http://127.0.0.1:81',
      MAKEGOOD_SANDBOX_SMS_URL: 'http://127.0.0.1:1',
      MAKEGOOD_SEND_MODE: 'on',
      MAKEGOOD_CODEC_KEYS: [{ id: 'k', key: Buffer.alloc(32, 7) }],
    });
  });

  it('names no sandbox route when channels are live', () => {
    const settings = { ...readSettings({}), MAKEGOOD_CHANNELS: 'live' as const };
    const names = Object.keys(partEnvironment({ ...input, settings }));
    expect(names.filter((name) => name.includes('SANDBOX'))).toEqual([]);
  });
});

describe('the sandbox clock', () => {
  it.each([
    ['2026-11-23T18:00:00Z', '2026-11-23T14:55:00Z', 'a Monday after the clocks went back'],
    ['2026-07-04T12:00:00Z', '2026-07-06T13:55:00Z', 'a Saturday in summer: the Monday after'],
    ['2026-11-23T03:00:00Z', '2026-11-23T14:55:00Z', 'Sunday evening in New York, Monday in UTC: the Monday'],
    ['2026-11-28T03:00:00Z', '2026-11-27T14:55:00Z', 'Friday evening in New York, Saturday in UTC: the Friday'],
  ])('at %s starts at %s (%s)', (now, expected) => {
    expect(firstBusinessInstant(Temporal.Instant.from(now)).toString()).toBe(expected);
  });

  it('takes an instant with its offset and refuses a time without one', () => {
    expect(parseClock('2026-11-23T09:55:00-05:00')).toBe('2026-11-23T14:55:00Z');
    expect(() => parseClock('2026-11-23T09:55:00')).toThrow('not an instant');
  });
});

it('takes a Temporal CLI from 1.6 on', () => {
  expect(['1.5.9', '1.6.0', '1.10.2', '2.0.0', '0.9.9'].map(isRecentEnough)).toEqual([false, true, true, true, false]);
});

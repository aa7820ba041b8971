import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bodyHashOf } from '../../channels/sms.ts';
import { callControl, messengerOf, newWorld, tempHome, truthOf } from './support.ts';

type Process = { child: ChildProcess; smsUrl: string; controlUrl: string; smtpUrl: string };

async function startProcess(home: string, env: Record<string, string> = {}): Promise<Process> {
  const child = spawn(process.execPath, ['sandbox/main.ts'], {
    env: { PATH: process.env['PATH'], MAKEGOOD_HOME: home, MAKEGOOD_PUBLIC_URL: 'http://127.0.0.1:1', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  if (child.stdout === null) throw new Error('no output');
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, ...(JSON.parse(line) as Omit<Process, 'child'>) };
  }
  throw new Error('the sandbox ended before it was ready');
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  child.kill(signal);
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

describe('a sandbox killed with -9', () => {
  test('holds every message that it accepted, and every STOP', async () => {
    const home = await tempHome();
    const first = await startProcess(home);
    await callControl(first.controlUrl, 'POST', '/phones/+12025550199/messages', { body: 'STOP' });
    const messenger = messengerOf(first.smsUrl);
    const claimedAtMs = Date.now();
    const text = (sendId: string, to: string) => ({
      sendId,
      attempt: 1,
      to,
      body: `Reminder ${sendId}`,
      validityPeriodSeconds: 600,
    });
    const sending = Array.from({ length: 60 }, (_, index) => messenger.send(text(`s${index}`, '+12025550147')));
    await Promise.race(sending);
    await kill(first.child, 'SIGKILL');
    const outcomes = await Promise.all(sending);
    const acceptedIds = outcomes.flatMap((outcome) => (outcome.kind === 'accepted' ? [outcome.providerId] : []));
    expect(acceptedIds.length).toBeGreaterThan(0);

    const { port } = new URL(first.smsUrl);
    const second = await startProcess(home, { MAKEGOOD_SANDBOX_PORT: port });
    expect(second.smsUrl).toBe(first.smsUrl);
    const truth = await truthOf(home, 'sms-accepted.jsonl');
    const known = new Set(truth.map((row) => row['sid']));
    expect(acceptedIds.filter((sid) => !known.has(sid))).toEqual([]);
    expect(new Set(truth.map((row) => row['send'])).size).toBe(truth.length);

    const again = messengerOf(second.smsUrl);
    // What nobody heard about is answered by the list exactly as the truth file has it.
    for (const [index, outcome] of outcomes.entries()) {
      const { sendId, to, body } = text(`s${index}`, '+12025550147');
      const finding = await again.find({ sendId, to, bodyHash: bodyHashOf(body), claimedAtMs });
      const row = truth.find((each) => each['send'] === sendId);
      expect(finding.kind).toBe(row === undefined ? 'absent' : 'found');
      if (outcome.kind === 'refused') expect(row).toBeUndefined();
    }
    expect(await again.send(text('late', '+12025550199'))).toMatchObject({ kind: 'refused', code: '21610' });
    expect(await kill(second.child, 'SIGTERM')).toBe(0);
  });

  test('delivers after the restart what was on its way', async () => {
    const home = await tempHome();
    const first = await startProcess(home);
    await callControl(first.controlUrl, 'POST', '/faults', { kind: 'hold', delayMs: 600_000 });
    const text = { sendId: 's', attempt: 1, to: '+12025550147', body: 'Hi', validityPeriodSeconds: 3_600 };
    const outcome = await messengerOf(first.smsUrl).send(text);
    const providerId = outcome.kind === 'accepted' ? outcome.providerId : '';
    await kill(first.child, 'SIGKILL');
    const second = await startProcess(home);
    const messenger = messengerOf(second.smsUrl);
    await expect
      .poll(async () => messenger.fetchMessage(providerId), { timeout: 10_000 })
      .toMatchObject({ kind: 'found', record: { status: 'delivered' } });
  });

  test('cuts off a line that was never finished, and goes on after it', async () => {
    const home = await tempHome();
    const first = await newWorld({ home });
    const text = { sendId: 's1', attempt: 1, to: '+12025550147', body: 'Hi', validityPeriodSeconds: 600 };
    await messengerOf(first.smsUrl).send(text);
    await first.close();
    await appendFile(join(home, 'sandbox', 'sms-accepted.jsonl'), '{"at":"2026-01-01T00:00:00.000Z","sid":"SM1');
    const second = await newWorld({ home });
    await messengerOf(second.smsUrl).send({ ...text, sendId: 's2' });
    const rows = await truthOf(home, 'sms-accepted.jsonl');
    expect(rows.map((row) => row['send'])).toEqual(['s1', 's2']);
  });
});

describe('starting the sandbox', () => {
  test('without the product’s address it ends and names the setting', async () => {
    const { readSandboxSettings } = await import('../../sandbox/settings.ts');
    expect(() => readSandboxSettings({})).toThrow('MAKEGOOD_PUBLIC_URL');
    expect(() => readSandboxSettings({ MAKEGOOD_PUBLIC_URL: 'ftp://x' })).toThrow('MAKEGOOD_PUBLIC_URL');
    expect(() =>
      readSandboxSettings({ MAKEGOOD_PUBLIC_URL: 'http://127.0.0.1:1', MAKEGOOD_SANDBOX_PORT: 'eighty' }),
    ).toThrow('MAKEGOOD_SANDBOX_PORT');
  });
});

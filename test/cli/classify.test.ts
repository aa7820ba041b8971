import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'makegood-classify-'));
afterAll(() => rmSync(folder, { recursive: true }));

const COMMAND = `
import { Command } from 'commander';
import { registerClassify } from './cli/classify.ts';
const program = new Command('makegood');
registerClassify(program);
await program.parseAsync(['classify', '--cases', process.env.CASES], { from: 'user' });
`;

type Output = { id: string | null; label?: string; labels?: string[]; actions?: string[]; error?: string };

/** Runs the real command in a process of its own, with no database and no server to reach. */
function run(file: string, env: Record<string, string> = {}): { code: number | null; out: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', COMMAND], {
    cwd: root,
    env: { ...process.env, CASES: file, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { code: status, out: stdout, stderr };
}

function classify(
  text: string,
  env: Record<string, string> = {},
): { code: number | null; lines: Output[]; out: string } {
  const file = join(folder, 'cases.jsonl');
  writeFileSync(file, text);
  const { code, out } = run(file, env);
  const lines = out.split('\n').filter((line) => line !== '');
  return { code, lines: lines.map((line): Output => JSON.parse(line)), out };
}

describe('makegood classify', () => {
  it('prints id, label, labels, actions and confidence, and a promise where one is stored', () => {
    const { code, lines } = classify(
      [
        JSON.stringify({ id: 'a', text: 'STOP', channel: 'sms' }),
        JSON.stringify({
          id: 'b',
          text: 'I will pay friday but stop texting me',
          channel: 'sms',
          context: { receivedAt: '2026-12-02T10:00:00-05:00', zone: 'America/New_York' },
        }),
      ].join('\n'),
    );
    expect(code).toBe(0);
    expect(lines).toEqual([
      {
        id: 'a',
        label: 'opt-out',
        labels: ['opt-out'],
        actions: ['stop-sms', 'stop-prerecorded', 'confirm-opt-out'],
        confidence: 1,
      },
      {
        id: 'b',
        label: 'opt-out',
        labels: ['opt-out', 'promise'],
        actions: ['stop-sms', 'stop-prerecorded', 'confirm-opt-out'],
        confidence: 0.85,
        promise: { amountCents: null, on: '2026-12-04' },
      },
    ]);
  });

  it('a malformed line gives its id and what is wrong, costs no other line, and ends in 1', () => {
    const { code, lines } = classify(
      [
        '{"id":"no-text","channel":"sms"}',
        'not json',
        'null',
        '{"id":"zone","text":"stop","channel":"sms","context":{"zone":"Mars/Base"}}',
        '{"id":"when","text":"stop","channel":"sms","context":{"receivedAt":"yesterday"}}',
        '',
        '{"id":"good","text":"stop","channel":"sms","context":null}',
      ].join('\r\n'),
    );
    expect(code).toBe(1);
    expect(lines.map(({ id, label, error }) => [id, label ?? 'error', error === undefined])).toEqual([
      ['no-text', 'error', false],
      [null, 'error', false],
      [null, 'error', false],
      ['zone', 'error', false],
      ['when', 'error', false],
      ['good', 'opt-out', true],
    ]);
  });

  it('a file that cannot be read is named', () => {
    const { code, stderr } = run(join(folder, 'nowhere.jsonl'));
    expect(code).toBe(1);
    expect(stderr).toContain('nowhere.jsonl');
  });

  it('never reads what is expected, and says the same in every zone of the machine', () => {
    const vectors = readFileSync(new URL('../../../shared/vectors/inbound.jsonl', import.meta.url), 'utf8');
    const blind = vectors.replaceAll(/, "expect": .*\}$/gm, '}');
    expect(blind).not.toContain('expect');
    const first = classify(vectors, { TZ: 'UTC' });
    expect(first.code).toBe(0);
    for (const TZ of ['America/New_York', 'Pacific/Kiritimati', 'Asia/Kolkata']) {
      expect(classify(blind, { TZ }).out).toBe(first.out);
    }
  });
});

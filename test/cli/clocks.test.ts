import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'makegood-clocks-'));
afterAll(() => rmSync(folder, { recursive: true }));

const COMMAND = `
import { Command } from 'commander';
import { registerClocks } from './cli/clocks.ts';
const program = new Command('makegood');
registerClocks(program);
await program.parseAsync(['clocks', '--cases', process.env.CASES], { from: 'user' });
`;

type Output = { id: string | null; answers?: unknown[]; error?: string };

/** Runs the real command in a process of its own, with no database and no server to reach. */
function clocks(
  text: string,
  env: Record<string, string> = {},
): { code: number | null; lines: Output[]; stderr: string } {
  const file = join(folder, 'cases.jsonl');
  writeFileSync(file, text);
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', COMMAND], {
    cwd: root,
    env: { ...process.env, CASES: file, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const lines = run.stdout.split('\n').filter((line) => line !== '');
  return { code: run.status, lines: lines.map((line): Output => JSON.parse(line)), stderr: run.stderr };
}

const good = { id: 'good', events: [], expect: [{ ask: 'isBankingDay', asOf: '2027-06-18' }] };
const goodAnswer = { id: 'good', answers: [{ ask: 'isBankingDay', answer: true, rule: 'calendar' }] };

describe('makegood clocks', () => {
  it('answers in the order asked and ends with 0', () => {
    const questions = ['isBusinessDay', 'isBankingDay', 'isBusinessDay'].map((ask) => ({ ask, asOf: '2027-06-18' }));
    const { code, lines } = clocks(`${JSON.stringify({ id: 'order', events: [], expect: questions })}\n\n`);
    expect(code).toBe(0);
    expect(lines).toEqual([
      {
        id: 'order',
        answers: [
          { ask: 'isBusinessDay', answer: false, rule: 'calendar' },
          { ask: 'isBankingDay', answer: true, rule: 'calendar' },
          { ask: 'isBusinessDay', answer: false, rule: 'calendar' },
        ],
      },
    ]);
  });

  const day = [{ ask: 'isBankingDay', asOf: '2027-06-18' }];
  const bad: [string, string | object, string | null, RegExp][] = [
    ['a line that is not JSON', '{"id":', null, /not JSON/],
    ['a list', '[]', null, /object/],
    ['no id', { events: [], expect: [] }, null, /^line \d+: id:/],
    ['no questions', { id: 'x', events: [] }, 'x', /expect/],
    ['an unknown question', { id: 'x', events: [], expect: [{ ask: 'mayFly' }] }, 'x', /ask.*mayFly/],
    [
      'a question named like an object’s own',
      { id: 'x', events: [], expect: [{ ask: 'constructor' }] },
      'x',
      /constructor/,
    ],
    [
      'an unknown event',
      { id: 'x', events: [{ at: '2027-01-01', kind: 'comet' }], expect: day },
      'x',
      /events\[0\]\.kind.*comet/,
    ],
    [
      'a day that is none',
      { id: 'x', events: [{ at: '2027-02-30', kind: 'plan-agreed' }], expect: day },
      'x',
      /events\[0\]\.at/,
    ],
    [
      'an instant without offset',
      { id: 'x', events: [{ at: '2027-02-20T10:00:00', kind: 'plan-agreed' }], expect: day },
      'x',
      /events\[0\]\.at/,
    ],
    [
      'an hour that is none',
      { id: 'x', events: [{ at: '2027-02-20T24:00:00Z', kind: 'plan-agreed' }], expect: day },
      'x',
      /events\[0\]\.at/,
    ],
    [
      'half a cent',
      {
        id: 'x',
        events: [{ at: '2027-01-01', kind: 'promise-made', amountCents: 1.5, on: '2027-01-02' }],
        expect: day,
      },
      'x',
      /events\[0\]\.amountCents/,
    ],
    [
      'an amount in words',
      {
        id: 'x',
        events: [{ at: '2027-01-01', kind: 'promise-made', amountCents: '200', on: '2027-01-02' }],
        expect: day,
      },
      'x',
      /events\[0\]\.amountCents/,
    ],
    [
      'a notice that is none',
      { id: 'x', events: [{ at: '2027-01-01', kind: 'notice-mailed', notice: 'third' }], expect: day },
      'x',
      /events\[0\]\.notice/,
    ],
    [
      'a code that is none',
      { id: 'x', events: [{ at: '2027-01-01', kind: 'debit-returned', code: 'R1' }], expect: day },
      'x',
      /events\[0\]\.code/,
    ],
    ['a zone that is none', { id: 'x', loan: { zone: 'Mars/Olympus' }, events: [], expect: day }, 'x', /loan\.zone/],
    [
      'a loan without product',
      { id: 'x', loan: {}, events: [], expect: [{ ask: 'chargeEarliestOn' }] },
      'x',
      /loan\.product/,
    ],
    ['a flag in words', { id: 'x', loan: { escrowed: 'yes' }, events: [], expect: day }, 'x', /loan\.escrowed/],
    [
      'a moment that is none',
      { id: 'x', events: [], expect: [{ ask: 'isBankingDay', asOf: 'tomorrow' }] },
      'x',
      /expect\[0\]\.asOf/,
    ],
    [
      'no moment where one is needed',
      { id: 'x', events: [], expect: [{ ask: 'isBusinessDay' }] },
      'x',
      /asOf: needed by isBusinessDay/,
    ],
    [
      'no argument where one is needed',
      { id: 'x', events: [], expect: [{ ask: 'addBankingDays', asOf: '2027-01-01' }] },
      'x',
      /args\.days/,
    ],
    [
      'too many days',
      { id: 'x', events: [], expect: [{ ask: 'addBankingDays', args: { start: '2027-01-01', days: 1e9 } }] },
      'x',
      /args\.days/,
    ],
    [
      'a rule that is none',
      { id: 'x', events: [], expect: [{ ask: 'applies', args: { ruleId: 'fpi-none' } }] },
      'x',
      /fpi-none/,
    ],
  ];

  it('a bad line costs itself only: the others are answered, and the command ends with 1', () => {
    const written = bad.map(([, line]) => (typeof line === 'string' ? line : JSON.stringify(line)));
    const { code, lines, stderr } = clocks([JSON.stringify(good), ...written, JSON.stringify(good)].join('\n'));
    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect([lines[0], lines.at(-1)]).toEqual([goodAnswer, goodAnswer]);
    expect(lines).toHaveLength(bad.length + 2);
    bad.forEach(([what, , id, reason], index) => {
      expect(lines[index + 1]?.id, what).toBe(id);
      expect(lines[index + 1]?.error, what).toMatch(reason);
      expect(lines[index + 1]?.error, what).not.toMatch(/bug/);
    });
  });

  it('a file that is not there is named, without a stack', () => {
    const { code, stderr } = clocks('', { CASES: join(folder, 'none.jsonl') });
    expect(code).toBe(1);
    expect(stderr).toMatch(/cannot read .*none\.jsonl/);
    expect(stderr).not.toMatch(/ at /);
  });

  it.each(['UTC', 'America/Los_Angeles', 'Asia/Kolkata', 'Pacific/Kiritimati'])(
    'no answer depends on the machine’s zone: %s',
    (zone) => {
      const proof = (id: string, at: string) => ({
        id,
        loan: { product: 'mortgage', zone: 'America/New_York' },
        events: [
          { at: '2026-12-15', kind: 'lapse-found', lapseOn: '2026-12-15' },
          { at: '2027-01-04', kind: 'notice-mailed', notice: 'first', mailClass: 'first-class' },
          { at: '2027-02-03', kind: 'notice-mailed', notice: 'reminder', mailClass: 'first-class' },
          { at, kind: 'evidence-received', continuous: true, readable: true },
        ],
        expect: [{ ask: 'caseState' }],
      });
      const cases = [proof('in time', '2027-02-18T04:59:59Z'), proof('late', '2027-02-18T05:00:00Z')];
      const { lines } = clocks(cases.map((one) => JSON.stringify(one)).join('\n'), { TZ: zone });
      expect(lines.map(({ answers }) => answers?.[0])).toEqual([
        { ask: 'caseState', answer: 'closed', rule: 'fpi-evidence' },
        { ask: 'caseState', answer: 'open', rule: 'fpi-evidence' },
      ]);
    },
  );
});

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answerGateCase } from '../../cli/cases/gate-answer.ts';
import { readGateCase } from '../../cli/cases/gate-case.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const VECTORS = readFileSync(new URL('../../../shared/vectors/gate.jsonl', import.meta.url), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'makegood-gate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const COMMAND = `
import { Command } from 'commander';
import { registerGate } from './cli/gate.ts';
const program = new Command('makegood');
registerGate(program);
await program.parseAsync(['gate', '--cases', process.env.CASES], { from: 'user' });
`;

/** Runs the real command in a process of its own, with no database and no server to reach. */
function gate(
  text: string,
  env: Record<string, string> = {},
): { code: number | null; lines: string[]; stderr: string } {
  const file = join(folder, 'cases.jsonl');
  writeFileSync(file, text);
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', COMMAND], {
    cwd: root,
    env: { ...process.env, CASES: file, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { code: run.status, lines: run.stdout.split('\n').filter((line) => line !== ''), stderr: run.stderr };
}

type Case = Record<string, unknown>;
const mailing = { state: 'GA', zone: 'America/New_York' };
const base = {
  id: 'c',
  asOf: '2026-12-01T17:00:00Z',
  request: { action: 'contact', channel: 'sms' },
  facts: { mailing },
};
const made = (over: Case = {}, facts: Case = {}, request: Case = {}): string =>
  JSON.stringify({ ...base, ...over, request: { ...base.request, ...request }, facts: { ...base.facts, ...facts } });
const answered = (line: string) => {
  const answer = answerGateCase(line);
  return 'error' in answer ? `error ${answer.error}` : `${answer.decision} ${answer.primaryRule}`;
};

describe('makegood gate', () => {
  it('prints one line a case with exactly the fields of the contract, and ends with 0', () => {
    const { code, lines, stderr } = gate(
      `${made()}\n\n${made({ id: 'night', asOf: '2026-12-02T04:00:00Z', title: 'x' })}\n`,
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      id: 'c',
      decision: 'allow',
      primaryRule: null,
      nextAllowedAt: null,
      rules: [],
      reasons: [],
    });
    expect(JSON.parse(lines[1] ?? '')).toEqual({
      id: 'night',
      decision: 'defer-until',
      primaryRule: 'window-hours',
      nextAllowedAt: '2026-12-02T13:01:00Z',
      rules: ['window-hours'],
      reasons: [
        {
          rule: 'window-hours',
          severity: 'defer-until',
          kind: 'policy',
          words: 'It is outside 8 a.m. to 9 p.m. where the borrower is.',
          citation: '12 CFR 1006.6(b)(1)(i); 15 USC 1692c(a)(1)',
        },
      ],
    });
  });

  it('answers every line however bad its neighbours are, in order, and ends with 1', () => {
    const text = `\uFEFF${made({ id: 'a' })}\r\n{"id": "b"\n[]\n"x"\nnull\n${made({ id: 7 })}\n${made({ id: 'd', more: 1 })}\n${made({ id: 'e' })}`;
    const { code, lines } = gate(text);
    expect(code).toBe(1);
    const line = z.object({ id: z.string().nullable(), error: z.string().optional() });
    const read = lines.map((l) => line.parse(JSON.parse(l)));
    expect(read.map((l) => [l.id, l.error !== undefined])).toEqual([
      ['a', false],
      [null, true],
      [null, true],
      [null, true],
      [null, true],
      [null, true],
      ['d', true],
      ['e', false],
    ]);
  });

  it('says which file it cannot read', () => {
    const { code, stderr } = gate('', { CASES: join(folder, 'none.jsonl') });
    expect(code).toBe(1);
    expect(stderr).toContain('none.jsonl');
  });

  it('gives the same answers whatever the zone of the machine', () => {
    const zones = ['UTC', 'America/Los_Angeles', 'Asia/Kolkata', 'Pacific/Kiritimati'];
    const hashes = zones.map((TZ) => createHash('sha256').update(gate(VECTORS, { TZ }).lines.join('\n')).digest('hex'));
    expect(new Set(hashes).size).toBe(1);
  });
});

describe('a case', () => {
  it('may come without what it expects, and what it expects is never looked at', () => {
    const [plain, ...others] = [
      made(),
      made({ expect: { decision: 'deny', primaryRule: 'x' } }),
      made({ expect: 7 }),
    ].map(answerGateCase);
    for (const other of others) expect(other).toEqual(plain);
  });

  it.each([
    ['an unknown key', made({}, { colour: 'red' }), 'facts'],
    ['an unknown key inside', made({}, { mailing: { ...mailing, zip: '1' } }), 'facts.mailing'],
    ['no asOf', made({ asOf: undefined }), 'asOf'],
    ['an instant with an offset', made({ asOf: '2026-12-01T12:00:00-05:00' }), 'asOf'],
    ['a day that is not', made({ asOf: '2026-02-30T12:00:00Z' }), 'asOf'],
    ['a zone that is not', made({}, { mailing: { state: 'GA', zone: 'America/Atlanta' } }), 'facts.mailing.zone'],
    ['a date that is not', made({}, { disaster: { declaredOn: '2026-13-01' } }), 'facts.disaster.declaredOn'],
    ['no channel', JSON.stringify({ ...base, request: { action: 'contact' } }), 'request.channel'],
    ['no action', JSON.stringify({ ...base, request: { channel: 'sms' } }), 'request.action'],
    ['an action that outside cases do not know', made({}, {}, { action: 'accelerate' }), 'request.action'],
    ['a wrong type', made({}, { daysPastDue: '20' }), 'facts.daysPastDue'],
    ['a negative number', made({}, { daysPastDue: -1 }), 'facts.daysPastDue'],
    ['null where nothing may be unknown', made({}, { bankruptcy: null }), 'facts.bankruptcy'],
    [
      'a time of day that is not',
      made({}, { inconvenient: [{ from: '25:00', to: '26:00' }] }),
      'facts.inconvenient.0.from',
    ],
    [
      'a chapter that is not',
      made({}, { bankruptcy: { chapter: 9, status: 'filed', at: base.asOf } }),
      'facts.bankruptcy.chapter',
    ],
    ['a phone without an id', made({}, { phones: [{}] }), 'facts.phones.0.id'],
    ['no facts', JSON.stringify({ ...base, facts: undefined }), 'facts'],
  ])('with %s is an error that names the field', (_title, line, field) => {
    const answer = answerGateCase(line);
    if (!('error' in answer)) throw new Error('a decision, not an error');
    expect(answer.error).toContain(field);
    if (line.includes('"id":"c"')) expect(answer.id).toBe('c');
  });

  it.each([
    ['an unknown mode is third-party', { ...base, facts: { mailing, mode: null } }, 'deny carrier-third-party'],
    ['an absent mode is first-party', { ...base, facts: { mailing } }, 'allow null'],
    ['unknown data age is stale', { ...base, facts: { mailing, coreDataAsOf: null } }, 'deny data-stale'],
    ['unknown phones', { ...base, facts: { mailing, phones: null } }, 'deny input-missing'],
    [
      'unknown zones are all zones',
      { ...base, asOf: '2026-12-01T17:30:00Z', facts: { mailing: { state: null, zone: null } } },
      'defer-until zone-conflict',
    ],
    [
      'no consent record is no consent',
      { ...base, facts: { mailing, phones: [{ id: 'p1', consent: null }] } },
      'deny tcpa-consent',
    ],
    [
      'never asked about reassignment, consent undated',
      { ...base, facts: { mailing, phones: [{ id: 'p1', rnd: null }] } },
      'deny rnd',
    ],
    [
      'a wrong number is not lifted by the default verification',
      { ...base, facts: { mailing, phones: [{ id: 'p1', wrongNumberAt: '2026-11-30T00:00:00Z' }] } },
      'deny wrong-number',
    ],
    [
      'an opt-out is not lifted by the default consent',
      { ...base, facts: { mailing, phones: [{ id: 'p1', optedOutAt: '2020-01-01T00:00:00Z' }] } },
      'deny revoke-any-means',
    ],
    [
      'a balance to a number never verified',
      {
        ...base,
        request: { ...base.request, content: { showsBalance: true } },
        facts: { mailing, phones: [{ id: 'p1', verifiedAt: null }] },
      },
      'require-content sms-privacy',
    ],
    [
      'a balance to a number verified by default',
      { ...base, request: { ...base.request, content: { showsBalance: true } }, facts: { mailing } },
      'allow null',
    ],
    [
      'a lower-case state is that state',
      {
        ...base,
        request: { action: 'contact', channel: 'call' },
        facts: {
          mailing: { state: 'ny', zone: 'America/New_York', city: 'New York City' },
          history: [
            { at: '2026-11-30T15:00:00Z', channel: 'call' },
            { at: '2026-11-29T15:00:00Z', channel: 'call' },
          ],
        },
      },
      'defer-until nyc-dcwp',
    ],
    [
      'a list of emails without the one asked for',
      { ...base, request: { action: 'contact', channel: 'email' }, facts: { mailing, emails: [] } },
      'deny input-missing',
    ],
  ])('%s', (_title, value, expected) => {
    expect(answered(JSON.stringify(value))).toBe(expected);
  });

  it('without a mailing zone at noon in New York is too early in Honolulu', () => {
    expect(answered(JSON.stringify({ ...base, facts: {} }))).toBe('defer-until zone-conflict');
  });

  it('takes the schema’s defaults and no others', () => {
    const read = readGateCase(made());
    if (!read.ok) throw new Error(read.error);
    const { facts, request } = read.question;
    expect(facts).toMatchObject({
      mode: 'first-party',
      product: 'auto',
      daysPastDue: 20,
      coreDataAsOf: '2026-12-01T16:00:00Z',
      residence: null,
      electronicConsent: { sms: true, email: true },
      senderRegistered: true,
      smsProgramApproved: false,
      limitationExpired: false,
      history: [],
      mediumBans: [],
    });
    expect(facts.phones).toMatchObject([
      {
        id: 'p1',
        kind: 'mobile',
        zones: ['America/New_York'],
        rnd: { answer: 'no', at: '2026-11-30T17:00:00Z' },
        work: false,
      },
    ]);
    expect(facts.emails).toMatchObject([{ id: 'e1', employerProvided: false, esignConsent: true }]);
    expect(request).toMatchObject({
      purpose: 'collection',
      party: 'borrower',
      debt: 'A',
      phone: 'p1',
      email: 'e1',
      numberKind: 'personal',
    });
  });
});

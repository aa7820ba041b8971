import { describe, expect, test } from 'vitest';
import { isLocalDate } from '../../../domain/calendar/days.ts';
import { RULE_BOOK, ruleRow, shippedRuleset, unverifiedRows } from '../../../domain/gate/index.ts';
import type { GateFacts, RulesetSettings } from '../../../domain/gate/index.ts';
import { ORDER, placeOf } from '../../../domain/gate/order.ts';
import { judgedRuleIds } from '../../../domain/gate/rules-for.ts';
import type { SWITCHABLE_ROWS } from '../../../domain/gate/ruleset.ts';
import { askContact, askRemedy, brief, event, NOON, place, rulesOf, type ContactOver } from './calm.ts';
import { sharedFile } from './contract.ts';

const contract = (name: string) => sharedFile(`contracts/${name}`);
const ids = new Set(RULE_BOOK.map((row) => row.id));

/** Ids in the first column of the tables of rules.md §1; a cell may name several. */
function idsOfRules(): string[] {
  const text = contract('rules.md');
  const section = text.slice(text.indexOf('## 1. Rule table'), text.indexOf('## 4. Open questions'));
  return section
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| Rule id'))
    .flatMap((line) => (line.split('|')[1] ?? '').trim().split(/,\s*/))
    .filter((id) => /^[a-z][a-z0-9-]+$/.test(id));
}

/** Ids in the class table of gate-cases.md. */
function idsOfCases(): string[] {
  return contract('gate-cases.md')
    .split('\n')
    .filter((line) => /^\| P\d/.test(line))
    .flatMap(
      (line) =>
        line
          .split('|')[2]
          ?.match(/[a-z][a-z0-9]*-[a-z0-9-]*[a-z0-9]|rnd|deceased|licence|attorney|validation|envelope/g) ?? [],
    )
    .filter((id) => !id.endsWith('-'));
}

describe('the rule book', () => {
  test('holds every row of rules.md §1', () => {
    const wanted = idsOfRules();
    expect(wanted.length).toBeGreaterThan(130);
    expect(wanted.filter((id) => !ids.has(id))).toEqual([]);
  });

  test('holds, and judges, every rule that gate-cases.md names', () => {
    const judged = judgedRuleIds();
    const fromClocks = RULE_BOOK.filter((row) => row.judgedBy === 'clocks' && row.classes.length > 0).map(
      (row) => row.id,
    );
    const withoutChannel = ['social-media']; // no such channel exists
    const wanted = idsOfCases();
    expect(wanted.length).toBeGreaterThan(80);
    expect(wanted.filter((id) => !ids.has(id))).toEqual([]);
    expect(wanted.filter((id) => !judged.has(id) && !fromClocks.includes(id) && !withoutChannel.includes(id))).toEqual(
      [],
    );
  });

  test('has no row twice, and a row for every rule that the gate judges', () => {
    expect(ids.size).toBe(RULE_BOOK.length);
    expect([...judgedRuleIds()].filter((id) => !ids.has(id))).toEqual([]);
  });

  test('says of each row where it comes from, when it was checked, and why in plain words', () => {
    for (const row of RULE_BOOK) {
      expect(row.citation.length, row.id).toBeGreaterThan(3);
      expect(row.says, row.id).toMatch(/^[A-Z].*\.$/);
      expect(isLocalDate(row.verifiedOn), row.id).toBe(true);
      for (const date of [row.effectiveFrom, row.effectiveTo, row.lawFrom]) {
        if (date !== null) expect(isLocalDate(date), row.id).toBe(true);
      }
    }
  });

  test('names the classes in which the gate judges a row, and no class where another part does', () => {
    for (const row of RULE_BOOK) {
      const inOrder = ORDER.flatMap((list, rank) => (list.includes(row.id) ? [rank] : []));
      if (row.id !== 'social-media')
        expect(
          row.classes.toSorted((a, b) => a - b),
          row.id,
        ).toEqual(row.id === 'dispute-firstparty' ? [5] : inOrder);
      if (judgedRuleIds().has(row.id)) expect(row.judgedBy, row.id).toBe('gate');
    }
  });

  test('what no law forces is policy: no POLICY row calls itself law', () => {
    expect(RULE_BOOK.filter((row) => row.mark === 'POLICY' && row.kind !== 'policy').map((row) => row.id)).toEqual([]);
  });

  test('a row is due for a new look after 180 days, not at them', () => {
    expect(unverifiedRows('2027-05-22')).toEqual([]);
    expect(unverifiedRows('2027-05-23')).toHaveLength(RULE_BOOK.length);
    expect(unverifiedRows('2026-12-24', 30)).toHaveLength(RULE_BOOK.length);
  });

  test('a rule without a row comes last in its class and is called policy', () => {
    expect(placeOf('unheard-of', 2)).toBe(2999);
    expect(placeOf('cure-gate', 2)).toBe(2000);
    expect([ruleRow('unheard-of').kind, ruleRow('unheard-of').judgedBy]).toEqual(['policy', 'people']);
  });
});

describe('the ruleset', () => {
  const night = '2026-12-02T04:00:00Z';
  const off = (...rows: (typeof SWITCHABLE_ROWS)[number][]) => ({ ...shippedRuleset, off: rows });
  const set = (over: Partial<RulesetSettings>) => ({
    ...shippedRuleset,
    settings: { ...shippedRuleset.settings, ...over },
  });
  const third = { mode: 'third-party' } as const;
  const cease = { cease: { at: NOON, writing: true } };
  const seven = [2, 3, 4, 5, 6, 7, 8].map((d) => event({ at: `2026-12-0${d}T15:00:00Z`, outcome: 'no-answer' }));
  const call8 = { channel: 'call', at: '2026-12-08T17:00:00Z' } as const;

  const switched: readonly [(typeof SWITCHABLE_ROWS)[number], ContactOver, Partial<GateFacts>][] = [
    ['zone-conflict', { at: '2026-12-01T15:00:00Z' }, { residence: place('AZ', 'America/Los_Angeles') }],
    ['time-place-designated', {}, { inconvenient: [{ from: '11:00', to: '13:00', days: null, channels: null }] }],
    ['cease-all', {}, cease],
    ['medium-ban', {}, { mediumBans: [{ channel: 'sms', at: null }] }],
    ['calls-7in7', call8, { history: seven }],
    ['policy-holiday', { at: '2026-12-25T17:00:00Z' }, {}],
    ['complaint-open', {}, { complaintOpen: { at: NOON } }],
    ['disaster-hold', {}, { disaster: { declaredOn: '2026-12-01' } }],
    ['ptp-hold', {}, { promise: { amountCents: 1, on: '2026-12-01' } }],
  ];
  test.each(switched)('%s off: the bank’s own rule rests', (row, request, facts) => {
    expect(rulesOf(askContact(request, facts))).toContain(row);
    expect(rulesOf(askContact(request, facts, off(row)))).not.toContain(row);
  });

  test('a switch never turns law off: third-party mode, or a state whose law binds creditors', () => {
    expect(brief(askContact({ channel: 'call' }, { ...third, ...cease }, off('cease-all')))).toBe('deny cease-all');
    expect(
      brief(askContact({ channel: 'call' }, { ...cease, mailing: place('CA', 'America/New_York') }, off('cease-all'))),
    ).toBe('deny cease-all');
    expect(
      brief(askContact(call8, { history: seven, mailing: place('PA', 'America/New_York') }, off('calls-7in7'))),
    ).toMatch(/calls-7in7/);
    expect(brief(askContact(call8, { history: seven, ...third }, off('calls-7in7')))).toMatch(/calls-7in7/);
  });
  test('a rule switched off is not waited for either', () => {
    const facts = { history: seven };
    expect(askContact({ ...call8, at: '2026-12-08T04:00:00Z' }, facts, off('calls-7in7')).nextAllowedAt).toBe(
      '2026-12-08T13:01:00Z',
    );
  });
  test('of remedies too', () => {
    expect(brief(askRemedy({ action: 'setoff' }))).toBe('require-approval setoff-any');
    expect(brief(askRemedy({ action: 'setoff' }, {}, off('setoff-any')))).toBe('allow');
  });
  test('numbers beyond the law are pulled back to it', () => {
    const loose = set({ opensAtSecond: 0, closesAtSecond: 86_400 });
    expect(brief(askContact({ at: '2026-12-01T13:00:00Z' }, {}, loose))).toBe(
      'defer-until window-hours @ 2026-12-01T13:00:01Z',
    );
    expect(brief(askContact({ at: '2026-12-01T13:00:01Z' }, {}, loose))).toBe('allow');
    expect(brief(askContact({ at: '2026-12-02T01:59:59Z' }, {}, loose))).toBe('allow');
    expect(brief(askContact({ at: '2026-12-02T02:00:00Z' }, {}, loose))).toBe(
      'defer-until window-hours @ 2026-12-02T13:00:01Z',
    );
    expect(
      brief(askContact({ at: night }, {}, set({ opensAtSecond: Number.NaN, closesAtSecond: Number.NaN }))),
    ).toMatch(/^defer-until window-hours/);
  });
  test('a stricter window holds', () => {
    const strict = set({ opensAtSecond: 9 * 3600, closesAtSecond: 18 * 3600 });
    expect(brief(askContact({ at: '2026-12-01T13:30:00Z' }, {}, strict))).toBe(
      'defer-until window-hours @ 2026-12-01T14:00:00Z',
    );
    expect(brief(askContact({ at: '2026-12-01T23:00:00Z' }, {}, strict))).toBe(
      'defer-until window-hours @ 2026-12-02T14:00:00Z',
    );
  });
  const dc = { mailing: place('DC', 'America/New_York'), product: 'card', daysPastDue: 45 } as const;
  const nyc = { mailing: place('NY', 'America/New_York', 'New York City') };
  const calls = (n: number) => seven.slice(0, n);
  test.each([
    ['DC: the act’s 4 at most', set({ dcCallsPer7Days: 40 }), dc, 4],
    ['DC: 3 shipped', shippedRuleset, dc, 3],
    ['NYC: 3 at most', set({ nycTriesPer7Days: 40 }), nyc, 3],
    ['NYC: 2 shipped', shippedRuleset, nyc, 2],
    [
      'New York State: counsel’s number',
      set({ nyTriesPer7Days: 5 }),
      { mailing: place('NY', 'America/New_York'), ...third },
      5,
    ],
  ] as const)('%s', (_title, ruleset, facts, most) => {
    expect(brief(askContact(call8, { ...facts, history: calls(most - 1) }, ruleset))).toBe('allow');
    expect(brief(askContact(call8, { ...facts, history: calls(most) }, ruleset))).toMatch(/^defer-until/);
  });
  test('numbers of texts, emails, days and hours are the bank’s', () => {
    const texts = [6, 7].map((d) => event({ at: `2026-12-0${d}T15:00:00Z`, channel: 'sms' }));
    expect(brief(askContact({ at: '2026-12-08T17:00:00Z' }, { history: texts }, set({ textsPer7Days: 2 })))).toMatch(
      /contact-volume @ 2026-12-13T15:00:00Z/,
    );
    const today = [event({ at: '2026-12-08T15:00:00Z', channel: 'email' })];
    expect(
      brief(askContact({ channel: 'email', at: '2026-12-08T17:00:00Z' }, { history: today }, set({ emailsPerDay: 2 }))),
    ).toBe('allow');
    expect(
      brief(
        askContact(
          { channel: 'email', at: '2026-12-08T17:00:00Z' },
          { history: today },
          set({ emailsPerDay: 2, emailsPer7Days: 1 }),
        ),
      ),
    ).toMatch(/contact-volume @ 2026-12-15/);
    expect(brief(askContact({}, { coreDataAsOf: '2026-12-01T14:00:00Z' }, set({ staleAfterHours: 2 })))).toBe(
      'deny data-stale',
    );
    expect(brief(askContact({}, { coreDataAsOf: '2026-12-01T14:00:00Z' }, set({ staleAfterHours: -1 })))).toBe(
      'deny data-stale',
    );
    expect(brief(askContact({}, { disaster: { declaredOn: '2026-12-01' } }, set({ disasterHoldDays: 2 })))).toBe(
      'defer-until disaster-hold @ 2026-12-03T13:01:00Z',
    );
    expect(
      brief(askContact({}, { disaster: { declaredOn: '2026-12-01' } }, set({ disasterHoldDays: Number.NaN }))),
    ).toBe('allow');
  });
  test('a "no" of the reassigned-numbers database holds 45 days at most', () => {
    const old = (at: string) => ({ phones: [{ ...phoneFor(at) }] });
    expect(brief(askContact({}, old('2026-10-17T17:00:00Z'), set({ rndGoodForDays: 400 })))).toBe('allow');
    expect(brief(askContact({}, old('2026-10-17T16:59:59Z'), set({ rndGoodForDays: 400 })))).toBe('deny rnd');
  });
  test('the sale of collateral waits as long as the bank says', () => {
    const sale: Partial<GateFacts> = {
      uccSaleNotice: { mailedOn: '2026-11-16', complete: true },
      scra: {
        searchedOn: '2026-12-01',
        covered: false,
        obligationOn: null,
        serviceStart: null,
        serviceEnd: null,
        waiverOrOrder: false,
      },
    };
    expect(brief(askRemedy({ action: 'sell-collateral' }, sale))).toBe('allow');
    expect(brief(askRemedy({ action: 'sell-collateral' }, sale, set({ saleNoticeDays: 16 })))).toBe(
      'deny ucc-notice-time',
    );
  });
  test('every decision carries the version of the rules', () => {
    expect(askContact({}, {}, { ...shippedRuleset, version: 'x.1' }).rulesetVersion).toBe('x.1');
  });
});

function phoneFor(at: string): NonNullable<GateFacts['phones']>[number] {
  return {
    id: 'p1',
    kind: 'mobile',
    zones: ['America/New_York'],
    states: [],
    consent: { by: 'consumer', at: null },
    optedOutAt: null,
    optedOutDebt: null,
    wrongNumberAt: null,
    rnd: { answer: 'no', at },
    lastInboundAt: null,
    work: false,
    employerObjected: false,
    verifiedAt: null,
  };
}

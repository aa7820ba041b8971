import { describe, expect, test } from 'vitest';
import { shippedRuleset } from '../../../domain/gate/index.ts';
import type { GateFacts, RemedyRequest } from '../../../domain/gate/index.ts';
import { askRemedy, brief, NOON, place, rulesOf } from './calm.ts';

/** Action locks (P2): repossession, sale, foreclosure, setoff, charges, debits, fees, reporting, liens. */
const cleared: NonNullable<GateFacts['scra']> = {
  searchedOn: '2026-12-01',
  covered: false,
  obligationOn: null,
  serviceStart: null,
  serviceEnd: null,
  waiverOrOrder: false,
};
const noticed: NonNullable<GateFacts['cure']> = {
  state: 'WI',
  defaultOn: '2026-09-01',
  noticeMailedOn: '2026-10-01',
  defective: false,
  cosigners: 0,
  cosignersNotified: 0,
  excused: null,
};
const ready: Partial<GateFacts> = {
  mailing: place('WI', 'America/Chicago'),
  repoRecheckedAt: '2026-12-01T16:50:00Z',
  scra: cleared,
  cure: noticed,
};
const home: Partial<GateFacts> = { product: 'mortgage', principalResidence: true, dueOn: '2026-06-01' };
const cure = (over: Partial<NonNullable<GateFacts['cure']>>): Partial<GateFacts> => ({
  ...ready,
  cure: { ...noticed, ...over },
});
const scra = (over: Partial<NonNullable<GateFacts['scra']>>): Partial<GateFacts> => ({
  ...ready,
  scra: { ...cleared, ...over },
});
const repossess = (facts: Partial<GateFacts> = {}, over: Partial<RemedyRequest> = {}) =>
  brief(askRemedy(over, { ...ready, ...facts }));
const act = (action: RemedyRequest['action'], facts: Partial<GateFacts> = {}) =>
  brief(askRemedy({ action }, { ...ready, ...facts }));

describe('cure-gate', () => {
  test.each([
    ['MA', '2026-11-11', 10, 22],
    ['WI', '2026-11-01', 0, 16],
    ['SC', '2026-11-11', 10, 21],
    ['MO', '2026-11-11', 10, 21],
    ['IA', '2026-11-11', 10, 21],
    ['CO', '2026-11-11', 10, 21],
    ['KS', '2026-11-11', 10, 21],
    ['ME', '2026-11-11', 10, 15],
    ['WV', '2026-11-06', 5, 11],
  ] as const)(
    '%s: a notice mailed on %s counts, a day earlier does not; act on its day and not the day before',
    (state, mailedOn, _d, days) => {
      const acts = (offset: number, mailed: string = mailedOn) => {
        const on = new Date(Date.parse(`${mailedOn}T18:00:00Z`) + offset * 86_400_000).toISOString();
        return brief(
          askRemedy(
            { at: on },
            {
              mailing: place(state, 'America/Chicago'),
              repoRecheckedAt: on,
              scra: { ...cleared, searchedOn: on.slice(0, 10) },
              cure: { ...noticed, state, defaultOn: '2026-11-01', noticeMailedOn: mailed },
            },
          ),
        );
      };
      expect([acts(days - 1), acts(days)]).toEqual(['deny cure-gate', 'allow']);
      const dayEarly = new Date(Date.parse(`${mailedOn}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
      expect(acts(days + 30, dayEarly)).toBe('deny cure-gate');
    },
  );
  test('RI: three business days of mail, holidays left out, then 21 days', () => {
    const on = (at: string) =>
      repossess(
        {
          ...cure({ state: 'RI', defaultOn: '2026-09-01', noticeMailedOn: '2026-11-06' }),
          mailing: place('RI', 'America/New_York'),
          repoRecheckedAt: at,
          scra: { ...cleared, searchedOn: at.slice(0, 10) },
        },
        { at },
      );
    expect([on('2026-12-03T18:00:00Z'), on('2026-12-04T18:00:00Z')]).toEqual(['deny cure-gate', 'allow']); // Nov 11 is no business day
  });
  test.each([
    ['no record', { cure: null }, 'deny cure-gate'],
    ['no notice', cure({ noticeMailedOn: null }), 'deny cure-gate'],
    ['a defective notice', cure({ defective: true }), 'deny cure-gate'],
    ['a state without a row', cure({ state: 'CT' }), 'deny cure-gate'],
    ['Texas has none either', { ...cure({ state: 'TX' }), mailing: place('TX', 'America/Chicago') }, 'deny cure-gate'],
    [
      'the residence has no row: the stricter governs',
      { residence: place('CT', 'America/New_York') },
      'deny cure-gate',
    ],
    [
      'the residence is stricter',
      { ...cure({ noticeMailedOn: '2026-11-12' }), residence: place('MA', 'America/New_York') },
      'deny cure-gate',
    ],
    [
      'the residence is known and less strict',
      { ...cure({ noticeMailedOn: '2026-11-12' }), residence: place('WV', 'America/New_York') },
      'allow',
    ],
    [
      'the residence counts, not the mailing address',
      { residence: place('WI', 'America/Chicago'), mailing: place('CT', 'America/New_York') },
      'allow',
    ],
    ['an unknown state', { mailing: place(null, 'America/Chicago') }, 'deny cure-gate'],
    ['excused, as counsel recorded', cure({ noticeMailedOn: null, excused: 'voluntary-surrender' }), 'allow'],
    ['a business loan has no right to cure', { cure: null, product: 'commercial-mortgage' }, 'allow'],
  ] as const)('%s', (_title, facts, expected) => {
    expect(repossess(facts)).toBe(expected);
  });
  test('Iowa: 30 days for a homestead mortgage', () => {
    const iowa = { ...cure({ state: 'IA', noticeMailedOn: '2026-11-01' }), mailing: place('IA', 'America/Chicago') };
    expect(act('sue', iowa)).toBe('allow');
    expect(act('sue', { ...iowa, product: 'mortgage', principalResidence: true })).toBe('deny cure-gate');
    expect(act('sue', { ...iowa, product: 'mortgage', principalResidence: null })).toBe('deny cure-gate');
    expect(
      act('sue', {
        ...iowa,
        ...cure({ state: 'IA', noticeMailedOn: '2026-10-31' }),
        mailing: iowa.mailing,
        product: 'mortgage',
        principalResidence: true,
      }),
    ).toBe('allow');
  });
  test('counsel may add days of mail, except where the state has its own', () => {
    const grace = { ...shippedRuleset, settings: { ...shippedRuleset.settings, cureMailGraceDays: 3 } };
    const wi = askRemedy({}, cure({ noticeMailedOn: '2026-11-14' }), grace);
    expect(brief(wi)).toBe('deny cure-gate');
    expect(brief(askRemedy({}, cure({ noticeMailedOn: '2026-11-14' })))).toBe('allow');
  });
  test('the words name the day and the law', () => {
    expect(askRemedy({}, cure({ noticeMailedOn: '2026-11-20' })).reasons[0]?.words).toMatch(
      /nothing before 2026-12-06 \(Wis\. Stat\. 425\.104/,
    );
  });
  test.each(['accelerate', 'sue'] as const)('it holds %s too', (action) => {
    expect(act(action, { cure: null })).toBe('deny cure-gate');
  });
});

describe('cosigner-copy and cure-setoff-me', () => {
  const missouri = (over: object) => ({ ...cure({ state: 'MO', ...over }), mailing: place('MO', 'America/Chicago') });
  test.each([
    ['Missouri: one of two', missouri({ cosigners: 2, cosignersNotified: 1 }), 'deny cosigner-copy'],
    ['Missouri: both', missouri({ cosigners: 2, cosignersNotified: 2 }), 'allow'],
    ['Wisconsin has no such rule', cure({ cosigners: 1 }), 'allow'],
  ] as const)('%s', (_title, facts, expected) => {
    expect(repossess(facts)).toBe(expected);
  });
  const maine = (mailedOn: string | null) => ({
    ...cure({ state: 'ME', noticeMailedOn: mailedOn }),
    mailing: place('ME', 'America/New_York'),
  });
  test.each([
    ['Maine: no notice', maine(null), 'deny cure-setoff-me'],
    ['Maine: no record', { cure: null, mailing: place('ME', 'America/New_York') }, 'deny cure-setoff-me'],
    ['Maine: during cure', maine('2026-11-17'), 'deny cure-setoff-me'],
    ['Maine: past cure, by approval', maine('2026-11-16'), 'require-approval setoff-any'],
    ['elsewhere by approval', {}, 'require-approval setoff-any'],
    ['card debt', { product: 'card' }, 'deny setoff-card'],
    ['card debt, agreed in writing', { product: 'card', setoffAgreement: true }, 'require-approval setoff-any'],
    ['card debt, agreement refused', { product: 'card', setoffAgreement: false }, 'deny setoff-card'],
  ] as const)('setoff: %s', (_title, facts, expected) => {
    expect(act('setoff', facts)).toBe(expected);
  });
});

describe('repo-recheck', () => {
  test.each([
    ['exactly 15 minutes', { repoRecheckedAt: '2026-12-01T16:45:00Z' }, 'allow'],
    ['a second more', { repoRecheckedAt: '2026-12-01T16:44:59Z' }, 'deny repo-recheck'],
    ['never', { repoRecheckedAt: null }, 'deny repo-recheck'],
    ['still to come', { repoRecheckedAt: '2026-12-01T17:00:01Z' }, 'deny repo-recheck'],
    ['a payment after it', { paymentPostedAt: '2026-12-01T16:50:01Z' }, 'deny repo-recheck'],
    ['a payment that it saw and the snapshot did not', { paymentPostedAt: '2026-12-01T16:30:00Z' }, 'deny data-stale'],
    ['an older payment', { paymentPostedAt: '2026-12-01T15:59:59Z' }, 'allow'],
    ['a promise is open', { promise: { amountCents: 1, on: '2026-11-30' } }, 'deny repo-recheck'],
    ['its hold is over', { promise: { amountCents: 1, on: '2026-11-27' } }, 'allow'],
    ['only insurance is unpaid', { insuranceOnlyDefault: true }, 'require-approval cpi-repo-lock'],
    ['nobody knows whether', { insuranceOnlyDefault: null }, 'require-approval cpi-repo-lock'],
  ] as const)('repossess: %s', (_title, facts, expected) => {
    expect(repossess(facts)).toBe(expected);
  });
  test('a payment stops a sale and a filing; its last re-read there is the snapshot', () => {
    const sale = { uccSaleNotice: { mailedOn: '2026-11-01', complete: true } };
    expect(act('sell-collateral', { ...sale, repoRecheckedAt: null, paymentPostedAt: '2026-12-01T16:30:00Z' })).toBe(
      'deny repo-recheck',
    );
    expect(act('sell-collateral', { ...sale, repoRecheckedAt: null, paymentPostedAt: '2026-12-01T15:30:00Z' })).toBe(
      'allow',
    );
    expect(
      rulesOf(
        askRemedy(
          { action: 'file-foreclosure' },
          { ...ready, ...home, coreDataAsOf: null, repoRecheckedAt: null, paymentPostedAt: NOON },
        ),
      ),
    ).toEqual(['data-stale', 'repo-recheck']);
  });
});

describe('scra-check', () => {
  const served = { obligationOn: '2020-05-01', serviceStart: '2024-01-10', serviceEnd: '2025-12-01' };
  test.each([
    ['no search', 'repossess', { scra: null }, 'deny scra-check'],
    ['tomorrow’s date', 'repossess', scra({ searchedOn: '2026-12-02' }), 'deny scra-check'],
    ['covered', 'repossess', scra({ covered: true }), 'deny scra-check'],
    ['a waiver or a court’s order', 'repossess', scra({ covered: true, waiverOrOrder: true }), 'allow'],
    ['the last day of service', 'repossess', scra({ ...served, serviceEnd: '2026-12-01' }), 'deny scra-check'],
    ['the day after it', 'repossess', scra({ ...served, serviceEnd: '2026-11-30' }), 'allow'],
    [
      'the first day of service',
      'repossess',
      scra({ ...served, serviceStart: '2026-12-01', serviceEnd: null }),
      'deny scra-check',
    ],
    ['service still to come', 'repossess', scra({ ...served, serviceStart: '2026-12-02', serviceEnd: null }), 'allow'],
    [
      'the loan is younger than the service',
      'repossess',
      scra({ ...served, obligationOn: '2024-01-10', serviceEnd: null }),
      'allow',
    ],
    [
      'the loan is a day older',
      'repossess',
      scra({ ...served, obligationOn: '2024-01-09', serviceEnd: null }),
      'deny scra-check',
    ],
    [
      'nobody knows how old the loan is',
      'repossess',
      scra({ ...served, obligationOn: null, serviceEnd: null }),
      'deny scra-check',
    ],
    [
      'nobody knows when service began',
      'repossess',
      scra({ ...served, serviceStart: null, serviceEnd: '2026-12-01' }),
      'deny scra-check',
    ],
    ['a suit: default judgment', 'sue', { scra: null }, 'deny scra-check'],
    ['the year after, its last day', 'foreclosure-sale', { ...scra(served), ...home }, 'deny scra-check'],
    [
      'the day after that year',
      'foreclosure-sale',
      { ...scra({ ...served, serviceEnd: '2025-11-30' }), ...home },
      'allow',
    ],
    ['a filing the same', 'file-foreclosure', { ...scra(served), ...home }, 'deny scra-check'],
    [
      'a sale of a car only during service',
      'sell-collateral',
      { ...scra(served), uccSaleNotice: { mailedOn: '2026-11-01', complete: true } },
      'allow',
    ],
  ] as const)('%s', (_title, action, facts, expected) => {
    expect(act(action, facts)).toBe(expected);
  });
  test('the local day, not the UTC day', () => {
    const late = '2026-12-02T04:00:00Z'; // still Dec 1 in Chicago
    expect(repossess({ repoRecheckedAt: late }, { at: late })).toBe('allow');
  });
});

describe('sale, foreclosure, acceleration, suit', () => {
  test.each([
    ['ucc-notice-consumer: no notice', 'sell-collateral', {}, 'deny ucc-notice-consumer'],
    [
      'ucc-notice-consumer: an item is missing',
      'sell-collateral',
      { uccSaleNotice: { mailedOn: '2026-11-01', complete: false } },
      'deny ucc-notice-consumer',
    ],
    [
      'ucc-notice-time: day 15',
      'sell-collateral',
      { uccSaleNotice: { mailedOn: '2026-11-16', complete: true } },
      'allow',
    ],
    [
      'ucc-notice-time: day 14',
      'sell-collateral',
      { uccSaleNotice: { mailedOn: '2026-11-17', complete: true } },
      'deny ucc-notice-time',
    ],
    ['ucc-notice-consumer: a business’s collateral', 'sell-collateral', { product: 'commercial-mortgage' }, 'allow'],
    ['foreclosure-120: day 120', 'file-foreclosure', { ...home, dueOn: '2026-08-03' }, 'deny foreclosure-120'],
    ['foreclosure-120: day 121', 'file-foreclosure', { ...home, dueOn: '2026-08-02' }, 'allow'],
    ['foreclosure-120: no due date', 'file-foreclosure', { ...home, dueOn: null }, 'deny foreclosure-120'],
    [
      'foreclosure-120: a home-equity line too',
      'file-foreclosure',
      { ...home, product: 'heloc', dueOn: '2026-08-03' },
      'deny foreclosure-120',
    ],
    ['foreclosure-120: a business loan', 'file-foreclosure', { product: 'commercial-mortgage' }, 'allow'],
    ['foreclosure-120: a sale has its own locks', 'foreclosure-sale', { ...home, dueOn: null }, 'allow'],
    [
      'foreclosure-performing: no sale',
      'foreclosure-sale',
      { ...home, performingUnderPlan: true },
      'deny foreclosure-performing',
    ],
    [
      'foreclosure-performing: unknown',
      'file-foreclosure',
      { ...home, performingUnderPlan: null },
      'deny foreclosure-performing',
    ],
    ['lossmit-clock: pending', 'foreclosure-sale', { ...home, lossMitigationPending: true }, 'deny lossmit-clock'],
    ['lossmit-clock: unknown', 'file-foreclosure', { ...home, lossMitigationPending: null }, 'deny lossmit-clock'],
    [
      'lossmit-clock: a small servicer is excused',
      'file-foreclosure',
      { ...home, smallServicer: true, lossMitigationPending: true },
      'allow',
    ],
    [
      'lossmit-clock: unknown size is not small',
      'file-foreclosure',
      { ...home, smallServicer: null, lossMitigationPending: true },
      'deny lossmit-clock',
    ],
    [
      'lossmit-clock: a business loan',
      'foreclosure-sale',
      { product: 'commercial-mortgage', lossMitigationPending: true },
      'allow',
    ],
    ['breach-30: no notice', 'accelerate', home, 'deny breach-30'],
    [
      'breach-30: no signed state form',
      'accelerate',
      { ...home, breachNotice: { mailedOn: '2026-10-01', days: 30, stateFormFilled: false } },
      'deny breach-30',
    ],
    [
      'breach-30: its last day',
      'accelerate',
      { ...home, breachNotice: { mailedOn: '2026-11-01', days: 30, stateFormFilled: true } },
      'deny breach-30',
    ],
    [
      'breach-30: past',
      'accelerate',
      { ...home, breachNotice: { mailedOn: '2026-10-31', days: 30, stateFormFilled: true } },
      'allow',
    ],
    ['breach-30: a home-equity line', 'accelerate', { ...home, product: 'heloc' }, 'deny breach-30'],
    ['breach-30: a car', 'accelerate', {}, 'allow'],
    ['time-barred: a suit after limitation', 'sue', { limitationExpired: true }, 'deny time-barred'],
    ['time-barred: unknown', 'sue', { limitationExpired: null }, 'deny time-barred'],
    ['time-barred: in time', 'sue', {}, 'allow'],
  ] as const)('%s', (_title, action, facts, expected) => {
    expect(act(action, facts)).toBe(expected);
  });
});

describe('stops hold remedies', () => {
  const sale = { uccSaleNotice: { mailedOn: '2026-11-01', complete: true } };
  const stops: readonly [string, Partial<GateFacts>][] = [
    ['bankruptcy-stay', { bankruptcy: { chapter: 7, status: 'claimed', at: NOON, reaffirmed: null } }],
    ['identity-theft', { identityTheft: { at: NOON, report: false } }],
    ['self-harm-signal', { selfHarm: { at: NOON } }],
    ['licence', { licence: null }],
    ['data-stale', { coreDataAsOf: null }],
    [
      'dispute-cease',
      {
        mode: 'third-party',
        validation: {
          sentOn: '2026-10-20',
          endsOn: '2026-11-25',
          writtenDisputeAt: '2026-11-25T15:00:00Z',
          verificationSentOn: null,
        },
      },
    ],
  ];
  const actions = [
    'repossess',
    'sell-collateral',
    'accelerate',
    'sue',
    'setoff',
    'file-foreclosure',
    'foreclosure-sale',
  ] as const;
  test.each(stops.flatMap(([rule, facts]) => actions.map((action) => [rule, action, facts] as const)))(
    '%s denies %s',
    (rule, action, facts) => {
      const answer = askRemedy({ action }, { ...ready, ...sale, ...facts });
      expect(answer.decision).toBe('deny');
      expect(rulesOf(answer)).toContain(rule);
    },
  );
  test.each([
    ['repossess', 'require-approval litigation-hold'],
    ['sell-collateral', 'require-approval litigation-hold'],
    ['sue', 'allow'],
  ] as const)('litigation-hold: %s → %s', (action, expected) => {
    expect(act(action, { ...sale, litigation: { at: NOON } })).toBe(expected);
  });
  const discharged = { bankruptcy: { chapter: 7, status: 'discharged', at: NOON, reaffirmed: null } } as const;
  test.each([
    ['sue', 'deny bankruptcy-discharge'],
    ['setoff', 'deny bankruptcy-discharge'],
    ['repossess', 'require-approval bankruptcy-discharge'],
    ['sell-collateral', 'require-approval bankruptcy-discharge'],
    ['charge-insurance', 'require-approval bankruptcy-discharge'],
    ['debit', 'deny bankruptcy-discharge'],
  ] as const)('bankruptcy-discharge: %s → %s', (action, expected) => {
    expect(act(action, { ...sale, ...discharged })).toBe(expected);
  });
  test('bankruptcy-discharge: reaffirmed debts are ordinary debts', () => {
    expect(act('sue', { bankruptcy: { ...discharged.bankruptcy, reaffirmed: true } })).toBe('allow');
  });
});

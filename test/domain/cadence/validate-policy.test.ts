import { describe, expect, test } from 'vitest';
import { checkPolicy, type TemplateName } from '../../../domain/cadence/validate-policy.ts';
import { diffPolicies } from '../../../domain/cadence/diff-policy.ts';
import { readPolicy } from '../../../domain/cadence/read-policy.ts';
import { policyJson, shippedPolicy } from './case-facts.ts';

type Json = Record<string, unknown> & { steps: Record<string, unknown>[]; end: Record<string, unknown> };

/** A shipped policy with a change made to its JSON, and what is then said of it: `path what`. */
function said(id: string, change: (json: Json) => void, templates: readonly TemplateName[] | null = null): string[] {
  const json = policyJson(id) as Json;
  change(json);
  return checkPolicy(json, templates).map(({ path, what }) => `${path} ${what}`);
}

const step = (json: Json, id: string): Record<string, unknown> => json.steps.find((each) => each['id'] === id) ?? {};
const at = (id: string, name: string): number => shippedPolicy(id).steps.findIndex((each) => each.id === name);

describe('a policy is refused, by path and with a reason, when', () => {
  test('two steps have one family: what is done would be kept under one key', () => {
    expect(said('auto', (json) => void (step(json, 'sms-2')['family'] = 'sms-1'))).toEqual([
      `steps[${at('auto', 'sms-2')}].family sms-1 is already that of steps[0]`,
    ]);
    expect(said('auto', (json) => void (json.end['family'] = 'sms-1'))).toEqual([
      'steps[0].family sms-1 is already that of end',
    ]);
  });

  test('days are out of order', () => {
    expect(said('auto', (json) => void (step(json, 'sms-2')['day'] = 17))).toEqual([
      `steps[${at('auto', 'call-2')}].day 16 comes after day 17 (call-2 after sms-2)`,
    ]);
  });

  test('a step could never be reached', () => {
    const never = (change: (json: Json) => void) => said('auto', change).join();
    expect(
      never((json) => void (step(json, 'demand-2')['floors'] = [{ kind: 'letter-mailed', family: 'sms-1', days: 3 }])),
    ).toContain('floors[0].family sms-1 is no letter of this policy');
    expect(
      never(
        (json) =>
          void Object.assign(step(json, 'broken-promise-call'), { anchor: 'letter-mailed', anchorFamily: 'nothing' }),
      ),
    ).toContain('anchorFamily nothing is no letter of this policy');
    expect(
      never((json) => void Object.assign(step(json, 'broken-promise-call'), { anchor: 'draws-suspended' })),
    ).toContain('anchor is for home-equity lines');
    expect(never((json) => void (step(json, 'sms-1')['windows'] = []))).toContain('windows name no day');
    expect(never((json) => void (step(json, 'charge-off-memo')['deadline'] = { kind: 'day', day: 99 }))).toContain(
      'deadline is day 99, before the step’s own day 100',
    );
  });

  test('a message is not in the catalogue, on that channel', () => {
    const letters = shippedPolicy('auto').steps.flatMap(({ channel, template }) =>
      template === null || channel === 'call' ? [] : [{ id: template, channel }],
    );
    const fallbacks = [
      { id: 'courtesy', channel: 'email' },
      { id: 'reminder-neutral', channel: 'sms' },
    ];
    expect(said('auto', () => undefined, [...letters, ...fallbacks])).toEqual([]);
    const without = [...letters, ...fallbacks].filter(({ id }) => id !== 'options');
    expect(said('auto', () => undefined, [...without, { id: 'options', channel: 'sms' }])).toEqual([
      `steps[${at('auto', 'email-2')}].template options is no email template (email-2)`,
    ]);
    expect(said('auto', (json) => void (step(json, 'sms-1')['template'] = null))).toEqual([
      'steps[0].template is missing (sms-1)',
    ]);
  });

  test('hours leave the lawful ones, or Sunday is named', () => {
    const windows = (from: string, to: string, days = [1]) =>
      said('auto', (json) => void (step(json, 'sms-1')['windows'] = [{ days, from, to }])).join();
    expect(windows('08:01', '20:55')).toBe('');
    expect(windows('08:00', '18:00')).toContain('08:00–18:00 leaves the lawful hours');
    expect(windows('10:00', '21:00')).toContain('leaves the lawful hours');
    expect(windows('10:00', '18:00', [6, 7])).toContain('includes Sunday');
    expect(windows('18:00', '10:00')).toContain('ends before it begins');
  });

  test('the ladder has no end, ends before its last step, or is renewed less often than every 30 days', () => {
    expect(said('auto', (json) => Reflect.deleteProperty(json, 'end') as unknown as void)).toEqual(['end is missing']);
    expect(said('auto', (json) => void (json.end['day'] = 99))).toEqual([
      'end.day 99 is before the last step, on day 100',
    ]);
    expect(said('auto', (json) => void (json.end['everyDays'] = 31))).toEqual([
      'end.everyDays must be a whole number from 1 to 30, is 31',
    ]);
  });

  test('a letter could go twice within 25 days', () => {
    expect(said('auto', (json) => void (step(json, 'late-1')['gapDays'] = 24))).toEqual([
      `steps[${at('auto', 'late-1')}].gapDays must be at least 25 (late-1)`,
    ]);
  });

  test('a product of call tasks and letters only gets a text', () => {
    expect(
      said(
        'overdraft',
        (json) => void Object.assign(step(json, 'call-1'), { channel: 'sms', template: 'reminder-neutral' }),
      ).join(),
    ).toContain('steps[0].channel is sms');
  });

  test('a channel is tried twice, an approval nobody gives, a skipped step is useful later', () => {
    expect(
      said('auto', (json) => void (step(json, 'sms-1')['fallback'] = [{ channel: 'sms', template: 'call-us' }])).join(),
    ).toContain('fallback[0].channel sms is tried already');
    expect(said('auto', (json) => void (step(json, 'lead-review')['approvals'] = 0)).join()).toContain(
      'approvals must be 1 or 2',
    );
    expect(
      said('auto', (json) => void (step(json, 'sms-1')['late'] = { action: 'skip', usefulDays: 2 })).join(),
    ).toContain('late.usefulDays must be 0 with skip');
  });

  test('what law asks for is edited away', () => {
    const without = (id: string, name: string) =>
      said(id, (json) => void (json.steps = json.steps.filter((each) => each['id'] !== name)));
    expect(without('mortgage', 'hud-counselling')).toEqual(['steps has no hud-counselling']);
    expect(without('mortgage', 'live-contact')).toEqual(['steps has no live-contact']);
    expect(without('auto', 'right-to-cure').join()).toContain('steps has no right-to-cure');
    const edited = (name: string, over: object) =>
      said('mortgage', (json) => void Object.assign(step(json, name), over)).join();
    expect(edited('hud-counselling', { deadline: { kind: 'day', day: 45 } })).toContain(
      'deadline must be a day no later than 44',
    );
    expect(edited('early-intervention', { stops: ['payment', 'hold'] })).toContain('stops includes hold');
    expect(edited('earliest-filing', { floors: [{ kind: 'due-date', days: 120 }] })).toContain(
      'floors must hold it to day 121 or later',
    );
    expect(edited('live-contact', { day: 37 })).toContain('day must be no later than 36');
  });

  test('its shape is wrong: each field by name, and nothing about the fields of what is missing', () => {
    expect(checkPolicy(3, null).map(({ path, what }) => `${path} ${what}`)).toEqual([' must be an object, is 3']);
    expect(said('auto', (json) => void (step(json, 'sms-1')['chanel'] = 'sms')).join()).toContain(
      'steps[0].chanel is not a field here',
    );
    expect(said('auto', (json) => void (step(json, 'sms-1')['channel'] = 'fax'))).toEqual([
      'steps[0].channel must be one of sms, email, call, letter, approval; is "fax"',
    ]);
  });
});

test('a policy that was never good cannot be read', () => {
  expect(() => readPolicy({})).toThrow(/not a policy: .*end is missing/);
});

describe('the difference of two policies', () => {
  test('is told step by step, by family, with added and removed ones', () => {
    const before = shippedPolicy('auto');
    const json = policyJson('auto') as Json;
    json['version'] = 2;
    step(json, 'sms-2')['day'] = 12;
    json.steps = json.steps.filter((each) => each['id'] !== 'call-5');
    json.steps.push({
      id: 'email-9',
      title: 'One more',
      day: 101,
      channel: 'email',
      template: 'options',
      repeats: 'never',
    });
    expect(diffPolicies(before, readPolicy(json))).toEqual([
      { kind: 'changed', id: 'policy', field: 'version', before: '1', after: '2' },
      { kind: 'changed', id: 'sms-2', field: 'day', before: '13', after: '12' },
      { kind: 'added', id: 'email-9', says: 'day 101 email options, repeats never' },
      { kind: 'removed', id: 'call-5', says: 'day 52 call “Call about the missed payment”, repeats cycle' },
    ]);
  });

  test('of a policy with itself is nothing', () =>
    expect(diffPolicies(shippedPolicy('heloc'), shippedPolicy('heloc'))).toEqual([]));
});

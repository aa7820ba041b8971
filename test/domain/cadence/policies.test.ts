import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../../domain/cadence/read-policy.ts';
import { validatePolicy } from '../../../domain/cadence/validate-policy.ts';
import { catalog } from '../../../templates/catalog.ts';
import { policyJson, shippedPolicy } from './case-facts.ts';

/** The ladders of contract cadences.md §2–6 as written there: day, channel (s, e, C, L, A), template of texts, mails, letters. */
const CONTRACT = {
  auto: '3 s reminder-neutral · 6 e amount-and-link · 8 C · 11 L late-1 · 13 s pay-or-reply · 16 C · 20 e options · 21 L before-30 · 24 C · 28 A · 30 L right-to-cure † · 34 C · 38 s call-us · 45 e options-2 · 52 C · 56 A×2 · 62 L demand-2 · 75 A · 90 A · 100 A',
  mortgage:
    '5 e courtesy · 10 s · 16 L late-1 · 17 C · 20 e options · 23 C · 27 s call-us · 30 C · 33 L hud-counselling † · 34 C † · 35 A · 38 L early-intervention † · 45 A † · 46 C · 50 e loss-mitigation-application · 56 A · 58 L breach · 62 L loss-mitigation-package · 75 C · 90 A · 100 C · 112 A×2 · 121 A×2 † · 180 A',
  personal:
    '3 s · 6 e · 9 C · 11 L late-1 · 14 s · 17 C · 20 e options · 22 L before-30 · 25 C · 29 A · 31 L right-to-cure † · 36 C · 42 s · 48 e plan-offer · 55 C · 60 A · 75 L final · 85 C · 90 A · 100 A',
  heloc:
    '4 s · 8 e · 12 C · 16 L late-1 · 19 s · 22 C · 26 e options · 29 A · 33 L hud-counselling † · 36 C · 42 s · 46 L loss-mitigation-options · 52 C · 58 A · 60 L breach · 75 C · 90 A · 112 A×2 · 121 A×2 · 170 A',
  card: '2 e · 5 s · 10 C · 15 e · 20 L late-1 · 25 C · 32 A · 35 s · 40 e hardship · 48 C · 62 L second-notice · 75 C · 90 L · 105 e · 120 A · 120 L settlement · 135 C · 150 L pre-charge-off · 165 A',
} as const;

const CHANNEL = { s: 'sms', e: 'email', C: 'call', L: 'letter', A: 'approval' } as const;

function contractLadder(
  text: string,
): { day: number; channel: string; template: string | null; law: boolean; approvals: number | null }[] {
  return text.split(' · ').map((entry) => {
    const [day, code = '', ...rest] = entry.split(' ');
    const letter = code.slice(0, 1) as keyof typeof CHANNEL;
    return {
      day: Number(day),
      channel: CHANNEL[letter],
      template: rest.find((word) => word !== '†') ?? null,
      law: rest.includes('†'),
      approvals: letter === 'A' ? (code.endsWith('×2') ? 2 : 1) : null,
    };
  });
}

const shipped = readdirSync(new URL('../../../policies', import.meta.url))
  .filter((name) => name.endsWith('.json') && name !== 'policy.schema.json')
  .map((name) => name.slice(0, -5));
const schema = JSON.parse(readFileSync(new URL('../../../policies/policy.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ allErrors: true, strictTypes: false }).compile(schema);

describe('the cadences that ship', () => {
  test.each(Object.keys(CONTRACT) as (keyof typeof CONTRACT)[])(
    '%s has the steps of the contract on their days',
    (id) => {
      const ladder = shippedPolicy(id).steps.filter(({ day }) => day !== null);
      const wanted = contractLadder(CONTRACT[id]);
      expect(ladder.map(({ day, channel }) => `${day} ${channel}`)).toEqual(
        wanted.map(({ day, channel }) => `${day} ${channel}`),
      );
      for (const [index, want] of wanted.entries()) {
        const step = ladder[index];
        if (want.template !== null) expect(step?.template).toBe(want.template);
        if (want.approvals !== null) expect(step?.approvals, step?.id).toBe(want.approvals);
        expect(step?.statutory !== null, step?.id).toBe(want.law);
      }
    },
  );

  test('every product has one policy', () => {
    const products = shipped.flatMap((id) => shippedPolicy(id).products);
    expect(products.toSorted()).toEqual(
      ['auto', 'boat', 'card', 'commercial', 'heloc', 'home-equity-closed-end', 'manufactured-home', 'mortgage', 'overdraft', 'personal', 'rv'], // prettier-ignore
    );
  });

  test('auto, personal and mortgage are launched, card ships disabled, the others wait for the lender', () => {
    const launches = Object.fromEntries(shipped.map((id) => [id, shippedPolicy(id).launch]));
    expect(launches).toMatchObject({
      auto: 'launched',
      personal: 'launched',
      mortgage: 'launched',
      heloc: 'by-lender',
      card: 'disabled',
    });
  });

  test.each(shipped)('%s passes its schema and its rules, with the messages of the catalogue', (id) => {
    expect(validate(policyJson(id)), JSON.stringify(validate.errors)).toBe(true);
    expect(validatePolicy(shippedPolicy(id), catalog)).toEqual([]);
  });

  test('the overdraft memo comes before day 60, that of a closed-end loan by the month end of day 120, of a card of day 180', () => {
    const memo = (id: string) => shippedPolicy(id).steps.find(({ id: step }) => step === 'charge-off-memo')?.deadline;
    expect(memo('overdraft')).toEqual({ kind: 'day', day: 60 });
    expect(memo('auto')).toEqual({ kind: 'month-end-of-day', day: 120 });
    expect(memo('personal')).toEqual({ kind: 'month-end-of-day', day: 120 });
    expect(memo('card')).toEqual({ kind: 'month-end-of-day', day: 180 });
  });
});

describe('schema and reader', () => {
  test('agree on every file with one value changed', () => {
    const values = fc.constantFrom<unknown>(
      null,
      0,
      1,
      2,
      25,
      4000,
      -1,
      1.5,
      '',
      'x',
      'sms',
      'day',
      true,
      [],
      {},
      [1],
      ['sms'],
      undefined,
    );
    fc.assert(
      fc.property(fc.constantFrom(...shipped), fc.nat(), values, (id, at, value) => {
        const json = policyJson(id);
        const places = placesIn(json);
        const place = places[at % places.length];
        if (place === undefined) return;
        if (value === undefined) delete place.holder[place.key];
        else place.holder[place.key] = value;
        const bySchema = validate(JSON.parse(JSON.stringify(json)));
        const read = parsePolicy(JSON.parse(JSON.stringify(json)));
        expect(
          'policy' in read,
          `${place.path} = ${JSON.stringify(value)}: ${JSON.stringify('problems' in read ? read.problems : validate.errors)}`,
        ).toBe(bySchema);
      }),
      { numRuns: 1500, seed: 8 },
    );
  });
});

type Place = { holder: Record<string, unknown>; key: string; path: string };

function placesIn(json: unknown, path = ''): Place[] {
  if (typeof json !== 'object' || json === null) return [];
  const holder = json as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [
    ...(Array.isArray(json) ? [] : [{ holder, key, path: `${path}.${key}` }]),
    ...placesIn(holder[key], `${path}.${key}`),
  ]);
}

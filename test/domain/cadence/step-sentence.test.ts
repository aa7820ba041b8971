import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPolicy } from '../../../domain/cadence/read-policy.ts';
import { ladderHours, sentencesOf } from '../../../domain/cadence/step-sentence.ts';

const shipped = (name: string) =>
  readPolicy(JSON.parse(readFileSync(join(import.meta.dirname, '../../../policies', `${name}.json`), 'utf8')));
const said = (name: string, step: string) => sentencesOf(shipped(name)).find((sentence) => sentence.step === step);

describe('a policy read aloud', () => {
  test('a text with its other way', () => {
    expect(said('auto', 'sms-1')).toEqual({
      step: 'sms-1',
      title: 'Neutral reminder',
      when: 'Day 3',
      text: 'Text, else an e-mail. Once in each cycle.',
      citation: null,
    });
  });

  test('a call that comes earlier after a first payment, a call to each who owes', () => {
    expect(said('auto', 'call-1')?.when).toBe('Day 8 (day 4 of a first payment)');
    expect(said('auto', 'call-3')?.text).toBe('Call by a collector to each who owes. Once in each cycle.');
  });

  test('a notice of law with its conditions and its citation', () => {
    expect(said('auto', 'right-to-cure')).toMatchObject({
      when: 'Day 30',
      text: 'Letter to each who owes. Once until the account has been current. Only where the state’s right-to-cure act covers the loan and the state asks for a notice this time. A person decides unless counsel has filled the state’s row.',
      citation: 'the state’s right-to-cure act (contract clocks.md §5)',
    });
  });

  test('an approval by two, an event, and the end of the ladder', () => {
    expect(said('auto', 'remedy-review')?.text).toMatch(/^Task for a lead or manager, two approve\. /);
    expect(said('auto', 'broken-promise-call')?.when).toBe('1 banking day after a promise was broken');
    expect(sentencesOf(shipped('auto')).at(-1)).toMatchObject({
      when: 'Day 120',
      text: 'Task for a manager, renewed every 30 days until the case closes.',
    });
  });

  test('hours once a channel', () => {
    expect(ladderHours(shipped('auto'))).toContainEqual({
      of: 'Call by a collector',
      hours: 'Mon–Fri 09:00–19:00, Sat 10:00–14:00',
    });
    expect(ladderHours(shipped('auto'))).toContainEqual({ of: 'Text', hours: 'Mon–Sat 10:00–18:00' });
  });

  test.each(['auto', 'mortgage', 'personal', 'heloc', 'card'])('no word of the data is left in %s', (name) => {
    for (const sentence of sentencesOf(shipped(name)))
      expect(`${sentence.when} ${sentence.text}`.replaceAll('right-to-cure act', '')).not.toMatch(
        /undefined|null|[a-z]-[a-z]+-[a-z]|†/,
      );
  });
});

import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { classifyReply } from '../../../domain/inbound/classify-reply.ts';
import { contextOf, readCases, shortfalls } from './inbound-cases.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const vectors = readCases(at('../../../../shared/vectors/inbound.jsonl'));
const own = readCases(at('./cases.jsonl'));

describe('visible vectors', () => {
  for (const one of vectors) {
    it(`${one.id} ${one.expect.label}: ${one.text.slice(0, 60)}`, () => {
      expect(shortfalls(one, classifyReply(one.text, contextOf(one)))).toEqual([]);
    });
  }
});

describe('our own cases', () => {
  for (const one of own) {
    it(`${one.id} ${one.expect.label}: ${one.text.slice(0, 60)}`, () => {
      expect(shortfalls(one, classifyReply(one.text, contextOf(one)))).toEqual([]);
    });
  }
});

describe('stops', () => {
  const stops = (one: (typeof vectors)[number]): boolean =>
    [one.expect.label, ...one.expect.also, ...one.expect.alsoAcceptable].some((label) =>
      ['opt-out', 'cease'].includes(label),
    );
  const unmentioned = vectors.filter((one) => !stops(one) && !one.expect.actions.includes('stop-sms'));

  it('no message that is not a stop is read as one', () => {
    expect(unmentioned.length).toBeGreaterThan(50);
    const wrong = unmentioned.filter((one) => classifyReply(one.text, contextOf(one)).labels.includes('opt-out'));
    expect(wrong.map((one) => one.text)).toEqual([]);
  });

  it('no stop is missed without a hold and a person', () => {
    for (const one of [...vectors, ...own].filter(stops)) {
      const read = classifyReply(one.text, contextOf(one));
      const held = read.labels.includes('human-review') && read.holdSms;
      expect(read.labels.includes('opt-out') || held, one.text).toBe(true);
    }
  });
});

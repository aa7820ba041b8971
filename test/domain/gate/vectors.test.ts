import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { answerGateCase } from '../../../cli/cases/gate-answer.ts';
import { sharedFile } from './contract.ts';

/** Every visible case of the contract, and our own of its rows, named after the rule that decides them. */

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((v) => (typeof v === 'string' ? [v] : v));
const vector = z.object({
  id: z.string(),
  title: z.string(),
  expect: z.object({
    decision: oneOrMore,
    primaryRule: oneOrMore.optional(),
    nextAllowedAt: z.string().nullable().optional(),
    also: z.array(z.string()).default([]),
  }),
});

const FILES = {
  'visible cases': sharedFile('vectors/gate.jsonl'),
  'our own cases': readFileSync(new URL('cases.jsonl', import.meta.url), 'utf8'),
};

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

describe.each(Object.entries(FILES))('%s', (_file, text) => {
  test.each(linesOf(text).map((line) => ({ line, ...vector.parse(JSON.parse(line)) })))(
    '$expect.primaryRule $id: $title',
    ({ line, expect: expected }) => {
      const answer = answerGateCase(line);
      if ('error' in answer) throw new Error(answer.error);
      expect(expected.decision).toContain(answer.decision);
      if (expected.primaryRule !== undefined) expect(expected.primaryRule).toContain(answer.primaryRule);
      if (expected.nextAllowedAt !== undefined) expect(answer.nextAllowedAt).toBe(expected.nextAllowedAt);
      expect(answer.rules).toEqual(expect.arrayContaining(expected.also));
    },
  );
});

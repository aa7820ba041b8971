import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answerQuestion } from '../../../cli/cases/clock-answers.ts';
import { readClockCase } from '../../../cli/cases/clock-case.ts';

type Expected = { ask: string; asOf?: string; answer: unknown; rule: string };
type Vector = { id: string; title: string; expect: Expected[] };

/** `insurance` and `promise` are the contract's visible vectors; `*-more` are our own, written from its readings. */
const FILES = ['insurance', 'promise', 'insurance-more', 'promise-more', 'boundaries-more'];

function vectorsOf(file: string): Vector[] {
  const text = readFileSync(new URL(`${file}.jsonl`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line): Vector => JSON.parse(line));
}

describe.each(FILES)('%s', (file) => {
  const vectors = vectorsOf(file);

  it.each(vectors.map((vector) => [vector.expect[0]?.rule ?? '', vector.title, vector] as const))(
    '%s: %s',
    (_rule, _title, vector) => {
      const clockCase = readClockCase(vector);
      const answers = clockCase.questions.map((question) => answerQuestion(clockCase, question));
      expect(answers).toEqual(vector.expect.map(({ ask, answer, rule }) => ({ ask, answer, rule })));
    },
  );

  it('answers the same without the expected answers, and whatever they say', () => {
    for (const vector of vectors) {
      const bare = {
        ...vector,
        expect: vector.expect.map(({ answer: _answer, rule: _rule, ...question }) => question),
      };
      const wrong = { ...vector, expect: vector.expect.map((one) => ({ ...one, answer: 'no', rule: 'no' })) };
      const answersOf = (raw: unknown) => {
        const clockCase = readClockCase(raw);
        return clockCase.questions.map((question) => answerQuestion(clockCase, question));
      };
      expect(answersOf(bare)).toEqual(answersOf(vector));
      expect(answersOf(wrong)).toEqual(answersOf(vector));
    }
  });
});

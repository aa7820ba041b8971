import { tokensOf } from './finding.ts';
import { has, type Draft } from './resolve.ts';
import type { Token } from './tokens.ts';

const TRACES = new Set(
  'stop stops stopped stopping stopp unsubscribe unsubscribed unsubscribing optout alto basta parar paren parenle pare dejen dejenme revoke desist'.split(
    ' ',
  ),
);
const EXPLAINED_BY = new Set([
  'opt-out',
  'cease',
  'call-stop',
  'email-stop',
  'work-contact',
  'inconvenient-time',
  'autopay-cancel',
  'insurance',
  'promise',
  'language-es',
]);

/** Whether a stop word stands in the message that no rule explains: then a person reads it, and SMS is held. */
export function hasUnreadStop(draft: Draft, covered: ReadonlySet<number>, guarded: ReadonlySet<number>): boolean {
  if (has(draft, 'opt-out') || has(draft, 'cease')) return false;
  const explained = tokensOf(
    draft.findings.filter((finding) => EXPLAINED_BY.has(finding.label) && finding.rule !== 'language'),
  );
  return draft.text.tokens.some(
    (token, i) => TRACES.has(token.word) && !guarded.has(i) && !covered.has(i) && !explained.has(i),
  );
}

const CARRIER_WORDS = new Set(
  'stop stopall stop-all unsubscribe cancel end quit revoke optout arret remove'.split(' '),
);

/** Whether the carrier may have blocked the number on the first word, whatever the sentence means. */
export function startsWithStop(tokens: readonly Token[]): boolean {
  const [first, second] = tokens;
  return first !== undefined && (CARRIER_WORDS.has(first.word) || (first.word === 'opt' && second?.word === 'out'));
}

import { isNearStop, isOneEditAway } from './misspelling.ts';
import { mediumAfterStop } from './requests/media.ts';
import type { Token } from './tokens.ts';

const MESSAGING =
  /^(?:text|texts|texting|message|messages|messaging|calling|contacting|sending|emailing|bothering|harassing|testing|taxing|spamming)$/;
const BEFORE_NOUN = new Set(
  'the a my your this that next last first one every each some in on at online work auto body pet coffee gift'.split(
    ' ',
  ),
);

const VERBS = ['texting', 'messaging', 'sending', 'calling', 'emailing', 'contacting'] as const;
const OTHER_VERBS = new Set(
  'testing lending bending tending mending ending falling balling walling galling calking messing massaging resting taxing'.split(
    ' ',
  ),
);

/** The messaging verb that a word after a stop word is one letter away from ("stop textung me"). */
function meantVerb(word: string): string | null {
  if (word.length < 6 || OTHER_VERBS.has(word) || mediumAfterStop(word) !== null) return null;
  return VERBS.find((verb) => isOneEditAway(word, verb)) ?? null;
}

/** "plz sotp texing me": a word one edit from "stop" before a word about messaging is "stop". */
export function dictatedStops(tokens: readonly Token[]): readonly Token[] {
  return tokens.map((token, i) => {
    const verb = /^(?:stop|quit|not|never|no|more)$/.test(tokens[i - 1]?.word ?? '') ? meantVerb(token.word) : null;
    if (verb !== null) return { ...token, word: verb };
    const next = tokens[i + 1];
    if (next === undefined || next.sentence !== token.sentence || !isNearStop(token.word)) return token;
    const medium = mediumAfterStop(next.word);
    if (medium === null || !MESSAGING.test(next.word) || BEFORE_NOUN.has(tokens[i - 1]?.word ?? '')) return token;
    return { ...token, word: 'stop' };
  });
}

const ORDINARY_CAPITALS =
  /^(?:i|ok|okay|god|jesus|lord|english|spanish|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|fair|right|my|me|a|the|cool|funny|true|good|sure|interested|mine|your|his|her|paying|able|going|home|here|available|working|at|in|not|really|it|him|them|happening|over|what|why|how|who|ready|late|stupid|dumb|your|yours|acceptable|ethical|legal|illegal|professional|a\w?|usps|fedex|ups)$/;

/** "This is not Xiomara": a capital letter where only a name fits counts as a name of the list. */
export function unknownNames(tokens: readonly Token[]): readonly Token[] {
  const shouted = tokens.length > 2 && tokens.every((token) => token.capital);
  if (shouted) return tokens;
  return tokens.map((token, i) => {
    if (!token.capital || ORDINARY_CAPITALS.test(token.word) || !/^[a-z]{2,}$/.test(token.word)) return token;
    const before = `${tokens[i - 3]?.word ?? ''} ${tokens[i - 2]?.word ?? ''} ${tokens[i - 1]?.word ?? ''}`;
    return /(?:(?:this|it|am|is) is not|(?:this|it) is not|i am not|am not|not mr|not mrs|not ms|no soy|no es|who is|know any|know a|named|nobody named| no)$/.test(
      before,
    ) && before.trim() !== 'no'
      ? { ...token, word: 'maria' }
      : token;
  });
}

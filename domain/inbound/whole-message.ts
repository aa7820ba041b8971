import type { ReviewReason } from './classification.ts';
import { readEmoji } from './emoji.ts';
import { digitsAsLetters } from './homoglyphs.ts';
import {
  bareWords,
  HELP_WORDS,
  helpWords,
  isSpanishStop,
  isStopMessage,
  START_WORDS,
  WHO_IS_THIS,
  wholeWords,
} from './keywords.ts';
import type { Label } from './labels.ts';
import { nearness } from './misspelling.ts';
import type { TokenText } from './tokens.ts';

/** What the message as a whole is, before any phrase is looked for. */
export interface WholeReading {
  readonly label: Label;
  readonly rule: 'keyword' | 'misspelt-keyword' | 'sign' | 'near-keyword';
  readonly spanish: boolean;
  readonly review?: ReviewReason;
}

const SQUASHED_STOPS = new Set(
  'stop stopall end quit cancel unsubscribe revoke optout remove removeme alto parar pare basta arret stop2end stopsms'.split(
    ' ',
  ),
);

/** Reads keywords, misspelt keywords and lone signs; null when the message is none of these. */
export function readWhole(text: TokenText): WholeReading | null {
  const { tokens } = text;
  if (tokens.length > 12) return null;
  if (readEmoji(text) === 'stop') return { label: 'opt-out', rule: 'sign', spanish: false };
  const whole = wholeWords(tokens);
  const bare = bareWords(tokens);
  if (START_WORDS.has(whole)) return { label: 'opt-in', rule: 'keyword', spanish: false };
  // "Cancel it" may speak of a payment.
  const pointed = /^(?:cancel|revoke|remove|end)$/.test(bare) && /\b(?:it|this|that)\b/.test(whole);
  if (pointed) return { label: 'human-review', rule: 'near-keyword', spanish: false, review: 'near-stop' };
  if (isStopMessage(whole) || (bare !== 'end' && isStopMessage(bare))) {
    return { label: 'opt-out', rule: 'keyword', spanish: isSpanishStop(whole) || isSpanishStop(bare) };
  }
  const letters = text.plain.replaceAll(/[^a-z0-9$@]/g, '').slice(0, 40);
  const squashed = digitsAsLetters(letters);
  if (SQUASHED_STOPS.has(squashed) || SQUASHED_STOPS.has(letters) || SQUASHED_STOPS.has(letters.replaceAll('@', 'o'))) {
    return { label: 'opt-out', rule: 'keyword', spanish: isSpanishStop(squashed) };
  }
  const help = helpWords(tokens);
  if (HELP_WORDS.has(help) || HELP_WORDS.has(whole) || HELP_WORDS.has(squashed)) {
    return { label: 'help', rule: 'keyword', spanish: help === 'ayuda' || help === 'informacion' };
  }
  if (WHO_IS_THIS.has(bareWords(tokens)) || WHO_IS_THIS.has(help) || WHO_IS_THIS.has(whole)) {
    return { label: 'help', rule: 'keyword', spanish: whole.includes('quien') };
  }
  return readMisspelt(tokens.length, bare, whole);
}

function readMisspelt(count: number, bare: string, whole: string): WholeReading | null {
  const word = bare.includes(' ') || bare === '' ? whole : bare;
  if (word.includes(' ')) return null;
  switch (nearness(digitsAsLetters(word))) {
    case 'misspelt': {
      return {
        label: 'opt-out',
        rule: 'misspelt-keyword',
        spanish: /^(?:al|at|a)\w{2,3}$/.test(word) && !word.includes('p'),
      };
    }
    case 'ordinary': {
      return count <= 3 ? { label: 'human-review', rule: 'near-keyword', spanish: false, review: 'near-stop' } : null;
    }
    case 'far': {
      return null;
    }
  }
}

import type { TokenText } from './tokens.ts';

/** Contract, Boundaries: alone, in any skin tone, these are stops. */
const STOP_SIGNS = new Set(['🛑', '⛔', '🚫', '🙅', '✋', '🤚', '🖐']);
/** Anger and punctuation beside a stop sign change nothing; ♀ and ♂ are the second half of some signs. */
const BESIDE = new Set([
  '🙏',
  '❗',
  '❕',
  '❌',
  '😡',
  '😠',
  '🤬',
  '‼',
  '⁉',
  '♀',
  '♂',
  '😤',
  '🙄',
  '📵',
  '✉',
  '📱',
  '💬',
  '📲',
  '📩',
]);

export type EmojiReading = 'stop' | 'stop-among-words' | 'other' | 'none';

/** What the pictographs of a message say by themselves. */
export function readEmoji(text: TokenText): EmojiReading {
  if (text.emoji.length === 0) return 'none';
  const signs = text.emoji.filter((mark) => STOP_SIGNS.has(mark.symbol));
  if (signs.length === 0) return 'other';
  const words = text.tokens.filter((token) => token.typed !== '🛑');
  if (words.length > 0) return 'stop-among-words';
  return text.emoji.every((mark) => STOP_SIGNS.has(mark.symbol) || BESIDE.has(mark.symbol))
    ? 'stop'
    : 'stop-among-words';
}

/** Whether a reaction's symbol is a stop sign. */
export const isStopSign = (symbols: string): boolean => Array.from(symbols).some((symbol) => STOP_SIGNS.has(symbol));

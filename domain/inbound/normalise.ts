import { HOMOGLYPHS } from './homoglyphs.ts';

/** A pictograph of the message; `at` is its offset in the normalised text. Skin tones and joiners are gone. */
export interface Emoji {
  readonly symbol: string;
  readonly at: number;
}

/** The message in plain lower-case Latin, each character knowing where it came from. */
export interface PlainText {
  /** Lower case, no accents, no invisible characters. Emoji are one space each. */
  readonly plain: string;
  /** `origin[i]` is the offset in the text as received of `plain[i]`; one more entry for the end. */
  readonly origin: readonly number[];
  /** Which characters were capitals. */
  readonly capital: readonly boolean[];
  readonly emoji: readonly Emoji[];
}

const INVISIBLE = /^(?:\p{Cf}|\p{M}|\p{Emoji_Modifier}|[\u115f\u1160\u3164\uffa0])$/u;
const PICTOGRAPH = /^\p{Extended_Pictographic}$/u;
const NOT_AN_EMOJI = /^[©®™‼⁉*#0-9]$/u;
const MARKS = /\p{M}/gu;
const APOSTROPHE = /^[’‘ʼ´`′＇‛ʹ]$/u;
const DASH = /^[‐‑‒–—―−－]$/u;
const QUOTE = /^[“”„‟«»＂]$/u;
const REGIONAL = /^[\u{1f1e6}-\u{1f1ff}]$/u;
const SPELLED = /[\u{1f1e6}-\u{1f1ff}]{4}/u;

/** What becomes of one character beyond ASCII: some plain text, or a pictograph. */
type Folded = { readonly kind: 'text'; readonly out: string; readonly upper: boolean } | { readonly kind: 'emoji' };

const EMOJI: Folded = { kind: 'emoji' };
const asText = (out: string, upper = false): Folded => ({ kind: 'text', out, upper });

/** NFKC, look-alikes to Latin, accents and invisible characters away, lower case; emoji to a list. Linear; never throws. */
export function toPlain(text: string): PlainText {
  const out: string[] = [];
  const origin: number[] = [];
  const capital: boolean[] = [];
  const emoji: Emoji[] = [];
  const known = new Map<string, Folded>();
  const push = (plain: string, at: number, upper: boolean): void => {
    for (let i = 0; i < plain.length; i += 1) {
      origin.push(at);
      capital.push(upper);
    }
    out.push(plain);
  };
  let at = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 128) {
      const upper = code >= 65 && code <= 90;
      if (code >= 32 || code === 10) push(upper ? char.toLowerCase() : char, at, upper);
      else if (code === 9 || code === 13) push(' ', at, false);
    } else {
      let folded = known.get(char);
      if (folded === undefined) {
        folded = fold(char);
        known.set(char, folded);
      }
      if (folded.kind === 'text') push(folded.out, at, folded.upper);
      else if (REGIONAL.test(char) && isSpelled(text, at)) push(String.fromCharCode(code - 0x1f1e6 + 97), at, true);
      else {
        emoji.push({ symbol: char, at: origin.length });
        push(' ', at, false);
      }
    }
    at += char.length;
  }
  origin.push(text.length);
  return { plain: out.join(''), origin, capital, emoji };
}

function fold(char: string): Folded {
  if (APOSTROPHE.test(char)) return asText("'");
  if (DASH.test(char)) return asText(char === '—' || char === '–' ? ' - ' : '-');
  if (QUOTE.test(char)) return asText('"');
  // Zero width: the letters on both sides belong together.
  if (INVISIBLE.test(char)) return asText('');
  const upper = char !== char.toLowerCase();
  const latin = HOMOGLYPHS.get(char);
  if (latin !== undefined) return asText(latin, upper);
  if (REGIONAL.test(char) || (PICTOGRAPH.test(char) && !NOT_AN_EMOJI.test(char))) return EMOJI;
  return asText(foldLetter(char), upper);
}

/** One letter without its accents; the few that stand for whole words are cut. */
function foldLetter(char: string): string {
  let out = '';
  for (const part of char.normalize('NFKC').toLowerCase().normalize('NFD').replace(MARKS, '')) {
    out += HOMOGLYPHS.get(part) ?? part;
  }
  return out.toLowerCase().slice(0, 4);
}

/** Four regional letters or more in a row spell a word; two are a flag. */
function isSpelled(text: string, at: number): boolean {
  return SPELLED.test(text.slice(Math.max(0, at - 6), at + 8));
}

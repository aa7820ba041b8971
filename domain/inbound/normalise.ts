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

/** NFKC, look-alikes to Latin, accents and invisible characters away, lower case; emoji to a list. Linear; never throws. */
export function toPlain(text: string): PlainText {
  let plain = '';
  const origin: number[] = [];
  const capital: boolean[] = [];
  const emoji: Emoji[] = [];
  const push = (out: string, at: number, upper: boolean): void => {
    for (let i = 0; i < out.length; i += 1) {
      origin.push(at);
      capital.push(upper);
    }
    plain += out;
  };
  let at = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 128) {
      const upper = code >= 65 && code <= 90;
      if (code >= 32 || code === 10) push(upper ? char.toLowerCase() : char, at, upper);
      else if (code === 9 || code === 13) push(' ', at, false);
    } else if (APOSTROPHE.test(char)) push("'", at, false);
    else if (DASH.test(char)) push(code === 0x2014 || code === 0x2013 ? ' - ' : '-', at, false);
    else if (QUOTE.test(char)) push('"', at, false);
    else if (INVISIBLE.test(char)) {
      // Zero width: the letters on both sides belong together.
    } else if (HOMOGLYPHS.has(char)) push(HOMOGLYPHS.get(char) ?? '', at, char !== char.toLowerCase());
    else if (REGIONAL.test(char)) push(String.fromCharCode(code - 0x1f1e6 + 97), at, true);
    else if (PICTOGRAPH.test(char) && !NOT_AN_EMOJI.test(char)) {
      emoji.push({ symbol: char, at: plain.length });
      push(' ', at, false);
    } else push(foldChar(char), at, char !== char.toLowerCase());
    at += char.length;
  }
  origin.push(text.length);
  return { plain, origin, capital, emoji };
}

function foldChar(char: string): string {
  let out = '';
  for (const part of char.normalize('NFKC').toLowerCase().normalize('NFD').replace(MARKS, '')) {
    out += HOMOGLYPHS.get(part) ?? part;
  }
  return out.toLowerCase();
}

/**
 * Letters that look like Latin ones, as typed by a phone keyboard set to another alphabet or by somebody dodging a
 * filter. Subset of Unicode TR39 confusables: Cyrillic, Greek, Armenian, Cherokee, IPA small capitals, squared letters
 * (those that NFKC leaves alone). Each string pairs the look-alikes of one Latin letter.
 */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: 'аαɑᴀΑАᎪ🅐🅰',
  b: 'вʙβЬВΒᏴ🅑🅱',
  c: 'сϲᴄСϹᏟ©🅒🅲',
  d: 'ԁᴅᎠđ🅓🅳',
  e: 'еεєᴇЕΕᎬё℮🅔🅴',
  f: 'ꜰғƒ🅕🅵',
  g: 'ɡɢԌᏀ🅖🅶',
  h: 'һнʜНΗᎻ🅗🅷',
  i: 'іιɪІΙӏıᎥ🅘🅸',
  j: 'јᴊЈᎫ🅙🅹',
  k: 'кκᴋКΚᏦ🅚🅺',
  l: 'ⅼʟᏞ|łӀ🅛🅻',
  m: 'мᴍМΜᎷ🅜🅼',
  n: 'ոɴΝηпИ🅝🅽',
  o: 'оοσօᴏОΟΘθՕøØ๐०০🅞🅾',
  p: 'рρᴘРΡᏢ🅟🅿',
  q: 'ԛգ🅠🆀',
  r: 'ʀгяᏒ🅡🆁',
  s: 'ѕꜱЅՏᏚ🅢🆂',
  t: 'тτᴛТΤᎢ†🅣🆃',
  u: 'υᴜսՍцμ🅤🆄',
  v: 'ѵνᴠᏙ🅥🆅',
  w: 'ѡωᴡԜшщᏔ🅦🆆',
  x: 'хχХΧ×🅧🆇',
  y: 'уγʏУΥүҮ🅨🆈',
  z: 'ᴢΖᏃ🅩🆉',
};

/** Look-alike character (one code point) to Latin letter. */
export const HOMOGLYPHS: ReadonlyMap<string, string> = new Map(
  Object.entries(LOOK_ALIKES).flatMap(([latin, others]) => Array.from(others, (other) => [other, latin] as const)),
);

/** Digits and signs that stand for letters in a keyword (`ST0P`, `$top`); used for keyword tests only. */
const DIGIT_LETTERS: ReadonlyMap<string, string> = new Map([
  ['0', 'o'],
  ['1', 'l'],
  ['3', 'e'],
  ['4', 'a'],
  ['5', 's'],
  ['7', 't'],
  ['$', 's'],
  ['@', 'a'],
]);

/** The word with its digits read as letters, or the word itself when it holds no letter at all. */
export function digitsAsLetters(word: string): string {
  if (!/[a-z]/.test(word) || !/[0-9$@]/.test(word)) return word;
  let out = '';
  for (const char of word) out += DIGIT_LETTERS.get(char) ?? char;
  return out;
}

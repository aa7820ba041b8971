import { numberWords } from './number-words.ts';
import type { Token } from './tokens.ts';

/** An amount of money at tokens `from` to `to`. `sure` when a sign or a word says that it is money. */
export interface AmountRead {
  readonly cents: number;
  readonly from: number;
  readonly to: number;
  readonly sure: boolean;
}

const UNITS = numberWords(`
  one = 1 ; two = 2 ; three = 3 ; four = 4 ; five = 5 ; six = 6 ; seven = 7 ; eight = 8 ; nine = 9 ;
  ten diez = 10 ; eleven = 11 ; twelve doce = 12 ; thirteen = 13 ; fourteen = 14 ; fifteen quince = 15 ;
  sixteen = 16 ; seventeen = 17 ; eighteen = 18 ; nineteen = 19 ; twenty veinte = 20 ; thirty treinta = 30 ;
  forty fourty cuarenta = 40 ; fifty cincuenta = 50 ; sixty sesenta = 60 ; seventy setenta = 70 ;
  eighty ochenta = 80 ; ninety noventa = 90 ; veinticinco = 25 ; cien ciento = 100 ; doscientos = 200 ;
  trescientos = 300 ; cuatrocientos = 400 ; quinientos = 500 ; seiscientos = 600 ; setecientos = 700 ;
  ochocientos = 800 ; novecientos = 900 ;
`);
const MONEY = new Set('dollars dollar bucks buck usd dolares dolar pesos $ smackers dlls dls'.split(' '));
const MONEY_TYPED = /^\$?\d{1,3}(?:,\d{3})*(?:\.\d{1,2})?\$?$|^\$?\d{1,7}(?:\.\d{1,2})?\$?$/;
const THOUSANDS = /^\$?(\d{1,3}(?:\.\d{1,2})?)k$/;
const MONEY_SUFFIX = /^\$?(\d{1,6}(?:\.\d{1,2})?)(?:usd|dollars|bucks|dlls|dls)$/;
const PHONE_TAIL = /^(?:\d{3}[-.])?\d{3}[-.]\d{4}$/;
/** A number after one of these is not an amount: an hour, an account, an address. */
const NOT_MONEY_BEFORE = new Set(
  (
    'at chapter apt unit room suite number acct account ending no # code zip box route hwy step option policy last age ext extension ' +
    'the # ch loan case las la line top over under than around since gate level version article section'
  ).split(' '),
);
const NOT_MONEY_AFTER = new Set(
  (
    'days day weeks week months month years year hours hours hour minutes times time am pm payments payment percent kids people texts calls ' +
    'messages oclock dias semanas meses anos horas veces pagos year-old more installments of th st nd rd jobs cars children digits'
  ).split(' '),
);

/** Every amount in the tokens, left to right, outside the `taken` ones (dates). */
export function findAmounts(tokens: readonly Token[], taken: ReadonlySet<number>): readonly AmountRead[] {
  const out: AmountRead[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    if (taken.has(i)) continue;
    const found = digitsAt(tokens, i, taken) ?? wordsAt(tokens, i);
    if (found === null) continue;
    out.push(found);
    i = found.to - 1;
  }
  return out;
}

function digitsAt(tokens: readonly Token[], at: number, taken: ReadonlySet<number>): AmountRead | null {
  const word = tokens[at]?.word ?? '';
  if (!/^\$?\d/.test(word)) return null;
  const next = tokens[at + 1]?.word ?? '';
  const before = tokens[at - 1]?.word ?? '';
  if (PHONE_TAIL.test(word)) return null;
  const range = /^\$?(\d{2,5})[-/](\d{2,5})$/.exec(word);
  if (range !== null && Number(range[1]) > 31) {
    // "200-250" names two amounts: the second is a token of its own to the reader.
    return { cents: -1, from: at, to: at + 1, sure: true };
  }
  const thousands = THOUSANDS.exec(word);
  if (thousands !== null)
    return { cents: Math.round(Number(thousands[1]) * 100_000), from: at, to: at + 1, sure: true };
  const suffixed = MONEY_SUFFIX.exec(word);
  if (suffixed !== null) return { cents: Math.round(Number(suffixed[1]) * 100), from: at, to: at + 1, sure: true };
  if (!MONEY_TYPED.test(word)) return null;
  if (/^\d{3}$/.test(word) && PHONE_TAIL.test(next)) return null;
  const value = Number(word.replaceAll(/[$,]/g, ''));
  const signed = word.includes('$');
  const named = MONEY.has(next);
  if ((next === 'hundred' || next === 'thousand' || next === 'grand' || next === 'mil') && value < 100) {
    const times = next === 'hundred' ? 100 : 1000;
    return {
      cents: Math.round(value * times * 100),
      from: at,
      to: MONEY.has(tokens[at + 2]?.word ?? '') ? at + 3 : at + 2,
      sure: true,
    };
  }
  if (signed || named) return { cents: Math.round(value * 100), from: at, to: named ? at + 2 : at + 1, sure: true };
  // "a 130 payment" is a sum, "2 payments" a count
  const ofThatSize = /^(?:a|the|that|my)$/.test(before) && next === 'payment';
  if (
    (NOT_MONEY_BEFORE.has(before) && !(before === 'the' && value > 31)) ||
    (NOT_MONEY_AFTER.has(next) && !taken.has(at + 1) && !ofThatSize)
  )
    return null;
  if (
    /^\d{4}$/.test(word) &&
    value >= 1990 &&
    value <= 2100 &&
    ['in', 'since', 'year', 'en', 'of', 'until'].includes(before)
  )
    return null;
  // Bare numbers: at least 10, at most six digits ("pay 2 on friday" is no amount).
  return value >= 10 && value < 1_000_000
    ? { cents: Math.round(value * 100), from: at, to: at + 1, sure: word.includes('.') }
    : null;
}

function wordsAt(tokens: readonly Token[], at: number): AmountRead | null {
  let i = at;
  let total = 0;
  let current = 0;
  let count = 0;
  let big = false;
  if (
    (tokens[i]?.word === 'a' || tokens[i]?.word === 'one') &&
    ['hundred', 'thousand', 'grand'].includes(tokens[i + 1]?.word ?? '')
  ) {
    current = 1;
    i += 1;
    count += 1;
  }
  for (; i < at + 9; i += 1) {
    const word = tokens[i]?.word ?? '';
    if (tokens[i]?.sentence !== tokens[at]?.sentence) break;
    const unit = UNITS.get(word);
    if (unit !== undefined) current += unit;
    else if (word === 'hundred') {
      current = Math.max(current, 1) * 100;
      big = true;
    } else if (word === 'thousand' || word === 'grand' || word === 'mil') {
      total += Math.max(current, 1) * 1000;
      current = 0;
      big = true;
    } else if ((word === 'and' || word === 'y') && count > 0 && UNITS.has(tokens[i + 1]?.word ?? '')) continue;
    else break;
    count += 1;
  }
  if (count === 0) return null;
  const value = total + current;
  const named = MONEY.has(tokens[i]?.word ?? '');
  if (!named && (!(big || value >= 100) || NOT_MONEY_AFTER.has(tokens[i]?.word ?? ''))) return null;
  return { cents: value * 100, from: at, to: named ? i + 1 : i, sure: true };
}

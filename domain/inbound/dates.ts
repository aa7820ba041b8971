import { addDays, daysInMonth, isLocalDate, weekday, type LocalDate } from '../calendar/days.ts';
import { numberWords } from './number-words.ts';
import type { Token } from './tokens.ts';

/** A date said at tokens `from` to `to`, or words about time that name no day ("payday", "end of the month"). */
export type DateRead =
  | { readonly kind: 'day'; readonly on: LocalDate; readonly from: number; readonly to: number }
  | { readonly kind: 'vague'; readonly from: number; readonly to: number };

const WEEKDAYS = numberWords(`
  monday mon lunes moday modnay = 1 ; tuesday tue tues martes tuesady = 2 ;
  wednesday wed weds wensday wednsday wendsday miercoles = 3 ; thursday thu thur thurs thrusday jueves = 4 ;
  friday fri firday frday friyay viernes = 5 ; saturday sat saterday sabado = 6 ; sunday domingo = 7 ;
`);
const MONTHS = numberWords(`
  january jan enero ene = 1 ; february feb febrero = 2 ; march mar marzo = 3 ; april apr abril = 4 ;
  may mayo = 5 ; june jun junio = 6 ; july jul julio = 7 ; august aug agosto = 8 ;
  september sept sep septiembre setiembre = 9 ; october oct octubre = 10 ; november nov noviembre = 11 ;
  december dec diciembre dic decemeber = 12 ;
`);
const ORDINALS = numberWords(`
  first primero uno = 1 ; second dos = 2 ; third tres = 3 ; fourth cuatro = 4 ; fifth cinco = 5 ;
  sixth seis = 6 ; seventh siete = 7 ; eighth ocho = 8 ; ninth nueve = 9 ; tenth diez = 10 ;
  eleventh once = 11 ; twelfth doce = 12 ; thirteenth = 13 ; fourteenth = 14 ; fifteenth quince = 15 ;
  sixteenth = 16 ; seventeenth = 17 ; eighteenth = 18 ; nineteenth = 19 ; twentieth veinte = 20 ;
  thirtieth = 30 ;
`);
const COUNTS = numberWords(`
  a an one un una = 1 ; two couple dos = 2 ; three tres = 3 ; four cuatro = 4 ; five cinco = 5 ; six = 6 ;
  seven = 7 ; ten diez = 10 ; ocho = 8 ;
`);
const VAGUE = new Set(
  'payday weekend soon later eventually someday whenever asap holidays christmas thanksgiving month week paycheck check quincena fin'.split(
    ' ',
  ),
);

const wordAt = (tokens: readonly Token[], at: number): string => tokens[at]?.word ?? '';

/** Every date said, in the borrower's calendar; `today` is the local date of receipt. */
export function findDates(tokens: readonly Token[], today: LocalDate): readonly DateRead[] {
  const out: DateRead[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const found = dateAt(tokens, i, today);
    if (found === null) continue;
    out.push(found);
    i = found.to - 1;
  }
  return out;
}

function dateAt(tokens: readonly Token[], at: number, today: LocalDate): DateRead | null {
  const word = wordAt(tokens, at);
  const next = wordAt(tokens, at + 1);
  const day = (on: LocalDate, to: number): DateRead => ({ kind: 'day', on, from: at, to });
  if (word === 'today' || word === 'tonight' || word === 'hoy') return day(today, at + 1);
  if (word === 'this' && /^(?:morning|afternoon|evening)$/.test(next)) return day(today, at + 2);
  if (word === 'esta' && /^(?:tarde|noche)$/.test(next)) return day(today, at + 2);
  if (word === 'pasado' && next === 'manana') return day(addDays(today, 2), at + 2);
  if (word === 'day' && next === 'after' && wordAt(tokens, at + 2) === 'tomorrow')
    return day(addDays(today, 2), at + 3);
  if (word === 'tomorrow') return day(addDays(today, 1), at + 1);
  if (word === 'manana')
    return ['la', 'las', 'esta', 'cada'].includes(wordAt(tokens, at - 1)) ? null : day(addDays(today, 1), at + 1);
  return (
    relative(tokens, at, today) ??
    calendar(tokens, at, today) ??
    datedWeekday(tokens, weekdayAt(tokens, at, today), today) ??
    vagueAt(tokens, at)
  );
}

/** "in 3 days", "in a week", "en dos semanas", "a week from today". */
function relative(tokens: readonly Token[], at: number, today: LocalDate): DateRead | null {
  const lead = wordAt(tokens, at);
  let i = at;
  if (lead === 'in' || lead === 'en' || lead === 'within' || lead === 'dentro')
    i += wordAt(tokens, at + 1) === 'de' || wordAt(tokens, at + 1) === 'like' ? 2 : 1;
  const count = /^\d{1,2}$/.test(wordAt(tokens, i)) ? Number(wordAt(tokens, i)) : COUNTS.get(wordAt(tokens, i));
  if (count === undefined) return null;
  let unitAt = i + 1;
  if (wordAt(tokens, i) === 'a' && wordAt(tokens, i + 1) === 'couple') return null;
  if (['of', 'more'].includes(wordAt(tokens, unitAt))) unitAt += 1;
  const unit = wordAt(tokens, unitAt);
  const size = /^(?:day|days|dia|dias)$/.test(unit) ? 1 : /^(?:week|weeks|semana|semanas)$/.test(unit) ? 7 : 0;
  if (size === 0) return null;
  const after = `${wordAt(tokens, unitAt + 1)} ${wordAt(tokens, unitAt + 2)}`;
  const from = /^from (?:now|today)/.test(after);
  if (i === at && !from) return null;
  return { kind: 'day', on: addDays(today, count * size), from: at, to: from ? unitAt + 3 : unitAt + 1 };
}

/** The next date with this month and day, on or after today. */
function nextDate(month: number, dayOfMonth: number, today: LocalDate, year: number | null): LocalDate | null {
  const start = year ?? Number(today.slice(0, 4));
  for (const candidate of year === null ? [start, start + 1] : [start]) {
    const on = `${String(candidate).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
    if (isLocalDate(on) && (year !== null || on >= today)) return on;
  }
  return null;
}

/** The next day of the month with this number, on or after today. */
function nextDayOfMonth(dayOfMonth: number, today: LocalDate): LocalDate | null {
  let year = Number(today.slice(0, 4));
  let month = Number(today.slice(5, 7));
  if (dayOfMonth < Number(today.slice(8, 10))) {
    month = month === 12 ? 1 : month + 1;
    if (month === 1) year += 1;
  }
  if (dayOfMonth > daysInMonth(year, month)) return null;
  return nextDate(month, dayOfMonth, today, year);
}

const dayNumberOf = (word: string): number | null => {
  const digits = /^(\d{1,2})(?:st|nd|rd|th|er|ro|do)?$/.exec(word);
  const value = digits === null ? ORDINALS.get(word) : Number(digits[1]);
  return value !== undefined && value >= 1 && value <= 31 ? value : null;
};

/** "12/4", "12-4-26", "dec 4", "4th of december", "the 3rd", "3rd", "el 3 de diciembre", "2026-12-04". */
function calendar(tokens: readonly Token[], at: number, today: LocalDate): DateRead | null {
  const word = wordAt(tokens, at);
  const make = (on: LocalDate | null, to: number): DateRead =>
    on === null ? { kind: 'vague', from: at, to } : { kind: 'day', on, from: at, to };
  const slashed = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?$/.exec(word);
  if (slashed !== null) {
    const month = Number(slashed[1]);
    const dayOfMonth = Number(slashed[2]);
    const year =
      slashed[3] === undefined ? null : Number(slashed[3]) < 100 ? 2000 + Number(slashed[3]) : Number(slashed[3]);
    const dotted = word.includes('.') && slashed[3] === undefined;
    if (!dotted && month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= 31)
      return make(nextDate(month, dayOfMonth, today, year), at + 1);
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(word) && isLocalDate(word)) return make(word, at + 1);
  const joined = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)(\d{1,2})(?:st|nd|rd|th)?$/.exec(word);
  if (joined !== null) return make(nextDate(MONTHS.get(joined[1] ?? '') ?? 0, Number(joined[2]), today, null), at + 1);
  const month = MONTHS.get(word);
  if (month !== undefined) {
    const after = wordAt(tokens, at + 1) === 'the' ? at + 2 : at + 1;
    const dayOfMonth = dayNumberOf(wordAt(tokens, after));
    if (dayOfMonth !== null && !/^(?:dos|uno|tres)$/.test(wordAt(tokens, after)))
      return make(nextDate(month, dayOfMonth, today, null), yearAfter(tokens, after + 1));
    return null;
  }
  const lead = word === 'the' || word === 'el' || word === 'dia' ? 1 : 0;
  const numberAt = lead === 1 && wordAt(tokens, at + 1) === 'dia' ? at + 2 : at + lead;
  const dayOfMonth = dayNumberOf(wordAt(tokens, numberAt));
  if (dayOfMonth === null) return null;
  const of = ['of', 'de'].includes(wordAt(tokens, numberAt + 1)) ? numberAt + 2 : numberAt + 1;
  const named = MONTHS.get(wordAt(tokens, of));
  if (named !== undefined && !(wordAt(tokens, of) === 'may' && of === numberAt + 1))
    return make(nextDate(named, dayOfMonth, today, null), yearAfter(tokens, of + 1));
  const typed = wordAt(tokens, numberAt);
  const ordinal = /^\d{1,2}(?:st|nd|rd|th)$/.test(typed);
  const preposition = ['on', 'by', 'before', 'until', 'till'].includes(wordAt(tokens, at - 1));
  const spelled = !/^\d/.test(typed);
  if (spelled && !(lead === 1 && preposition) && !(word === 'el')) return null;
  if (spelled && ['time', 'payment', 'one', 'week', 'thing', 'of'].includes(wordAt(tokens, numberAt + 1))) return null;
  if (ordinal || lead === 1) return make(nextDayOfMonth(dayOfMonth, today), numberAt + 1);
  return null;
}

const yearAfter = (tokens: readonly Token[], at: number): number =>
  /^20\d{2}$/.test(wordAt(tokens, at))
    ? at + 1
    : ['de', 'del'].includes(wordAt(tokens, at)) && /^20\d{2}$/.test(wordAt(tokens, at + 1))
      ? at + 2
      : at;

/** "friday" is the coming one, never today; "next friday" is in the next week (Monday to Sunday); "this friday" the coming one. */
function weekdayAt(tokens: readonly Token[], at: number, today: LocalDate): DateRead | null {
  let i = at;
  let next = false;
  const lead = wordAt(tokens, i);
  if (lead === 'next' || lead === 'nxt' || lead === 'following') next = true;
  if (next || lead === 'this' || lead === 'coming' || lead === 'este' || lead === 'proximo') i += 1;
  if (wordAt(tokens, i) === 'coming') i += 1;
  const wanted = WEEKDAYS.get(wordAt(tokens, i));
  if (wanted === undefined || (wordAt(tokens, i) === 'sat' && wordAt(tokens, i - 1) === 'i')) return null;
  let to = i + 1;
  const after = `${wordAt(tokens, to)} ${wordAt(tokens, to + 1)}`;
  if (
    /^next week|^de la/.test(after) &&
    (after.startsWith('next') || /^(?:proxima|siguiente)/.test(wordAt(tokens, to + 2)))
  ) {
    next = true;
    to += after.startsWith('next') ? 2 : 4;
  } else if (/^(?:que viene|proximo|que entra|siguiente)/.test(after)) {
    to += after.startsWith('que') ? 2 : 1;
  } else if (/^(?:morning|afternoon|evening|night)$/.test(wordAt(tokens, to))) to += 1;
  if (
    ['last', 'past', 'pasado'].includes(lead) ||
    ['last', 'past'].includes(wordAt(tokens, at - 1)) ||
    wordAt(tokens, to) === 'pasado'
  )
    return null;
  const now = weekday(today);
  if (next) return { kind: 'day', on: addDays(today, 8 - now + (wanted - 1)), from: at, to };
  const ahead = (wanted - now + 7) % 7;
  return { kind: 'day', on: addDays(today, ahead === 0 ? 7 : ahead), from: at, to };
}

/** "thursday the 10th", "friday 12/4": one date where the calendar agrees; where it does not, two. */
function datedWeekday(tokens: readonly Token[], named: DateRead | null, today: LocalDate): DateRead | null {
  if (named?.kind !== 'day') return named;
  const dated = calendar(tokens, named.to, today);
  const agrees = dated?.kind === 'day' && weekday(dated.on) === weekday(named.on);
  return agrees ? { ...dated, from: named.from } : named;
}

function vagueAt(tokens: readonly Token[], at: number): DateRead | null {
  const word = wordAt(tokens, at);
  if (!VAGUE.has(word)) return null;
  if (
    (word === 'month' || word === 'week') &&
    !['next', 'the', 'of', 'proxima', 'proximo', 'every', 'each', 'per', 'a'].includes(wordAt(tokens, at - 1))
  )
    return null;
  if (word === 'check' || word === 'fin') return null;
  return { kind: 'vague', from: at, to: at + 1 };
}

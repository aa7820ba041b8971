import { addDays, daysInMonth, isLocalDate, weekday, type LocalDate } from '../calendar/days.ts';
import type { Token } from './tokens.ts';

/** A date said at tokens `from` to `to`, or words about time that name no day ("payday", "end of the month"). */
export type DateRead =
  | { readonly kind: 'day'; readonly on: LocalDate; readonly from: number; readonly to: number }
  | { readonly kind: 'vague'; readonly from: number; readonly to: number };

const WEEKDAYS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    monday: 1, mon: 1, tuesday: 2, tue: 2, tues: 2, wednesday: 3, wed: 3, weds: 3, wensday: 3, wednsday: 3, wendsday: 3, thursday: 4, thu: 4, thur: 4, thurs: 4, thrusday: 4,
    friday: 5, fri: 5, firday: 5, frday: 5, friyay: 5, saturday: 6, sat: 6, saterday: 6, sunday: 7, lunes: 1, martes: 2, miercoles: 3, jueves: 4, viernes: 5, sabado: 6, domingo: 7, tuesady: 2, moday: 1, modnay: 1,
  }),
);
const MONTHS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    january: 1, jan: 1, february: 2, feb: 2, march: 3, mar: 3, april: 4, apr: 4, may: 5, june: 6, jun: 6, july: 7, jul: 7, august: 8, aug: 8, september: 9,
    sept: 9, sep: 9, october: 10, oct: 10, november: 11, nov: 11, december: 12, dec: 12, enero: 1, febrero: 2, marzo: 3, abril: 4, mayo: 5, junio: 6,
    julio: 7, agosto: 8, septiembre: 9, setiembre: 9, octubre: 10, noviembre: 11, diciembre: 12, ene: 1, dic: 12, decemeber: 12,
  }),
);
const ORDINALS: ReadonlyMap<string, number> = new Map(
  ('first:1 second:2 third:3 fourth:4 fifth:5 sixth:6 seventh:7 eighth:8 ninth:9 tenth:10 eleventh:11 twelfth:12 thirteenth:13 fourteenth:14 fifteenth:15 ' +
    'sixteenth:16 seventeenth:17 eighteenth:18 nineteenth:19 twentieth:20 thirtieth:30 primero:1 uno:1 dos:2 tres:3 cuatro:4 cinco:5 seis:6 siete:7 ocho:8 nueve:9 diez:10 once:11 doce:12 quince:15 veinte:20')
    .split(' ')
    .map((pair) => [pair.split(':')[0] ?? '', Number(pair.split(':')[1])] as const),
);
const COUNTS: ReadonlyMap<string, number> = new Map(Object.entries({ a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, ten: 10, couple: 2, un: 1, una: 1, dos: 2, tres: 3, cuatro: 4, cinco: 5, ocho: 8, diez: 10 }));
const VAGUE = new Set('payday weekend soon later eventually someday whenever asap holidays christmas thanksgiving month week paycheck check quincena fin'.split(' '));

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
  if (word === 'pasado' && next === 'manana') return day(addDays(today, 2), at + 2);
  if (word === 'day' && next === 'after' && wordAt(tokens, at + 2) === 'tomorrow') return day(addDays(today, 2), at + 3);
  if (word === 'tomorrow') return day(addDays(today, 1), at + 1);
  if (word === 'manana') return ['la', 'las', 'esta', 'cada'].includes(wordAt(tokens, at - 1)) ? null : day(addDays(today, 1), at + 1);
  return relative(tokens, at, today) ?? calendar(tokens, at, today) ?? weekdayAt(tokens, at, today) ?? vagueAt(tokens, at);
}

/** "in 3 days", "in a week", "en dos semanas", "a week from today". */
function relative(tokens: readonly Token[], at: number, today: LocalDate): DateRead | null {
  const lead = wordAt(tokens, at);
  let i = at;
  if (lead === 'in' || lead === 'en' || lead === 'within' || lead === 'dentro') i += wordAt(tokens, at + 1) === 'de' || wordAt(tokens, at + 1) === 'like' ? 2 : 1;
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
  const make = (on: LocalDate | null, to: number): DateRead => (on === null ? { kind: 'vague', from: at, to } : { kind: 'day', on, from: at, to });
  const slashed = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?$/.exec(word);
  if (slashed !== null) {
    const month = Number(slashed[1]);
    const dayOfMonth = Number(slashed[2]);
    const year = slashed[3] === undefined ? null : Number(slashed[3]) < 100 ? 2000 + Number(slashed[3]) : Number(slashed[3]);
    const dotted = word.includes('.') && slashed[3] === undefined;
    if (!dotted && month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= 31) return make(nextDate(month, dayOfMonth, today, year), at + 1);
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(word) && isLocalDate(word)) return make(word, at + 1);
  const joined = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)(\d{1,2})(?:st|nd|rd|th)?$/.exec(word);
  if (joined !== null) return make(nextDate(MONTHS.get(joined[1] ?? '') ?? 0, Number(joined[2]), today, null), at + 1);
  const month = MONTHS.get(word);
  if (month !== undefined) {
    const after = wordAt(tokens, at + 1) === 'the' ? at + 2 : at + 1;
    const dayOfMonth = dayNumberOf(wordAt(tokens, after));
    if (dayOfMonth !== null && !/^(?:dos|uno|tres)$/.test(wordAt(tokens, after))) return make(nextDate(month, dayOfMonth, today, null), yearAfter(tokens, after + 1));
    return null;
  }
  const lead = word === 'the' || word === 'el' || word === 'dia' ? 1 : 0;
  const numberAt = lead === 1 && wordAt(tokens, at + 1) === 'dia' ? at + 2 : at + lead;
  const dayOfMonth = dayNumberOf(wordAt(tokens, numberAt));
  if (dayOfMonth === null) return null;
  const of = ['of', 'de'].includes(wordAt(tokens, numberAt + 1)) ? numberAt + 2 : numberAt + 1;
  const named = MONTHS.get(wordAt(tokens, of));
  if (named !== undefined && !(wordAt(tokens, of) === 'may' && of === numberAt + 1)) return make(nextDate(named, dayOfMonth, today, null), yearAfter(tokens, of + 1));
  const typed = wordAt(tokens, numberAt);
  const ordinal = /^\d{1,2}(?:st|nd|rd|th)$/.test(typed);
  const preposition = ['on', 'by', 'before', 'until', 'till'].includes(wordAt(tokens, at - 1));
  const spelled = !/^\d/.test(typed);
  if (spelled && !(lead === 1 && preposition) && !(word === 'el')) return null;
  if (spelled && ['time', 'payment', 'one', 'week', 'thing', 'of'].includes(wordAt(tokens, numberAt + 1))) return null;
  if (ordinal || lead === 1) return make(nextDayOfMonth(dayOfMonth, today), numberAt + 1);
  return null;
}

const yearAfter = (tokens: readonly Token[], at: number): number => (/^20\d{2}$/.test(wordAt(tokens, at)) ? at + 1 : ['de', 'del'].includes(wordAt(tokens, at)) && /^20\d{2}$/.test(wordAt(tokens, at + 1)) ? at + 2 : at);

/** "friday" is the coming one, never today; "next friday" is in the next week (Monday to Sunday); "this friday" the coming one. */
function weekdayAt(tokens: readonly Token[], at: number, today: LocalDate): DateRead | null {
  let i = at;
  let next = false;
  const lead = wordAt(tokens, i);
  if (lead === 'next' || lead === 'nxt' || lead === 'proximo' || lead === 'following') next = true;
  if (next || lead === 'this' || lead === 'coming' || lead === 'este') i += 1;
  if (wordAt(tokens, i) === 'coming') i += 1;
  const wanted = WEEKDAYS.get(wordAt(tokens, i));
  if (wanted === undefined || (wordAt(tokens, i) === 'sat' && wordAt(tokens, i - 1) === 'i')) return null;
  let to = i + 1;
  const after = `${wordAt(tokens, to)} ${wordAt(tokens, to + 1)}`;
  if (/^next week|^de la/.test(after) && (after.startsWith('next') || /^(?:proxima|siguiente)/.test(wordAt(tokens, to + 2)))) {
    next = true;
    to += after.startsWith('next') ? 2 : 4;
  } else if (/^(?:que viene|proximo|que entra|siguiente)/.test(after)) {
    if (!after.startsWith('que')) next = true;
    to += after.startsWith('que') ? 2 : 1;
  } else if (/^(?:morning|afternoon|evening|night)$/.test(wordAt(tokens, to))) to += 1;
  if (['last', 'past', 'pasado'].includes(lead) || ['last', 'past'].includes(wordAt(tokens, at - 1)) || wordAt(tokens, to) === 'pasado') return null;
  const now = weekday(today);
  if (next) return { kind: 'day', on: addDays(today, 8 - now + (wanted - 1)), from: at, to };
  const ahead = (wanted - now + 7) % 7;
  return { kind: 'day', on: addDays(today, ahead === 0 ? 7 : ahead), from: at, to };
}

function vagueAt(tokens: readonly Token[], at: number): DateRead | null {
  const word = wordAt(tokens, at);
  if (!VAGUE.has(word)) return null;
  if ((word === 'month' || word === 'week') && !['next', 'the', 'of', 'proxima', 'proximo', 'every', 'each', 'per', 'a'].includes(wordAt(tokens, at - 1))) return null;
  if (word === 'check' || word === 'fin') return null;
  return { kind: 'vague', from: at, to: at + 1 };
}

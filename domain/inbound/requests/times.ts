import { phrases } from '../grammar.ts';
import { numberWords } from '../number-words.ts';
import type { Token } from '../tokens.ts';
import { clockAt, minutesAfter, minutesBefore } from './clock-words.ts';

/** A time in a request. `vague` has no clock time; `until` ends; `often` is about how many, not when. */
export type TimeWord =
  | { readonly kind: 'after' | 'before'; readonly minutes: number; readonly to: number }
  | { readonly kind: 'between'; readonly fromMinutes: number; readonly toMinutes: number; readonly to: number }
  | { readonly kind: 'days'; readonly days: readonly number[]; readonly to: number }
  | { readonly kind: 'vague'; readonly part: 'morning' | 'other'; readonly to: number }
  | { readonly kind: 'until'; readonly from: number; readonly to: number }
  | { readonly kind: 'often'; readonly to: number };

const PLURAL_DAYS: ReadonlyMap<string, readonly number[]> = new Map<string, readonly number[]>([
  ...[
    ...numberWords(`
    mondays lunes = 1 ; tuesdays martes = 2 ; wednesdays miercoles = 3 ; thursdays jueves = 4 ; fridays viernes = 5 ;
    saturdays sabbath shabbat shabbos sabados sabado = 6 ; sundays domingos domingo = 7
  `),
  ].map(([word, day]) => [word, [day]] as const),
  ['weekends', [6, 7]] as const,
  ['weekend', [6, 7]] as const,
  ['weekdays', [1, 2, 3, 4, 5]] as const,
]);
const SINGLE_DAYS = numberWords(
  'monday = 1 ; tuesday = 2 ; wednesday = 3 ; thursday = 4 ; friday = 5 ; saturday = 6 ; sunday = 7',
);

const OFTEN = phrases(`
  every single? day ; everyday ; daily ; all day ; all the time ; so much ; this much ; so often ; this often ;
  so many ; too much ; too often ; constantly ; nonstop ; non stop ; over and over ; every hour ; every minute ;
  every # minutes ; every # hours ; every week ; every other day ; twice ; # times ; multiple times ;
  several times ; repeatedly ; day and night ; again and again ; all day long ; cada dia ; todos los dias ;
  a cada rato ; tanto ; tantas veces ; tan seguido ; todo el dia ; a diario ; cada hora ; como loco ;
  todo el tiempo ; like crazy ; like this ; 24/7 ; x # veces ;
`);
const MORNING = phrases(`
  in the mornings|morning ; mornings ; morning ; por|en las|la mananas|manana ; early mornings ;
`);
const VAGUE = phrases(`
  so|this|that|too|very late ; so|this|that|too|very early ; late at night ; at night ; at nite ; evenings ;
  in the evening|evenings ; nights ; night ; in the afternoon|afternoons ; afternoons ; during the day ; in the day|daytime ; during daytime ;
  during|on|at|over|in my|our|the? lunch|dinner|supper|breakfast|lunchtime|dinnertime|break|nap|shift hour|hours|break|time? ;
  during|on|at|over|in my|our|the? baby|babys|kids nap|naps|bedtime|naptime ; en|durante|a mi|el|la|hora? de? almuerzo|comida|cena ; while i sleep ; while i am asleep|sleeping ;
  when i sleep ; when i am asleep|sleeping ; at this hour ; at that hour ; at this time ;
  in the middle of the night ; in the middle of the day ; overnight ; after hours ; after dark ; after work ;
  after dinner|bedtime ; before work ; before dawn|sunrise ; at church ; during church ; at school ; in class ;
  during class ; at my moms|mothers|house ; tan tarde ; muy tarde ; tan temprano ; muy temprano ;
  por la noche|tarde ; en la noche|tarde ; de noche ; en las noches|tardes ; por las noches|tardes ;
  a estas horas ; a esta hora ; de madrugada ; en la madrugada ; mientras duermo ; during the night ;
  during my sleep ; late ; at # am|pm ; on holidays ; at all hours ; ungodly hours ; that early ; crack of dawn ;
  when i am driving|busy ; while i am driving|busy ; during prayer ; until dark ;
`);
const UNTIL = phrases(`
  till ; until ; hasta ; for|por # days|weeks|months|day|week|month|dias|semanas|meses ;
  for a|an|the|this|next|one|two|three|few|couple *2 day|days|week|weeks|month|months|while|bit|weekend|holidays ;
  right now ; for now ; today ; tonight ; tomorrow ; this week|month|weekend|morning ; at the moment ;
  por ahora ; por un tiempo|rato ; hoy ; esta semana|noche|manana ; ahorita ; por # dias|semanas ;
  during the holidays ; over the holidays ; a few days ; por una|dos|tres semana|semanas|mes|meses|dias ;
  por unos dias ;
`);

type Seq = readonly (ReadonlySet<string> | '#' | '*2')[];
const compile = (list: readonly string[]): readonly Seq[] =>
  list.flatMap((written) =>
    variantsOf(written.split(' ')).map((words) =>
      words.map((part) => (part === '#' || part === '*2' ? part : new Set(part.split('|')))),
    ),
  );

/** The phrase with and without each of its optional words. */
function variantsOf(parts: readonly string[]): readonly (readonly string[])[] {
  const optional = parts.findIndex((part) => part.endsWith('?'));
  if (optional < 0) return [parts];
  const kept = parts.with(optional, (parts[optional] ?? '').slice(0, -1));
  return [...variantsOf(kept), ...variantsOf(parts.toSpliced(optional, 1))];
}
/** Sequences by their first word; `#` for those that begin with a number. */
function indexed(list: readonly string[]): ReadonlyMap<string, readonly Seq[]> {
  const map = new Map<string, Seq[]>();
  for (const seq of compile(list)) {
    const lead = seq[0];
    for (const word of lead === undefined || typeof lead === 'string' ? ['#'] : lead) {
      const known = map.get(word);
      if (known === undefined) map.set(word, [seq]);
      else known.push(seq);
    }
  }
  return map;
}

const OFTEN_SEQ = indexed(OFTEN);
const MORNING_SEQ = indexed(MORNING);
const VAGUE_SEQ = indexed(VAGUE);
const UNTIL_SEQ = indexed(UNTIL);

const COUNTED = /^\d{1,4}x?$|^(?:one|two|three|four|five|six|ten|dos|tres|couple)$/;

function seqAt(seq: Seq, tokens: readonly Token[], at: number): number {
  let i = at;
  for (let p = 0; p < seq.length; p += 1) {
    const part = seq[p];
    if (part === undefined) return -1;
    if (part === '*2') {
      const rest = seq.slice(p + 1);
      for (let skip = 0; skip <= 2; skip += 1) {
        const end = seqAt(rest, tokens, i + skip);
        if (end >= 0) return end;
      }
      return -1;
    }
    const word = tokens[i]?.word ?? '';
    if (part === '#' ? !COUNTED.test(word) : !part.has(word)) return -1;
    i += 1;
  }
  return i;
}

function firstOf(seqs: ReadonlyMap<string, readonly Seq[]>, tokens: readonly Token[], at: number): number {
  const word = tokens[at]?.word ?? '';
  for (const list of [seqs.get(word), COUNTED.test(word) ? seqs.get('#') : undefined]) {
    for (const seq of list ?? []) {
      const to = seqAt(seq, tokens, at);
      if (to >= 0) return to;
    }
  }
  return -1;
}

const AFTER = new Set(['after', 'past', 'despues', 'pasadas']);
const BEFORE = new Set(['before', 'antes']);

/** The time expression that begins at `at`, or null. */
export function timeAt(tokens: readonly Token[], at: number): TimeWord | null {
  const word = tokens[at]?.word ?? '';
  const next = tokens[at + 1]?.word ?? '';
  if (AFTER.has(word) || (word === 'later' && next === 'than')) {
    const said = clockAt(tokens, next === 'de' || next === 'than' ? at + 2 : at + 1);
    if (said !== null) return { kind: 'after', minutes: minutesAfter(said), to: said.to };
  }
  if (BEFORE.has(word) || (word === 'earlier' && next === 'than') || (word === 'prior' && next === 'to')) {
    const said = clockAt(tokens, next === 'de' || next === 'than' || next === 'to' ? at + 2 : at + 1);
    if (said !== null) return { kind: 'before', minutes: minutesBefore(said), to: said.to };
  }
  if (word === 'between' || word === 'from' || word === 'entre' || word === 'de') {
    const range = rangeAt(tokens, at + 1);
    if (range !== null) return range;
  }
  const dashed = /^(\d{1,2})(?:am)?-(\d{1,2})(?:pm)?$/.exec(word);
  if (dashed !== null) return between(Number(dashed[1]), Number(dashed[2]), at + 1);
  if (word === 'at' || word === 'a') {
    const said = clockAt(tokens, at + 1);
    if (said !== null && (word === 'at' || said.half !== null)) return { kind: 'vague', part: 'other', to: said.to };
  }
  const until = firstOf(UNTIL_SEQ, tokens, at);
  if (until >= 0) return { kind: 'until', from: at, to: until };
  const often = firstOf(OFTEN_SEQ, tokens, at);
  if (often >= 0) return { kind: 'often', to: often };
  const days = daysAt(tokens, at);
  if (days !== null) return days;
  const morning = firstOf(MORNING_SEQ, tokens, at);
  if (morning >= 0) return { kind: 'vague', part: 'morning', to: morning };
  const vague = firstOf(VAGUE_SEQ, tokens, at);
  // "on my lunch, 12 to 1": the clock says what the word meant
  if (vague >= 0) return spanAt(tokens, vague) ?? { kind: 'vague', part: 'other', to: vague };
  return spanAt(tokens, at);
}

/** "12 to 1" without a word before it; "2 to 3 times" is none. */
function spanAt(tokens: readonly Token[], at: number): TimeWord | null {
  const range = rangeAt(tokens, at);
  return range !== null &&
    !/^(?:times?|days?|weeks?|hours?|minutes?|veces|dias|semanas)$/.test(tokens[range.to]?.word ?? '')
    ? range
    : null;
}

function rangeAt(tokens: readonly Token[], at: number): TimeWord | null {
  const first = clockAt(tokens, at);
  if (first === null) return null;
  const joint = tokens[first.to]?.word ?? '';
  if (!['and', 'to', 'a', 'y', 'till', 'until', 'through', 'hasta'].includes(joint)) return null;
  const last = clockAt(tokens, first.to + 1);
  if (last === null) return null;
  const start = first.half === null ? morningOr(first.hour) * 60 + first.minute : minutesAfter(first);
  let end = minutesAfter(last);
  if (last.half === null && first.half === 'am') end = minutesAfter({ ...last, half: 'pm' });
  return end > start ? { kind: 'between', fromMinutes: start, toMinutes: end, to: last.to } : null;
}

const morningOr = (hour: number): number => (hour >= 1 && hour <= 6 ? hour + 12 : hour);

function between(first: number, last: number, to: number): TimeWord | null {
  const start = morningOr(first) * 60;
  const end = (last <= 11 ? last + 12 : last) * 60;
  return end > start && end <= 1440 ? { kind: 'between', fromMinutes: start, toMinutes: end, to } : null;
}

function daysAt(tokens: readonly Token[], at: number): TimeWord | null {
  let i = at;
  const lead = tokens[i]?.word ?? '';
  if (['on', 'los', 'el', 'the', 'during', 'en'].includes(lead)) i += 1;
  if (['los', 'el', 'the'].includes(tokens[i]?.word ?? '')) i += 1;
  const found: number[] = [];
  for (let n = 0; n < 6; n += 1) {
    const word = tokens[i]?.word ?? '';
    const many = PLURAL_DAYS.get(word);
    const one = lead === 'on' || found.length > 0 ? SINGLE_DAYS.get(word) : undefined;
    if (many !== undefined) found.push(...many);
    else if (one !== undefined) found.push(one);
    else if (word === 'fin' || word === 'fines') {
      found.push(6, 7);
      i += 2;
    } else break;
    i += 1;
    if (['and', 'or', 'y', 'ni', 'o'].includes(tokens[i]?.word ?? '')) i += 1;
  }
  return found.length > 0 ? { kind: 'days', days: [...new Set(found)].sort((a, b) => a - b), to: i } : null;
}

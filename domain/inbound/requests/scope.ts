import type { QuietTime } from '../classification.ts';
import type { Token } from '../tokens.ts';
import { asTime } from './clock-words.ts';
import { timeAt, type TimeWord } from './times.ts';

/** What narrows a request: to a place of work, to hours or days, to a while, or to "so often". */
export interface Scope {
  readonly work: boolean;
  readonly times: readonly TimeWord[];
  /** Media named after "by": "do not contact me by phone". */
  readonly byMedia: readonly ('text' | 'call' | 'email' | 'letter')[];
  readonly thisNumber: boolean;
  /** "On here": the medium it was said in. */
  readonly here: boolean;
  readonly anyMeans: boolean;
  readonly to: number;
}

const NEW_CLAUSE = new Set(
  'i you he she they we it but because cuz instead or and que pero porque yo ya es just text call email'.split(' '),
);
const KEEPS_CLAUSE = new Set(
  'while when until till before after if as since whenever once mientras cuando hasta'.split(' '),
);
const CLAUSE_OPENERS = new Set(
  'after before at until till on while when during between from in past especially only by via every so for not ever despues antes hasta en los por'.split(
    ' ',
  ),
);

const WORK =
  /(?:^| )(?:(?:at|to|in|from|on|@|through) (?:my |his |her |their |the |our )?(?:work|job|office|workplace|jobsite|place of (?:work|employment|business)|employer|boss|employment)(?: |$)(?!(?:it|out) )|(?:my|his|her|their) (?:work|job|office|workplace|employer|boss|place of (?:work|employment)|supervisor|coworkers?|hr)(?: |$)|(?:during|in) (?:my )?(?:work|working|business|office) hours|(?:while|when) i (?:am )?(?:at |in )?(?:my )?(?:work|working|the office|on shift|on the clock)(?: |$)|during (?:work|my shift|shift)(?: |$)|on the job|(?:en|a|al) (?:el |mi |la |su )?(?:trabajo|empleo|oficina)(?: |$)|mi (?:trabajo|jefe|patron|oficina)(?: |$)|mientras trabajo|cuando (?:estoy )?(?:en el )?trabaj)/;
const BY =
  /(?:^| )(?:by|via|through|over|using|por|on|with) (?:my |the |a )?(text|texts|texting|sms|message|phone|telephone|call|calls|cell|email|mail|letter|letters|mensaje|mensajes|texto|telefono|llamada|llamadas|correo)(?: (messages?|calls?|or|and|y|o|ni) ?(phone|text|sms|email|call|mail|calls)?)?(?: |$)/;
const THIS_NUMBER =
  /(?:^| )(?:(?:at|on|to|from) )?(?:this|that|my|este|mi) (?:cell |mobile |phone |home )?(?:number|phone|cell|line|mobile|numero|telefono|celular)(?: |$)/;
const ANY_MEANS =
  /(?:by|in|through) (?:any|all) (?:means|way|ways|form|method|other)|in any (?:way|form|manner)|by any|any further|any more at all|por ningun medio|de ninguna (?:forma|manera)|at all(?: |$)/;

/** Where a request ends: at a new clause with a subject of its own, or after 16 words. */
export function scopeEnd(tokens: readonly Token[], from: number): number {
  const first = tokens[from - 1] ?? tokens[from];
  let i = from;
  while (i < tokens.length && i < from + 16) {
    const token = tokens[i];
    const before = tokens[i - 1];
    if (token === undefined || token.sentence !== first?.sentence) break;
    if (before !== undefined && token.clause !== before.clause && i > from - 1 && !CLAUSE_OPENERS.has(token.word)) {
      if (!(before.word === 'late' || timeAt(tokens, i) !== null)) break;
    }
    if (
      i >= from &&
      NEW_CLAUSE.has(token.word) &&
      !KEEPS_CLAUSE.has(before?.word ?? '') &&
      timeAt(tokens, i) === null
    ) {
      const joins = (token.word === 'and' || token.word === 'or') && timeAt(tokens, i + 1) !== null;
      const named =
        (token.word === 'text' || token.word === 'call' || token.word === 'email') &&
        /^(?:by|via|or|and|my)$/.test(before?.word ?? '');
      const still =
        /^(?:or|and)$/.test(token.word) && /^(?:phone|email|text|calls?|mail|at)$/.test(tokens[i + 1]?.word ?? '');
      if (!joins && !named && !still && !(token.word === 'i' && KEEPS_CLAUSE.has(before?.word ?? ''))) break;
    }
    i += 1;
  }
  return i;
}

/** Reads what narrows a request in `tokens[from, to)`. */
export function readScope(tokens: readonly Token[], from: number, to: number): Scope {
  const words = tokens.slice(from, to).map((token) => token.word);
  const written = words.join(' ');
  const times: TimeWord[] = [];
  for (let i = from; i < to; i += 1) {
    const time = timeAt(tokens, i);
    if (time === null) continue;
    times.push(time);
    // What follows "until" says when the wish ends, not when to be quiet.
    if (time.kind === 'until') break;
    i = Math.max(i, Math.min(time.to, to) - 1);
  }
  const byMedia: ('text' | 'call' | 'email' | 'letter')[] = [];
  const by = BY.exec(written);
  for (const name of by === null ? [] : [by[1] ?? '', by[3] ?? '']) {
    if (/^(?:text|sms|mensaje|message)/.test(name)) byMedia.push('text');
    else if (/^(?:phone|tele|call|cell|llamada)/.test(name)) byMedia.push('call');
    else if (/^(?:email|correo)/.test(name)) byMedia.push('email');
    else if (/^(?:mail|letter)/.test(name)) byMedia.push('letter');
  }
  return {
    work: WORK.test(written),
    times,
    byMedia,
    thisNumber: THIS_NUMBER.test(written),
    here: /(?:^| )(?:on|over|through|in)? ?here(?: |$)/.test(written),
    anyMeans: ANY_MEANS.test(written),
    to,
  };
}

const GUARD_MINUTES = 5; // 300 s closing guard for delivery lag, rules.md §0.2
const DAY = 24 * 60;
type Window = QuietTime['windows'][number];
const window = (from: number, to: number, days: readonly number[] | null): Window => ({
  from: asTime(from),
  to: asTime(to),
  days,
});
const noon = 12 * 60;

export type QuietChannels = QuietTime['channels'];

/** Quiet hours from times said with "not" (`allowed` false) or with "only" (`allowed` true); null when none is a time of day. */
export function quietFrom(times: readonly TimeWord[], allowed: boolean, channels: QuietChannels): QuietTime | null {
  const windows: Window[] = [];
  let close: number | null = null;
  const shut = (at: number): number => {
    close = close === null ? at : Math.min(close, at);
    return at;
  };
  const dayWord = times.find((time) => time.kind === 'days');
  const days = dayWord?.kind === 'days' ? dayWord.days : null;
  let clock = false;
  for (const time of times) {
    if (time.kind === 'after') {
      clock = true;
      if (allowed) windows.push(window(0, time.minutes, null));
      else windows.push(window(shut(time.minutes - GUARD_MINUTES), DAY, days));
    } else if (time.kind === 'before') {
      clock = true;
      if (allowed) windows.push(window(shut(time.minutes - GUARD_MINUTES), DAY, null));
      else windows.push(window(0, time.minutes, days));
    } else if (time.kind === 'between') {
      clock = true;
      if (allowed)
        windows.push(window(0, time.fromMinutes, null), window(shut(time.toMinutes - GUARD_MINUTES), DAY, null));
      else windows.push(window(time.fromMinutes - GUARD_MINUTES, time.toMinutes, days));
    } else if (time.kind === 'vague') {
      // Contract, "Hours without a clock time": until a person has read it, 09:00–11:55 for mornings, else before 17:55.
      if (time.part === 'morning' && allowed)
        windows.push(window(0, 9 * 60, null), window(shut(noon - GUARD_MINUTES), DAY, null));
      else {
        if (time.part === 'morning') windows.push(window(0, noon, days));
        windows.push(window(shut(18 * 60 - GUARD_MINUTES), DAY, null));
      }
    }
  }
  if (days !== null && !clock) {
    const named = allowed ? [1, 2, 3, 4, 5, 6, 7].filter((day) => !days.includes(day)) : days;
    windows.push(window(0, DAY, named));
  }
  if (windows.length === 0) return null;
  return { windows, channels, untilOn: null, effectiveCloseLocal: close === null ? null : asTime(close) };
}

import { numberWords } from '../number-words.ts';
import type { Token } from '../tokens.ts';

/** A clock time as said: minutes after midnight if it is morning or the 24 hour clock, and what the speaker added. */
export interface Said {
  readonly hour: number;
  readonly minute: number;
  readonly half: 'am' | 'pm' | null;
  /** Index after the last token. */
  readonly to: number;
}

const NUMBER_WORDS = numberWords(`
  one una = 1 ; two dos = 2 ; three tres = 3 ; four cuatro = 4 ; five cinco = 5 ; six seis = 6 ; seven siete = 7 ;
  eight ocho = 8 ; nine nueve = 9 ; ten diez = 10 ; eleven once = 11 ; twelve doce = 12
`);

const CLOCK = /^(\d{1,2})(?:[:.](\d{2}))?(am|pm|a|p|ish|oclock|h|hrs)?$/;
const MILITARY = /^([01]\d|2[0-3])([0-5]\d)(?:h|hrs|hours)?$/;

/** Reads "6", "6pm", "6:30 pm", "18:00", "six", "noon", "las 6 de la tarde" at `at`; null when no clock time stands there. */
export function clockAt(tokens: readonly Token[], at: number): Said | null {
  let i = at;
  while (/^(?:the|about|around|like|las?|los|@)$/.test(tokens[i]?.word ?? '')) i += 1;
  const word = tokens[i]?.word ?? '';
  if (word === 'noon' || word === 'mediodia' || word === 'lunch' || word === 'midday')
    return { hour: 12, minute: 0, half: 'pm', to: i + 1 };
  if (word === 'midnight' || word === 'medianoche') return { hour: 24, minute: 0, half: 'pm', to: i + 1 };
  let hour = NUMBER_WORDS.get(word) ?? -1;
  let minute = 0;
  let half: 'am' | 'pm' | null = null;
  const digits = CLOCK.exec(word);
  const military = MILITARY.exec(word);
  if (digits !== null) {
    hour = Number(digits[1]);
    minute = Number(digits[2] ?? 0);
    const suffix = digits[3] ?? '';
    half = suffix.startsWith('a') ? 'am' : suffix.startsWith('p') ? 'pm' : null;
  } else if (military !== null) {
    hour = Number(military[1]);
    minute = Number(military[2]);
  }
  if (hour < 0 || hour > 24 || minute > 59) return null;
  let to = i + 1;
  if (tokens[to]?.word === "o'clock" || tokens[to]?.word === 'oclock' || tokens[to]?.word === 'ish') to += 1;
  if (tokens[to]?.word === 'thirty' || (tokens[to]?.word === 'y' && tokens[to + 1]?.word === 'media')) {
    minute = 30;
    to += tokens[to]?.word === 'y' ? 2 : 1;
  }
  const said = halfAt(tokens, to);
  if (said !== null) return { hour, minute, half: said.half, to: said.to };
  return { hour, minute, half, to };
}

function halfAt(tokens: readonly Token[], at: number): { half: 'am' | 'pm'; to: number } | null {
  const word = tokens[at]?.word ?? '';
  if (word === 'am' && tokens[at]?.typed !== 'im') return { half: 'am', to: at + 1 };
  if (word === 'pm') return { half: 'pm', to: at + 1 };
  // "a.m." is two letters in two sentences.
  if ((word === 'a' || word === 'p') && tokens[at + 1]?.word === 'm')
    return { half: word === 'a' ? 'am' : 'pm', to: at + 2 };
  const next = tokens[at + 1]?.word ?? '';
  const third = tokens[at + 2]?.word ?? '';
  if (word === 'in' && next === 'the') {
    if (third === 'morning') return { half: 'am', to: at + 3 };
    if (third === 'afternoon' || third === 'evening') return { half: 'pm', to: at + 3 };
  }
  if (word === 'at' && next === 'night') return { half: 'pm', to: at + 2 };
  if ((word === 'de' || word === 'en' || word === 'por') && next === 'la') {
    if (third === 'manana') return { half: 'am', to: at + 3 };
    if (third === 'tarde' || third === 'noche') return { half: 'pm', to: at + 3 };
  }
  return null;
}

/** Minutes after midnight meant by "after 6": without am or pm an hour from 1 to 11 is in the afternoon or evening. */
export function minutesAfter(said: Said): number {
  return minutes(said, said.hour >= 1 && said.hour <= 11 ? 'pm' : null);
}

/** Minutes after midnight meant by "before 9": 5 to 11 are in the morning, 1 to 4 in the afternoon. */
export function minutesBefore(said: Said): number {
  return minutes(said, said.hour >= 1 && said.hour <= 4 ? 'pm' : null);
}

function minutes(said: Said, assumed: 'pm' | null): number {
  const half = said.hour > 12 ? null : (said.half ?? assumed);
  let hour = said.hour;
  if (half === 'am' && hour === 12) hour = 0;
  if (half === 'pm' && hour < 12) hour += 12;
  return Math.min(hour * 60 + said.minute, 24 * 60);
}

/** `HH:MM`, with `24:00` for the end of the day. */
export function asTime(total: number): string {
  const clamped = Math.max(0, Math.min(total, 24 * 60));
  return `${String(Math.floor(clamped / 60)).padStart(2, '0')}:${String(clamped % 60).padStart(2, '0')}`;
}

import type { Finding } from '../finding.ts';
import type { Token } from '../tokens.ts';
import { clockAt } from './clock-words.ts';
import { mediumOf } from './media.ts';
import { quietFrom, readScope, type QuietChannels } from './scope.ts';
import { timeAt, type TimeWord } from './times.ts';

const ONLY = new Set('only solo solamente unicamente just best better prefer'.split(' '));
/** Hours are said in short sentences; words further on are not looked at. */
const LONGEST = 24;
const ADDRESSED = /^(?:me|us|after|before|between|on|in|mornings|evenings|afternoons|weekends|weekdays|then|at)$/;
const ASKING_BEFORE = /^(?:please|you|can|could|just|only|and|but|so|ok|okay|to|favor|better|us|pls)$/;

/**
 * Hours in which contact is welcome: "only text me after 5" shuts the rest of the day; "call me after 5" says much the
 * same and is for a person too. Returns the tokens it explains, so that "only call me" is not read as "no texts".
 */
export function readAllowedHours(tokens: readonly Token[]): readonly Finding[] {
  const out: Finding[] = [];
  let tried = -1;
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i];
    if (token === undefined) break;
    const from = token.sentenceFrom;
    if (out.at(-1)?.from === from) continue;
    if (ONLY.has(token.word)) {
      const found = tried === from ? null : onlyHours(tokens, from, i);
      tried = from;
      if (found !== null) out.push(found);
    } else {
      const found = invitedHours(tokens, i, from);
      if (found !== null) out.push(found);
    }
  }
  return out;
}

function onlyHours(tokens: readonly Token[], from: number, at: number): Finding | null {
  const to = Math.min(tokens[at]?.sentenceTo ?? at, from + LONGEST);
  const words = tokens.slice(from, to);
  const channels = channelsIn(words);
  const about =
    channels.length > 0 || words.some((token) => mediumOf(token.word)?.medium === 'contact') || words.length <= 6;
  if (!about || words.some((token) => /^(?:pay|paid|payment|can|pago|puedo|work|get|have)$/.test(token.word)))
    return null;
  const times = readScope(tokens, from, to).times.filter((time) => time.kind !== 'often' && time.kind !== 'until');
  const word = tokens[at]?.word ?? '';
  if (['best', 'better', 'prefer', 'just'].includes(word) && !times.some(isClock)) return null;
  return finding(times, from, to, channels);
}

/** "text me after 5", "call after 5pm please". */
function invitedHours(tokens: readonly Token[], at: number, from: number): Finding | null {
  const found = mediumOf(tokens[at]?.word ?? '');
  if (found === null || found.form !== 'base' || found.medium === 'bother') return null;
  if (at !== from && !ASKING_BEFORE.test(tokens[at - 1]?.word ?? '')) return null;
  if (/^(?:not|never|no|dont)$/.test(tokens[at - 2]?.word ?? '') || !ADDRESSED.test(tokens[at + 1]?.word ?? ''))
    return null;
  for (let i = at + 1; i <= at + 4; i += 1) {
    const time = tokens[i]?.sentence === tokens[at]?.sentence ? timeAt(tokens, i) : null;
    if (time === null || !isClock(time)) continue;
    if (clockAt(tokens, i + 1) === null && time.kind !== 'between') continue;
    const read = finding(
      [time],
      at,
      time.to,
      channelsIn([tokens[at]].flatMap((token) => (token === undefined ? [] : [token]))),
    );
    return read === null ? null : { ...read, review: 'time-unclear' };
  }
  return null;
}

const isClock = (time: TimeWord): boolean => time.kind === 'after' || time.kind === 'before' || time.kind === 'between';

function finding(
  times: readonly TimeWord[],
  from: number,
  to: number,
  channels: readonly ('sms' | 'call' | 'email')[],
): Finding | null {
  const quiet = quietFrom(times, true, channels.length === 0 ? null : channels);
  if (quiet === null) return null;
  const vague = times.some((time) => time.kind === 'vague');
  return {
    label: 'inconvenient-time',
    rule: 'allowed-hours',
    from,
    to,
    quiet,
    ...(vague ? { review: 'time-unclear' as const } : {}),
  };
}

function channelsIn(tokens: readonly Token[]): Exclude<QuietChannels, null> {
  const out = new Set<'sms' | 'call' | 'email'>();
  for (const token of tokens) {
    const medium = mediumOf(token.word)?.medium;
    if (medium === 'text') out.add('sms');
    else if (medium === 'call') out.add('call');
    else if (medium === 'email') out.add('email');
  }
  return [...out];
}

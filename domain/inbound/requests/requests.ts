import type { InboundContext, ReviewReason } from '../classification.ts';
import type { Covered, Finding, StopReading } from '../finding.ts';
import type { Label } from '../labels.ts';
import type { Token } from '../tokens.ts';
import { readAllowedHours } from './allowed-hours.ts';
import { headAt, type Head } from './heads.ts';
import { mediaList, type MediaList } from './media-list.ts';
import type { Medium } from './media.ts';
import { quietFrom, readScope, scopeEnd, type QuietChannels, type Scope } from './scope.ts';
import { timeAt } from './times.ts';

interface Draft {
  readonly findings: Finding[];
  readonly covered: Covered[];
  readonly reviews: ReviewReason[];
  readonly numbers: string[];
  /** What was to end altogether, in any request of the message. */
  readonly ended: Set<Medium>;
  other: boolean;
}

/** Reads every request not to be contacted, with the medium, place and hours it names. Linear. */
export function readRequests(tokens: readonly Token[], mode: InboundContext['mode']): StopReading {
  const draft: Draft = { findings: [], covered: [], reviews: [], numbers: [], ended: new Set(), other: false };
  for (let i = 0; i < tokens.length; i += 1) {
    i = Math.max(i, readBareTime(tokens, i, draft));
    const head = headAt(tokens, i);
    if (head === null) continue;
    const list = mediaList(tokens, head);
    if (list === null) {
      readBareWhile(tokens, head, draft);
      continue;
    }
    readRequest(tokens, { head, list, mode }, draft);
    i = Math.max(i, list.to - 1);
  }
  for (const found of readAllowedHours(tokens)) {
    if (draft.findings.some((other) => other.from < found.to && other.to > found.from)) continue;
    draft.findings.push(found);
    draft.covered.push({ from: found.from, to: found.to });
  }
  return {
    findings: draft.findings,
    covered: draft.covered,
    reviews: draft.reviews,
    namedNumbers: draft.numbers,
    namesOtherPerson: draft.other,
  };
}

/** "Not after 6", "nothing before 9": hours without a medium. Returns the last token read. */
function readBareTime(tokens: readonly Token[], at: number, draft: Draft): number {
  if (!/^(?:not|nothing|never|no|nunca|nada)$/.test(tokens[at]?.word ?? '')) return at;
  if (/^(?:can|could|will|would|did|have|am|is)$/.test(tokens[at - 1]?.word ?? '')) return at;
  const time = timeAt(tokens, at + 1);
  if (
    time === null ||
    (time.kind !== 'after' && time.kind !== 'before' && time.kind !== 'between' && time.kind !== 'days')
  )
    return at;
  const quiet = quietFrom([time], false, null);
  if (quiet !== null)
    draft.findings.push({ label: 'inconvenient-time', rule: 'bare-hours', from: at, to: time.to, quiet });
  return time.to - 1;
}

/** "Stop for now", "stop until friday": a stop without a medium that is to end. */
function readBareWhile(tokens: readonly Token[], head: Head, draft: Draft): void {
  const time = head.type === 'stop' && !head.needsMedium ? timeAt(tokens, head.to) : null;
  if (time === null || time.kind !== 'until') return;
  // "Stop tomorrow's payment" is about the payment.
  const after = tokens[time.to];
  const ends =
    after === undefined || after.clause !== tokens[time.to - 1]?.clause || /^(?:please|thanks|ok|i)$/.test(after.word);
  const dated = time.to - head.to === 1 && /^(?:until|till|hasta)$/.test(tokens[head.to]?.word ?? '');
  if (!ends && !dated) return;
  draft.findings.push(forAWhile({ from: head.from, to: time.to }, null));
  draft.covered.push({ from: head.from, to: time.to });
}

function forAWhile(span: Covered, channels: QuietChannels): Finding {
  return {
    label: 'inconvenient-time',
    rule: 'request-for-a-while',
    tag: 'temporary',
    review: 'time-unclear',
    quiet: { windows: [], channels, untilOn: null, effectiveCloseLocal: null },
    ...span,
  };
}

/** "Pause the texts" is by its word for a while. */
const PAUSES = /^(?:pause|hold)$/;

interface Request {
  readonly head: Head;
  readonly list: MediaList;
  readonly mode: InboundContext['mode'];
}

/** More requests than this say no more; keeps everything after it linear. */
const ENOUGH = 24;

const AT_START = /^(?:at|while|when|during|on|after|before|between|despues|antes|en|los|cuando|mientras)$/;

/** "No calls came today", "no messages yet": what was or was not received, told and not asked. */
const REPORTED =
  /^(?:came|come|comes|went|got|yet|since|arrived|showed|appeared|has|have|had|were|was|found|available)$/;

function readRequest(tokens: readonly Token[], request: Request, draft: Draft): void {
  const { head, list } = request;
  if (head.type === 'no' && head.to - head.from === 1 && REPORTED.test(tokens[list.to]?.word ?? '')) {
    draft.covered.push({ from: head.from, to: list.to });
    return;
  }
  if (draft.findings.length >= ENOUGH) {
    draft.covered.push({ from: head.from, to: list.to });
    return;
  }
  const to = scopeEnd(tokens, list.to);
  let scope = readScope(tokens, Math.min(list.at + 1, list.to), to);
  // "At work please don't call me", "after 6 don't text".
  if (!scope.work && scope.times.length === 0) {
    const start = tokens[head.from]?.sentenceFrom ?? head.from;
    if (start < head.from && head.from - start <= 16 && AT_START.test(tokens[start]?.word ?? '')) {
      const lead = readScope(tokens, start, head.from);
      if (lead.work || lead.times.some((time) => time.kind !== 'until' && time.kind !== 'often'))
        scope = { ...lead, to };
    }
  }
  draft.covered.push({ from: head.from, to: Math.max(list.to, scope.to) });
  if (list.number !== null) draft.numbers.push(list.number);
  if (list.object === 'relative') draft.other = true;
  const span = { from: head.from, to: Math.max(list.to, scope.to) };
  const channels = channelsOf(list.media);
  const work = scope.work || list.object === 'work';
  const until = scope.times.find((time) => time.kind === 'until');
  const often = scope.times.some((time) => time.kind === 'often');
  const quiet = quietFrom(scope.times, false, channels);
  if (head.unsure && !list.media.every((medium) => medium === 'text')) draft.reviews.push('unsure-stop');
  if (work) draft.findings.push({ label: 'work-contact', rule: 'request-at-work', ...span });
  if (quiet !== null && !often) {
    const vague = scope.times.some((time) => time.kind === 'vague');
    draft.findings.push({
      label: 'inconvenient-time',
      rule: 'request-hours',
      quiet,
      ...span,
      ...(vague ? { review: 'time-unclear' as const } : {}),
    });
    return;
  }
  if (work) return;
  // "don't text now" is about now; "stop texting me now" is impatience
  const justNow = head.type === 'not' && tokens[list.to]?.word === 'now';
  if (until !== undefined || justNow || PAUSES.test(tokens[head.from]?.word ?? '')) {
    draft.findings.push(forAWhile(span, channels));
    return;
  }
  // "Do not call. Do not text. Do not email. Do not write."
  for (const medium of list.media)
    draft.ended.add(
      medium === 'text' && tokens[list.at]?.word === 'write' && draft.ended.has('text') ? 'letter' : medium,
    );
  for (const found of labelsOf(request, scope, draft.ended)) {
    draft.findings.push({ label: found, rule: `request-${head.type}`, ...span });
  }
  if (often || head.unsure) draft.reviews.push('unsure-stop');
  if (list.media.includes('letter')) draft.reviews.push('unsure-stop');
  if (list.media.includes('bother') && request.mode === 'first-party') draft.reviews.push('unsure-stop');
}

function labelsOf(request: Request, scope: Scope, ended: ReadonlySet<Medium>): readonly Label[] {
  const { list, mode, head } = request;
  // "Sick of these texts" complains; whether it asks is for a person.
  if (head.unsure && head.type === 'no') return [];
  const found = new Set<Label>();
  const add = (medium: Medium): void => {
    if (medium === 'text') found.add('opt-out');
    else if (medium === 'call') found.add('call-stop');
    else if (medium === 'email') found.add('email-stop');
  };
  for (const medium of list.media) {
    if (medium === 'contact') {
      if (list.object === 'relative') continue;
      if (scope.anyMeans) addCease(found);
      else if (scope.byMedia.length > 0) scope.byMedia.forEach(add);
      else if (scope.here) found.add('opt-out');
      else if (scope.thisNumber || list.object === 'number') found.add('opt-out').add('call-stop');
      else addCease(found);
    } else if (medium === 'bother') {
      if (scope.byMedia.length > 0) scope.byMedia.forEach(add);
      else if (mode === 'third-party') addCease(found);
      else found.add('opt-out');
    } else add(medium);
  }
  if (EVERY_MEDIUM.every((medium) => ended.has(medium))) addCease(found);
  return [...found];
}

/** Who names all of them wants no contact by any means. */
const EVERY_MEDIUM: readonly Medium[] = ['text', 'call', 'email', 'letter'];

function addCease(found: Set<Label>): void {
  found.add('cease').add('opt-out');
}

function channelsOf(media: readonly Medium[]): QuietChannels {
  const out = new Set<'sms' | 'call' | 'email'>();
  for (const medium of media) {
    if (medium === 'text') out.add('sms');
    else if (medium === 'call') out.add('call');
    else if (medium === 'email') out.add('email');
    else return null;
  }
  return out.size === 0 ? null : [...out];
}

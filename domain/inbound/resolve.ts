import type {
  AttorneyRead,
  BankruptcyStage,
  InboundContext,
  PromiseRead,
  QuietTime,
  ReviewReason,
} from './classification.ts';
import type { Finding, StopReading } from './finding.ts';
import type { Label } from './labels.ts';
import type { Match } from './grammar.ts';
import type { PhraseReading } from './phrases/index.ts';
import type { PromiseReading } from './promise.ts';
import { quietFrom } from './requests/scope.ts';
import type { TokenText } from './tokens.ts';

/** What has been read so far, before precedence and actions. Local to one call; grows only. */
export interface Draft {
  readonly text: TokenText;
  readonly context: InboundContext;
  readonly findings: Finding[];
  readonly reviews: Set<ReviewReason>;
  readonly numbers: string[];
  namesOtherPerson: boolean;
  promise: PromiseRead | null;
  promiseNear: boolean;
  attorney: AttorneyRead | null;
  executor: boolean;
  bankruptcy: BankruptcyStage | null;
  debitScope: 'series' | 'one-item' | null;
  disaster: boolean;
  page: boolean;
  sure: boolean;
}

export const has = (draft: Draft, label: Label): boolean => draft.findings.some((finding) => finding.label === label);

export function remove(draft: Draft, drop: (finding: Finding) => boolean): void {
  const kept = draft.findings.filter((finding) => !drop(finding));
  draft.findings.length = 0;
  draft.findings.push(...kept);
}

/** Adds a label beside one already found, at the same place. */
export function addBeside(draft: Draft, found: Finding, label: Label): void {
  if (!has(draft, label)) draft.findings.push({ label, rule: found.rule, from: found.from, to: found.to });
}

export function addStops(draft: Draft, reading: StopReading): void {
  draft.findings.push(...reading.findings);
  for (const review of reading.reviews) draft.reviews.add(review);
  for (const finding of reading.findings) if (finding.review !== undefined) draft.reviews.add(finding.review);
  draft.numbers.push(...reading.namedNumbers);
  draft.namesOtherPerson ||= reading.namesOtherPerson;
}

const LATE_QUIET: QuietTime | null = quietFrom([{ kind: 'vague', part: 'other', to: 0 }], false, null);
const MORNING_QUIET: QuietTime | null = quietFrom([{ kind: 'vague', part: 'morning', to: 0 }], true, null);

/** Takes the phrases found into the draft: the tags decide what else follows. */
export function addPhrases(draft: Draft, phrases: PhraseReading): void {
  for (const match of phrases.matches) {
    const { rule, from, to } = match;
    if (isAboutOtherThing(draft, phrases, match)) continue;
    const base = { label: rule.label, rule: rule.id, from, to, ...(rule.tag === undefined ? {} : { tag: rule.tag }) };
    switch (rule.tag) {
      case 'threat-to-others':
      case 'violence-at-home': {
        draft.page = true;
        draft.reviews.add(rule.tag);
        draft.findings.push(base);
        break;
      }
      case 'unsure': {
        draft.reviews.add('unsure-stop');
        draft.findings.push(base);
        break;
      }
      case 'abuse':
      case 'leave-alone': {
        addLeaveAlone(draft, base, rule.tag);
        break;
      }
      case 'email-only': {
        draft.findings.push(base, { ...base, label: 'call-stop' });
        break;
      }
      case 'letters-only': {
        draft.reviews.add('unsure-stop');
        draft.findings.push(base, { ...base, label: 'call-stop' }, { ...base, label: 'email-stop' });
        break;
      }
      case 'remedy-asked':
      case 'collateral-loss':
      case 'someone-else':
      case 'guarded-word': {
        draft.reviews.add(rule.tag);
        draft.findings.push(base);
        break;
      }
      case 'late':
      case 'morning': {
        const quiet = rule.tag === 'morning' ? MORNING_QUIET : LATE_QUIET;
        draft.reviews.add('time-unclear');
        draft.findings.push({ ...base, ...(quiet === null ? {} : { quiet }) });
        break;
      }
      default: {
        draft.findings.push(base);
      }
    }
  }
}

const overlaps = (a: { from: number; to: number }, b: { from: number; to: number }): boolean =>
  a.from < b.to && b.from < a.to;
const OTHER_MEDIUM = /^(?:emails?|mailings?|correos?|calls?|calling|dialer|llamadas?)$/;

/** "Take me off autopay" and "off your e-mail list" are no text stops; "only call me after 5" is about hours. */
function isAboutOtherThing(draft: Draft, phrases: PhraseReading, match: Match): boolean {
  const { rule } = match;
  if (rule.label !== 'opt-out' && rule.label !== 'call-stop') return false;
  if (rule.id === 'list-removal' || rule.id === 'consent-withdrawn') {
    const { tokens } = draft.text;
    const words = tokens
      .slice(match.from, match.to + 3)
      .filter((token) => token.sentence === tokens[match.from]?.sentence);
    const email =
      words.some((token) => OTHER_MEDIUM.test(token.word)) &&
      !words.some((token) => /^(?:texts?|sms|messages?)$/.test(token.word));
    if (email) return true;
    const near = { from: match.from, to: match.to + 2 };
    return phrases.matches.some((other) => other.rule.label === 'autopay-cancel' && overlaps(near, other));
  }
  return draft.findings.some((finding) => finding.rule === 'allowed-hours' && overlaps(finding, match));
}

/** Contract, Boundaries: "leave me alone" is `cease` in third-party mode; in first-party mode a stop that a person reads. */
function addLeaveAlone(draft: Draft, base: Finding, tag: 'abuse' | 'leave-alone'): void {
  draft.findings.push(base);
  if (draft.context.mode === 'third-party') draft.findings.push({ ...base, label: 'cease' });
  else draft.reviews.add(tag === 'abuse' ? 'abuse' : 'unsure-stop');
}

/** Takes a promise into the draft. Without an amount it is kept only beside a stop. */
export function addPromise(draft: Draft, reading: PromiseReading): void {
  const proven = draft.context.knownNumber && draft.context.authentic;
  switch (reading.kind) {
    case 'none': {
      return;
    }
    case 'near': {
      draft.promiseNear = true;
      if (!has(draft, 'hardship') && !has(draft, 'paid-already')) draft.reviews.add('promise-unclear');
      return;
    }
    case 'promise':
    case 'date-only': {
      const stop = (['opt-out', 'cease', 'email-stop', 'call-stop'] as const).some((label) => has(draft, label));
      if (!proven || (reading.kind === 'date-only' && !stop)) {
        draft.promiseNear = true;
        draft.reviews.add(proven ? 'promise-unclear' : 'unproven-sender');
        return;
      }
      draft.promise = reading.promise;
      draft.findings.push({
        label: 'promise',
        rule: reading.kind === 'date-only' ? 'date-beside-stop' : 'promise',
        from: 0,
        to: draft.text.tokens.length,
      });
    }
  }
}

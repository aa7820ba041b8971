import type { Covered, Finding, StopReading } from './finding.ts';
import { bareWords, isStopMessage, OWN_CLAUSE_STOPS, OWN_SENTENCE_STOPS } from './keywords.ts';
import type { ReviewReason } from './classification.ts';
import { isNegatedStop } from './requests/heads.ts';
import { mediumOf } from './requests/media.ts';
import type { Token } from './tokens.ts';

/** Words before "stop" that make it a noun or another verb: "bus stop", "full stop", "make it stop". */
const NOUN_BEFORE = new Set(
  (
    'bus full train pit truck rest traffic non one last next first second third final only every a an the my your his our that each another quick ' +
    'metro subway gas tram short door back glottal hard dead any no f emergency'
  ).split(' '),
);
const REFUSED_BEFORE = new Set('not never ever wont help must cannot it them him her he she they'.split(' '));
/** Words after "stop" that make it another verb: "stop by", "stop lying". */
const VERB_AFTER = new Set(
  (
    'by in over at past off into around payment payments and before near for signs sign light loss watch gap order orders the my ' +
    'that work working what when where why how on between until till after'
  ).split(' '),
);
/** A word that opens a new thought after a leading STOP: "Stop I don't know you". */
const NEW_THOUGHT = new Set(
  (
    'i you we he she wrong not no do never who please all everything for real or me us im id also thank thanks yes unsubscribe ' +
    'end quit cancel remove delete lose take leave already because since if there nobody ya no le les soy este mi se maria texts ' +
    'messages sms text message contact number go get fuck fucking bitch shit damn hoe asshole is are was this'
  ).split(' '),
);

/** More stops than this say no more. */
const ENOUGH = 8;

const wordAt = (tokens: readonly Token[], at: number): string => tokens[at]?.word ?? '';

/** Stop words that stand alone: as a sentence, between commas, or first or last of a message. */
export function readLoneStops(tokens: readonly Token[]): StopReading {
  const findings: Finding[] = [];
  const covered: Covered[] = [];
  const reviews: ReviewReason[] = [];
  const stop = (rule: string, from: number, to: number): void => {
    if (findings.length < ENOUGH && !findings.some((found) => found.from <= from && found.to >= to))
      findings.push({ label: 'opt-out', rule, from, to });
    covered.push({ from, to });
  };
  for (const part of partsBy(tokens, 'sentence')) {
    const words = bareWords(tokens.slice(part.from, part.to));
    if (OWN_SENTENCE_STOPS.has(words) || (words !== 'end' && words.startsWith('stop') && isStopMessage(words)))
      stop('own-sentence', part.from, part.to);
  }
  for (const part of partsBy(tokens, 'clause')) {
    if (OWN_CLAUSE_STOPS.has(bareWords(tokens.slice(part.from, part.to)))) stop('own-clause', part.from, part.to);
  }
  for (let i = 0; i < tokens.length; i += 1) {
    const word = wordAt(tokens, i);
    if (word !== 'stop' && word !== 'stopall' && word !== 'unsubscribe' && word !== 'optout') continue;
    if (isNegatedStop(tokens, i)) {
      reviews.push('guarded-word');
      continue;
    }
    readTrailing(tokens, i, stop, reviews);
    readLeading(tokens, i, stop);
  }
  return { findings, covered, reviews, namedNumbers: [], namesOtherPerson: false };
}

/** "When does the interest stop", "until the fees stop": something else stops. */
function questionsStop(tokens: readonly Token[], at: number): boolean {
  for (let i = at - 2; i >= at - 6 && tokens[i] !== undefined && tokens[i]?.sentence === tokens[at]?.sentence; i -= 1) {
    const word = wordAt(tokens, i);
    if (['you', 'u', 'please', 'texts', 'messages'].includes(word)) return false;
    if (['when', 'does', 'did', 'until', 'till', 'makes', 'how', 'why', 'hope'].includes(word)) return true;
  }
  return false;
}

type Stop = (rule: string, from: number, to: number) => void;

const AFTERWORDS = new Set(
  'please now thanks thank you it this ok okay already immediately sir maam gracias asap today all that everything lol anymore right away bro man dude'.split(
    ' ',
  ),
);

/** "this isnt maria stop", "I want these texts to stop". */
function readTrailing(tokens: readonly Token[], at: number, stop: Stop, reviews: ReviewReason[]): void {
  let end = at + 1;
  while (end < tokens.length && tokens[end]?.sentence === tokens[at]?.sentence && AFTERWORDS.has(wordAt(tokens, end)))
    end += 1;
  if (
    end < tokens.length &&
    tokens[end]?.sentence === tokens[at]?.sentence &&
    tokens[end]?.clause === tokens[end - 1]?.clause
  )
    return;
  if (wonders(tokens, at)) {
    reviews.push('unsure-stop');
    return;
  }
  const before = tokens[at - 1];
  if (before === undefined || before.sentence !== tokens[at]?.sentence) {
    stop('trailing', at, end);
    return;
  }
  if (NOUN_BEFORE.has(before.word)) return;
  const asked = demandBefore(tokens, at);
  if (asked === 'opt-out') stop('asked-to-stop', at, end);
  else if (asked === 'unsure') reviews.push('unsure-stop');
  else if (!REFUSED_BEFORE.has(before.word)) stop('trailing', at, end);
}

/** "What happens if I reply stop", "should I text stop": a question about stopping. */
function wonders(tokens: readonly Token[], at: number): boolean {
  for (let i = at - 1; i >= at - 8 && tokens[i] !== undefined && tokens[i]?.sentence === tokens[at]?.sentence; i -= 1) {
    const word = wordAt(tokens, i);
    if (
      ['happens', 'should', 'whether'].includes(word) ||
      (['if', 'when', 'do', 'can', 'did'].includes(word) && wordAt(tokens, i + 1) === 'i')
    )
      return true;
  }
  return false;
}

/** What "… to stop", "you must stop", "make it stop" asks for: a stop of texts, something unclear, or nothing of the kind. */
function demandBefore(tokens: readonly Token[], at: number): 'opt-out' | 'unsure' | 'none' {
  const before = wordAt(tokens, at - 1);
  if (questionsStop(tokens, at)) return 'unsure';
  const helper = [
    'to',
    'must',
    'should',
    'better',
    'will',
    'would',
    'can',
    'could',
    'it',
    'them',
    'they',
    'this',
    'you',
    'texts',
    'messages',
    'does',
    'did',
    'do',
  ].includes(before);
  if (!helper) return 'none';
  const words: string[] = [];
  for (let i = at - 1; i >= at - 7 && tokens[i] !== undefined && tokens[i]?.sentence === tokens[at]?.sentence; i -= 1)
    words.push(wordAt(tokens, i));
  const media = words.map((word) => mediumOf(word)).find((found) => found !== null);
  if (media !== undefined && media !== null)
    return media.medium === 'text' || media.medium === 'contact' ? 'opt-out' : 'unsure';
  if (words.some((word) => ['when', 'did', 'why', 'does', 'has'].includes(word))) return 'unsure';
  if (
    words.includes('you') ||
    ((words.includes('this') || words.includes('it')) &&
      words.some((w) => ['need', 'needs', 'has', 'want', 'must'].includes(w)))
  )
    return 'opt-out';
  return 'unsure';
}

/** "STOP I don't know who this is". */
function readLeading(tokens: readonly Token[], at: number, stop: Stop): void {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (token === undefined || next === undefined) return;
  const opens =
    at === 0 ||
    tokens[at - 1]?.sentence !== token.sentence ||
    ['please', 'just', 'plz', 'ok'].includes(wordAt(tokens, at - 1));
  if (!opens || next.sentence !== token.sentence) return;
  if (next.clause !== token.clause) stop('leading', at, at + 1);
  else if (NEW_THOUGHT.has(next.word) && !VERB_AFTER.has(next.word) && !isObjectOnly(tokens, at))
    stop('leading', at, at + 1);
}

/** "stop this payment", "stop all debits", "stop no one": the stop has an object that is not about messages. */
function isObjectOnly(tokens: readonly Token[], at: number): boolean {
  const next = wordAt(tokens, at + 1);
  if (!['this', 'all', 'me', 'us', 'fucking', 'damn'].includes(next)) return false;
  const object = wordAt(tokens, at + 2);
  return (
    object !== '' &&
    mediumOf(object) === null &&
    !['is', 'isnt', 'now', 'please', 'not', 'i', 'you', 'the', 'it', 'shit', 'crap'].includes(object)
  );
}

function partsBy(tokens: readonly Token[], key: 'sentence' | 'clause'): Covered[] {
  const out: Covered[] = [];
  let from = 0;
  for (let i = 1; i <= tokens.length; i += 1) {
    if (i < tokens.length && tokens[i]?.[key] === tokens[from]?.[key]) continue;
    if (i > from) out.push({ from, to: i });
    from = i;
  }
  return out;
}

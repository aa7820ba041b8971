import { compileRules, matchAll, type Match } from '../grammar.ts';
import type { Token } from '../tokens.ts';
import { BANKRUPTCY } from './bankruptcy.ts';
import { DANGER } from './danger.ts';
import { DEATH } from './death.ts';
import { DISPUTE } from './dispute.ts';
import { HARDSHIP } from './hardship.ts';
import { HOURS } from './hours.ts';
import { INSURANCE } from './insurance.ts';
import { LEGAL } from './legal.ts';
import { NOT_MINE } from './not-mine.ts';
import { OTHER_MEDIA } from './other-media.ts';
import { OTHER } from './other.ts';
import { PAYMENTS } from './payments.ts';
import { SERVICE } from './service.ts';
import { STOP } from './stop.ts';

const FAMILIES = [
  STOP,
  OTHER_MEDIA,
  DANGER,
  DEATH,
  BANKRUPTCY,
  LEGAL,
  NOT_MINE,
  DISPUTE,
  PAYMENTS,
  SERVICE,
  HARDSHIP,
  INSURANCE,
  OTHER,
  HOURS,
];

const RULE_INDEX = compileRules(FAMILIES.flatMap((family) => family.rules));
const GUARD_INDEX = compileRules(
  FAMILIES.flatMap((family) => family.guards).map((guard) => ({
    id: guard.masks.join(' '),
    label: 'human-review',
    phrases: guard.phrases,
  })),
);

/** A rule found this often says no more when found again; keeps everything after it linear. */
const KEPT_PER_RULE = 4;

export interface PhraseReading {
  readonly matches: readonly Match[];
  /** Rules that a guard or a negation silenced. */
  readonly silenced: ReadonlySet<string>;
  /** Tokens under a guard of the stop words ("bus stop"). */
  readonly stopGuarded: ReadonlySet<number>;
}

/** Every phrase that stands in the tokens and is neither guarded nor negated. */
export function readPhrases(tokens: readonly Token[]): PhraseReading {
  const masked = new Map<string, Set<number>>();
  for (const guard of matchAll(GUARD_INDEX, tokens)) {
    for (const id of guard.rule.id.split(' ')) {
      const places = masked.get(id) ?? new Set<number>();
      for (let i = guard.from; i < guard.to; i += 1) places.add(i);
      masked.set(id, places);
    }
  }
  const matches: Match[] = [];
  const silenced = new Set<string>();
  const kept = new Map<string, number>();
  for (const match of matchAll(RULE_INDEX, tokens)) {
    const places = masked.get(match.rule.id);
    const guarded = places !== undefined && rangeHas(places, match.from, match.to);
    const negated = match.rule.negatable === true && isNegated(tokens, match.from);
    if (guarded || negated) silenced.add(match.rule.id);
    else if ((kept.get(match.rule.id) ?? 0) < KEPT_PER_RULE) {
      kept.set(match.rule.id, (kept.get(match.rule.id) ?? 0) + 1);
      matches.push(match);
    }
  }
  return { matches, silenced, stopGuarded: masked.get('stop') ?? new Set() };
}

function rangeHas(places: ReadonlySet<number>, from: number, to: number): boolean {
  for (let i = from; i < to; i += 1) if (places.has(i)) return true;
  return false;
}

const NEGATIONS = new Set('not never nunca without jamas nor neither'.split(' '));
const ENDS_NEGATION = new Set('me us but and or because so until till'.split(' '));
const SUBJECTS = new Set('i we my he she this it you yo im they our'.split(' '));

/** Whether a negation in the same clause, up to three words before, reaches the word at `at`. */
function isNegated(tokens: readonly Token[], at: number): boolean {
  for (let i = at - 1; i >= at - 3; i -= 1) {
    const token = tokens[i];
    if (token === undefined || token.clause !== tokens[at]?.clause || ENDS_NEGATION.has(token.word)) return false;
    if (NEGATIONS.has(token.word)) return !isDemand(tokens, i);
    if (token.word === 'no' && !SUBJECTS.has(tokens[i + 1]?.word ?? '')) return true;
  }
  return false;
}

/** "If you do not leave me alone", "why don't you": a demand, not a denial. */
function isDemand(tokens: readonly Token[], at: number): boolean {
  return [at - 1, at - 2, at - 3].some(
    (i) => ['if', 'why', 'unless'].includes(tokens[i]?.word ?? '') && tokens[i]?.sentence === tokens[at]?.sentence,
  );
}

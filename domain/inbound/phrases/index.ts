import { compileRules, matchAll, type Match, type Rule } from '../grammar.ts';
import type { Token } from '../tokens.ts';
import { ACCOUNT_GUARDS, ACCOUNT_RULES } from './account.ts';
import { DANGER_GUARDS, DANGER_RULES, DEATH_GUARDS, DEATH_RULES, VIOLENCE_RULES } from './danger.ts';
import { LEGAL_GUARDS, LEGAL_RULES } from './legal.ts';
import { LIFE_GUARDS, LIFE_RULES } from './life.ts';
import { HOUR_GUARDS, HOUR_RULES, OTHER_RULES } from './other.ts';
import { STOP_GUARDS, STOP_RULES } from './stop.ts';

const RULES: readonly Rule[] = [
  ...STOP_RULES,
  ...DANGER_RULES,
  ...VIOLENCE_RULES,
  ...DEATH_RULES,
  ...LEGAL_RULES,
  ...ACCOUNT_RULES,
  ...LIFE_RULES,
  ...OTHER_RULES,
  ...HOUR_RULES,
];

/** Guard phrases and the rules that they mask. */
const GUARDS: readonly { readonly masks: readonly string[]; readonly phrases: readonly string[] }[] = [
  { masks: ['stop'], phrases: STOP_GUARDS },
  { masks: ['self-harm', 'threat-to-others'], phrases: DANGER_GUARDS },
  { masks: ['died', 'died-pronoun', 'relative-died', 'funeral'], phrases: DEATH_GUARDS },
  { masks: ['attorney'], phrases: LEGAL_GUARDS.attorney },
  { masks: ['attorney-doubt'], phrases: LEGAL_GUARDS['attorney-doubt'] },
  { masks: ['legal-threat'], phrases: LEGAL_GUARDS['legal-threat'] },
  { masks: ['bankruptcy-filed', 'bankruptcy-named', 'bankruptcy-contemplated', 'bankruptcy-past'], phrases: LEGAL_GUARDS.bankruptcy },
  { masks: ['identity-theft'], phrases: ACCOUNT_GUARDS['identity-theft'] },
  { masks: ['wrong-number'], phrases: ACCOUNT_GUARDS['wrong-number'] },
  { masks: ['dispute'], phrases: ACCOUNT_GUARDS.dispute },
  { masks: ['autopay-cancel'], phrases: ACCOUNT_GUARDS['autopay-cancel'] },
  { masks: ['paid'], phrases: ACCOUNT_GUARDS.paid },
  { masks: ['servicemember'], phrases: LIFE_GUARDS.servicemember },
  { masks: ['hardship'], phrases: LIFE_GUARDS.hardship },
  { masks: ['relief-asked'], phrases: LIFE_GUARDS['relief-asked'] },
  { masks: ['insurance', 'insurance-charge'], phrases: LIFE_GUARDS.insurance },
  { masks: ['collateral-loss'], phrases: LIFE_GUARDS['collateral-loss'] },
  { masks: HOUR_RULES.map((rule) => rule.id), phrases: HOUR_GUARDS },
];

const RULE_INDEX = compileRules(RULES);
const GUARD_INDEX = compileRules(
  GUARDS.map((guard) => ({ id: guard.masks.join(' '), label: 'human-review', phrases: guard.phrases })),
);

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
  for (const match of matchAll(RULE_INDEX, tokens)) {
    const places = masked.get(match.rule.id);
    const guarded = places !== undefined && rangeHas(places, match.from, match.to);
    const negated = match.rule.negatable === true && isNegated(tokens, match.from);
    if (guarded || negated) silenced.add(match.rule.id);
    else matches.push(match);
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
  return [at - 1, at - 2, at - 3].some((i) => ['if', 'why', 'unless'].includes(tokens[i]?.word ?? '') && tokens[i]?.sentence === tokens[at]?.sentence);
}

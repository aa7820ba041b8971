import { CLASSES } from './classes.ts';
import type { Label } from './labels.ts';
import type { Token } from './tokens.ts';

/**
 * A small phrase language over canonical words. A phrase is written as words with spaces between:
 * `a|b` one of these · `@class` one word of a class (classes.ts) · `word?` may be missing · `*3` up to three words of any
 * kind · `^` and `$` the start and end of a sentence · `#` a number · `(a b/c|d e)` one of these word groups · `+` after a
 * word: it may repeat up to three times. A phrase never crosses a sentence. No unbounded repetition: matching is linear.
 */
type Part =
  | {
      readonly kind: 'words';
      readonly words: ReadonlySet<string>;
      readonly number: boolean;
      readonly optional: boolean;
      readonly repeat: boolean;
    }
  | { readonly kind: 'gap'; readonly max: number }
  | { readonly kind: 'number' }
  /** At most `within` words after the start of the sentence. */
  | { readonly kind: 'start'; readonly within: number }
  | { readonly kind: 'end' };

export interface Phrase {
  readonly parts: readonly Part[];
  readonly written: string;
  /** One of these must stand in the message too: the rarest needed part after the first; empty when there is none. */
  readonly needs: readonly string[];
}

/** One group of phrases that says the same thing. */
export interface Rule {
  readonly id: string;
  readonly label: Label;
  readonly phrases: readonly string[];
  /** Dropped when a negation, a condition or a doubt stands up to four words before ("not filing", "never filed"). */
  readonly negatable?: boolean;
  /** Free tag that the resolver reads (stage of a bankruptcy, kind of loss …). */
  readonly tag?: string;
}

/** Phrases with the look-alikes that silence them: a guard that stands on a word masks the rules it names there. */
export interface Family {
  readonly rules: readonly Rule[];
  readonly guards: readonly { readonly masks: readonly string[]; readonly phrases: readonly string[] }[];
}

/** A table of phrases: `;` stands between two, line ends mean nothing. */
export function phrases(table: string): readonly string[] {
  return table
    .split(';')
    .map((phrase) => phrase.trim().split(/\s+/).join(' '))
    .filter((phrase) => phrase !== '');
}

export interface CompiledRule extends Rule {
  readonly compiled: readonly Phrase[];
}

/** Rules by the first word of their phrases, so that a text tries only the phrases that can start at each word. */
export interface Index {
  readonly byWord: ReadonlyMap<string, readonly Candidate[]>;
  readonly byNumber: readonly Candidate[];
}

interface Candidate {
  readonly rule: CompiledRule;
  readonly phrase: Phrase;
}

export interface Match {
  readonly rule: Rule;
  readonly from: number;
  /** Index after the last token. */
  readonly to: number;
}

function expandGroups(written: string): string[] {
  const open = written.indexOf('(');
  if (open < 0) return [written];
  const close = written.indexOf(')', open);
  if (close < 0) throw new Error(`phrase without closing bracket: ${written}`);
  const optional = written[close + 1] === '?';
  const head = written.slice(0, open);
  const tail = written.slice(close + (optional ? 2 : 1));
  const choices = written.slice(open + 1, close).split(/[/|]/);
  // Single words stay one part; groups of words become phrases of their own.
  const isWord = (choice: string): boolean => /^(?:[@a-z0-9'.]+|#)$/.test(choice.trim());
  const singles = choices.filter(isWord).map((choice) => choice.trim());
  const rest = choices.filter((choice) => !isWord(choice));
  if (singles.length > 0) rest.push(singles.join('|'));
  if (optional) rest.push('');
  return rest.flatMap((choice) => expandGroups(`${head}${choice}${tail}`));
}

function parsePart(written: string): Part {
  if (written === '^') return { kind: 'start', within: 0 };
  if (written === '$') return { kind: 'end' };
  if (written === '#') return { kind: 'number' };
  if (/^\*\d$/.test(written)) return { kind: 'gap', max: Number(written.slice(1)) };
  const optional = written.endsWith('?');
  const repeat = written.endsWith('+');
  const body = optional || repeat ? written.slice(0, -1) : written;
  const words = new Set<string>();
  for (const word of body.split('|')) {
    if (!word.startsWith('@')) {
      words.add(word);
      continue;
    }
    const members = CLASSES.get(word.slice(1));
    if (members === undefined) throw new Error(`no word class ${word}`);
    for (const member of members) words.add(member);
  }
  return { kind: 'words', words, number: words.delete('#'), optional, repeat };
}

function parsePhrase(written: string): Phrase[] {
  return expandGroups(written).flatMap((flat) => {
    const parts = flat
      .split(' ')
      .filter((part) => part !== '')
      .map(parsePart);
    return withoutLead(parts, flat);
  });
}

/** A phrase that may start in two ways is two phrases: the index needs a certain first word. */
function withoutLead(given: readonly Part[], written: string): Phrase[] {
  const first = given.findIndex((part) => part.kind !== 'start' && part.kind !== 'gap');
  const head = given[first];
  if (head?.kind === 'words' && head.optional) {
    return [
      ...withoutLead(given.with(first, { ...head, optional: false }), written),
      ...withoutLead(given.toSpliced(first, 1), written),
    ];
  }
  const opening =
    given[0]?.kind === 'start'
      ? ({ kind: 'start', within: given[1]?.kind === 'gap' ? given[1].max : 0 } as const)
      : null;
  const parts: readonly Part[] = opening === null ? given.slice(first) : [opening, ...given.slice(first)];
  const lead = parts.find((part) => part.kind !== 'start');
  if (lead === undefined || lead.kind === 'gap' || lead.kind === 'end' || (lead.kind === 'words' && lead.optional)) {
    throw new Error(`phrase needs a certain first word: ${written}`);
  }
  return [{ parts, written, needs: rarest(parts) }];
}

function rarest(parts: readonly Part[]): readonly string[] {
  const lead = parts.findIndex((part) => part.kind === 'words' || part.kind === 'number');
  let best: readonly string[] = [];
  for (const part of parts.slice(lead + 1)) {
    if (part.kind !== 'words' || part.optional || part.number) continue;
    if (best.length === 0 || part.words.size < best.length) best = [...part.words];
  }
  return best;
}

/** Compiles rules once, at module load. Throws on a phrase that is not well formed: a bug, found by any test. */
export function compileRules(rules: readonly Rule[]): Index {
  const byWord = new Map<string, Candidate[]>();
  const byNumber: Candidate[] = [];
  for (const rule of rules) {
    const compiled: CompiledRule = { ...rule, compiled: rule.phrases.flatMap(parsePhrase) };
    for (const phrase of compiled.compiled) {
      const lead = phrase.parts.find((part) => part.kind !== 'start');
      if (lead?.kind === 'number') byNumber.push({ rule: compiled, phrase });
      if (lead?.kind !== 'words') continue;
      for (const word of lead.words) {
        const list = byWord.get(word);
        if (list === undefined) byWord.set(word, [{ rule: compiled, phrase }]);
        else list.push({ rule: compiled, phrase });
      }
    }
  }
  return { byWord, byNumber };
}

const NUMBER = /^\$?[0-9][0-9.,]*\$?$/;

function matchFrom(
  parts: readonly Part[],
  tokens: readonly Token[],
  place: { part: number; token: number; sentence: number },
): number {
  let token = place.token;
  for (let p = place.part; p < parts.length; p += 1) {
    const part = parts[p];
    if (part === undefined) return -1;
    const here = tokens[token];
    const inside = here !== undefined && here.sentence === place.sentence;
    switch (part.kind) {
      case 'start': {
        const before = token - 1 - part.within;
        if (before >= 0 && tokens[before]?.sentence === place.sentence) return -1;
        break;
      }
      case 'end': {
        if (inside) return -1;
        break;
      }
      case 'number': {
        if (!inside || !NUMBER.test(here.word)) return -1;
        token += 1;
        break;
      }
      case 'gap': {
        for (let skip = 0; skip <= part.max; skip += 1) {
          const end = matchFrom(parts, tokens, { part: p + 1, token: token + skip, sentence: place.sentence });
          if (end >= 0) return end;
          if (tokens[token + skip]?.sentence !== place.sentence) return -1;
        }
        return -1;
      }
      case 'words': {
        const fits = inside && (part.words.has(here.word) || (part.number && NUMBER.test(here.word)));
        if (part.optional) {
          if (!fits) break;
          const end = matchFrom(parts, tokens, { part: p + 1, token: token + 1, sentence: place.sentence });
          if (end >= 0) return end;
          break;
        }
        if (!fits) return -1;
        token += 1;
        if (part.repeat) {
          for (let n = 0; n < 2; n += 1) {
            const more = tokens[token];
            if (more === undefined || more.sentence !== place.sentence || !part.words.has(more.word)) break;
            token += 1;
          }
        }
        break;
      }
    }
  }
  return token;
}

/** Whether each word that the phrase cannot do without stands somewhere in the message; the rarest is asked first. */
function couldMatch({ needs, parts }: Phrase, vocabulary: ReadonlySet<string>): boolean {
  if (needs.length === 0) return true;
  if (!needs.some((word) => vocabulary.has(word))) return false;
  return parts.every((part) => {
    if (part.kind !== 'words' || part.optional || part.number) return true;
    for (const word of part.words) if (vocabulary.has(word)) return true;
    return false;
  });
}

/** Every place where a phrase of the index stands, the first phrase of each rule at each word. */
export function matchAll(index: Index, tokens: readonly Token[]): readonly Match[] {
  const out: Match[] = [];
  const vocabulary = new Set(tokens.map((token) => token.word));
  const possible = new Map<readonly Candidate[], readonly Candidate[]>();
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i];
    if (token === undefined) break;
    const all = NUMBER.test(token.word) ? index.byNumber : index.byWord.get(token.word);
    if (all === undefined) continue;
    let candidates = possible.get(all);
    if (candidates === undefined) {
      candidates = all.filter(({ phrase }) => couldMatch(phrase, vocabulary));
      possible.set(all, candidates);
    }
    for (const { rule, phrase } of candidates) {
      const to = matchFrom(phrase.parts, tokens, { part: 0, token: i, sentence: token.sentence });
      if (to >= 0) out.push({ rule, from: i, to });
    }
  }
  return out;
}

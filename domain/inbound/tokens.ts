import { toPlain, type Emoji, type PlainText } from './normalise.ts';
import { canonical } from './spelling.ts';

/** One canonical word. Several may share the place of one typed word ("dont" is "do" and "not"). */
export interface Token {
  readonly word: string;
  /** The word as typed, plain. */
  readonly typed: string;
  /** Offsets in the text as received. */
  readonly start: number;
  readonly end: number;
  /** Counts up at each full stop, question mark, line end or emoji. */
  readonly sentence: number;
  /** Counts up at each sentence and also at commas, colons, dashes and brackets. */
  readonly clause: number;
  readonly capital: boolean;
  /** The sentence is `tokens[sentenceFrom, sentenceTo)`. */
  readonly sentenceFrom: number;
  readonly sentenceTo: number;
}

export interface TokenText {
  readonly source: string;
  readonly plain: string;
  readonly tokens: readonly Token[];
  readonly emoji: readonly Emoji[];
  /** Sentences that end in a question mark. */
  readonly questions: ReadonlySet<number>;
  /** Words in the middle were left out: a person reads the whole. */
  readonly tooMany: boolean;
}

/** An SMS of 1,600 characters has some 300 words. */
const READ_FIRST = 350;
const READ_LAST = 100;

// Addresses first (nothing in them is read), then numbers with their signs, then words (masked swearing included).
const LEXEME =
  /(https?:\/\/\S{1,200}|www\.\S{1,200}|[a-z0-9][\w.+-]{0,60}@[a-z0-9][\w.-]{0,60}\.[a-z]{2,})|(\$?[0-9](?:[0-9]|[.,:/-](?=[0-9]))*\$?[a-z]*)|([a-z](?:[a-z0-9]|'(?=[a-z])|[*#@%$](?=[a-z*#@%$]*[a-z*#@%$])){0,60}[*#@%$]*)|([.!?;\n…])|([,:()"/|\-\u00bf\u00a1])/gy;

const SPACED_KEYWORDS = new Set(
  (
    'stop stopall end quit cancel unsubscribe revoke optout remove alto parar pare basta help info ayuda start unstop ' +
    'stoptextingme nomas stoptexting'
  ).split(' '),
);

const SPACED_BEGINNINGS = new Set(
  [...SPACED_KEYWORDS].flatMap((word) => Array.from(word, (_, i) => word.slice(0, i + 1))),
);

/** Splits a message into canonical words with their sentences. Linear. */
export function tokenise(source: string): TokenText {
  const text = toPlain(source);
  const rough = roughTokens(text);
  const typed = joinSpacedLetters(rough.tokens);
  const tooMany = typed.length > READ_FIRST + READ_LAST;
  const kept = tooMany ? [...typed.slice(0, READ_FIRST), ...typed.slice(-READ_LAST)] : typed;
  return {
    source,
    plain: text.plain,
    tokens: withSentences(canonicalTokens(kept, text)),
    tooMany,
    emoji: text.emoji,
    questions: rough.questions,
  };
}

interface Rough {
  readonly typed: string;
  readonly start: number;
  readonly end: number;
  readonly sentence: number;
  readonly clause: number;
}

function roughTokens(text: PlainText): { tokens: Rough[]; questions: Set<number> } {
  const tokens: Rough[] = [];
  const questions = new Set<number>();
  let sentence = 0;
  let clause = 0;
  let nextEmoji = 0;
  let wordsInSentence = 0;
  const close = (): void => {
    if (wordsInSentence > 0) sentence += 1;
    wordsInSentence = 0;
    clause += 1;
  };
  let at = 0;
  while (at < text.plain.length) {
    if (nextEmoji < text.emoji.length && (text.emoji[nextEmoji]?.at ?? 0) <= at) {
      close();
      if (text.emoji[nextEmoji]?.symbol === '🛑') {
        tokens.push({ typed: '🛑', start: at, end: at + 1, sentence, clause });
        wordsInSentence += 1;
      }
      nextEmoji += 1;
      at += 1;
      continue;
    }
    LEXEME.lastIndex = at;
    const match = LEXEME.exec(text.plain);
    if (match === null) {
      at += 1;
      continue;
    }
    const [whole, address, number, word, full] = match;
    const end = at + whole.length;
    if (address !== undefined) {
      tokens.push({ typed: '@', start: at, end, sentence, clause });
      wordsInSentence += 1;
    } else if (number !== undefined || word !== undefined) {
      tokens.push({ typed: whole, start: at, end, sentence, clause });
      wordsInSentence += 1;
    } else if (full !== undefined) {
      if (full === '?' && wordsInSentence > 0) questions.add(sentence);
      close();
    } else if (whole !== '-' || text.plain[at - 1] === ' ') clause += 1;
    at = end;
  }
  return { tokens, questions };
}

/** `S T O P`, `s.t.o.p` and `U N S U B S C R I B E` become one word; other single letters stay. */
function joinSpacedLetters(tokens: readonly Rough[]): readonly Rough[] {
  const out: Rough[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const first = tokens[i];
    if (first === undefined) break;
    let letters = '';
    let j = i;
    let last = first;
    let best: { letters: string; next: number; last: Rough } | null = null;
    while (j < tokens.length && letters.length < 14) {
      const token = tokens[j];
      if (token === undefined || token.typed.length !== 1 || !/[a-z0-9]/.test(token.typed)) break;
      letters += token.typed === '0' ? 'o' : token.typed;
      if (!SPACED_BEGINNINGS.has(letters)) break;
      last = token;
      j += 1;
      if (letters.length >= 3 && SPACED_KEYWORDS.has(letters)) best = { letters, next: j, last };
    }
    if (best === null) out.push(first);
    else {
      out.push({ ...first, typed: best.letters, end: best.last.end });
      i = best.next - 1;
    }
  }
  return out;
}

/** "ill pay" is "I will pay", "ill" alone is not. */
const DEPENDS_ON_NEXT = new Set(['ill', 'well', 'id']);

type Bare = Omit<Token, 'sentenceFrom' | 'sentenceTo'>;

function canonicalTokens(rough: readonly Rough[], text: PlainText): readonly Bare[] {
  const out: Bare[] = [];
  const known = new Map<string, readonly string[]>();
  for (let i = 0; i < rough.length; i += 1) {
    const token = rough[i];
    if (token === undefined) break;
    const start = text.origin[token.start] ?? 0;
    const end = text.origin[token.end] ?? text.origin.at(-1) ?? 0;
    const capital = text.capital[token.start] ?? false;
    let words = known.get(token.typed);
    if (words === undefined) {
      words = wordsOf(token.typed, rough[i + 1]?.typed ?? '');
      if (!DEPENDS_ON_NEXT.has(token.typed)) known.set(token.typed, words);
    }
    for (const word of words) {
      out.push({ word, typed: token.typed, start, end, sentence: token.sentence, clause: token.clause, capital });
    }
  }
  return out;
}

function withSentences(tokens: readonly Bare[]): readonly Token[] {
  const out: Token[] = [];
  let from = 0;
  while (from < tokens.length) {
    let to = from + 1;
    while (to < tokens.length && tokens[to]?.sentence === tokens[from]?.sentence) to += 1;
    for (const token of tokens.slice(from, to)) out.push({ ...token, sentenceFrom: from, sentenceTo: to });
    from = to;
  }
  return out;
}

const ELONGATED = /([a-z])\1{2,}/g;

function wordsOf(typed: string, next: string): readonly string[] {
  if (typed === '🛑') return ['stop'];
  if (/[*#%@$]/.test(typed) && /^[a-z]/.test(typed)) return [unmask(typed)];
  if (/^[a-z']+$/.test(typed)) return canonical(typed.replace(ELONGATED, '$1'), next);
  return canonical(typed, next);
}

/** "f***", "f**k", "sh*t", "a**": the swear word meant, by its first letter. */
function unmask(typed: string): string {
  if (typed.startsWith('f')) return typed.endsWith('ing') ? 'fucking' : 'fuck';
  if (typed.startsWith('s') && typed.length >= 4 && !typed.includes('p')) return 'shit';
  if (typed.startsWith('b')) return 'bitch';
  if (typed.startsWith('a')) return 'ass';
  return typed.replace(/[*#%@$]/g, '');
}

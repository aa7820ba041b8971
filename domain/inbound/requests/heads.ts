import type { Token } from '../tokens.ts';
import { mediumOf } from './media.ts';

/**
 * The words that begin a request not to be contacted. `stop`: "stop texting" · `not`: "do not text" · `no`: "no more texts"
 * · `not-want`: "I do not want any texts". `unsure` marks wording that only may be a request ("how do I stop these").
 */
export interface Head {
  readonly type: 'stop' | 'not' | 'no' | 'not-want';
  readonly from: number;
  /** Index after the head. */
  readonly to: number;
  /** A medium must follow, else it is no request ("end of", "turn off the lights"). */
  readonly needsMedium: boolean;
  readonly unsure: boolean;
}

const STOP = new Set(
  (
    'stop quit cease discontinue halt desist dejen deje dejame dejenme dejar deja dejaran paren pare parenle parele ' +
    'parar basta cesen cese cesar eviten evite detengan detenga'
  ).split(' '),
);
const STOP_WITH_MEDIUM = new Set(
  (
    'pause hold detener end ending terminate disable suspend cancel unsubscribe deactivate cancelen cancele cancelar cancela alto no-mas ' +
    'eliminen elimine quiten quite suspendan revoke stopping remove kill shut mute refrain'
  ).split(' '),
);
const NEGATION = new Set(['not', 'never', 'nunca', 'jamas']);
const SUBJECT_I = new Set(['i', 'we', 'yo']);

const ENGLISH_BASE = new Set(
  'text message sms msg write call phone ring dial telephone email mail contact contacted communicate reach correspond bother bug harass annoy disturb hassle pester hound badger'.split(
    ' ',
  ),
);

const wordAt = (tokens: readonly Token[], at: number): string => tokens[at]?.word ?? '';
const same = (tokens: readonly Token[], a: number, b: number): boolean =>
  tokens[a] !== undefined && tokens[a]?.sentence === tokens[b]?.sentence;

/** Whether the stop word at `at` is negated ("don't stop", "can't stop", "not trying to opt out") and not by "if you don't stop". */
export function isNegatedStop(tokens: readonly Token[], at: number): boolean {
  for (let i = at - 1; i >= at - 5 && same(tokens, i, at) && tokens[i]?.clause === tokens[at]?.clause; i -= 1) {
    const word = wordAt(tokens, i);
    const spanish =
      word === 'no' && tokens.slice(i + 1, at).every((token) => /^(?:me|nos|le|les|se|lo|la)$/.test(token.word));
    if (NEGATION.has(word) || spanish || word === 'without' || word === 'nobody') {
      const between = tokens.slice(i + 1, at).map((token) => token.word);
      const joined = between.every((w) =>
        /^(?:ever|even|to|want|wanna|need|mean|meant|trying|try|going|planning|plan|asking|ask|say|saying|said|send|text|type|please|just|get|you|them|told|tell|wish|would|like|reply|intend|have|be|able|quiero|that|a|the|word|will|por|favor|me|asked|for)$/.test(
          w,
        ),
      );
      if (!joined) return false;
      const head = [wordAt(tokens, i - 2), wordAt(tokens, i - 1), wordAt(tokens, i - 3)];
      // "I never told you to stop" tells what was not asked; "you do not stop" complains
      const untold = SUBJECT_I.has(wordAt(tokens, i - 1)) || SUBJECT_I.has(wordAt(tokens, i - 2));
      const reported = untold && between.some((w) => /^(?:told|tell|asked|ask|said|say)$/.test(w));
      const demand =
        head.some((w) => ['if', 'why', 'unless', 'si'].includes(w)) || (between.includes('you') && !reported);
      return !demand;
    }
  }
  return false;
}

const TELLING = /^(?:mand|envi|escrib|texte|llam|molest)\w*(?:ar|ir)(?:me|nos)?$/;

function stopHead(tokens: readonly Token[], at: number): Head | null {
  const word = wordAt(tokens, at);
  const next = wordAt(tokens, at + 1);
  let to = at + 1;
  let needsMedium = STOP_WITH_MEDIUM.has(word);
  if (!STOP.has(word) && !needsMedium) {
    if (['lay', 'lays', 'let', 'ease'].includes(word) && ['off', 'up'].includes(next)) to = at + 2;
    else if (
      word === 'opt' &&
      (next === 'out' || (wordAt(tokens, at + 2) === 'out' && ['me', 'us', 'myself'].includes(next)))
    ) {
      to = next === 'out' ? at + 2 : at + 3;
    } else if (word === 'para' && next === 'de' && TELLING.test(wordAt(tokens, at + 2))) {
      // "para de mandarme textos"; as a word alone "para" is "for"
      return { type: 'stop', from: at, to: at + 2, needsMedium: true, unsure: false };
    } else if (['turn', 'turned', 'shut', 'switch', 'cut'].includes(word) && next === 'off') to = at + 2;
    else if ((word === 'knock' || word === 'cut') && next === 'it') return null;
    else return null;
    needsMedium = true;
  }
  // "hold off on the texts"
  if (word === 'hold' && next === 'off') to = at + 2;
  if (isNegatedStop(tokens, at)) return null;
  // "why did you stop texting me" asks, and asks for no stop
  if (wordAt(tokens, at - 1) === 'you' && wordAt(tokens, at - 2) === 'did') return null;
  const before = [wordAt(tokens, at - 1), wordAt(tokens, at - 2), wordAt(tokens, at - 3), wordAt(tokens, at - 4)];
  if (!same(tokens, at - 1, at)) return { type: 'stop', from: at, to, needsMedium, unsure: false };
  const subject = before.findIndex((w) => SUBJECT_I.has(w));
  const asks = before.some((w) =>
    [
      'want',
      'like',
      'need',
      'wish',
      'you',
      'asked',
      'ask',
      'request',
      'requesting',
      'demand',
      'told',
      'said',
      'prefer',
      'would',
      'please',
      'hereby',
      'this',
      'these',
      'trying',
    ].includes(w),
  );
  const wonders = before.some((w) => w === 'how') || (before.includes('can') && subject >= 0);
  if (
    subject >= 0 &&
    !asks &&
    !wonders &&
    before[0] !== 'i' &&
    ['will', 'would', 'to', 'could', 'might', 'should', 'did'].includes(before[0] ?? '')
  )
    return null;
  const past = ['when', 'did', 'has', 'have'].includes(before[1] ?? '') && before[0] === 'you';
  return { type: 'stop', from: at, to, needsMedium, unsure: (wonders && !asks) || (wonders && subject >= 0) || past };
}

const WANT = new Set(
  'want need like wish consent agree authorize approve permit accept appreciate care desire'.split(' '),
);

function notHead(tokens: readonly Token[], at: number): Head | null {
  const word = wordAt(tokens, at);
  const before = wordAt(tokens, at - 1);
  const earlier = wordAt(tokens, at - 2);
  const next = wordAt(tokens, at + 1);
  if (word === 'no' || word === 'zero') {
    if (
      ['got', 'received', 'get', 'have', 'had', 'was', 'there', 'is', 'were', 'say', 'with', 'of'].includes(before) &&
      same(tokens, at - 1, at)
    )
      return null;
    if (['more', 'further', 'longer', 'mas'].includes(next)) {
      const wants = next === 'longer' || WANT.has(wordAt(tokens, at + 2));
      return { type: wants ? 'not-want' : 'no', from: at, to: at + 2, needsMedium: true, unsure: false };
    }
    const named = mediumOf(next);
    if (named?.form === 'base' && !ENGLISH_BASE.has(next))
      return { type: 'not', from: at, to: at + 1, needsMedium: true, unsure: false };
    if (
      /^(?:me|nos|le|les|se|quiero|queremos|deseo|vuelvan?|volver|esten?|esteis|sigan?|anden?|deben?|pueden?)$/.test(
        next,
      )
    ) {
      return {
        type: next === 'quiero' || next === 'queremos' || next === 'deseo' ? 'not-want' : 'not',
        from: at,
        to: at + 2,
        needsMedium: true,
        unsure: false,
      };
    }
    return { type: 'no', from: at, to: at + 1, needsMedium: true, unsure: false };
  }
  if (word === 'without' || word === 'ningun') return null;
  if (!NEGATION.has(word)) return null;
  if (word === 'never' || word === 'nunca' || word === 'jamas') {
    if (SUBJECT_I.has(before) || ['have', 'had', 'you', 'has', 'they', 'was', 'he', 'she'].includes(before)) {
      const wants = WANT.has(next) || next === 'want';
      return wants ? { type: 'not-want', from: at, to: at + 2, needsMedium: true, unsure: false } : null;
    }
    return { type: 'not', from: at, to: at + 1, needsMedium: true, unsure: false };
  }
  const wants = WANT.has(next) && ['do', 'would', 'did', 'not'].includes(before);
  if (wants) return { type: 'not-want', from: at, to: at + 2, needsMedium: true, unsure: false };
  if (before === 'would' && (next === 'like' || next === 'rather'))
    return { type: 'not-want', from: at, to: at + 2, needsMedium: true, unsure: false };
  if (before === 'do') {
    if (['why', 'if', 'that'].includes(earlier)) return null;
    const subject = SUBJECT_I.has(earlier) || ['they', 'he', 'she'].includes(earlier);
    return subject ? null : { type: 'not', from: at, to: at + 1, needsMedium: true, unsure: next === 'you' };
  }
  if (['please', 'to', 'you', 'must', 'should', 'may', 'can', 'better', 'rather', 'are', 'us', 'me'].includes(before)) {
    if (before === 'can' && (SUBJECT_I.has(earlier) || ['', 'he', 'she', 'they'].includes(earlier))) return null;
    if (before === 'are' && !['allowed', 'permitted', 'authorized', 'to'].includes(next)) return null;
    if (before === 'should' && SUBJECT_I.has(earlier)) return null;
    return { type: 'not', from: at, to: at + 1, needsMedium: true, unsure: false };
  }
  return null;
}

/** The head of a request at `at`, or null. */
export function headAt(tokens: readonly Token[], at: number): Head | null {
  const word = wordAt(tokens, at);
  // The phone's own mode, not a wish.
  if (wordAt(tokens, at + 1) === 'disturb' && /^(?:turned|on|mode|while|is|enabled|off)$/.test(wordAt(tokens, at + 2)))
    return null;
  if (word === 'enough')
    return {
      type: 'no',
      from: at,
      to: wordAt(tokens, at + 1) === 'with' || wordAt(tokens, at + 1) === 'of' ? at + 2 : at + 1,
      needsMedium: true,
      unsure: false,
    };
  if ((word === 'sick' || word === 'tired') && wordAt(tokens, at + 1) === 'of')
    return { type: 'no', from: at, to: at + 2, needsMedium: true, unsure: true };
  if (word === 'ya' && wordAt(tokens, at + 1) === 'no') return null; // read at "no"
  return stopHead(tokens, at) ?? notHead(tokens, at);
}

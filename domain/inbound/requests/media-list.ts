import type { Token } from '../tokens.ts';
import type { Head } from './heads.ts';
import { mediumAfterStop, mediumOf, type Medium, type MediumWord } from './media.ts';

export interface MediaList {
  readonly media: readonly Medium[];
  /** Index after the last medium and its object. */
  readonly to: number;
  /** Who must not be contacted, when it is not the writer. */
  readonly object: 'writer' | 'relative' | 'number' | 'work';
  readonly number: string | null;
  /** The first medium, as an index. */
  readonly at: number;
}

const FILLERS = new Set(
  (
    'please with wit wif w all the da dem dis these this those that your any anymore more further future of ever again just even you guys people to keep ' +
    'continue continuing keeping be being get getting got receive receiving have having want wanting need so many much from up ' +
    'me us in try trying unwanted constant constantly daily automated automatic random annoying stupid damn fucking freaking ' +
    'fuckin goddamn dumb such with sending send sends him her them and for on out a por favor me mas de con los las sus su ' +
    'tantos tantas tanto a estar seguir nos le les que se vuelvan vuelva volver recibir reciban esos esas estos estas ya al el ' +
    'voice leaving leave making placing reminder collection marketing promotional automated robo continually repeatedly always literally already now ' +
    'ningun ninguna ningunos ningunas unsolicited extra additional non kind type types form forms account payment loan debt bank collectors ' +
    'wasting wish bombarding flooding bill billing'
  ).split(' '),
);
const OBJECTS = new Set(
  'phone cell cellphone number me us my mine this our your please ever again mi him her them people to back up at out anymore all nos le'.split(
    ' ',
  ),
);
const JUNK = new Set('crap shit stuff things garbage junk nonsense bullshit this these anything'.split(' '));
/** A phone number, or its last digits. */
const PHONE = /^(?:\+?1[-.]?)?\d{3}[-.]?\d{3,4}[-.]?\d{0,4}$|^\d{4}$/;
const WANTED = /^(?:only|me|us|is|are|instead|ok|okay|fine|please|solo)$/;
const CONJUNCTIONS = new Set(['and', 'or', 'nor', 'y', 'o', 'ni', 'u', 'e', '&', 'plus']);
const RELATIVE =
  /^(?:mom|mother|dad|father|husband|wife|spouse|son|daughter|brother|sister|grand\w+|family|kids?|parents?|relatives|friends?|neighbors?|references?|roommate|girlfriend|boyfriend|ex|mama|papa|esposa|esposo|hijo|hija|familia|madre|padre|hermana|hermano)$/;
const WORKPLACE = /^(?:work|job|office|workplace|employer|boss|supervisor|coworkers?|trabajo|jefe)$/;

/** Reads the media that a head is about: "texting me and calling me", "calls, texts or emails". Null when none follows. */
export function mediaList(tokens: readonly Token[], head: Head): MediaList | null {
  const look = head.type === 'stop' ? mediumAfterStop : mediumOf;
  const sentence = tokens[head.from]?.sentence;
  const inSentence = (i: number): boolean => tokens[i] !== undefined && tokens[i]?.sentence === sentence;
  const media: Medium[] = [];
  let object: MediaList['object'] = 'writer';
  let number: string | null = null;
  let i = head.to;
  let first = -1;
  let form: MediumWord['form'] | null = null;
  let end = head.to;
  let conjunctions = 0;
  let commas = 0;
  let skipped = 0;
  while (inSentence(i) && i < head.to + 16) {
    const word = tokens[i]?.word ?? '';
    const found = isPlace(tokens, i) ? null : look(word);
    // "Stop sending me this crap": what is sent without a name is a text.
    if (
      found === null &&
      JUNK.has(word) &&
      first < 0 &&
      tokens.slice(head.to, i).some((token) => /^send(?:ing)?$/.test(token.word))
    ) {
      return { media: ['text'], to: i + 1, object: 'writer', number: null, at: i };
    }
    // "Stop sending to 555-0100": the same, with the number it went to.
    if (found === null && first < 0 && PHONE.test(word) && /^(?:to|at|a|al)$/.test(tokens[i - 1]?.word ?? '')) {
      return { media: ['text'], to: i + 1, object: 'number', number: word, at: i };
    }
    const usable = found !== null && fits(found, { form, type: head.type }, tokens, i);
    if (found !== null && usable) {
      if (first < 0) first = i;
      const settled = settle(found, tokens, i, look);
      // "do not call, text, email or write": writing beside texting is a letter
      const written = tokens[i]?.word === 'write' && media.includes('text') ? 'letter' : settled.medium;
      if (!media.includes(written)) media.push(written);
      form ??= found.form;
      i = settled.to;
      end = i;
      skipped = 0;
      const after = objectAt(tokens, i, inSentence);
      if (after.object !== 'writer') object = after.object;
      number = after.number ?? number;
      i = after.to;
      end = i;
      const joint = tokens[i]?.word ?? '';
      if (inSentence(i) && CONJUNCTIONS.has(joint)) {
        conjunctions += 1;
        i += 1;
        if (CONJUNCTIONS.has(tokens[i]?.word ?? '')) i += 1;
        continue;
      }
      const next = tokens[i];
      if (next !== undefined && inSentence(i) && next.clause !== tokens[i - 1]?.clause && look(next.word) !== null) {
        // "no calls or emails, text only" begins what is wanted
        if (conjunctions > 0 && WANTED.test(tokens[i + 1]?.word ?? '')) break;
        commas += 1;
        continue;
      }
      if (next !== undefined && inSentence(i) && goesOn(tokens, i, { head, form, look })) continue;
      break;
    }
    if (first >= 0 && (skipped >= 3 || !FILLERS.has(word))) break;
    if (
      first < 0 &&
      (skipped >= 6 || !FILLERS.has(word) || (skipped === 0 && tokens[i]?.clause !== tokens[head.to - 1]?.clause))
    )
      return null;
    skipped += 1;
    i += 1;
  }
  if (first < 0) return null;
  // "don't call, text me": a comma alone joins nothing; it starts what is wanted instead.
  const kept = commas > 0 && conjunctions === 0 ? media.slice(0, 1) : media;
  return { media: kept, to: end, object, number, at: first };
}

/** "stop all calls texts emails and letters", "don't call text or email me": media in a row without commas. */
function goesOn(
  tokens: readonly Token[],
  at: number,
  list: { readonly head: Head; readonly form: MediumWord['form'] | null; readonly look: typeof mediumOf },
): boolean {
  const here = list.look(tokens[at]?.word ?? '');
  if (here === null || here.form !== list.form) return false;
  if (list.form === 'noun') return list.head.type === 'stop';
  for (let i = at + 1; i <= at + 3 && tokens[i]?.clause === tokens[at]?.clause; i += 1) {
    const word = tokens[i]?.word ?? '';
    if (CONJUNCTIONS.has(word)) return list.look(tokens[i + 1]?.word ?? '')?.form === list.form;
    if (list.look(word) === null) return false;
  }
  return false;
}

/** "My phone" is where it rings, a "mailing list" is no letter. */
function isPlace(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.word ?? '';
  if (word === 'mailing') return /^lists?$/.test(tokens[at + 1]?.word ?? '');
  return (word === 'phone' || word === 'mail') && /^(?:my|this|our|the|cell|home)$/.test(tokens[at - 1]?.word ?? '');
}

function fits(
  found: MediumWord,
  list: { readonly form: MediumWord['form'] | null; readonly type: Head['type'] },
  tokens: readonly Token[],
  at: number,
): boolean {
  const { form, type } = list;
  const before = tokens[at - 1]?.word ?? '';
  if (form === null) {
    if (type === 'no')
      return (
        found.form !== 'base' ||
        tokens[at + 1]?.word === 'messages' ||
        ['contact', 'sms', 'spam'].includes(tokens[at]?.word ?? '') ||
        before === 'more' ||
        before === 'mas'
      );
    return true;
  }
  // After "stop texting" only "and calling" goes on with the list; "and call me" is a wish.
  if (form === 'gerund')
    return (
      found.form !== 'base' ||
      tokens[at + 1] === undefined ||
      found.medium === 'email' ||
      tokens[at + 1]?.word === 'calls'
    );
  return true;
}

/** "text messages" is text, "email alerts" is e-mail, "manden correos" is e-mail, "voice messages" are calls. */
function settle(
  found: MediumWord,
  tokens: readonly Token[],
  at: number,
  look: (word: string) => MediumWord | null,
): { medium: Medium; to: number } {
  const word = tokens[at]?.word ?? '';
  let medium = found.medium;
  let to = at + 1;
  const next = look(tokens[to]?.word ?? '');
  const follows = tokens[to]?.sentence === tokens[at]?.sentence && tokens[to]?.clause === tokens[at]?.clause;
  // "calls texts and letters" is a list, "text messages" and "sms alerts" are one thing
  const listed = found.form === 'noun' && /[^m]s$/.test(word) && next?.medium !== found.medium;
  if (follows && next !== null && next.form === 'noun' && !listed) {
    if (next.medium === 'call' || (found.medium !== 'email' && found.medium !== 'call'))
      medium = next.medium === 'text' && found.medium === 'letter' ? 'letter' : next.medium;
    to += 1;
  }
  if (
    /^(?:voice|leaving|leave)$/.test(tokens[at - 1]?.word ?? '') ||
    (/^(?:leaving|leave)$/.test(tokens[at - 2]?.word ?? '') && medium === 'text')
  )
    medium = 'call';
  if (/^(?:mand|envi)/.test(word)) {
    for (let i = at + 1; i <= at + 4 && tokens[i]?.sentence === tokens[at]?.sentence; i += 1) {
      const sent = look(tokens[i]?.word ?? '');
      if (sent !== null && sent.form === 'noun') return { medium: sent.medium, to: i + 1 };
    }
  }
  return { medium, to };
}

function objectAt(
  tokens: readonly Token[],
  at: number,
  inSentence: (i: number) => boolean,
): { object: MediaList['object']; number: string | null; to: number } {
  let i = at;
  let object: MediaList['object'] = 'writer';
  let number: string | null = null;
  for (let n = 0; n < 4 && inSentence(i); n += 1) {
    const word = tokens[i]?.word ?? '';
    if (RELATIVE.test(word)) object = 'relative';
    else if (WORKPLACE.test(word) && (tokens[i - 1]?.word === 'my' || tokens[i - 1]?.word === 'mi')) object = 'work';
    else if (PHONE.test(word)) {
      object = 'number';
      number = word;
    } else if (['him', 'her', 'them'].includes(word)) object = 'relative';
    else if (!OBJECTS.has(word)) break;
    i += 1;
  }
  return { object, number, to: i };
}

import type { AttorneyRead } from './classification.ts';
import type { Token } from './tokens.ts';

const PHONE = /\+?1?[-. ]?\(?\d{3}\)?[-. ]{0,2}\d{3}[-. ]{1,2}\d{4}|\b\d{3}[-. ]\d{4}\b|\b\d{10}\b/;
const LAWYER = new Set(
  'lawyer lawyers attorney attorneys counsel abogado abogada firm office offices represented'.split(' '),
);
const LEADS = new Set(
  "is name 's named called by at with of mr mrs ms es se llama el la law offices office group firm the : from llamado llamada".split(
    ' ',
  ),
);
const NOT_NAMES = new Set(
  (
    'and or to at on for about will would can said says told not now so if you they i he she it his her my please call contact in who that ' +
    'stop talk speak handling handles dealing with number phone cell office me us from already going regarding until because y su numero ' +
    'telefono que del al a an the y va le les por para this these bankruptcy aware involved done taking suing got has have was were been ' +
    'gonna getting filing working looking reviewing telling advising here there everything all it only instead today tomorrow handle ' +
    'contacting calling reaching sending be being ready first before after no one someone'
  ).split(' '),
);

/** The lawyer's name and telephone number as written, where the message gives them. Linear. */
export function readAttorney(source: string, tokens: readonly Token[]): AttorneyRead {
  const phone = PHONE.exec(source.slice(0, 4000));
  return { name: nameOf(source, tokens), phone: phone === null ? null : phone[0].trim() };
}

function nameOf(source: string, tokens: readonly Token[]): string | null {
  for (let i = 0; i < tokens.length; i += 1) {
    const word = tokens[i]?.word ?? '';
    const named = (word === 'name' || word === 'nombre') && tokens.some((token) => LAWYER.has(token.word));
    if (!LAWYER.has(word) && !named) continue;
    const before = nameBefore(source, tokens, i);
    if (before !== null) return before;
    let at = i + 1;
    while (
      at < tokens.length &&
      at < i + 5 &&
      LEADS.has(tokens[at]?.word ?? '') &&
      tokens[at]?.sentence === tokens[i]?.sentence
    )
      at += 1;
    const first = at;
    // A name follows "is", "named", a comma or the word itself; "my lawyer said" has none.
    while (at < tokens.length && at < first + 4 && isNamePart(tokens, at, first)) at += 1;
    const direct = first === i + 1 && tokens[first]?.clause === tokens[i]?.clause;
    if (at === first || (direct && !(tokens[first]?.capital ?? false))) continue;
    const start = tokens[first]?.start ?? 0;
    const end = tokens[at - 1]?.end ?? 0;
    const name = source.slice(start, end).trim();
    if (at - first >= 2 || (tokens[first]?.capital ?? false)) return name;
  }
  return null;
}

/** "Mary Jones is my attorney": the capital words before "is". */
function nameBefore(source: string, tokens: readonly Token[], lawyer: number): string | null {
  const my = lawyer - 1;
  if (!/^(?:my|our|mi)$/.test(tokens[my]?.word ?? '') || !/^(?:is|es)$/.test(tokens[my - 1]?.word ?? '')) return null;
  let from = my - 1;
  while (from > 0 && from > my - 5 && isNamePart(tokens, from - 1, my) && (tokens[from - 1]?.capital ?? false))
    from -= 1;
  if (from === my - 1) return null;
  return source.slice(tokens[from]?.start ?? 0, tokens[my - 2]?.end ?? 0).trim();
}

function isNamePart(tokens: readonly Token[], at: number, first: number): boolean {
  const token = tokens[at];
  if (token === undefined || !/^[a-z][a-z'.-]*$/.test(token.typed) || NOT_NAMES.has(token.word)) return false;
  return token.sentence === tokens[first]?.sentence || /^(?:mr|mrs|ms|dr|j|[a-z])$/.test(tokens[at - 1]?.word ?? '');
}

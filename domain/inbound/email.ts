/**
 * The words a person wrote in an e-mail: without the quoted thread, the signature and the notice of confidentiality.
 * Works on lines; linear. Wrapped lines are joined, so that a sentence is read whole.
 */
export function ownWords(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').split('\n');
  const own: string[] = [];
  for (let i = 0; i < lines.length; i += 1) {
    const line = (lines[i] ?? '').slice(0, 4000);
    if (startsThread(line, lines[i + 1] ?? '', lines[i + 2] ?? '')) break;
    if (/^\s*[>|]/.test(line)) continue;
    own.push(line);
  }
  return join(withoutSignature(own));
}

const ORIGINAL =
  /^\s*[-_*]{2,}\s*(?:original|forwarded|mensaje|begin|reply)|^\s*_{10,}\s*$|^\s*begin forwarded message/i;
const WROTE = /^\s*(?:on|el|le)\b.{4,160}\b(?:wrote|escribi[oó])\s*:?\s*$/i;
const HEADER = /^\s*\*?(?:from|de|sent|enviado)\s*:\*?\s/i;

function startsThread(line: string, next: string, third: string): boolean {
  if (ORIGINAL.test(line) || WROTE.test(line)) return true;
  if (
    /^\s*(?:on|el)\b/i.test(line) &&
    line.length < 160 &&
    WROTE.test(`${line} ${next}`) &&
    /(?:wrote|escribi[oó])\s*:?\s*$/i.test(next)
  )
    return true;
  return (
    HEADER.test(line) &&
    (/^\s*\*?(?:sent|date|to|enviado|fecha|para|subject|asunto)\s*:/i.test(next) ||
      /^\s*\*?(?:to|subject|date)\s*:/i.test(third))
  );
}

const DEVICE =
  /^\s*(?:sent (?:from|via|with) (?:my )?|get outlook for|enviado (?:desde|de) (?:mi )?|yahoo mail|sent securely)/i;
const NOTICE =
  /^\s*\W{0,3}(?:confidential|this (?:e-?mail|message|communication)(?: \S+){0,8} (?:is|are|may|contains?|and)\b.{0,80}(?:confidential|privileged|intended)|notice:|disclaimer|aviso de confidencialidad)/i;
const SIGN_OFF =
  /^\s*(?:thanks|thank you|many thanks|regards|best|best regards|kind regards|warm regards|sincerely|cheers|respectfully|yours(?: truly)?|cordially|v\/r|gracias|muchas gracias|atentamente|saludos(?: cordiales)?|att)\s*[,.!-]*\s*$/i;
const MARK =
  /\b(?:llp|llc|pllc|p\.?c\.?|inc|esq|paralegal|attorney at law|attorneys at law|law (?:firm|office|offices|group)|manager|director|president|realtor|notary|r\.?n\.?|cpa|agent|associates|legal assistant|supervisor|coordinator|specialist|technician|owner|teacher|engineer|consultant|abogad[oa])\b|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|\bwww\.|https?:|@[a-z0-9-]+\.[a-z]/i;
const STOP_LINE = /^\s*(?:please\s+)?(?:stop|unsubscribe|remove me|opt[ -]?out|alto|cancel|quit)\W*$/i;

function withoutSignature(lines: readonly string[]): readonly string[] {
  let end = lines.length;
  const written = lines.filter((line) => line.trim() !== '').length;
  let seen = 0;
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i] ?? '';
    if (/^-- ?$/.test(line) || /^—\s*$/.test(line) || DEVICE.test(line) || NOTICE.test(line)) {
      end = i;
      break;
    }
    if (line.trim() !== '') seen += 1;
    if (i > 0 && written - seen <= 8 && SIGN_OFF.test(line)) {
      // A stop word after "Thanks," is still meant; anything else there is a name and a title.
      return [...lines.slice(0, i), ...lines.slice(i + 1).filter((rest) => STOP_LINE.test(rest))];
    }
  }
  return lines.slice(0, signatureStart(lines.slice(0, end)));
}

/** The last paragraph is a signature when it is not the only one, is short lines, and bears a title, firm, phone or address. */
function signatureStart(lines: readonly string[]): number {
  let last = lines.length;
  while (last > 0 && (lines[last - 1] ?? '').trim() === '') last -= 1;
  let first = last;
  while (first > 0 && (lines[first - 1] ?? '').trim() !== '') first -= 1;
  const block = lines.slice(first, last);
  const earlier = lines.slice(0, first).some((line) => line.trim() !== '');
  if (!earlier || block.length === 0 || block.length > 7) return lines.length;
  const short = block.every((line) => line.trim().length <= 70 && !/[.!?]\s+\S.*[.!?]\s*$/.test(line));
  const prose = block.some((line) => /\b(?:i|i'm|im|my|me|please|you|your|stop|yo|mi|por favor)\b/i.test(line));
  return short && !prose && block.some((line) => MARK.test(line)) ? first : lines.length;
}

/** Joins hard-wrapped lines: a line of 55 characters or more that ends without a stop goes on in the next one. */
function join(lines: readonly string[]): string {
  const out: string[] = [];
  let before = '';
  for (const line of lines) {
    const wrapped = line.trim() !== '' && before.length >= 55 && !/[.!?:]\s*$/.test(before.slice(-4));
    if (out.length > 0) out.push(wrapped ? ' ' : '\n');
    out.push(line);
    before = line;
  }
  return out.join('').trim();
}

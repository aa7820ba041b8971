import { ImportRefused } from './refused.ts';

const ARCHIVES: readonly (readonly [string, string])[] = [
  ['504b0304', 'a ZIP archive (or an Excel workbook)'],
  ['504b0506', 'an empty ZIP archive'],
  ['1f8b', 'compressed with gzip'],
  ['425a68', 'compressed with bzip2'],
  ['fd377a585a00', 'compressed with xz'],
  ['28b52ffd', 'compressed with Zstandard'],
  ['377abcaf271c', 'a 7-Zip archive'],
  ['52617221', 'a RAR archive'],
];

/**
 * Refuses what is no text file before a byte of it is stored. Archives are not unpacked: what a small file would unpack to
 * is not ours to find out.
 */
export function sniff(name: string, beginning: Buffer, encoding: string): void {
  const magic = beginning.subarray(0, 8).toString('hex');
  const archive = ARCHIVES.find(([bytes]) => magic.startsWith(bytes));
  if (archive !== undefined)
    throw new ImportRefused('archive', `${name} is ${archive[1]}: unpack it and import the folder`);
  if (magic.startsWith('fffe') || magic.startsWith('feff') || looksLikeUtf16(beginning)) {
    throw new ImportRefused('wrong-encoding', `${name} is UTF-16: save it as UTF-8`);
  }
  const nulls = beginning.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  if (magic.startsWith('25504446') || nulls > beginning.length / 20) {
    throw new ImportRefused('binary-file', `${name} is not a text file`);
  }
  if (encoding === 'utf-8' && looksLikeEbcdic(beginning)) {
    throw new ImportRefused('wrong-encoding', `${name} is not UTF-8 (EBCDIC?): save it as UTF-8`);
  }
}

// Latin letters as UTF-16 are every second byte a zero.
function looksLikeUtf16(bytes: Buffer): boolean {
  const pairs = Math.min(bytes.length >> 1, 512);
  if (pairs < 8) return false;
  let even = 0;
  let odd = 0;
  for (let pair = 0; pair < pairs; pair++) {
    if (bytes[pair * 2] === 0) even += 1;
    if (bytes[pair * 2 + 1] === 0) odd += 1;
  }
  return even > pairs * 0.7 || odd > pairs * 0.7;
}

// EBCDIC has its blanks at 0x40 and its newlines at 0x15 or 0x25; text in it has no LF and hardly an ASCII letter.
function looksLikeEbcdic(bytes: Buffer): boolean {
  const ascii = bytes.reduce((count, byte) => count + (byte >= 0x20 && byte < 0x7f && byte !== 0x40 ? 1 : 0), 0);
  return bytes.length >= 64 && !bytes.includes(10) && ascii < bytes.length / 4;
}

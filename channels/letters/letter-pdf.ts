import { createHash } from 'node:crypto';
import { blocksOf } from './blocks.ts';
import { createTypesetter } from './typesetter.ts';

/** What stands on one letter. Everything is data; nothing of it is ever read as Typst. */
export interface LetterSheet {
  /** The send's id: printed, in the barcode, and how returned mail finds back. */
  id: string;
  language: 'en' | 'es';
  title: string;
  /** Local date of the words, `YYYY-MM-DD`. */
  datedOn: string;
  lender: { name: string; address: string; phone: string };
  /** Name and address, two to four lines. */
  to: readonly string[];
  /** The letter's text, as worded in the claim. */
  text: string;
}

export interface PrintedLetter {
  kind: 'printed';
  pdf: Buffer;
  /** SHA-256 of the bytes, hex. The same sheet gives the same bytes. */
  hash: string;
  pages: number;
}

/** Why a sheet cannot be printed: a closed set, each with what a person can do about it. */
export type SheetProblem = 'no-address' | 'address-too-long';

const WORDS = {
  en: { letter: 'Letter', page: 'Page', mark: 'Barcode with the number of this letter' },
  es: { letter: 'Carta', page: 'Página', mark: 'Código con el número de esta carta' },
} as const;

/** A window shows four lines; a longer line would have to be set too small for a sorting machine (USPS Pub. 28 asks for 40). */
const MAX_LINES = 4;
const MAX_LINE = 58;

export function sheetProblem(to: readonly string[]): SheetProblem | null {
  if (to.length < 2 || to.length > MAX_LINES) return 'no-address';
  return to.some((line) => line.length > MAX_LINE) ? 'address-too-long' : null;
}

/** Sets letters as tagged PDF (PDF/UA-1) with Typst; the fonts are the compiler's own, so every machine prints the same. */
export async function createLetterPress(): Promise<{
  print(sheet: LetterSheet): Promise<PrintedLetter | { kind: 'not-set'; why: string }>;
}> {
  const { dataMatrix } = await import('./data-matrix.ts');
  const typesetter = await createTypesetter(new URL('./letter.typ', import.meta.url));
  return {
    async print(sheet) {
      const problem = sheetProblem(sheet.to);
      if (problem !== null) return { kind: 'not-set', why: problem };
      const set = typesetter.set({ letter: JSON.stringify(dataOf(sheet, dataMatrix(sheet.id))) });
      if (set.kind === 'not-set') return set;
      const hash = createHash('sha256').update(set.pdf).digest('hex');
      return { kind: 'printed', pdf: set.pdf, pages: set.pages, hash };
    },
  };
}

function dataOf(sheet: LetterSheet, barcode: string): object {
  const [year = 1970, month = 1, day = 1] = sheet.datedOn.split('-').map(Number);
  return {
    id: sheet.id,
    language: sheet.language,
    title: sheet.title,
    date: { year, month, day },
    dated: longDate(sheet.datedOn, sheet.language),
    lender: sheet.lender,
    to: sheet.to,
    barcode,
    words: WORDS[sheet.language],
    blocks: blocksOf(sheet.text),
  };
}

/** `2026-12-01` as people write it. */
export function longDate(date: string, language: 'en' | 'es'): string {
  const locale = language === 'es' ? 'es-US' : 'en-US';
  return new Date(`${date}T12:00:00Z`).toLocaleDateString(locale, { dateStyle: 'long', timeZone: 'UTC' });
}

import { createTypesetter } from '../letters/typesetter.ts';
import type { SetDocument, Typesetter } from '../letters/typesetter.ts';

/** One line of a case file that has its own instant: an event, a message, a decision, a document. */
export interface FileEntry {
  title: string;
  at: string;
  lines: readonly string[];
}

export interface FileSection {
  title: string;
  facts: readonly (readonly [label: string, value: string])[];
  entries: readonly FileEntry[];
  /** Said when there is nothing. */
  empty: string;
}

/** The whole of one account as words: what an examiner, a court or a successor gets. */
export interface CaseFile {
  title: string;
  lender: string;
  /** When, by whom and from what it was made. */
  made: string;
  /** On every page. */
  footer: string;
  /** Local date, `YYYY-MM-DD`. */
  madeOn: string;
  sections: readonly FileSection[];
}

let typesetter: Promise<Typesetter> | null = null;

/** Sets a case file as tagged PDF. The compiler is loaded the first time that somebody asks for one. */
export async function printCaseFile(file: CaseFile): Promise<SetDocument> {
  typesetter ??= createTypesetter(new URL('case-file.typ', import.meta.url));
  const [year = 1970, month = 1, day = 1] = file.madeOn.split('-').map(Number);
  return (await typesetter).set({ file: JSON.stringify({ ...file, date: { year, month, day } }) });
}

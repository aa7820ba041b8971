import { LARGEST_UPLOADED_FILE, MOST_UPLOADED_FILES, PREVIEWED_BYTES } from '../../../../intake/limits.ts';
import { bytes } from '../../lib/format.ts';
import type { PreviewRequest } from '../../../../api/schemas/intake.ts';

/** A file that somebody dropped or chose, with the beginning that a preview is made from. */
export interface ChosenFile {
  file: File;
  beginning: PreviewRequest['files'][number];
  /** Why it cannot be brought, known before a byte is sent. */
  wrong: string | null;
}

/** Reads the beginnings of newly chosen files; a file of a name that was chosen before takes its place. */
export async function choose(known: readonly ChosenFile[], added: readonly File[]): Promise<ChosenFile[]> {
  const fresh = await Promise.all(added.map(looked));
  const names = new Set(fresh.map(({ file }) => file.name));
  return [...known.filter(({ file }) => !names.has(file.name)), ...fresh].toSorted((a, b) =>
    a.file.name < b.file.name ? -1 : 1,
  );
}

async function looked(file: File): Promise<ChosenFile> {
  const nothing = { name: file.name, beginning: '', whole: true };
  if (file.size > LARGEST_UPLOADED_FILE)
    return { file, beginning: nothing, wrong: `larger than ${bytes(LARGEST_UPLOADED_FILE)}: bring it with “makegood import” on the machine itself` }; // prettier-ignore
  // A folder that was dropped looks like a file until it is read.
  const read = await file
    .slice(0, PREVIEWED_BYTES)
    .arrayBuffer()
    .catch(() => null);
  if (read === null) return { file, beginning: nothing, wrong: 'a folder, or a file that cannot be read: drop the files in it' }; // prettier-ignore
  if (file.size === 0) return { file, beginning: nothing, wrong: 'empty: not even a line with column names' };
  return { file, beginning: { name: file.name, beginning: base64(new Uint8Array(read)), whole: file.size <= PREVIEWED_BYTES }, wrong: null }; // prettier-ignore
}

function base64(data: Uint8Array): string {
  let text = '';
  for (const byte of data) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Why these files cannot be brought together; null: they can. */
export function wrongTogether(files: readonly ChosenFile[]): string | null {
  if (files.length > MOST_UPLOADED_FILES) return `At most ${MOST_UPLOADED_FILES} files at once`;
  const [first] = files.filter(({ wrong }) => wrong !== null);
  return first === undefined ? null : `${first.file.name} is ${first.wrong ?? ''}`;
}

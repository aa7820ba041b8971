import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file of the contracts that stand beside the repository, wherever the tests run (a mutation sandbox is deeper down). */
export function sharedFile(path: string): string {
  for (let folder = new URL('../../../../', import.meta.url); ; folder = new URL('../', folder)) {
    const file = new URL(`shared/${path}`, folder);
    if (existsSync(file)) return readFileSync(file, 'utf8');
    if (fileURLToPath(folder) === '/') throw new Error(`no shared/${path} beside the repository`);
  }
}

export { collectionCase, sentinel } from '../../workflows/index.ts';

let started = 0;

/** Counts in its module, which no workflow of ours may do: each run must find the module as new. */
export async function countsInItsModule(): Promise<number> {
  started += 1;
  return started;
}

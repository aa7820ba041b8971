import type { Queryable } from './pool.ts';

/** Where a person pays. The page shows nothing until it knows who is asking, so one address serves everybody. */
export async function payLinkFor(
  _db: Queryable,
  about: { publicUrl: string; personId: string; nowMs: number },
): Promise<string> {
  return `${about.publicUrl}/pay`;
}

import type { Feed } from '../../api/schemas/portfolio.ts';

/** The gate calls data stale after this many hours (bank policy, ruleset `staleAfterHours`). */
const STALE_HOURS = 26;

/** How fresh the core's newest file is at a business instant. A file is due each night, so a day old is still fresh. */
export function feedOf(snapshot: { at: Date | null; kind: string | null }, nowMs: number): Feed {
  if (snapshot.at === null) return { snapshotAt: null, snapshotKind: null, ageHours: null, state: 'none' };
  const ageHours = Math.round(((nowMs - snapshot.at.getTime()) / 3_600_000) * 10) / 10;
  const state = ageHours > STALE_HOURS ? 'stale' : ageHours > 24 ? 'late' : 'fresh';
  return { snapshotAt: snapshot.at.toISOString(), snapshotKind: snapshot.kind, ageHours, state };
}

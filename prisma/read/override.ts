import { OverrideView } from '../../api/schemas/timeline.ts';

/** The override stored with a decision; null when there is none, or none that can be read: then it counts for nothing. */
export function readOverride(stored: unknown): OverrideView | null {
  const read = OverrideView.safeParse(stored);
  return read.success ? read.data : null;
}

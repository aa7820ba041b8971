import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second in /proc, the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Processor time of a process and all that came of it, milliseconds; NaN where there is no /proc. */
export function processorMs(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  const all = new Map<number, { parent: number; ticks: number }>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // From field 3 on: the command in brackets may hold spaces.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      // utime, stime, and those of children that have ended.
      const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
      all.set(Number(name), { parent: Number(fields[1]), ticks });
    } catch {
      // Ended meanwhile; its parent has its time.
    }
  }
  const isOurs = (at: number): boolean => at === pid || (all.has(at) && isOurs(all.get(at)?.parent ?? 0));
  const ticks = [...all].reduce((sum, [at, each]) => sum + (isOurs(at) ? each.ticks : 0), 0);
  return (ticks * 1_000) / TICKS_PER_SECOND;
}

/**
 * Named points at which the chaos harness makes a process die or sleep. Nothing happens unless the harness set
 * `MAKEGOOD_FAULTS` (a JSON object: point → probability) on a sandbox instance; a live one never reads it.
 */
export type FaultPoint = 'after-claim' | 'after-provider' | 'before-claim-commit';

interface Faults {
  points: Partial<Record<FaultPoint, number>>;
}

let faults: Faults = { points: {} };

/** Called once at start by the worker, only when channels are the sandbox's. */
export function armFaults(points: Partial<Record<FaultPoint, number>>): void {
  faults = { points };
}

export async function fault(point: FaultPoint): Promise<void> {
  const probability = faults.points[point];
  if (probability === undefined || Math.random() >= probability) return;
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way: nothing after this line may run.
  await new Promise(() => undefined);
}

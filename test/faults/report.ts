import type { ChaosReport } from './chaos.ts';

/** A run in words: its figures, its seed and the timeline of its faults, so that it can be read and run again. */
export function reportOf(
  order: { seed: number; cases: number; faultMs: number },
  report: ChaosReport,
  evidence: string,
): string {
  const { figures, faults, breaches } = report;
  return [
    JSON.stringify(
      {
        seed: order.seed,
        cases: order.cases,
        faultSeconds: order.faultMs / 1_000,
        figures,
        faults: faults.length,
        breaches,
      },
      null,
      2,
    ),
    ...faults.map(({ atMs, what }) => `  +${((atMs - report.startedAtMs) / 1_000).toFixed(1)} s  ${what}`),
    `evidence: ${evidence}`,
    breaches.length === 0 ? 'chaos: no breach' : `chaos: ${breaches.length} BREACHES`,
  ].join('\n');
}

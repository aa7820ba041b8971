import type { Command } from 'commander';
import { registerCases } from './cases/register-cases.ts';

/** `makegood gate --cases FILE.jsonl` (issue 6 §4). */
export function registerGate(program: Command): void {
  registerCases(program, {
    name: 'gate',
    description: 'Answer gate cases (contract gate-cases.md)',
    load: async () => (await import('./cases/gate-answer.ts')).answerGateCase,
  });
}

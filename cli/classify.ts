import type { Command } from 'commander';
import { registerCases } from './cases/register-cases.ts';

/** `makegood classify --cases FILE.jsonl` (issue 6 §4): replies in, labels and actions out. */
export function registerClassify(program: Command): void {
  registerCases(program, {
    name: 'classify',
    description: 'Read replies: labels and actions of inbound cases (contract inbound-labels.md)',
    load: async () => (await import('./cases/classify-answer.ts')).answerInboundCase,
  });
}

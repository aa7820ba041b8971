import type { Command } from 'commander';
import { registerCases, type AnswerLine } from './cases/register-cases.ts';

async function loadClocks(): Promise<AnswerLine> {
  const { idOf, readClockCase } = await import('./cases/clock-case.ts');
  const { answerQuestion } = await import('./cases/clock-answers.ts');
  const { CaseError } = await import('./cases/clock-moments.ts');
  return (line, number) => {
    let id: string | null = null;
    try {
      const raw: unknown = JSON.parse(line);
      id = idOf(raw);
      const clockCase = readClockCase(raw);
      return { id, answers: clockCase.questions.map((question) => answerQuestion(clockCase, question)) };
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      const known = error instanceof CaseError || error instanceof SyntaxError;
      const reason = error instanceof SyntaxError ? `not JSON: ${what}` : known ? what : `bug: ${what}`;
      return { id, error: `line ${number}: ${reason}` };
    }
  };
}

/** `makegood clocks --cases FILE.jsonl` (issue 6 §4). */
export function registerClocks(program: Command): void {
  registerCases(program, {
    name: 'clocks',
    description: 'Answer insurance, promise and debit cases (contract clocks.md §6)',
    load: loadClocks,
  });
}

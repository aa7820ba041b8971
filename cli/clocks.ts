import { readFileSync } from 'node:fs';
import type { Command } from 'commander';

type Line = { readonly text: string; readonly ok: boolean };

/** Answers one line of a case file. Whatever is wrong with it becomes its `error`: one line never costs the others. */
async function lineReader(): Promise<(line: string, number: number) => Line> {
  const { idOf, readClockCase } = await import('./cases/clock-case.ts');
  const { answerQuestion } = await import('./cases/clock-answers.ts');
  const { CaseError } = await import('./cases/clock-moments.ts');
  return (line, number) => {
    let id: string | null = null;
    try {
      const raw: unknown = JSON.parse(line);
      id = idOf(raw);
      const clockCase = readClockCase(raw);
      const answers = clockCase.questions.map((question) => answerQuestion(clockCase, question));
      return { text: JSON.stringify({ id, answers }), ok: true };
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      const known = error instanceof CaseError || error instanceof SyntaxError;
      const reason = error instanceof SyntaxError ? `not JSON: ${what}` : known ? what : `bug: ${what}`;
      return { text: JSON.stringify({ id, error: `line ${number}: ${reason}` }), ok: false };
    }
  };
}

function readCases(program: Command, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return program.error(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** `makegood clocks --cases FILE.jsonl`: one line of answers a case; exit code 1 when a line could not be answered. */
export function registerClocks(program: Command): void {
  program
    .command('clocks')
    .description('Answer insurance, promise and debit cases (contract clocks.md §6)')
    .requiredOption('--cases <file>', 'cases, one JSON object a line')
    .action(async ({ cases }: { cases: string }) => {
      const answerLine = await lineReader();
      const lines = readCases(program, cases)
        .replace(/^\uFEFF/, '')
        .split(/\r?\n/);
      const answered = lines.flatMap((line, index) => (line.trim() === '' ? [] : [answerLine(line, index + 1)]));
      if (answered.length > 0) process.stdout.write(`${answered.map(({ text }) => text).join('\n')}\n`);
      if (answered.some(({ ok }) => !ok)) process.exitCode = 1;
    });
}

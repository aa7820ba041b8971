import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';

const LINES_A_WRITE = 500;

/** Prints an answer a line, in the order of the file; whether every line could be answered. */
async function answerFile(path: string): Promise<boolean> {
  const { answerGateCase } = await import('./cases/gate-answer.ts');
  const answers: string[] = [];
  let allAnswered = true;
  for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
    const text = line.replace(/^\uFEFF/, '');
    if (text.trim() === '') continue;
    const answer = answerGateCase(text);
    if ('error' in answer) allAnswered = false;
    answers.push(`${JSON.stringify(answer)}\n`);
    if (answers.length === LINES_A_WRITE) process.stdout.write(answers.splice(0).join(''));
  }
  process.stdout.write(answers.join(''));
  return allAnswered;
}

/** `makegood gate --cases FILE.jsonl`: outside cases in, one JSON line each out; needs no server and no database. */
export function registerGate(program: Command): void {
  program
    .command('gate')
    .description('Answer gate cases (contract gate-cases.md)')
    .requiredOption('--cases <file>', 'cases, one JSON object a line')
    .action(async ({ cases }: { cases: string }) => {
      try {
        if (!(await answerFile(cases))) process.exitCode = 1;
      } catch (error) {
        if (!(error instanceof Error && 'syscall' in error)) throw error;
        program.error(`cannot read ${cases}: ${error.message}`);
      }
    });
}

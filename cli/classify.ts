import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';

const LINES_A_WRITE = 500;

/** Prints an answer a line, in the order of the file; whether every line could be answered. */
async function answerFile(path: string): Promise<boolean> {
  const { answerInboundCase } = await import('./cases/classify-answer.ts');
  const answers: string[] = [];
  let allAnswered = true;
  for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
    const text = line.replace(/^\uFEFF/, '');
    if (text.trim() === '') continue;
    const answer = answerInboundCase(text);
    if ('error' in answer) allAnswered = false;
    answers.push(`${JSON.stringify(answer)}\n`);
    if (answers.length === LINES_A_WRITE) process.stdout.write(answers.splice(0).join(''));
  }
  process.stdout.write(answers.join(''));
  return allAnswered;
}

/** `makegood classify --cases FILE.jsonl` (issue 6 §4): replies in, one JSON line each out; no server, no database. */
export function registerClassify(program: Command): void {
  program
    .command('classify')
    .description('Read replies: labels and actions of inbound cases (contract inbound-labels.md)')
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

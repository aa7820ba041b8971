import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';

/** Answers line `number` (from 1) of a case file. Whatever is wrong with a line becomes its `error`, never a throw. */
export type AnswerLine = (line: string, number: number) => { error: string } | object;

const ANSWERS_A_WRITE = 500;

/** Prints an answer a line, in the order of the file; whether every line could be answered. */
async function answerFile(path: string, answerLine: AnswerLine): Promise<boolean> {
  const answers: string[] = [];
  let number = 0;
  let allAnswered = true;
  for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
    number += 1;
    const text = line.replace(/^\uFEFF/, '');
    if (text.trim() === '') continue;
    const answer = answerLine(text, number);
    if ('error' in answer) allAnswered = false;
    answers.push(`${JSON.stringify(answer)}\n`);
    if (answers.length === ANSWERS_A_WRITE) process.stdout.write(answers.splice(0).join(''));
  }
  process.stdout.write(answers.join(''));
  return allAnswered;
}

/**
 * A command `NAME --cases FILE.jsonl`: outside cases in, one JSON line each out; needs no server and no database. Exit
 * code 1 when a line could not be answered. `load` brings the rules in only when the command runs.
 */
export function registerCases(
  program: Command,
  command: { name: string; description: string; load: () => Promise<AnswerLine> },
): void {
  program
    .command(command.name)
    .description(command.description)
    .requiredOption('--cases <file>', 'cases, one JSON object a line')
    .action(async ({ cases }: { cases: string }) => {
      const answerLine = await command.load();
      try {
        if (!(await answerFile(cases, answerLine))) process.exitCode = 1;
      } catch (error) {
        if (!(error instanceof Error && 'syscall' in error)) throw error;
        program.error(`cannot read ${cases}: ${error.message}`);
      }
    });
}

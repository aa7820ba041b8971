import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { generatePrismaClient } from '../cli/start/generated.ts';
import { repoRoot } from '../cli/start/paths.ts';

/** `npm run check`: format, lint with types and import walls, types, unused code. All are run; any that fails fails the check. */
type Tool = { name: string; bin: string; args: string[] };

const tools: Tool[] = [
  { name: 'format', bin: 'oxfmt', args: ['--check'] },
  { name: 'lint', bin: 'oxlint', args: [] },
  { name: 'types', bin: 'tsc', args: ['--noEmit', '-p', '.'] },
  ...(existsSync(join(repoRoot, 'web', 'tsconfig.json'))
    ? [{ name: 'types of web', bin: 'tsc', args: ['--noEmit', '-p', 'web'] }]
    : []),
  { name: 'unused code', bin: 'knip', args: ['--no-progress'] },
];

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** The tools' own first lines ask for `node`: they get ours. */
const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}` };

function run({ bin, args }: Tool): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(join(repoRoot, 'node_modules', '.bin', bin), args, { cwd: repoRoot, stdio: 'inherit', env });
    child.on('error', (error) => {
      say(error.message);
      resolve(false);
    });
    child.on('exit', (code) => {
      resolve(code === 0);
    });
  });
}

await generatePrismaClient();
const failed: string[] = [];
for (const tool of tools) {
  say(`▸ ${tool.name}`);
  const passed = await run(tool);
  say(`${passed ? '✓' : '✗'} ${tool.name}`);
  if (!passed) failed.push(tool.name);
}
say(failed.length === 0 ? 'check passed' : `check failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { repoRoot } from './paths.ts';
import { StartFailure } from './start-failure.ts';

/** What is made from sources and not kept in git: the Prisma client and the built web app. Both are stamped with a hash of their sources. */

/** True when the client was generated, false when it was fresh or there is no schema. */
export async function generatePrismaClient(): Promise<boolean> {
  const schema = join(repoRoot, 'prisma', 'schema.prisma');
  const folder = join(repoRoot, 'prisma', 'generated');
  if (!existsSync(schema)) return false;
  const wanted = hashOf([schema, join(repoRoot, 'node_modules', 'prisma', 'package.json')]);
  if (stampOf(folder) === wanted) return false;
  const prisma = join(repoRoot, 'node_modules', 'prisma', 'build', 'index.js');
  const args = [prisma, 'generate', '--schema', schema];
  const result = await runNode(args, {
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
    // Generating needs no engine, but Prisma downloads one, and gives up after many seconds where that is blocked.
    PRISMA_SCHEMA_ENGINE_BINARY: process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ?? '/bin/true',
  });
  if (result.code !== 0) throw new StartFailure(`prisma generate failed:\n  ${tail(result.said)}`);
  writeFileSync(join(folder, stampName), wanted);
  return true;
}

/** True when the web app was built, false when it was fresh or there are no sources. */
export async function buildWeb(): Promise<boolean> {
  const web = join(repoRoot, 'web');
  const dist = join(web, 'dist');
  if (!existsSync(join(web, 'index.html'))) return false;
  const wanted = hashOf([...sourcesOf(web), join(repoRoot, 'package-lock.json')]);
  if (stampOf(dist) === wanted) return false;
  // Beside the old one, then swapped: another instance may be serving it.
  const draft = `${dist}.${process.pid}`;
  const vite = join(repoRoot, 'node_modules', 'vite', 'bin', 'vite.js');
  try {
    const result = await runNode([vite, 'build', '--outDir', draft, '--emptyOutDir'], {}, web);
    if (result.code !== 0) throw new StartFailure(`The web app could not be built:\n  ${tail(result.said)}`);
    writeFileSync(join(draft, stampName), wanted);
    rmSync(dist, { recursive: true, force: true });
    renameSync(draft, dist);
    return true;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

const stampName = '.makegood-stamp';

function stampOf(folder: string): string | undefined {
  const file = join(folder, stampName);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function sourcesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/\/(node_modules|dist(\.\d+)?)\//.test(file.slice(folder.length)))
    .toSorted();
}

function hashOf(files: string[]): string {
  const hash = createHash('sha256');
  for (const file of files)
    hash.update(file.slice(repoRoot.length)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** What a tool said about its failure: the last lines, without colours and stack frames. */
function tail(text: string): string {
  const lines = stripVTControlCharacters(text).trim().split('\n');
  return lines
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
    .slice(-15)
    .join('\n  ');
}

function runNode(args: string[], env: Record<string, string>, cwd = repoRoot): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('error', (error) => {
      resolve({ code: 1, said: error.message });
    });
    child.on('close', (code) => {
      resolve({ code: code ?? 1, said });
    });
  });
}

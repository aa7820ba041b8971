import { execFile, spawn } from 'node:child_process';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { openPool } from '../../prisma/pool.ts';
import type { Pool } from '../../prisma/pool.ts';

const run = promisify(execFile);

const runFile = z.looseObject({
  environment: z.record(z.string(), z.string()),
  parts: z.array(z.looseObject({ name: z.string(), ready: z.boolean(), process: z.looseObject({ pid: z.int() }) })),
});

export type Part = 'postgres' | 'temporal' | 'worker' | 'api' | 'sandbox';

/** One product under test: the very thing that `makegood start` runs, in a home of its own. */
export class Instance {
  readonly home: string;
  readonly root: string;
  readonly #extra: Record<string, string>;

  constructor(given: { home: string; root: string; extra?: Record<string, string> }) {
    this.home = given.home;
    this.root = given.root;
    this.#extra = given.extra ?? {};
  }

  get #env(): NodeJS.ProcessEnv {
    const kept = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !name.startsWith('MAKEGOOD_') && name !== 'DATABASE_URL'),
    );
    return { ...kept, ...this.#extra, MAKEGOOD_HOME: this.home };
  }

  /** Runs one command as an operator would. @returns what it printed @throws with what it wrote when it fails */
  async cli(...words: string[]): Promise<string> {
    const { stdout } = await run(join(this.root, 'makegood'), words, { env: this.#env, maxBuffer: 1 << 28 });
    return stdout;
  }

  async start(clock?: string): Promise<void> {
    await this.cli('start', '--detach', '--no-sample', ...(clock === undefined ? [] : ['--clock', clock]));
  }

  async stop(): Promise<void> {
    await this.cli('stop');
  }

  facts(): z.infer<typeof runFile> {
    return runFile.parse(JSON.parse(readFileSync(join(this.home, 'run.json'), 'utf8')));
  }

  pool(): Pool {
    return openPool(this.facts().environment['DATABASE_URL'] ?? '', { max: 6, name: 'chaos' });
  }

  setting(name: string): string {
    return this.facts().environment[name] ?? '';
  }

  pidOf(part: Part): number | undefined {
    return this.facts().parts.find(({ name }) => name === part)?.process.pid;
  }

  isReady(part: Part): boolean {
    return this.facts().parts.find(({ name }) => name === part)?.ready ?? false;
  }

  /** Sends a signal to one part; a part that is just being restarted has none to receive it. */
  signal(part: Part, signal: NodeJS.Signals): boolean {
    try {
      const pid = this.pidOf(part);
      if (pid === undefined) return false;
      process.kill(pid, signal);
      return true;
    } catch {
      return false;
    }
  }

  /** The workflow store as if it had never been. Only while the product is stopped. */
  deleteTemporalStore(): void {
    for (const folder of [join(this.home, 'temporal')]) {
      for (const file of readdirSync(folder).filter((name) => name.startsWith('store.db')))
        rmSync(join(folder, file), { force: true });
    }
  }

  async control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${this.setting('MAKEGOOD_SANDBOX_URL')}${path}`, {
      method,
      signal: AbortSignal.timeout(15_000),
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? null : (JSON.parse(text) as unknown);
  }

  truth(file: string): Record<string, unknown>[] {
    try {
      const text = readFileSync(join(this.home, 'sandbox', file), 'utf8');
      return text
        .split('\n')
        .flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as Record<string, unknown>]));
    } catch {
      return [];
    }
  }

  /** Ends whatever is left, however the run ended. */
  abandon(): void {
    spawn(join(this.root, 'makegood'), ['stop'], { env: this.#env, stdio: 'ignore', detached: true }).unref();
  }
}

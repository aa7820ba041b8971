import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { receiveSet } from '../../activities/import/receive.ts';
import { resumeImport } from '../../activities/import/run.ts';
import { importSet } from '../../prisma/import/sets.ts';
import { bookOf, lateLoan, lender, loan, openImport, rowsOf, takeIn, writeSet } from './support.ts';

const tables = {
  ...lender(30, (index) =>
    index % 7 === 0 ? lateLoan(`L${index}`, index) : loan(`L${index}`, index === 4 ? { next_due_on: 'x' } : {}),
  ),
  phones: Array.from({ length: 30 }, (_, index) => ({
    customer_number: `C${index + 1}`,
    number: `+1614555${String(1_000 + index)}`,
    type: 'mobile',
    opted_out_on: index === 3 ? '2026-11-20' : '',
  })),
  transactions: [{ loan_number: 'L7', transaction_id: 'T1', posted_on: '2026-11-20', amount: '5.00', code: 'payment' }],
};
let reference: Record<string, unknown>;
const counts = (deps: Awaited<ReturnType<typeof openImport>>) =>
  rowsOf(
    deps.pool,
    `select (select count(*) from event) as events, (select count(*) from import_error) as errors, (select count(*) from work_item) as items, (select count(*) from collection_case) as cases`,
  );
let expected: unknown;

beforeAll(async () => {
  const deps = await openImport();
  await takeIn(deps, writeSet(tables));
  reference = await bookOf(deps.pool);
  expected = await counts(deps);
  await deps.close();
}, 120_000);

for (const phase of ['stage', 'check', 'merge', 'start']) {
  it(`dies after ${phase} and goes on to the same book`, async () => {
    const deps = await openImport();
    try {
      const { setId } = await receiveSet(deps, { path: writeSet(tables), source: 'test', actor: 't' });
      const dies = {
        ...deps,
        afterPhase: (done: string) => (done === phase ? Promise.reject(new Error('killed')) : undefined),
      };
      await expect(resumeImport(dies, setId)).rejects.toThrow('killed');
      expect((await resumeImport(deps, setId)).state).toBe('done');
      expect(await bookOf(deps.pool)).toEqual(reference);
      expect(await counts(deps)).toEqual(expected);
    } finally {
      await deps.close();
    }
  });
}

it('staging emptied by a crash of the server, or by another set, is read again from the stored files', async () => {
  const deps = await openImport();
  try {
    const { setId } = await receiveSet(deps, { path: writeSet(tables), source: 'test', actor: 't' });
    let phases = 0;
    const dies = {
      ...deps,
      afterPhase: (done: string) =>
        done === 'check' && (phases += 1) === 1 ? Promise.reject(new Error('killed')) : undefined,
    };
    await expect(resumeImport(dies, setId)).rejects.toThrow('killed');
    expect((await importSet(deps.pool, setId)).state).toBe('checked');
    await deps.pool.query('truncate import_stage.loans, import_stage.customers, import_stage.phones');
    expect((await resumeImport(deps, setId)).state).toBe('done');
    expect(await bookOf(deps.pool)).toEqual(reference);
    expect(await counts(deps)).toEqual(expected);
  } finally {
    await deps.close();
  }
});

it.each(['reading', 'checking', 'taking in', 'opening cases'])(
  'kill -9 while %s, and another process goes on to the same book',
  async (phase) => {
    const deps = await openImport();
    try {
      const child = spawn(
        process.execPath,
        [fileURLToPath(new URL('./import-until-killed.ts', import.meta.url)), deps.url, writeSet(tables), phase],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      expect(line.toString()).toContain(phase);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const [left] = await rowsOf<{ id: number; state: string }>(deps.pool, 'select id, state from import_set');
      expect(left?.state).not.toBe('done');
      expect((await resumeImport(deps, left?.id ?? 0)).state).toBe('done');
      expect(await bookOf(deps.pool)).toEqual(reference);
      expect(await counts(deps)).toEqual(expected);
    } finally {
      await deps.close();
    }
  },
);

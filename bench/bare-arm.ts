import { Client } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { Pool } from '../prisma/pool.ts';
import type { BareActivities, BareInput } from './bare-workflows.ts';
import type { BookCase } from './book.ts';
import { finishLine, inParallel, ourArm, REST_MS, runAll, TOUCHES } from './lives.ts';
import type { Arm, ArmOptions } from './lives.ts';
import { FIRST_RECORDED_ID, liftSerials, recordingPool, replay } from './sql-trace.ts';
import type { Names, Trace } from './sql-trace.ts';

const BARE_QUEUE = 'bare';

/** The same timers and activities, whose activities run the recorded SQL of one of our lives, account for account. */
export async function bareArm(
  { env, pool, bundle, restMs = REST_MS }: ArmOptions,
  recording: Recording | null,
): Promise<Arm> {
  const finish = finishLine();
  // Plain payloads: sealing them is ours, not the workflow engine's.
  const { workflow } = new Client({ connection: env.connection, namespace: env.namespace ?? 'default' });
  const names = new Map<string, Names>();
  const run = async (segment: string, caseId: string): Promise<void> => {
    if (recording === null) return;
    const trace = recording.traces.get(segment);
    // Tried again it would write twice what it wrote, and the comparison would be of nothing.
    if (trace === undefined) return finish.failed(new Error(`the recorded life has no ${segment}`));
    await replay(pool, trace, names.get(caseId) ?? new Map()).catch((cause: unknown) => {
      finish.failed(new Error(`${segment} of the bare workflow`, { cause }));
    });
  };
  const activities: BareActivities = {
    first: ({ caseId }) => run('first', caseId),
    touch: async ({ caseId, touch }) => {
      await run(`touch-${touch}`, caseId);
      if (touch === TOUCHES - 1) await workflow.getHandle(`bare/${caseId}`).signal('bareNews');
    },
    lookAgain: ({ caseId }) => run('lookAgain', caseId),
    close: async ({ caseId }) => {
      await run('close', caseId);
      finish.passed();
    },
  };
  const running = runAll([
    await Worker.create({
      connection: env.nativeConnection,
      namespace: env.namespace ?? 'default',
      taskQueue: BARE_QUEUE,
      workflowBundle: bundle,
      activities: { ...activities },
      maxCachedWorkflows: 1_000,
    }),
  ]);
  return {
    live: async (cases) => {
      if (recording !== null) {
        const own = await namesOf(pool, cases);
        for (const { caseId } of cases) names.set(caseId, mapped(recording.own, own.get(caseId) ?? []));
      }
      return finish.run(cases.length, async () => {
        await inParallel(cases, ({ caseId }) => {
          const input: BareInput = { caseId, touches: TOUCHES, restMs };
          return workflow.start('bareLife', {
            workflowId: `bare/${caseId}`,
            taskQueue: BARE_QUEUE,
            args: [input],
          });
        });
      });
    },
    stop: () => running.stop(),
  };
}

/** What one of our lives asked of Postgres, activity by activity, and the names by which it went. */
export interface Recording {
  traces: ReadonlyMap<string, Trace>;
  own: readonly string[];
}

export async function recordOneLife(
  given: { env: TestWorkflowEnvironment; pool: Pool; bundle: WorkflowBundleWithSourceMap },
  [warm, life]: readonly [BookCase, BookCase],
): Promise<Recording> {
  const traces = new Map<string, Trace>();
  let current: Trace = [];
  await liftSerials(given.pool, FIRST_RECORDED_ID);
  const arm = await ourArm({
    ...given,
    pool: recordingPool(given.pool, () => current),
    onActivity: (name) => {
      current = [];
      traces.set(name, current);
    },
  });
  const own = (await namesOf(given.pool, [life])).get(life.caseId) ?? [];
  // The first fills the caches of this process (published policies): the second is like all that follow.
  await arm.live([warm]);
  await arm.live([life]);
  await arm.stop();
  await liftSerials(given.pool, 2 * FIRST_RECORDED_ID);
  return { traces, own };
}

async function namesOf(pool: Pool, cases: readonly BookCase[]): Promise<Map<string, string[]>> {
  const { rows } = await pool.query<{ case_id: string; names: string[] }>(
    `select c.id as case_id, array[c.id::text, l.id::text, p.id::text, l.loan_number, p.customer_number] ||
       (select array_agg(word order by a.kind, n) from person_address pa join address a on a.id = pa.address_id
        cross join lateral unnest(array[a.id::text, a.value]) with ordinality as w(word, n) where pa.person_id = p.id) as names
     from collection_case c join loan l on l.id = c.loan_id join loan_role r on r.loan_id = l.id join person p on p.id = r.person_id
     where c.id = any($1::uuid[])`,
    [cases.map(({ caseId }) => caseId)],
  );
  return new Map(rows.map((row) => [row.case_id, row.names]));
}

function mapped(from: readonly string[], to: readonly string[]): Names {
  return new Map(from.map((name, at) => [name, to[at] ?? name]));
}

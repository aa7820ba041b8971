import { fileURLToPath } from 'node:url';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker, bundleWorkflowCode } from '@temporalio/worker';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createCaseActivities } from '../../activities/index.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { MAIN_QUEUE, SEND_QUEUE } from '../../worker/queues.ts';
import { caseNews, collectionCaseId } from '../../workflows/collection-case.messages.ts';
import { aLoan, aPerson, anOpenCase, TUESDAY_10_30 } from '../support/builders.ts';
import { openDesk } from '../support/desk.ts';
import type { Desk } from '../support/desk.ts';

let desk: Desk;
let env: TestWorkflowEnvironment;
let bundle: WorkflowBundleWithSourceMap;
let deps: ActivityDeps;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  desk = await openDesk();
  bundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)),
  });
  env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: inject('temporalTestServerPath') } },
  });
  deps = { ...desk.deps, clock: { nowMs: () => env.currentTimeMs() } };
  // Business time starts on a Tuesday morning by the test server's clock, and goes on with it.
  await desk.pool.query('update business_clock set offset_ms = $1', [
    Math.round(TUESDAY_10_30 - (await env.currentTimeMs())),
  ]);
});
afterAll(async () => {
  await env?.teardown();
  await desk?.close();
});

async function withWorkers<T>(work: () => Promise<T>): Promise<T> {
  const common = { connection: env.nativeConnection, activities: createCaseActivities(deps) };
  const main = await Worker.create({ ...common, taskQueue: MAIN_QUEUE, workflowBundle: bundle });
  const sends = await Worker.create({ ...common, taskQueue: SEND_QUEUE });
  return main.runUntil(() => sends.runUntil(work));
}

/** The core sends a fresh snapshot each night; without it nothing may go out. */
async function freshSnapshots(): Promise<void> {
  await desk.pool.query(`update core_feed set snapshot_at = '2027-12-31T00:00:00Z'`);
}

describe('collectionCase in skipped time', () => {
  it('walks the ladder by itself: text, e-mail, call task; closes when the account is cured; recalls what was open', async () => {
    await freshSnapshots();
    const person = await aPerson(desk.pool);
    const loanId = await aLoan(desk.pool, person.personId, { daysPastDue: 2 });
    const caseId = await anOpenCase(desk.pool, loanId);
    await withWorkers(async () => {
      const handle = await env.client.workflow.start('collectionCase', {
        workflowId: collectionCaseId(caseId),
        taskQueue: MAIN_QUEUE,
        args: [{ version: 1, caseId }],
      });
      await env.sleep('8 days');
      const { rows: steps } = await desk.pool.query<{ step: string; outcome: string }>(
        `select step, outcome from step_done where case_id = $1 and outcome <> 'skipped' order by at`,
        [caseId],
      );
      expect(steps.map(({ outcome }) => outcome)).toEqual(['sent', 'sent', 'pending']);
      await desk.pool.query(`update loan set past_due_cents = 0, next_due_on = next_due_on + 30 where id = $1`, [
        loanId,
      ]);
      await handle.signal(caseNews);
      // Not `handle.result()`: while it waits the test server skips to the next timer, which may be years away.
      await env.sleep('1 minute');
      expect((await handle.describe()).status.name).toBe('COMPLETED');
    });
    const { rows } = await desk.pool.query(`select status, close_reason from collection_case where id = $1`, [caseId]);
    expect(rows).toEqual([{ status: 'closed', close_reason: 'cured' }]);
    const { rows: open } = await desk.pool.query(
      `select count(*)::int as n from work_item where case_id = $1 and state = 'open'`,
      [caseId],
    );
    expect(open).toEqual([{ n: 0 }]);
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(1);
    expect(await desk.acceptedMails(person.mail)).toHaveLength(1);
  });

  it('a doubled and a needless nudge change nothing', async () => {
    await freshSnapshots();
    const person = await aPerson(desk.pool);
    const nowMs = await env.currentTimeMs();
    const { rows } = await desk.pool.query<{ offset_ms: number }>('select offset_ms from business_clock');
    const businessMs = nowMs + (rows[0]?.offset_ms ?? 0);
    const loanId = await aLoan(desk.pool, person.personId, { daysPastDue: 2, nowMs: businessMs });
    const caseId = await anOpenCase(desk.pool, loanId, businessMs);
    await withWorkers(async () => {
      const handle = await env.client.workflow.start('collectionCase', {
        workflowId: collectionCaseId(caseId),
        taskQueue: MAIN_QUEUE,
        args: [{ version: 1, caseId }],
      });
      for (let nudge = 0; nudge < 5; nudge += 1) await handle.signal(caseNews);
      await env.sleep('3 days');
      for (let nudge = 0; nudge < 5; nudge += 1) await handle.signal(caseNews);
      await env.sleep('1 hour');
      await handle.terminate();
    });
    expect(await desk.acceptedTexts(person.phone)).toHaveLength(1);
  });
});

describe('the workflow bundle', () => {
  it('stays lean: no library in it that makes a cold wake dear', () => {
    expect(bundle.code).not.toMatch(/temporal-polyfill|zod|luxon/);
    expect(bundle.code.length).toBeLessThan(2_000_000);
  });
});

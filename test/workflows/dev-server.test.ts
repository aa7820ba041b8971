import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { temporal } from '@temporalio/proto';
import { bundleWorkflowCode } from '@temporalio/worker';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { repoRoot } from '../../cli/start/paths.ts';
import { MAIN_QUEUE } from '../../worker/queues.ts';
import { reconcile } from '../../worker/reconciler.ts';
import { caseProgress } from '../../workflows/collection-case.messages.ts';
import { actionsBetweenTouches } from './actions.ts';
import { openDevDesk, quietRuntime } from './dev-server-desk.ts';
import type { DevDesk, LiveCase } from './dev-server-desk.ts';
import { situations } from './dev-server-situations.ts';

/** The release whose histories `scripts/record-histories.ts` is writing; unset in every other run. */
const recordAs = process.env['MAKEGOOD_RECORD_HISTORIES'];

let desk: DevDesk;

beforeAll(async () => {
  const logger = quietRuntime();
  const workflowsPath = fileURLToPath(new URL('./dev-server-workflows.ts', import.meta.url));
  desk = await openDevDesk(await bundleWorkflowCode({ workflowsPath, logger }));
});
afterAll(async () => {
  await desk?.close();
});

describe('collectionCase on the real server, told of its news by the outbox', () => {
  for (const situation of situations) {
    const { name, story, steps, ends } = situation;
    it(`${name}: ${story}`, async () => {
      const { live, runId } = await situation.play(desk);
      expect(await stepsOf(live)).toEqual(steps);
      const { rows } = await desk.pool.query('select status, close_reason from collection_case where id = $1', [
        live.caseId,
      ]);
      expect(rows).toEqual([
        ends === 'open' ? { status: 'open', close_reason: null } : { status: 'closed', close_reason: ends },
      ]);
      const texts = steps.filter((step) => step.endsWith('sent sms')).length;
      expect(await desk.acceptedTexts(live.person.phone)).toHaveLength(texts);
      const history = await historyOf(live, runId);
      if (name === 'ladder') expectFrugal(history);
      if (recordAs !== undefined)
        writeFileSync(
          join(repoRoot, 'test', 'histories', `collectionCase.${name}.${recordAs}.json`),
          historyToJSON(history),
        );
    });
  }

  it('keeps what one case knows from another, and a module’s state from the next run', async () => {
    const touched = await desk.openedCase();
    await desk.walk(touched, 1);
    const untouched = await desk.openedCase();
    expect(await desk.handle(touched).query(caseProgress)).toEqual({ resting: true, touches: 1 });
    expect(await desk.handle(untouched).query(caseProgress)).toEqual({ resting: true, touches: 0 });
    const runs = ['a', 'b', 'c'].map((id) =>
      desk.env.client.workflow.execute('countsInItsModule', { workflowId: `counts-${id}`, taskQueue: MAIN_QUEUE }),
    );
    expect(await Promise.all(runs)).toEqual([1, 1, 1]);
  });

  it('leaves nothing readable in the history: ids and sealed payloads only', async () => {
    const live = await desk.openedCase();
    await desk.walk(live, 2);
    const { rows } = await desk.pool.query<{ loan_number: string }>('select loan_number from loan where id = $1', [
      live.loanId,
    ]);
    const history = await historyOf(live);
    const raw = Buffer.from(temporal.api.history.v1.History.encode(history).finish()).toString('latin1');
    // The scan is not blind: it finds what may be there.
    expect(raw).toContain('contactBorrower');
    for (const secret of [
      live.person.phone,
      live.person.phone.slice(2),
      live.person.mail,
      'Lee',
      'touch',
      rows[0]?.loan_number ?? '',
      live.loanId,
      live.person.personId,
    ]) {
      expect(raw.includes(secret), secret).toBe(false);
    }
    const payloads = (history.events ?? []).flatMap((event) => [
      ...(event.workflowExecutionStartedEventAttributes?.input?.payloads ?? []),
      ...(event.activityTaskScheduledEventAttributes?.input?.payloads ?? []),
      ...(event.activityTaskCompletedEventAttributes?.result?.payloads ?? []),
    ]);
    expect(payloads.length).toBeGreaterThan(5);
    expect(new Set(payloads.map((payload) => Buffer.from(payload.metadata?.['encoding'] ?? []).toString()))).toEqual(
      new Set(['binary/makegood-aes-256-gcm']),
    );
  });

  it('has planned with all that it was told before a clock may go on: the count told is the count planned with', async () => {
    const live = await desk.openedCase();
    await desk.resting(live);
    const seqs = async (): Promise<{ told: number; planned: number } | undefined> =>
      (
        await desk.pool.query<{ told: number; planned: number }>(
          'select news_seq as told, planned_seq as planned from collection_case where id = $1',
          [live.caseId],
        )
      ).rows[0];
    const before = await seqs();
    expect(before?.told).toBeGreaterThan(0);
    expect(before?.planned).toBe(before?.told);
    await desk.pool.query(`insert into outbox (topic, key) values ('case-news', $1)`, [live.caseId]);
    await desk.relay();
    await vi.waitFor(async () => expect((await seqs())?.planned).toBe((before?.told ?? 0) + 1), { timeout: 30_000 });
    expect((await seqs())?.told).toBe((before?.told ?? 0) + 1);
  });

  it('goes on at the same next step when the workflow store is lost', async () => {
    const deps = { pool: desk.pool, log: pino({ level: 'silent' }) };
    const live = await desk.openedCase();
    await desk.walk(live, 1);
    await reconcile({ ...deps, temporal: desk.env.client });
    expect((await reconcile({ ...deps, temporal: desk.env.client })).storeLost).toBe(false);
    const before = await nextOf(live);

    await desk.loseStore();
    const report = await reconcile({ ...deps, temporal: desk.env.client });
    expect(report.storeLost).toBe(true);
    expect(report.woken).toBeGreaterThanOrEqual(1);
    await desk.relay();
    await desk.resting(live);
    expect(await nextOf(live)).toEqual(before);
    expect(before.next_step).toBe('email-1');
    expect((await reconcile({ ...deps, temporal: desk.env.client })).storeLost).toBe(false);

    await desk.walk(live, 1);
    expect(await stepsOf(live)).toEqual(['sms-1 sent sms', 'email-1 sent email']);
    expect(await desk.acceptedTexts(live.person.phone)).toHaveLength(1);
    expect(await desk.acceptedMails(live.person.mail)).toHaveLength(1);
  });
});

/** Six undisturbed touches: at most 1.15 times the two billable actions that a touch should cost. */
function expectFrugal(history: History): void {
  const { touches, timers, activities } = actionsBetweenTouches(history);
  expect(touches).toBe(6);
  expect((timers + activities) / touches / 2).toBeLessThanOrEqual(1.15);
  // No rest was so long that the true one would have started afresh: the count leaves nothing out.
  const between = desk.pace.rests.filter(({ afterTouches }) => afterTouches >= 1 && afterTouches <= 5);
  expect(between).toHaveLength(5);
  expect(Math.max(...between.map(({ ms }) => ms ?? Infinity))).toBeLessThan(7 * 24 * 3_600_000);
}

async function historyOf(live: LiveCase, runId?: string): Promise<History> {
  return desk.env.client.workflow.getHandle(desk.handle(live).workflowId, runId).fetchHistory();
}

async function stepsOf(live: LiveCase): Promise<string[]> {
  const { rows } = await desk.pool.query<{ said: string }>(
    `select step || ' ' || outcome || coalesce(' ' || channel, '') as said from step_done where case_id = $1 and outcome <> 'skipped' order by at, id`,
    [live.caseId],
  );
  return rows.map(({ said }) => said);
}

async function nextOf(live: LiveCase): Promise<{ next_step: string | null; next_wake_at: Date | null }> {
  const { rows } = await desk.pool.query<{ next_step: string | null; next_wake_at: Date | null }>(
    'select next_step, next_wake_at from collection_case where id = $1',
    [live.caseId],
  );
  return rows[0] ?? { next_step: null, next_wake_at: null };
}

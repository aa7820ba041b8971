import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { bundleWorkflowCode, Worker } from '@temporalio/worker';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { repoRoot } from '../../cli/start/paths.ts';
import { actionsBetweenTouches } from '../workflows/actions.ts';
import { historyCodec, quietRuntime } from '../workflows/dev-server-desk.ts';
import { situations } from '../workflows/dev-server-situations.ts';

const folder = join(repoRoot, 'test', 'histories');
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

let workflowBundle: WorkflowBundleWithSourceMap;

beforeAll(async () => {
  const logger = quietRuntime();
  workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)),
    logger,
  });
});

function recorded(file: string): History {
  return historyFromJSON(JSON.parse(readFileSync(join(folder, file), 'utf8')));
}

/** Replays each history against today's workflows; answers what each of them ended with. */
async function replay(histories: Record<string, History>): Promise<Record<string, Error | undefined>> {
  const entries = Object.entries(histories).map(([workflowId, history]) => ({ workflowId, history }));
  const results: Record<string, Error | undefined> = {};
  const options = { workflowBundle, dataConverter: { payloadCodecs: [historyCodec] } };
  for await (const { workflowId, error } of Worker.runReplayHistories(options, entries)) results[workflowId] = error;
  return results;
}

describe('replay of what earlier releases have begun', () => {
  it('every situation is recorded (else: node scripts/record-histories.ts)', () => {
    const names = new Set(files.map((file) => file.split('.')[1]));
    expect(situations.map(({ name }) => name).filter((name) => !names.has(name))).toEqual([]);
  });

  it('today’s workflows go the way of each recorded history', async () => {
    const results = await replay(Object.fromEntries(files.map((file) => [file, recorded(file)])));
    expect(results).toEqual(Object.fromEntries(files.map((file) => [file, undefined])));
    expect(files.length).toBeGreaterThanOrEqual(situations.length);
  });

  it('a history that today’s workflows would not make is refused', async () => {
    const [name] = files.filter((file) => file.startsWith('collectionCase.ladder.'));
    const otherActivity = recorded(name ?? '');
    const scheduled = otherActivity.events?.find(
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'contactBorrower',
    );
    Object.assign(scheduled?.activityTaskScheduledEventAttributes?.activityType ?? {}, { name: 'closeCase' });
    const lostTimer = recorded(name ?? '');
    const started = lostTimer.events?.findIndex((event) => event.timerStartedEventAttributes != null) ?? 0;
    Object.assign(lostTimer.events?.[started] ?? {}, {
      eventType: scheduled?.eventType,
      timerStartedEventAttributes: null,
      activityTaskScheduledEventAttributes: { ...scheduled?.activityTaskScheduledEventAttributes, activityId: '99' },
    });
    const { otherActivity: first, lostTimer: second } = await replay({ otherActivity, lostTimer });
    expect(first).toBeInstanceOf(DeterminismViolationError);
    expect(second).toBeInstanceOf(DeterminismViolationError);
  });
});

describe('what a touch costs', () => {
  it.each(files.filter((file) => file.startsWith('collectionCase.ladder.')))(
    '%s: at most 1.15 × two actions',
    (file) => {
      const { touches, timers, activities } = actionsBetweenTouches(recorded(file));
      expect(touches).toBe(6);
      expect((timers + activities) / touches / 2).toBeLessThanOrEqual(1.15);
    },
  );
});

import { vi } from 'vitest';
import { businessNow } from '../../prisma/business-clock.ts';
import { openCasesWhereDue } from '../../prisma/cases.ts';
import { inTransaction } from '../../prisma/pool.ts';
import { caseNews } from '../../workflows/collection-case.messages.ts';
import { setCured } from '../support/six-touches.ts';
import { tellNews } from './dev-server-desk.ts';
import type { DevDesk, LiveCase } from './dev-server-desk.ts';

/** One life of a case, as it happens on the real server; its history is kept for replay under the situation's name. */
export interface Situation {
  name: string;
  story: string;
  /** Steps in the order in which they were done, each with its outcome and channel. */
  steps: readonly string[];
  ends: 'cured' | 'open';
  /** @returns the run whose history tells the story */
  play(desk: DevDesk): Promise<{ live: LiveCase; runId?: string }>;
}

export const situations: readonly Situation[] = [
  {
    name: 'curedEarly',
    story: 'a payment before the first step closes the case',
    steps: [],
    ends: 'cured',
    async play(desk) {
      const live = await desk.openedCase();
      await cure(desk, live);
      return { live };
    },
  },
  {
    name: 'ladder',
    story: 'six touches by themselves, a call task among them; cured, closed, recalled',
    steps: [
      'sms-1 sent sms',
      'email-1 sent email',
      'call-1 pending call',
      'sms-2 sent sms',
      'call-2 pending call',
      'email-2 sent email',
    ],
    ends: 'cured',
    async play(desk) {
      const live = await desk.openedCase();
      const { runId } = await desk.handle(live).describe();
      await desk.walk(live, 6);
      await cure(desk, live);
      return { live, runId };
    },
  },
  {
    name: 'newsWhileResting',
    story: 'doubled and needless nudges make it look again, nothing more',
    steps: ['sms-1 sent sms'],
    ends: 'cured',
    async play(desk) {
      const live = await desk.openedCase();
      await Promise.all(Array.from({ length: 5 }, () => desk.handle(live).signal(caseNews)));
      await desk.resting(live);
      await desk.walk(live, 1);
      await Promise.all(Array.from({ length: 5 }, () => desk.handle(live).signal(caseNews)));
      await desk.resting(live);
      await cure(desk, live);
      return { live };
    },
  },
  {
    name: 'notClosed',
    story: 'the facts change between the plan to close and the close: the case goes on',
    steps: [],
    ends: 'cured',
    async play(desk) {
      const live = await desk.openedCase();
      desk.pace.beforeClose = () => setCured(desk.pool, live.loanId, false);
      await news(desk, live, true);
      await desk.resting(live);
      await cure(desk, live);
      return { live };
    },
  },
  {
    name: 'reopenedWhileClosing',
    story: 'a payment comes back while the case closes: the nudge is heard by the same run',
    steps: [],
    ends: 'cured',
    async play(desk) {
      const live = await desk.openedCase();
      desk.pace.afterClose = () => takeBackPayment(desk, live);
      await news(desk, live, true);
      await desk.resting(live);
      await cure(desk, live);
      return { live };
    },
  },
  {
    name: 'continuedAsNew',
    story: 'many nudges, then a rest that only news ends: it starts afresh before it sleeps',
    steps: [],
    ends: 'open',
    async play(desk) {
      const live = await desk.openedCase();
      const { runId } = await desk.handle(live).describe();
      await desk.pool.query(
        `insert into hold (loan_id, reason, source, placed_at, review_on, actor) values ($1, 'manual', 'person', now(), '2099-01-01', 'test')`,
        [live.loanId],
      );
      await vi.waitFor(
        async () => {
          await news(desk, live);
          await desk.resting(live);
          if ((await desk.handle(live).describe()).runId === runId) throw new Error('still the first run');
        },
        { timeout: 60_000, interval: 1 },
      );
      return { live, runId };
    },
  },
  {
    name: 'optedOut',
    story: 'the borrower stopped texts: the step goes by its fallback',
    steps: ['sms-1 sent email'],
    ends: 'cured',
    async play(desk) {
      const live = await desk.openedCase();
      await desk.pool.query(`update address set opted_out_at = now(), opted_out_source = 'reply' where id = $1`, [
        live.person.phoneId,
      ]);
      await desk.walk(live, 1);
      await cure(desk, live);
      return { live };
    },
  },
  {
    name: 'staleData',
    story: 'the core has not sent a file: the step waits for one and then goes',
    steps: ['sms-1 sent sms'],
    ends: 'cured',
    async play(desk) {
      const live = await desk.openedCase();
      await setSnapshot(desk, '2026-11-01T00:00:00Z');
      await desk.walk(live, 1);
      await setSnapshot(desk, '2027-12-31T00:00:00Z');
      await desk.walk(live, 1);
      await cure(desk, live);
      return { live };
    },
  },
];

async function news(desk: DevDesk, live: LiveCase, cured?: boolean): Promise<void> {
  if (cured !== undefined) await setCured(desk.pool, live.loanId, cured);
  await tellNews(desk, live);
  await desk.relay();
}

async function cure(desk: DevDesk, live: LiveCase): Promise<void> {
  await news(desk, live, true);
  await desk.handle(live).result();
}

async function takeBackPayment(desk: DevDesk, live: LiveCase): Promise<void> {
  await setCured(desk.pool, live.loanId, false);
  const nowMs = await businessNow(desk.pool);
  const reopened = await inTransaction(desk.pool, (client) =>
    openCasesWhereDue(client, { nowMs, actor: 'test', loanIds: [live.loanId] }),
  );
  if (reopened[0] !== live.caseId) throw new Error('the case was not re-opened where it stood');
  await desk.relay();
}

async function setSnapshot(desk: DevDesk, at: string): Promise<void> {
  await desk.pool.query('update core_feed set snapshot_at = $1', [at]);
}

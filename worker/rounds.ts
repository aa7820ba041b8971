import { wordConsentLetters } from '../activities/contact/consent-letters.ts';
import { runPilot } from '../activities/contact/pilot.ts';
import { sendPrepared } from '../activities/contact/prepared.ts';
import type { ActivityDeps } from '../activities/deps.ts';
import { pollMailbox } from '../activities/inbound/poll-mailbox.ts';
import type { MailboxSource } from '../activities/inbound/poll-mailbox.ts';
import { businessNow } from '../prisma/business-clock.ts';
import { applyRetention } from '../prisma/retention.ts';
import type { PrintDeps } from '../prisma/print-queue.ts';
import { escalateOverdue } from './escalation.ts';
import { pollInboundGap } from './gap-poll.ts';
import { processInbox } from './inbox-processor.ts';
import { recallLeftOver } from './janitor.ts';
import { startLoop } from './loops.ts';
import type { Loop } from './loops.ts';
import { carryOutRelease } from './print-orders.ts';
import { settleClaims } from './settlement.ts';

/** The rounds that a worker walks beside its activities, and the one that is woken by news in the inbox. */
export interface Rounds {
  inbox: Loop;
  stop(): Promise<void>;
}

/** Starts every round that needs Postgres and the providers alone. `mailbox` null: mail comes by webhook only. */
export function startRounds(
  deps: ActivityDeps,
  { mailbox, print }: { mailbox: MailboxSource | null; print: PrintDeps },
): Rounds {
  const { log } = deps;
  const round = (name: string, everyMs: number, work: () => Promise<unknown>): Loop =>
    startLoop({ name, everyMs, log, work });
  const prepared = round('prepared', 1_000, () => sendPrepared(deps));
  const inbox = round('inbox', 1_000, async () => {
    if ((await processInbox(deps)) > 0) prepared.nudge();
  });
  const rounds = [
    inbox,
    prepared,
    round('print-orders', 1_000, () => carryOutRelease(print)),
    round('consent-letters', 2_000, () => wordConsentLetters(deps)),
    round('pilot', 1_000, () => runPilot(deps)),
    round('settlement', 1_000, () => settleClaims(deps)),
    round('janitor', 60_000, () => recallLeftOver(deps)),
    round('escalation', 5_000, () => escalateOverdue(deps)),
    round('gap-poll', 30_000, async () => {
      if ((await pollInboundGap(deps)) > 0) inbox.nudge();
    }),
    round('retention', 3_600_000, () => keepNoLonger(deps)),
  ];
  if (mailbox !== null) {
    rounds.push(
      round('mailbox', 15_000, async () => {
        if ((await pollMailbox(deps, mailbox)) > 0) inbox.nudge();
      }),
    );
  }
  return {
    inbox,
    async stop() {
      for (const each of rounds) await each.stop();
    },
  };
}

/** A retention setting that cannot be read deletes nothing, and says so each hour until it can. */
async function keepNoLonger(deps: ActivityDeps): Promise<void> {
  const run = await applyRetention(deps.pool, await businessNow(deps.pool));
  if (run.kind === 'refused') deps.log.error({ event: 'retention-refused', problems: run.problems });
  else if (Object.values(run).some((count) => typeof count === 'number' && count > 0))
    deps.log.info({ event: 'retention', ...run });
}

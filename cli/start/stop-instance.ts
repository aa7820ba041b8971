import { explain, machineSettings } from './request.ts';
import { signalProcess, waitForEnd } from './processes.ts';
import { liveRun } from './run-file.ts';
import { endLeftovers } from './take-over.ts';

/** Longer than all graces together: API 10 s, worker 15 s, sandbox 5 s, Temporal 10 s, Postgres 20 s. */
const longestStopMs = 90_000;

export async function stopInstance(json: boolean): Promise<number> {
  const say = (outcome: { stopped: boolean; was: string; parts: string[] }, text: string): number => {
    console.log(json ? JSON.stringify(outcome) : text);
    return outcome.stopped ? 0 : 1;
  };
  try {
    const { home } = machineSettings();
    const run = liveRun(home);
    if (run === undefined) {
      const left = await endLeftovers(home);
      if (left.length === 0)
        return say({ stopped: true, was: 'not running', parts: [] }, `Makegood does not run from ${home}.`);
      return say(
        { stopped: true, was: 'crashed', parts: left },
        `Ended what a crash had left running: ${left.join(', ')}.`,
      );
    }
    if (!json) console.error(`▸ stopping ${run.parts.map((part) => part.name).join(', ')}`);
    const parts = run.parts.map((part) => part.name);
    signalProcess(run.supervisor, 'SIGTERM', 'process');
    if (await waitForEnd(run.supervisor, longestStopMs))
      return say({ stopped: true, was: run.state, parts }, 'Makegood has stopped.');
    return say(
      { stopped: false, was: run.state, parts },
      `The supervisor (process ${run.supervisor.pid}) has not ended within ${longestStopMs / 1000} s; see ${home}/logs.`,
    );
  } catch (error) {
    console.error(explain(error));
    return 1;
  }
}

import { describeProcess } from './processes.ts';
import { keepRunning, type PartRunner, type PartSpec } from './part-runner.ts';
import { partNames, removeRunFile, writeRunFile, type RunFile } from './run-file.ts';
import { StartFailure } from './start-failure.ts';
import { claimHome } from './take-over.ts';

/** Keeps the parts of one instance running, keeps the run file true, and ends everything in order. */
export type Supervisor = {
  /** Starts one part and waits until it is ready. */
  start: (spec: PartSpec) => Promise<void>;
  /** Adds to what the run file tells the other commands. */
  tell: (facts: Partial<Pick<RunFile, 'state' | 'urls' | 'environment'>>) => void;
  /** Ends all parts: API, worker, sandbox, Temporal, Postgres. Later calls wait for the first. */
  stop: () => Promise<void>;
  run: () => RunFile;
};

/** The reverse of what they need: the API takes no more work first, the facts go last. The outbox relay is in the worker. */
const stopOrder = partNames.toReversed();

/** Claims the home folder. @throws AlreadyRunning when another supervisor has it */
export function supervise(home: string, say: (line: string) => void): Supervisor {
  const runners: PartRunner[] = [];
  let stopped: Promise<void> | undefined;
  const self = describeProcess(process.pid);
  if (self === undefined) throw new StartFailure('This machine does not tell when a process started (no /proc, no ps)');
  const facts: Omit<RunFile, 'parts'> = {
    state: 'starting',
    startedAt: new Date().toISOString(),
    supervisor: self,
    urls: {},
    environment: {},
  };
  const run = (): RunFile => ({ ...facts, parts: runners.flatMap((runner) => runner.record() ?? []) });
  const other = claimHome(home, run());
  if (other !== undefined) throw new AlreadyRunning(other);
  const save = (): void => {
    writeRunFile(home, run());
  };

  async function stopAll(): Promise<void> {
    facts.state = 'stopping';
    save();
    for (const name of stopOrder) {
      for (const runner of runners.filter((each) => each.name === name)) {
        if (runner.record() !== undefined) say(`▸ stopping ${name}`);
        await runner.stop();
      }
    }
    removeRunFile(home);
  }

  return {
    run,
    tell: (more) => {
      Object.assign(facts, more);
      save();
    },
    start: async (spec) => {
      if (stopped !== undefined) throw new StartFailure(`${spec.name} was not started: Makegood is stopping`);
      const runner = keepRunning(spec, { say, changed: save });
      runners.push(runner);
      await runner.start();
    },
    stop: () => (stopped ??= stopAll()),
  };
}

export class AlreadyRunning extends Error {
  readonly run: RunFile;

  constructor(run: RunFile) {
    super(`Makegood is already running from this home (process ${run.supervisor.pid}, ${run.state})`);
    this.name = 'AlreadyRunning';
    this.run = run;
  }
}

/** Where the start tells what it is doing. Lines go to stderr: stdout is for the answer (`--json`). */
export type Progress = {
  /** Says that a stage began, and how it ended with the time it took. `work` answers with what it wants said at its end. */
  stage: <T>(title: string, work: (note: (line: string) => void) => Promise<Staged<T>>) => Promise<T>;
  line: (text: string) => void;
};

type Staged<T> = { value: T; done: string };

export function progressTo(write: (line: string) => void): Progress {
  return {
    line: write,
    stage: async (title, work) => {
      write(`▸ ${title}`);
      const startedMs = performance.now();
      try {
        const { value, done } = await work((line) => {
          write(`  ${line}`);
        });
        write(`✓ ${done} (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`);
        return value;
      } catch (error) {
        write(`✗ ${title}`);
        throw error;
      }
    },
  };
}

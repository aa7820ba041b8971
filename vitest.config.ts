import { defineConfig } from 'vitest/config';

const servers = ['test/support/servers.ts'];

/** One project a kind of test. Those that need Postgres or Temporal share servers started once per run. */
export default defineConfig({
  test: {
    // Two cores: more workers only take turns.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'domain',
          include: [
            'test/domain/**/*.test.ts',
            'test/cli/**/*.test.ts',
            'test/templates/**/*.test.ts',
            'test/project/**/*.test.ts',
            'test/proof/checker.test.ts',
          ],
          testTimeout: 60_000,
        },
      },
      { test: { name: 'channels', include: ['test/channels/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'database',
          include: [
            'test/prisma/**/*.test.ts',
            'test/activities/**/*.test.ts',
            'test/import/**/*.test.ts',
            'test/api/**/*.test.ts',
            'test/worker/**/*.test.ts',
          ],
          globalSetup: servers,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'workflows',
          include: ['test/workflows/**/*.test.ts', 'test/replay/**/*.test.ts'],
          globalSetup: servers,
          // The time-skipping server has one clock for all: one file after the other.
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'chaos',
          // Each starts an instance of its own, as a user does.
          include: ['test/faults/**/*.test.ts', 'test/proof/proof.test.ts'],
          fileParallelism: false,
          // 20 s of faults, up to 120 s until all is quiet, and the starts and stops of a loaded machine.
          testTimeout: 420_000,
        },
      },
      {
        test: {
          name: 'web',
          include: ['test/web/**/*.test.ts'],
          globalSetup: servers,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});

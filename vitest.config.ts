import { defineConfig } from 'vitest/config';

/** One project a kind of test; those that need Postgres or Temporal share servers started once per run. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'domain', include: ['test/domain/**/*.test.ts', 'test/cli/**/*.test.ts'], testTimeout: 60_000 } },
    ],
  },
});

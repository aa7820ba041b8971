import { defineConfig } from 'vitest/config';

/** What mutation testing of domain/gate runs: its tests without the slow random ones. See stryker.config.json. */
export default defineConfig({
  test: { include: ['test/domain/gate/**/*.test.ts'], exclude: ['test/domain/gate/properties.test.ts'] },
});

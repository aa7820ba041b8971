import { z } from 'zod';

/** The part of vitest's JSON report that the last line is made of. */
const report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(
    z.object({ name: z.string(), status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

export type TestCounts = { passed: number; failed: number; skipped: number };
/** `outside`: a failure was counted that no test reported. */
export type CountedRun = TestCounts & { outside: boolean };

/**
 * Counts from the report. A file that failed without a failed test (it could not be loaded, a hook threw) counts as one
 * failure; so does a run that ended badly although every test passed (an unhandled rejection, a set-up that threw).
 */
export function countTests(json: unknown, exitCode: number): CountedRun {
  const parsed = report.safeParse(json);
  if (!parsed.success) return { passed: 0, failed: 1, skipped: 0, outside: true };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = parsed.data;
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const failed = numFailedTests + brokenFiles;
  const outside = failed === 0 && exitCode !== 0;
  return {
    passed: numPassedTests,
    failed: outside ? 1 : failed,
    outside,
    skipped: numPendingTests + numTodoTests,
  };
}

/** The last line of `npm test`: skipped tests are named only when there are any. */
export function lastLineOf({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

import { expect, it } from 'vitest';
import { countTests, lastLineOf } from '../../scripts/test-counts.ts';
import { testEnvironment } from '../../scripts/test-environment.ts';

type File = { name: string; status: string; assertionResults: { status: string }[] };
const reportOf = (testResults: File[]) => {
  const statuses = testResults.flatMap((file) => file.assertionResults.map((test) => test.status));
  const count = (status: string): number => statuses.filter((each) => each === status).length;
  return {
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count('pending'),
    numTodoTests: count('todo'),
    testResults,
  };
};
const file = (status: string, ...tests: string[]): File => ({
  name: 'x',
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});

it('counts what vitest reports', () => {
  expect(countTests(reportOf([file('failed', 'passed', 'failed', 'passed')]), 1)).toEqual({
    passed: 2,
    failed: 1,
    skipped: 0,
    outside: false,
  });
});

it('counts a file that could not be loaded as one failure', () => {
  expect(countTests(reportOf([file('passed', 'passed'), file('failed')]), 1)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
    outside: false,
  });
});

it('never says that none failed when vitest ended badly', () => {
  expect(countTests(reportOf([file('passed', 'passed')]), 1).failed).toBe(1);
  expect(countTests(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0, outside: true });
});

it('names skipped tests only when there are any', () => {
  expect(lastLineOf({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
  expect(lastLineOf(countTests(reportOf([file('passed', 'passed', 'pending', 'todo')]), 0))).toBe(
    '1 passed, 0 failed, 2 skipped',
  );
});

it('keeps the settings of the machine from the tests', () => {
  const env = {
    PATH: '/bin',
    MAKEGOOD_CHANNELS: 'live',
    DATABASE_URL: 'x',
    TWILIO_AUTH_TOKEN: 'x',
    MAKEGOOD_CACHE: '/c',
    PGHOST: 'h',
  };
  expect(testEnvironment(env)).toEqual({ PATH: '/bin', MAKEGOOD_CACHE: '/c' });
});

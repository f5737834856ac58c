import { describe, expect, it } from 'vitest';
import { closingLine, countTests } from '../../scripts/ready.mjs';

const unit = {
  numPassedTests: 10,
  numFailedTests: 0,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [{ status: 'passed', assertionResults: [{}] }],
};
const windows = { stats: { expected: 5, flaky: 1, unexpected: 2, skipped: 3 } };

describe('the sum of all tests', () => {
  it('adds the reports up and does without one that was not written', () => {
    expect(countTests(unit, [windows, null])).toEqual({ passed: 16, failed: 2, skipped: 6 });
    expect(countTests(null, [null, null])).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });

  it('counts a test file that does not load as a failure', () => {
    const broken = { ...unit, testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(countTests(broken, [])).toMatchObject({ failed: 1 });
  });
});

describe('the closing line', () => {
  it('says passed and failed, and skipped only when some were', () => {
    expect(closingLine({ passed: 12, failed: 0, skipped: 0 }, false)).toBe('12 passed, 0 failed');
    expect(closingLine({ passed: 12, failed: 3, skipped: 4 }, true)).toBe('12 passed, 3 failed, 4 skipped');
  });

  it('never reads as a success when a check failed that is no test', () => {
    expect(closingLine({ passed: 0, failed: 0, skipped: 0 }, true)).toBe('0 passed, 1 failed');
  });
});

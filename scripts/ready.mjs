// npm run ready: every check that a change must pass, in order, stopping at the first that fails.
import fs from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { isMain, repo, runNode, runNodeBeside, toolScript } from './project-node.mjs';

const results = path.join(repo, 'test-results');
const unitReport = path.join(results, 'unit.json');
const windowReport = path.join(results, 'e2e.json');
const packagedReport = path.join(results, 'e2e-packaged.json');

/** Where the packager leaves the program of a test build. */
const packagedApp = {
  linux: 'dist-test/linux-unpacked/baaki',
  win32: `dist-test/win${process.arch === 'arm64' ? '-arm64' : ''}-unpacked/Baaki.exe`,
}[process.platform];

const tool = (packageName, command, args) => () => runNode([toolScript(packageName, command), ...args]) === 0;
const beside = (packageName, command, args) => async () =>
  (await runNodeBeside([toolScript(packageName, command), ...args])) === 0;

const vitest = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`];
const playwright = toolScript('@playwright/test', 'playwright');

function buildAll() {
  build();
  return true;
}

const packageForTests = () => runNode(['scripts/package.mjs', '--dir', '--test']) === 0;

const testPackaged = () =>
  runNode([playwright, 'test'], { env: { E2E_APP: path.join(repo, packagedApp) } }) === 0;

/** One after another, those of a row side by side: each of them leaves a core idle for most of its time. */
const rows = [
  [
    ['format', beside('prettier', 'prettier', ['--check', '--log-level', 'warn', '.'])],
    ['lint', beside('oxlint', 'oxlint', ['--type-aware', '--deny-warnings'])],
    ['typecheck', beside('typescript', 'tsc', ['-b'])],
  ],
  [['unit and integration', tool('vitest', 'vitest', vitest)]],
  [['build', buildAll]],
  [['end to end', () => runNode([playwright, 'test']) === 0]],
  ...(packagedApp
    ? [[['package for tests', packageForTests]], [['end to end, packaged', testPackaged]]]
    : []),
];
const steps = rows.flat();

const readReport = (file) => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null);

/** Adds up what vitest and Playwright wrote; a report that was not written counts for nothing. */
export function countTests(unit, windows) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  if (unit) {
    sum.passed += unit.numPassedTests;
    // A file that does not even load has no test to count, and is a failure all the same.
    const unloaded = unit.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    sum.failed += unit.numFailedTests + unloaded.length;
    sum.skipped += unit.numPendingTests + unit.numTodoTests;
  }
  for (const report of windows) {
    if (!report) continue;
    sum.passed += report.stats.expected + report.stats.flaky;
    sum.failed += report.stats.unexpected;
    sum.skipped += report.stats.skipped;
  }
  return sum;
}

/** The one line that a script can rely on. A check that failed without a failed test counts as one. */
export function closingLine({ passed, failed, skipped }, hasFailed) {
  const shown = hasFailed && failed === 0 ? 1 : failed;
  return `${passed} passed, ${shown} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

async function runStep([name, run]) {
  console.log(`\n── ${name}`);
  const startedAt = Date.now();
  let isOk = false;
  try {
    isOk = await run();
  } catch (error) {
    console.error(error.message);
  }
  return { name, isOk, seconds: (Date.now() - startedAt) / 1000 };
}

function printTable(done, allSeconds) {
  console.log('');
  const width = Math.max(...steps.map(([name]) => name.length));
  const seconds = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  for (const [name] of steps) {
    const step = done.find((one) => one.name === name);
    const time = step ? `${step.seconds.toLocaleString('en', seconds)} s` : '';
    console.log(
      `${name.padEnd(width)}  ${(step ? (step.isOk ? 'ok' : 'FAILED') : 'not run').padEnd(7)}  ${time.padStart(8)}`,
    );
  }
  const total = `${allSeconds.toLocaleString('en', seconds)} s`;
  console.log(`${'in all'.padEnd(width)}  ${''.padEnd(7)}  ${total.padStart(8)}\n`);
}

/** Runs every check and gives the exit code. */
export async function runChecks() {
  const startedAt = Date.now();
  for (const file of [unitReport, windowReport, packagedReport]) fs.rmSync(file, { force: true });
  const done = [];
  for (const row of rows) {
    done.push(...(await Promise.all(row.map(runStep))));
    if (done.some((step) => !step.isOk)) break;
  }
  const hasFailed = done.some((step) => !step.isOk);
  printTable(done, (Date.now() - startedAt) / 1000);
  const sum = countTests(readReport(unitReport), [readReport(windowReport), readReport(packagedReport)]);
  console.log(closingLine(sum, hasFailed));
  return hasFailed || sum.failed > 0 ? 1 : 0;
}

if (isMain(import.meta.filename)) process.exit(await runChecks());

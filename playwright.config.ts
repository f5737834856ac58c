import { defineConfig } from '@playwright/test';

// Given as E2E_APP: the executable of a packaged build, which is then tested instead of out/.
const isPackaged = Boolean(process.env['E2E_APP']);
const name = isPackaged ? 'e2e-packaged' : 'e2e';

// A package holds the same screens as the build that was just tested. What may differ there is how it starts, reads,
// writes, prints, keeps its window and refuses.
const packagedToo = ['platform', 'command-line', 'saving', 'exports', 'imports'];

// What they read and write is the same as well: one file in, one file out.
const sameInPackage =
  /files of other programs|rows that cannot be taken|in Hindi|the aging by customer|register of cheques/;

export default defineConfig({
  testDir: 'tests',
  testMatch: isPackaged
    ? packagedToo.map((spec) => `e2e/${spec}.spec.ts`)
    : ['e2e/**/*.spec.ts', 'updater/**/*.spec.ts'],
  ...(isPackaged && { grepInvert: sameInPackage }),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // One window at a time: they share one display.
  workers: 1,
  fullyParallel: false,
  // A busy machine may let one wait run out. What passes the second time only is listed as flaky.
  retries: 1,
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list'], ['json', { outputFile: `test-results/${name}.json` }]],
  outputDir: `test-results/${name}`,
  globalSetup: './tests/e2e/global-setup.ts',
  // Keeping a trace costs a fifth of the time; what has to be done twice is traced.
  use: { trace: 'on-first-retry' },
});

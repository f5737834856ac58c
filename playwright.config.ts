import { defineConfig } from '@playwright/test';

// Given as E2E_APP: the executable of a packaged build, which is then tested instead of out/.
const isPackaged = Boolean(process.env['E2E_APP']);
const name = isPackaged ? 'e2e-packaged' : 'e2e';

// A shipped app lets nobody choose its engine or its updates' address, so there these have nothing to drive. The others
// look at screens that are the same files in a package: there it is enough that everything starts, reads and writes.
const unpackagedOnly = [
  'e2e/transports.spec.ts',
  'updater/**',
  'e2e/customers.spec.ts',
  'e2e/customer-page.spec.ts',
  'e2e/time-machine.spec.ts',
  'e2e/tally-connect.spec.ts',
  'e2e/tally-files.spec.ts',
  'e2e/tally-tie-out.spec.ts',
  'e2e/reminders.spec.ts',
];

export default defineConfig({
  testDir: 'tests',
  testMatch: ['e2e/**/*.spec.ts', 'updater/**/*.spec.ts'],
  testIgnore: isPackaged ? unpackagedOnly : [],
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // One window at a time: they share one display.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list'], ['json', { outputFile: `test-results/${name}.json` }]],
  outputDir: `test-results/${name}`,
  globalSetup: './tests/e2e/global-setup.ts',
  use: { trace: 'retain-on-failure' },
});

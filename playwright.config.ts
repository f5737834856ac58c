import { defineConfig } from '@playwright/test';

// Given as E2E_APP: the executable of a packaged build, which is then tested instead of out/.
const name = process.env['E2E_APP'] ? 'e2e-packaged' : 'e2e';

export default defineConfig({
  testDir: 'tests',
  testMatch: ['e2e/**/*.spec.ts', 'updater/**/*.spec.ts'],
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

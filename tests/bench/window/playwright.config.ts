import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  timeout: 600_000,
  workers: 1,
  fullyParallel: false,
  reporter: [['list']],
  outputDir: '../../../test-results/bench-window',
  globalSetup: '../../e2e/global-setup.ts',
});

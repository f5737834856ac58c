import os from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    testTimeout: 30_000,
    // Vitest leaves one core idle; on a machine of two that doubles the time.
    maxWorkers: Math.max(2, os.availableParallelism() - 1),
  },
});

import type { Job } from '../jobs/job.ts';
import { sequence } from './sequencer.ts';

export const logJobs: readonly Job[] = [
  {
    name: 'log.sequence',
    everySeconds: 2,
    run: async (registry) => {
      await sequence(registry);
    },
  },
];

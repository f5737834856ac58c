import type { Job } from '../jobs/job.ts';
import { dropSessions } from '../store/sessions.ts';

export const portalJobs: readonly Job[] = [
  {
    name: 'sessions',
    everySeconds: 600,
    run: async ({ store, now, log }) => log('sessions.dropped', { count: await dropSessions(store, now()) }),
  },
];

import type { Job } from '../jobs/job.ts';
import { dropApplications, dropCounts, dropNonces } from '../store/short-lived.ts';
import { sealKeyOfApplication } from './join.ts';

const HOUR_MS = 3_600_000;

/** An application stays an hour longer than its password, for whoever lost the answer; nonces until no signature holds. */
export const memberJobs: readonly Job[] = [
  {
    name: 'short-lived',
    everySeconds: 600,
    run: async ({ store, contacts, now, today, log }) => {
      const nonces = await dropNonces(store, now());
      const applications = await dropApplications(store, now() - HOUR_MS);
      for (const id of applications) await contacts.forget(sealKeyOfApplication(id));
      await dropCounts(store, today());
      log('short-lived.dropped', { nonces, applications: applications.length });
    },
  },
];

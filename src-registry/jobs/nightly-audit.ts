import { audit } from '../log/audit.ts';
import { slicedJob } from './sliced-job.ts';

/** Everything is proved again once a night; whoever runs the registry is woken by the events that begin with 'audit.fault'. */
export const nightlyAuditJob = slicedJob({
  name: 'nightly-audit',
  every: 'nightly',
  slice: () => async (registry) => {
    const faults = await audit(registry);
    for (const fault of faults) registry.log(`audit.fault.${fault}`);
    registry.log('audit.done', { faults: faults.length });
    return false;
  },
});

import { addDays } from '#domain/days.ts';
import type { Job } from '../jobs/job.ts';
import { slicedJob } from '../jobs/sliced-job.ts';
import { openedMember, sealedMember, sealKeyOfMember } from '../members/contacts.ts';
import type { Registry } from '../registry.ts';
import { memberOf } from '../store/members.ts';
import { dropPending, endWaiting, waitedUntil } from '../store/operator.ts';
import { judgeMembers, noteContributions } from './alarms.ts';

/** Nobody who was not admitted by then is: what he said of himself is kept no longer. */
export const PENDING_DAYS = 30;
const WAITING_AT_ONCE = 500;

export const operatorJobs: readonly Job[] = [
  slicedJob({
    name: 'members-judged',
    every: 'nightly',
    slice: () => async (registry) => {
      await noteContributions(registry);
      await judgeMembers(registry);
      return false;
    },
  }),
  slicedJob({ name: 'pending-dropped', every: 'nightly', slice: () => dropWaiting }),
];

async function dropWaiting(registry: Registry): Promise<boolean> {
  const { store, contacts, today, log } = registry;
  const day = addDays(today(), -PENDING_DAYS);
  const waiting = await waitedUntil(store, day, WAITING_AT_ONCE);
  for (const { member_no: memberNo, was_admitted } of waiting) {
    if (was_admitted) {
      await backToWhoHeWas(registry, memberNo);
      continue;
    }
    const isGone = await store.transaction((tx) => dropPending(tx, { memberNo, day }));
    if (isGone) await contacts.forget(sealKeyOfMember(memberNo));
  }
  log('pending.dropped', { count: waiting.length });
  return waiting.length === WAITING_AT_ONCE;
}

async function backToWhoHeWas(registry: Registry, memberNo: number): Promise<void> {
  const member = await memberOf(registry.store, memberNo);
  if (member === null) return;
  const { contact } = await openedMember(registry, member);
  await endWaiting(registry.store, memberNo, await sealedMember(registry, memberNo, contact));
}

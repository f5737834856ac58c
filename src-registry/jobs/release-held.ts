import { HELD_DAYS } from '#domain/registry/merge.ts';
import { releaseHeld } from '../batches/release-held.ts';
import { membersHeld } from '../store/held-dues.ts';
import { membersOf } from '../store/members.ts';
import { slicedJob, type Slice } from './sliced-job.ts';

const MEMBERS_A_SLICE = 50;
const DAY_MS = 86_400_000;

/** Held for long enough, and nobody stopped the member: the debtor's notice and his three weeks still stand before it. */
export const releaseHeldJob = slicedJob({ name: 'release-held', every: 'nightly', slice: () => overHeld() });

function overHeld(): Slice {
  let after = 0;
  return async (registry) => {
    const before = registry.now() - HELD_DAYS * DAY_MS;
    const found = await membersHeld(registry.store, { before, after, most: MEMBERS_A_SLICE });
    const members = await membersOf(registry.store, found);
    const free = members.filter(
      ({ status, stopped_on }) => stopped_on === null && (status === 'probation' || status === 'active'),
    );
    let count = 0;
    for (const { member_no } of free) count += await releaseHeld(registry, member_no, before);
    if (count > 0) registry.log('held.released', { count });
    after = found.at(-1) ?? after;
    return found.length === MEMBERS_A_SLICE;
  };
}

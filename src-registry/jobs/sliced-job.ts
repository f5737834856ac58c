import { indiaHourOf } from '../clock.ts';
import type { Registry } from '../registry.ts';
import { giveBackLease, leaseDoneOn, takeLease } from '../store/leases.ts';
import type { Job } from './job.ts';

/** Longer than any slice takes; who dies within one leaves the job to another server after this. */
const LEASE_MS = 10 * 60_000;
/** A nightly job runs at the first chance after this hour of India's clock. */
const NIGHT_HOUR = 2;
const NIGHTLY_SECONDS = 1_800;
/** A run that does not come to its end is a bug of ours: it starts anew at its next time. */
const SLICES_MOST = 100_000;

/** Does a part of the work and says whether there is more. Cut off anywhere, its next run does what is left. */
export type Slice = (registry: Registry) => Promise<boolean>;

export type SlicedWish = {
  readonly name: string;
  /** 'nightly': once a night, over all servers. */
  readonly every: number | 'nightly';
  /** A fresh slice for each run: it may remember how far it got. */
  readonly slice: () => Slice;
};

/** A job that runs on one server at a time, in slices that may be cut off. */
export function slicedJob({ name, every, slice }: SlicedWish): Job {
  const isNightly = every === 'nightly';
  return {
    name,
    everySeconds: every === 'nightly' ? NIGHTLY_SECONDS : every,
    run: async (registry) => {
      const { store, now, today } = registry;
      if (isNightly && indiaHourOf(now()) < NIGHT_HOUR) return;
      if (isNightly && (await leaseDoneOn(store, name)) === today()) return;
      const holder = registry.newId();
      const hold = (): Promise<boolean> =>
        takeLease(store, { name, holder, now: now(), until: now() + LEASE_MS });
      const one = slice();
      let isDone = false;
      try {
        for (let slices = 0; slices < SLICES_MOST && !isDone && (await hold()); slices += 1)
          isDone = !(await one(registry));
      } finally {
        const doneOn = isNightly && isDone ? today() : null;
        await giveBackLease(store, { name, holder, now: now(), doneOn });
      }
    },
  };
}

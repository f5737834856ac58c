import type { BookContext, Context } from '../door.ts';
import { membershipRow, type MembershipRow } from '../../storage/registry.ts';
import { openBatch } from '../../storage/registry-batches.ts';
import { firstReadyAt, isKnownQueued } from '../../storage/registry-dues.ts';
import { contextOf } from '../sync/keeper.ts';
import { eraseEndedChecks } from './check.ts';
import { BACKOFF_MOST_MS, POLL_MOST_SECONDS, syncEnded, syncSteps } from './sync.ts';

// Syncs by itself while a book is a member somewhere, in the process that holds the keys: soon after something was queued,
// when the registry said to come again, and after a pause where it could not be reached. Nothing at all otherwise.

const FIRST_LOOK_MS = 8000;
/** An import or a reconciliation writes in many steps; what they queue leaves together. */
const SETTLED_MS = 2000;
/** A timer cannot be longer than 24 days; a look costs two statements. */
const LOOKED_MOST_MS = 30 * 60_000;
const LOOKED_LEAST_MS = 250;

export type RegistryKeeper = {
  /** Told of every change; without a membership it costs one statement. */
  readonly moved: () => void;
  readonly stop: () => Promise<void>;
};

export function keepRegistry(context: Context): RegistryKeeper {
  const stopping = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: BookContext | null = null;
  const wakeAfter = (wait: number): void => {
    clearTimeout(timer);
    if (!stopping.signal.aborted) timer = setTimeout(() => void look(), wait).unref();
  };
  const look = async (): Promise<void> => {
    if (running !== null) return;
    const open = context.shelf.current();
    const now = open ? contextOf(context, open.db) : null;
    if (now !== null) eraseOld(now);
    const at = now === null ? null : nextAt(now);
    if (now === null || at === null) return;
    const wait = at - now.now();
    if (wait > 0) {
      wakeAfter(Math.min(wait, LOOKED_MOST_MS));
      return;
    }
    running = now;
    let pause = LOOKED_LEAST_MS;
    try {
      for await (const _ of syncSteps(now, { isAsked: false, signal: stopping.signal }));
    } catch (error) {
      pause = LOOKED_MOST_MS;
      if (now.db.isOpen() && !stopping.signal.aborted) context.logBug(error);
    } finally {
      running = null;
      wakeAfter(pause);
    }
  };
  // Also of who has left or has no keys: what was told for a time is kept no longer.
  const eraseOld = (own: BookContext): void => {
    try {
      eraseEndedChecks(own);
    } catch (error) {
      context.logBug(error);
    }
  };
  const soon = (wait: number): void => {
    const open = context.shelf.current();
    if (open && isIn(open.db.read(membershipRow))) wakeAfter(wait);
  };
  wakeAfter(FIRST_LOOK_MS);
  return {
    moved: () => soon(SETTLED_MS),
    // What is under way is cut; a frozen batch is sent again as it is.
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      if (running) await syncEnded(running.db);
    },
  };
}

/** A suspended one may still settle and answer, and is let in again some day. */
function isIn(row: MembershipRow | undefined): boolean {
  return row?.status === 'member' || row?.status === 'pending' || row?.status === 'suspended';
}

/** When something is to be done; null = nothing until something moves. */
function nextAt({ db, vault, now }: BookContext): number | null {
  if (!vault.isOpen()) return null;
  return db.read((tx) => {
    const row = membershipRow(tx);
    if (!row || !isIn(row)) return null;
    const told = row.nextSyncAt ?? 0;
    // Farther off than any pause: the clock was wrong when it was set.
    const poll = told - now() > POLL_MOST_SECONDS * 1000 ? 0 : told;
    // A day on which nothing new is taken is no day without payments.
    if (row.troubleCode === 'too_many' && row.troubleAt !== null && isKnownQueued(tx))
      return Math.min(poll, row.troubleAt + BACKOFF_MOST_MS);
    // After a failure the pause counts, whatever waits; so it does until the registry has admitted the member.
    if (row.failures > 0 || row.status !== 'member') return poll;
    const ready = openBatch(tx) ? now() : firstReadyAt(tx);
    return ready === null ? poll : Math.min(poll, ready);
  });
}

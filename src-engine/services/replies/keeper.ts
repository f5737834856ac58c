import type { BookFile } from '../../storage/database.ts';
import type { BookContext, Context } from '../door.ts';
import { tendLinks } from '../pay-links/tend.ts';
import { refreshApprovals } from '../templates/approvals.ts';
import { contextOf } from '../sync/keeper.ts';
import { pullAll, type PullWish } from './pull.ts';

// Looks for replies and payments every three minutes while a book is open, in the process that holds the keys.

const EVERY_MS = 3 * 60_000;
const FIRST_LOOK_MS = 5000;
const looks = new WeakMap<BookFile, Promise<void>>();

/** One look now, to its end: replies first, for they may say stop. Two that are asked for together are one. */
export function lookNow(context: BookContext, wish: PullWish): Promise<void> {
  const known = looks.get(context.db);
  if (known) return known;
  const look = lookOnce(context, wish).finally(() => looks.delete(context.db));
  looks.set(context.db, look);
  return look;
}

async function lookOnce(context: BookContext, wish: PullWish): Promise<void> {
  await pullAll(context, wish);
  if (context.db.isOpen() && !wish.signal.aborted) await tendLinks(context, wish.signal);
  if (context.db.isOpen() && !wish.signal.aborted) await refreshApprovals(context, wish.signal);
}

export type InboxKeeper = {
  readonly stop: () => Promise<void>;
};

/** Keeps the inbox of whichever book is open. */
export function keepInbox(context: Context): InboxKeeper {
  const stopping = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    const open = context.shelf.current();
    const now = open ? contextOf(context, open.db) : null;
    if (!now?.vault.isOpen()) return;
    try {
      await lookNow(now, { signal: stopping.signal });
    } catch (error) {
      if (now.db.isOpen() && !stopping.signal.aborted) context.logBug(error);
    }
  };
  const wakeAfter = (wait: number): void => {
    clearTimeout(timer);
    if (stopping.signal.aborted) return;
    timer = setTimeout(() => {
      running = look().finally(() => wakeAfter(EVERY_MS));
    }, wait).unref();
  };
  wakeAfter(FIRST_LOOK_MS);
  return {
    // What is under way is cut: it is pulled again, from the same place.
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}

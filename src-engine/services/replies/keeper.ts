import type { Noun } from '#contract/engine/changes.ts';
import type { BookFile } from '../../storage/database.ts';
import type { BookContext, Context } from '../door.ts';
import { tendLinks } from '../pay-links/tend.ts';
import { refreshApprovals } from '../templates/approvals.ts';
import { contextOf } from '../sync/keeper.ts';
import { pullAll, type PullWish } from './pull.ts';
import { openWatches } from './watch.ts';

// Looks for replies and payments every three minutes while a book is open, in the process that holds the keys.

const EVERY_MS = 3 * 60_000;
const FIRST_LOOK_MS = 5000;
/** Whoever sets up a gateway saves and tests it several times over. */
const TENDED_AFTER_MS = 2000;
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
  /** The network or the machine is back: all are asked now, and what was connected connects anew. */
  readonly hurry: () => void;
  /** Gateways were added or changed: whatever can tell by itself is listened to. */
  readonly moved: (nouns: readonly Noun[]) => void;
  readonly stop: () => Promise<void>;
};

/** Keeps the inbox of whichever book is open. */
export function keepInbox(context: Context): InboxKeeper {
  const stopping = new AbortController();
  const watches = openWatches();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tending: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> = Promise.resolve();
  let underWay = new AbortController();
  const bookNow = (): BookContext | null => {
    const open = context.shelf.current();
    const now = open ? contextOf(context, open.db) : null;
    return now?.vault.isOpen() ? now : null;
  };
  /** One after another: nothing is connected twice. */
  const inTurn = (work: (book: BookContext) => Promise<void>): Promise<void> => {
    running = running.then(async () => {
      const book = bookNow();
      if (stopping.signal.aborted) return;
      try {
        if (book) await work(book);
        else await watches.drop();
      } catch (error) {
        if (book?.db.isOpen() && !stopping.signal.aborted) context.logBug(error);
      }
    });
    return running;
  };
  const look = async (book: BookContext, isAsked: boolean): Promise<void> => {
    const signal = AbortSignal.any([stopping.signal, underWay.signal]);
    await watches.tend(book);
    await lookNow(book, { signal, isAsked });
  };
  const wakeAfter = (wait: number): void => {
    clearTimeout(timer);
    if (stopping.signal.aborted) return;
    timer = setTimeout(() => {
      void inTurn((book) => look(book, false)).then(() => wakeAfter(EVERY_MS));
    }, wait).unref();
  };
  wakeAfter(FIRST_LOOK_MS);
  return {
    hurry: () => {
      // Whatever is under way waits for an answer that may never come.
      underWay.abort();
      underWay = new AbortController();
      void inTurn(async (book) => {
        await watches.drop();
        await look(book, true);
      }).then(() => wakeAfter(EVERY_MS));
    },
    moved: (nouns) => {
      if (tending !== undefined || !(nouns.includes('gateways') || nouns.includes('books'))) return;
      tending = setTimeout(() => {
        tending = undefined;
        void inTurn((book) => watches.tend(book));
      }, TENDED_AFTER_MS).unref();
    },
    // What is under way is cut: it is pulled again, from the same place.
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      clearTimeout(tending);
      await running;
      await watches.drop();
    },
  };
}

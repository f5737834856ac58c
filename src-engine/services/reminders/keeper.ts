import type { Noun } from '#contract/engine/changes.ts';
import { windowFrom } from '#domain/reminders/hours.ts';
import { channels } from '#domain/reminders/words.ts';
import { cadenceRows } from '../../storage/cadences.ts';
import type { BookContext, Context } from '../door.ts';
import { minuteAt } from '../outbox/clock.ts';
import { contextOf } from '../sync/keeper.ts';
import { tidyApprovals } from './approving.ts';
import { policyNow } from './policy.ts';
import { runRound } from './round.ts';

// The daily round by itself: at the start, on each new day, when the hours of a channel begin, and after the books moved.

const FIRST_ROUND_MS = 4000;
const LOOKED_EVERY_MS = 60_000;
/** An import or a sync writes in many steps; the round comes after the last of them. */
const SETTLED_MS = 5000;

const MOVES: ReadonlySet<Noun> = new Set<Noun>([
  'books',
  'bills',
  'receipts',
  'credits',
  'customers',
  'contacts',
  'cadences',
  'consents',
  'replies',
  'gateways',
  'templates',
]);

export type RoundsKeeper = {
  /** Told of every change; most are none of its business. */
  readonly moved: (nouns: readonly Noun[]) => void;
  readonly stop: () => void;
};

/** For the wiring: rounds of whichever book is open, and none at all where nothing leaves by itself. */
export function keepRounds(context: Context): RoundsKeeper {
  let settled: ReturnType<typeof setTimeout> | undefined;
  let seen = '';
  const begin = async (now: BookContext, isDue: boolean): Promise<void> => {
    try {
      await tidyApprovals(now);
      if (isDue) await runRound(now);
    } catch (error) {
      // Of a book that was closed meanwhile the next round comes when it is open again.
      if (now.db.isOpen()) context.logBug(error);
    }
  };
  const round = (isMoved: boolean): void => {
    try {
      const now = bookNow(context);
      if (now === null) return;
      const moment = momentOf(now);
      const isNew = moment !== seen;
      seen = moment;
      void begin(now, (isNew || isMoved) && leavesByItself(now));
    } catch (error) {
      context.logBug(error);
    }
  };
  const wakeAfter = (milliseconds: number): void => {
    clearTimeout(settled);
    settled = setTimeout(() => round(true), milliseconds).unref();
  };
  wakeAfter(FIRST_ROUND_MS);
  const every = setInterval(() => round(false), LOOKED_EVERY_MS).unref();
  return {
    moved: (nouns) => {
      if (nouns.some((noun) => MOVES.has(noun))) wakeAfter(SETTLED_MS);
    },
    stop: () => {
      clearTimeout(settled);
      clearInterval(every);
    },
  };
}

function bookNow(context: Context): BookContext | null {
  const open = context.shelf.current();
  return open ? contextOf(context, open.db) : null;
}

/** Moves with the book, the day, and whenever the hours of a channel begin or end: a clock that jumped is seen, too. */
function momentOf({ db, bookId, today: day, now, book }: BookContext): string {
  const minute = minuteAt(now(), book.timeZone);
  const policy = db.read((tx) => policyNow(tx, day));
  const open = channels.map((channel) => windowFrom(policy, channel, { day, minute })?.fromMinute === minute);
  return `${bookId}|${day}|${open.map(Number).join('')}`;
}

/** A process without the vault (a terminal) can send nothing, and so begins nothing. */
function leavesByItself({ db, today, vault }: BookContext): boolean {
  if (!vault.isOpen()) return false;
  return db.read((tx) => {
    const { sendsThanks, sendsNotices } = policyNow(tx, today);
    return sendsThanks || sendsNotices || cadenceRows(tx).some((row) => row.isOn && row.isAutomatic);
  });
}

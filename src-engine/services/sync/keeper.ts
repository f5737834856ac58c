import { connectionRow, patchConnection, type ConnectionRow } from '../../storage/tally-connection.ts';
import { endDanglingRuns } from '../../storage/sync-runs.ts';
import type { BookFile } from '../../storage/database.ts';
import type { BookContext, Context } from '../door.ts';
import { censusNow } from './census.ts';
import { follow, readAllOf } from './follow.ts';
import { isHistoryDone } from './history-state.ts';
import { readHistory } from './history.ts';
import { tieOutAnew, tieOutFollowing } from './keep-tie-out.ts';
import { optionsOf } from './options.ts';
import { inTurn, runnerOf, stopReading, tellMoved, type Runner } from './runner.ts';
import { recorded } from './runs.ts';
import { showHistory } from './show-history.ts';

// Keeps the open book in step with its Tally: one look after another, the history beside them, and nothing at all for a
// book that is not connected.

/** The context of a book as it is now; null once it was closed or another one was opened. */
export function contextOf(context: Context, db: BookFile): BookContext | null {
  if (!db.isOpen()) return null;
  const open = context.shelf.current();
  if (open?.db !== db) return null;
  const { book, bookId } = open;
  return { ...context, db, book, bookId, today: context.dayAt(context.now(), book.timeZone) };
}

/** Looks at Tally now, and reads what is new; looks that are asked for together are one. */
export function checkNow(context: BookContext, isAsked = false): Promise<void> {
  const runner = runnerOf(context.db);
  if (isAsked) runner.mustReadBills = true;
  const work = async (): Promise<void> => {
    const now = contextOf(context, context.db);
    if (!now) return;
    const isInStep = await follow(now, runner);
    if (!context.db.isOpen()) return;
    runner.failuresInARow = isInStep ? 0 : runner.failuresInARow + 1;
    if (isInStep) await censusNow(now, runner);
  };
  runner.looking ??= inTurn(runner, work, () => {
    runner.looking = null;
    goOn(context);
  });
  return runner.looking;
}

/** Reads everything anew, whatever the counters say. */
export function readAnew(context: BookContext): Promise<void> {
  const runner = runnerOf(context.db);
  const work = async (): Promise<void> => {
    const now = contextOf(context, context.db);
    const connection = now?.db.read(connectionRow);
    if (!now || !connection?.isConnected) return;
    const kind = connection.syncedAt === null ? 'first' : 'full';
    const isDone = await readAllOf(now, runner, { connection, kind });
    runner.failuresInARow = isDone ? 0 : runner.failuresInARow + 1;
  };
  return inTurn(runner, work, () => goOn(context));
}

/** What comes after a look: the history, and the next look. */
export function goOn(context: BookContext): void {
  const { db } = context;
  if (!db.isOpen()) return;
  const runner = runnerOf(db);
  const connection = db.read(connectionRow);
  schedule(context, runner, connection);
  if (!connection || !mayReadHistory(connection) || runner.history !== null) return;
  if (runner.failuresInARow > 0) return;
  if (db.read((tx) => isHistoryDone(tx, connection))) return;
  runner.history = keepReading(context, runner).finally(() => {
    runner.history = null;
    runner.windowsLeft = null;
    runner.historyOf = null;
    tellMoved(runner);
  });
  tellMoved(runner);
}

function mayReadHistory({ isConnected, isPaused, syncedAt, origin }: ConnectionRow): boolean {
  return isConnected && !isPaused && syncedAt !== null && origin === 'live';
}

async function keepReading(context: BookContext, runner: Runner): Promise<void> {
  const now = contextOf(context, context.db);
  const connection = now?.db.read(connectionRow);
  if (!now || !connection) return;
  const isWhole = await recorded(now, runner, { kind: 'history', connection }, async (run) => {
    await readHistory(run, {
      letOthersGo: async () => {
        await runner.turn;
        await runner.parties;
      },
      catchUp: () => inTurn(runner, () => follow(contextOf(context, context.db) ?? now, runner)),
    });
    await showHistory(run);
  });
  if (!isWhole && context.db.isOpen()) await showWhatIsHere(context, runner);
}

/** Whoever pauses wants to see what was read so far. */
async function showWhatIsHere(context: BookContext, runner: Runner): Promise<void> {
  const now = contextOf(context, context.db);
  const connection = now?.db.read(connectionRow);
  if (!now || !connection?.isPaused || connection.historyFrom === null) return;
  await recorded(now, runner, { kind: 'history', connection }, showHistory);
}

const BACK_OFF_MOST_MS = 30 * 60_000;
const MINUTE_MS = 60_000;

/** The next look: at the user's pace, and ever more seldom while Tally is away. */
function schedule(context: BookContext, runner: Runner, connection: ConnectionRow | null): void {
  clearTimeout(runner.timer);
  runner.nextAt = null;
  if (!connection?.isConnected || connection.origin !== 'live') return;
  const { everyMinutes } = optionsOf(connection);
  if (everyMinutes === null) return;
  const every = everyMinutes * MINUTE_MS;
  const wait = Math.max(
    every,
    Math.min(every * 2 ** Math.max(0, runner.failuresInARow - 1), BACK_OFF_MOST_MS),
  );
  runner.nextAt = context.now() + wait;
  runner.timer = setTimeout(() => {
    const now = contextOf(context, context.db);
    if (now && !waitsForResume(now)) void checkNow(now).catch((error: unknown) => context.logBug(error));
  }, wait);
  runner.timer.unref();
}

/** A first sync that the user stopped is not begun again behind his back. */
function waitsForResume({ db }: BookContext): boolean {
  const connection = db.read(connectionRow);
  return connection !== null && connection.isPaused && connection.syncedAt === null;
}

/** Stops what is read, and looks no more. */
export function rest(db: BookFile): void {
  const runner = runnerOf(db);
  clearTimeout(runner.timer);
  runner.nextAt = null;
  stopReading(runner);
}

const FIRST_LOOK_MS = 1500;

/** Wakes the keeper whenever another book is opened, and puts it to rest when one is closed. */
export function keepInStep(context: Context): {
  readonly booksMoved: () => void;
  readonly stop: () => void;
} {
  let kept: BookFile | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = new AbortController();
  void tieOutFollowing(context, {
    now: () => {
      const open = context.shelf.current();
      return open ? contextOf(context, open.db) : null;
    },
    signal: stop.signal,
  });
  const wake = (): void => {
    if (kept && !kept.isOpen()) rest(kept);
    const db = context.shelf.current()?.db ?? null;
    if (db === null || db === kept) return;
    if (kept) rest(kept);
    kept = db;
    const now = contextOf(context, db);
    if (now) takeUp(now);
  };
  const wakeAfter = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      try {
        wake();
      } catch (error) {
        context.logBug(error);
      }
    }, milliseconds);
    timer.unref();
  };
  // Nothing that can wait holds up the start of the program.
  wakeAfter(FIRST_LOOK_MS);
  return {
    booksMoved: () => wakeAfter(0),
    stop: () => {
      stop.abort();
      clearTimeout(timer);
      if (kept) rest(kept);
    },
  };
}

/** Goes on where the program ended: what it was doing then was stopped. */
function takeUp(context: BookContext): void {
  const { db, now } = context;
  const runner = runnerOf(db);
  const connection = db.read(connectionRow);
  if (!connection) return;
  if (runner.aborts.size === 0) db.write((tx) => endDanglingRuns(tx, now()));
  tieOutAnew(context).catch((error: unknown) => (db.isOpen() ? context.logBug(error) : undefined));
  if (!connection.isConnected || connection.origin !== 'live' || waitsForResume(context)) return;
  void checkNow(context).catch((error: unknown) => context.logBug(error));
}

/** Says in the book whether the user wants to be left alone; what is being read then stops, and what is whole stays. */
export function setPaused({ db }: BookContext, isPaused: boolean): void {
  db.write((tx) => patchConnection(tx, { isPaused }));
  if (isPaused) stopReading(runnerOf(db));
}

import type { SyncStatus } from '#contract/engine/sync.ts';
import type { SyncStage } from '#contract/engine/sync-words.ts';
import type { BookFile } from '../../storage/database.ts';

export type Progress = NonNullable<SyncStatus['progress']>;

/**
 * What a book's sync is doing in this process; nothing of it outlives the program. Reads that somebody waits for take
 * turns; the history is read beside them, and lets them go first between two windows.
 */
export type Runner = {
  readonly db: BookFile;
  readonly listeners: Set<() => void>;
  /** Of everything that talks to Tally now. */
  readonly aborts: Set<AbortController>;
  /** Ends when the last read that took its turn has. */
  turn: Promise<void>;
  waiting: number;
  /** The look at the counters under way: whoever asks for another gets its answer. */
  looking: Promise<void> | null;
  history: Promise<void> | null;
  /** Ends when no single party is being read: the history waits for it between two windows. */
  parties: Promise<void>;
  /** Windows still to read, and vouchers of the whole pass; null while that is not known. */
  windowsLeft: number | null;
  historyOf: number | null;
  progress: Progress | null;
  /** Moves with each party that was written out of turn: who reads the whole meanwhile must read again. */
  partyWrites: number;
  /** The bills reports are read at the next look, also where no counter moved; see follow.ts. */
  mustReadBills: boolean;
  nextAt: number | null;
  failuresInARow: number;
  timer: ReturnType<typeof setTimeout> | undefined;
};

const runners = new WeakMap<BookFile, Runner>();

export function runnerOf(db: BookFile): Runner {
  const known = runners.get(db);
  if (known) return known;
  const made: Runner = {
    db,
    listeners: new Set(),
    aborts: new Set(),
    turn: Promise.resolve(),
    waiting: 0,
    looking: null,
    history: null,
    parties: Promise.resolve(),
    windowsLeft: null,
    historyOf: null,
    progress: null,
    partyWrites: 0,
    mustReadBills: true,
    nextAt: null,
    failuresInARow: 0,
    timer: undefined,
  };
  runners.set(db, made);
  return made;
}

/** Tells whoever watches that the status moved. */
export function tellMoved(runner: Runner): void {
  for (const listener of runner.listeners) listener();
}

export function show(runner: Runner, progress: Progress | null): void {
  runner.progress = progress;
  tellMoved(runner);
}

/** Progress whose rate and rest are reckoned from what was done since it began. */
export function progressOf(
  stage: SyncStage,
  { done, of, startedAt, now }: { done: number; of: number | null; startedAt: number; now: number },
): Progress {
  const seconds = (now - startedAt) / 1000;
  const rate = seconds > 0 && done > 0 ? done / seconds : null;
  return {
    stage,
    done,
    of,
    rowsPerSecond: rate === null ? null : Math.round(rate),
    secondsLeft: rate === null || of === null ? null : Math.max(0, Math.ceil((of - done) / rate)),
    startedAt,
  };
}

/** Runs work when all that took its turn before has ended, however it ended; then what follows from it. */
export function inTurn<T>(
  runner: Runner,
  work: () => Promise<T>,
  after: () => void = () => undefined,
): Promise<T> {
  runner.waiting += 1;
  const mine = runner.turn.then(work).finally(() => {
    after();
    runner.waiting -= 1;
    tellMoved(runner);
  });
  runner.turn = mine.then(
    () => undefined,
    () => undefined,
  );
  tellMoved(runner);
  return mine;
}

/** Why a read was stopped by us. */
class StoppedHere extends Error {
  override readonly name = 'AbortError';
}

/** Stops everything that talks to Tally for this book; what is whole stays. */
export function stopReading(runner: Runner): void {
  for (const abort of runner.aborts) abort.abort(new StoppedHere('Stopped.'));
}

export function isStop(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** Hands work a signal that ends with stopReading. */
export async function stoppable<T>(runner: Runner, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  runner.aborts.add(abort);
  try {
    return await work(abort.signal);
  } finally {
    runner.aborts.delete(abort);
  }
}

/** Some time in which others may go on; ends early when stopped. Never keeps the process alive. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    timer.unref();
    signal?.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    }
  });
}

import { tallyFailureShape, type SyncRun, type TallyFailureShown } from '#contract/engine/sync.ts';
import { syncRunKinds, type SyncRunKind, type SyncStage } from '#contract/engine/sync-words.ts';
import type { Paise } from '#domain/money.ts';
import type { TallyFailure } from '../../adapters/ports.ts';
import type { WriteTx } from '../../storage/database.ts';
import { endDanglingRuns, endRun, startRun, type RunOutcome, type RunRow } from '../../storage/sync-runs.ts';
import { patchConnection, type ConnectionRow } from '../../storage/tally-connection.ts';
import type { BookContext } from '../door.ts';
import { showFailure, TallyStopped } from './failures.ts';
import { progressOf, show, stoppable, type Runner } from './runner.ts';
import { talkWith, type Talk } from './talk.ts';

/** What a run has done to the book, counted as it goes. */
export type Counts = {
  ledgerCount: number;
  billCount: number;
  voucherCount: number;
  addedCount: number;
  changedCount: number;
  goneCount: number;
  differencePaise: Paise | null;
};

/** One reading of a Tally, from its row in the record to its end. */
export type Run = {
  readonly context: BookContext;
  readonly runner: Runner;
  readonly talk: Talk;
  readonly counts: Counts;
  /** Says what is being done, and how far it is. */
  readonly at: (stage: SyncStage, done: number, of?: number | null) => void;
  /** Ends the run's row, together with what it wrote. */
  readonly finish: (tx: WriteTx, outcome: RunOutcome, failure?: TallyFailure) => void;
};

type RunWish = {
  readonly kind: SyncRunKind;
  readonly connection: Pick<ConnectionRow, 'host' | 'port'>;
};

/** Books that this program has begun to read. */
const begun = new WeakSet<Runner>();

/**
 * Runs work that talks to Tally, and keeps a record of it. What stands between us and Tally is kept with the connection
 * and leaves the book as it was; a stop of ours is no failure. Answers whether the work came to its end.
 */
export async function recorded(
  context: BookContext,
  runner: Runner,
  { kind, connection: { host, port } }: RunWish,
  work: (run: Run) => Promise<void>,
): Promise<boolean> {
  const runId = context.db.write((tx) => {
    // What a killed program left open was stopped; what this one began itself goes on.
    if (!begun.has(runner)) endDanglingRuns(tx, context.now());
    return startRun(tx, { kind, startedAt: context.now() });
  });
  begun.add(runner);
  return await stoppable(runner, async (signal) => {
    const talk = talkWith(context.tally, { host, port }, signal);
    const run = newRun(context, runner, { runId, talk });
    try {
      await work(run);
      return true;
    } catch (error) {
      // A book that was closed has nowhere to keep how its reading ended; its next start does.
      if (context.db.isOpen()) endEarly(run, error);
      return false;
    } finally {
      show(runner, null);
      if (context.db.isOpen()) context.changed('sync');
    }
  });
}

function newRun(
  context: BookContext,
  runner: Runner,
  { runId, talk }: { readonly runId: number; readonly talk: Talk },
): Run {
  const counts: Counts = {
    ledgerCount: 0,
    billCount: 0,
    voucherCount: 0,
    addedCount: 0,
    changedCount: 0,
    goneCount: 0,
    differencePaise: null,
  };
  const finish: Run['finish'] = (tx, outcome, failure) => {
    const failureJson = failure ? failureText(failure) : null;
    endRun(tx, runId, { ...talk.costs, ...counts, endedAt: context.now(), outcome, failureJson });
  };
  return { context, runner, talk, counts, at: stageTeller(context, runner), finish };
}

function endEarly(run: Run, error: unknown): void {
  const { db, now, logBug } = run.context;
  if (error instanceof TallyStopped) {
    const { failure } = error;
    db.write((tx) => {
      run.finish(tx, 'failed', failure);
      patchConnection(tx, { failureJson: failureText(failure) });
    });
    run.context.log('sync.failed', { retryable: failure.retryable, at: now() });
    return;
  }
  const isStop = run.talk.signal.aborted;
  if (!isStop) logBug(error);
  db.write((tx) => run.finish(tx, isStop ? 'stopped' : 'failed'));
}

function stageTeller(context: BookContext, runner: Runner): Run['at'] {
  let stage: SyncStage | null = null;
  let startedAt = 0;
  return (now, done, of = null) => {
    const at = context.now();
    if (now !== stage) startedAt = at;
    stage = now;
    show(runner, progressOf(now, { done, of, startedAt, now: at }));
  };
}

export function failureText(failure: TallyFailure): string {
  return JSON.stringify(showFailure(failure));
}

/** What was kept of a failure; one that an older or newer Baaki kept in other words counts as none. */
export function failureOf(failureJson: string | null): TallyFailureShown | null {
  if (failureJson === null) return null;
  const read = tallyFailureShape.safeParse(JSON.parse(failureJson));
  return read.success ? read.data : null;
}

export function showRun({ failureJson, kind, ...row }: RunRow): SyncRun {
  const known = syncRunKinds.find((one) => one === kind);
  if (!known) throw new Error(`Unknown kind of run: ${kind}`);
  return { ...row, kind: known, failure: failureOf(failureJson) };
}

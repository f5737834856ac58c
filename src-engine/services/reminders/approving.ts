import { ORPCError } from '@orpc/server';
import type { PlannedRow } from '#contract/engine/reminders.ts';
import { ok, type Result } from '#domain/result.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import { factsVersion } from '../../storage/facts-version.ts';
import { insertRun, patchRun } from '../../storage/messages.ts';
import { removeUnapproved, runsBeingApproved } from '../../storage/reminder-runs.ts';
import type { BookContext } from '../door.ts';
import { enqueue } from './enqueue.ts';
import type { Planned } from './plan-now.ts';
import { oneByOne, othersTurn } from './turns.ts';
import { withPlans, writeIf } from './with-plan.ts';

// Thousands of rows would hold everybody up if they were written at once. So a run is written in slices while it is
// 'approving', a state in which nothing of it leaves, and becomes real in one last small transaction. Whatever stops it
// before that, a kill or a changed bill, takes all of it out of the book again: there is the whole run or none of it.

const ROWS_A_SLICE = 50;
const REMOVED_A_SLICE = 200;
/** A machine that slept in the middle: of the time to take it back too little would be left. */
const SLICES_MS_MOST = 20_000;

/** What is to be approved, as it was judged in the transaction that begins. */
export type Approval = {
  readonly planned: Planned;
  readonly rows: readonly PlannedRow[];
  /** UTC milliseconds. */
  readonly at: number;
  readonly undoUntil: number;
};

export type Approved = { readonly runId: number; readonly approvedCount: number; readonly undoUntil: number };

type Begun = Approval & { readonly runId: number; readonly facts: string };

type Judge = (tx: ReadTx, planned: Planned) => Result<Approval>;

/** All of it or nothing; `judge` is asked inside of the transaction that finds the plan to be that of the book. */
export function approveRows(context: BookContext, judge: Judge): Promise<Result<Approved>> {
  const { db } = context;
  return oneByOne(db, async () => {
    await removeHalfApproved(context);
    return withPlans<Result<Approved>>(context, async (planned, isAtOnce) => {
      if (isAtOnce) return writeIf(db, planned.version, (tx) => wholeRun(tx, context, judge(tx, planned)));
      const begun = writeIf(db, planned.version, (tx) => begin(tx, context, judge(tx, planned)));
      if (begun === null) return null;
      if (!begun.value.ok) return { value: begun.value };
      const made = await inSlices(context, begun.value.value);
      return made === null ? null : { value: ok(made) };
    });
  });
}

function wholeRun(tx: WriteTx, context: BookContext, judged: Result<Approval>): Result<Approved> {
  const begun = begin(tx, context, judged);
  if (!begun.ok) return begun;
  const { runId, rows, undoUntil } = begun.value;
  const approvedCount = put(tx, context, begun.value, rows);
  makeReal(tx, begun.value);
  return ok({ runId, approvedCount, undoUntil });
}

function begin(tx: WriteTx, { today }: BookContext, judged: Result<Approval>): Result<Begun> {
  if (!judged.ok) return judged;
  const { planned, at, undoUntil } = judged.value;
  const runId = insertRun(tx, {
    kind: 'approved',
    runDay: today,
    rowsHash: planned.rowsHash,
    undoUntil,
    createdAt: at,
    state: 'approving',
  });
  return ok({ ...judged.value, runId, facts: factsVersion(tx) });
}

/** Null where a fact has changed meanwhile: then nothing is approved. */
async function inSlices(context: BookContext, run: Begun): Promise<Approved | null> {
  const { runId, rows, undoUntil } = run;
  let isWhole = false;
  try {
    let approvedCount = 0;
    for (let from = 0; from < rows.length; from += ROWS_A_SLICE) {
      await othersTurn();
      const slice = rows.slice(from, from + ROWS_A_SLICE);
      const added = writeSlice(context, run, (tx) => put(tx, context, run, slice));
      if (added === null) return null;
      approvedCount += added;
    }
    isWhole = writeSlice(context, run, (tx) => makeReal(tx, run)) !== null;
    return isWhole ? { runId, approvedCount, undoUntil } : null;
  } finally {
    if (!isWhole) await removeHalfApproved(context);
  }
}

function writeSlice(context: BookContext, run: Begun, work: (tx: WriteTx) => number): number | null {
  const { db, now } = context;
  if (!db.isOpen()) throw new ORPCError('NO_BOOK', { message: 'The book was closed meanwhile.' });
  if (now() - run.at > SLICES_MS_MOST) return null;
  return db.write((tx) => (factsVersion(tx) === run.facts ? work(tx) : null));
}

function put(tx: WriteTx, context: BookContext, run: Begun, rows: readonly PlannedRow[]): number {
  const { runId, planned, undoUntil } = run;
  let count = 0;
  for (const row of rows) {
    const made = planned.messages.get(row.rowKey);
    if (made === undefined) throw new Error('A row of the plan has no message.');
    const wish = { runId, row, made, isAutomatic: true, notBefore: undoUntil };
    if (enqueue(tx, context, { ...wish, event: { kind: 'approved' } }) !== null) count += 1;
  }
  return count;
}

function makeReal(tx: WriteTx, { runId, at, rows }: Begun): number {
  patchRun(tx, runId, { state: 'open', approvedAt: at });
  return rows.length;
}

/** What a process that was killed has left. Another process that is at it just now notices, and begins anew. */
export function tidyApprovals(context: BookContext): Promise<void> {
  return oneByOne(context.db, () => removeHalfApproved(context));
}

async function removeHalfApproved({ db, changed }: BookContext): Promise<void> {
  const runs = db.isOpen() ? db.read(runsBeingApproved) : [];
  for (const runId of runs) {
    let isGone = false;
    while (!isGone && db.isOpen()) {
      isGone = db.write((tx) => removeUnapproved(tx, runId, REMOVED_A_SLICE));
      await othersTurn();
    }
  }
  if (runs.length > 0) changed('reminders', 'messages');
}

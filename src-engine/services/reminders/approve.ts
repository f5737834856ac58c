import type { PlannedRow } from '#contract/engine/reminders.ts';
import { addDays, type Day } from '#domain/days.ts';
import { checkRunDay } from '#domain/reminders/plan.ts';
import { canBeStopped } from '#domain/reminders/outbox-states.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import type { BookFile, ReadTx, WriteTx } from '../../storage/database.ts';
import { insertRun, messagesOfRun, patchRun, runById } from '../../storage/messages.ts';
import { lastRunDay } from '../../storage/reminder-runs.ts';
import { bookDoor, refused, type BookContext } from '../door.ts';
import { move } from '../outbox/move.ts';
import { enqueue } from './enqueue.ts';
import { planAtOnce, planNow, type Planned } from './plan-now.ts';

const UNDO_MS = 30_000;

type Approved = { readonly runId: number; readonly approvedCount: number; readonly undoUntil: number };

/** Binds the approval to what was looked at: the very transaction that writes looks whether the plan still is that of the book (RM10). */
export const approve = bookDoor.reminders.approve.handler(async ({ context, input }) => {
  const made = await withPlan(context, (tx, planned): Result<Approved> => {
    const chosen = chosenRows(planned, input);
    if (!chosen.ok) return chosen;
    const judged = judgeRunDay(tx, context.today);
    if (!judged.ok) return judged;
    const at = context.now();
    const undoUntil = at + UNDO_MS;
    const late = chosen.value.filter((row) => row.expiresAt <= undoUntil);
    if (late.length > 0) return tooLate(late.length);
    const runId = insertRun(tx, {
      kind: 'approved',
      runDay: context.today,
      rowsHash: planned.rowsHash,
      approvedAt: at,
      undoUntil,
      createdAt: at,
    });
    let approvedCount = 0;
    for (const row of chosen.value) {
      const message = planned.messages.get(row.rowKey);
      if (message === undefined) throw new Error('A row of the plan has no message.');
      const wish = { runId, row, made: message, isAutomatic: true, notBefore: undoUntil };
      const messageId = enqueue(tx, context, { ...wish, event: { kind: 'approved' } });
      if (messageId !== null) approvedCount += 1;
    }
    return ok({ runId, approvedCount, undoUntil });
  });
  if (!made.ok) throw refused(made.refusal);
  context.changed('reminders', 'messages');
  return made.value;
});

/** A run of a day further ahead was made by a clock that was wrong, and does not stand in the way for ever. */
const CLOCK_DAYS_MOST = 31;

/** Not for a day before the last run (case E11). */
export function judgeRunDay(tx: ReadTx, today: Day): Result<Day> {
  return checkRunDay(today, lastRunDay(tx, addDays(today, CLOCK_DAYS_MOST)));
}

const PLANS_MOST = 5;
/** In turns with others; after that nobody gets between the plan and its use but another process. */
const IN_TURNS_MOST = 2;

/**
 * Plans, and writes with that plan in one transaction. Somebody may write while it is planned, another process even after
 * it: then it is planned again. Inside the transaction nobody can.
 */
export async function withPlan<T>(
  context: BookContext,
  work: (tx: WriteTx, planned: Planned) => T,
): Promise<T> {
  const { db } = context;
  for (let times = 0; times < PLANS_MOST; times += 1) {
    const planned = times < IN_TURNS_MOST ? await planNow(context) : planAtOnce(context);
    const made = writeIf(db, planned.version, (tx) => work(tx, planned));
    if (made !== null) return made.value;
  }
  throw new Error('The book is being written to so often that no plan holds.');
}

function writeIf<T>(db: BookFile, version: string, work: (tx: WriteTx) => T): { readonly value: T } | null {
  return db.write((tx) => (db.version() === version ? { value: work(tx) } : null));
}

type Wish = { readonly rowsHash: string; readonly rowKeys: readonly string[] };

function chosenRows(planned: Planned, { rowsHash, rowKeys }: Wish): Result<readonly PlannedRow[]> {
  const wanted = new Set(rowKeys);
  const chosen = planned.rows.filter((row) => wanted.has(row.rowKey));
  if (planned.rowsHash !== rowsHash || chosen.length !== wanted.size) return planChanged();
  if (chosen.length === 0) {
    return refuse('nothing-to-approve', 'No message is chosen.');
  }
  const broken = chosen.filter(isBlocked);
  const [first] = broken;
  if (first === undefined) return ok(chosen);
  const problem = first.problems.find((one) => one.isBlocking)?.detail.en ?? '';
  const sentence = `${broken.length} of the chosen messages cannot leave as they are, first that to “${first.customerName}”: ${problem}`;
  return refuse('row-has-problems', sentence, {
    values: { count: broken.length, customer: first.customerName, problem },
  });
}

/** Their hours end before the time to take it back is over. */
function tooLate(count: number): ReturnType<typeof refuse> {
  const sentence = `${count} of the chosen messages cannot leave today any more: their hours are over.`;
  return refuse('too-late-today', sentence, { values: { count } });
}

export function isBlocked(row: PlannedRow): boolean {
  return row.problems.some((one) => one.isBlocking);
}

export function planChanged(): ReturnType<typeof refuse> {
  const sentence =
    'What would leave now is not what you looked at: a bill, a price or a text has changed. Look again.';
  return refuse('plan-changed', sentence);
}

/** What has not begun to leave comes back into the plan. */
export const undoApproval = bookDoor.reminders.undoApproval.handler(({ context, input: { runId } }) => {
  const { db, now, changed } = context;
  const at = now();
  const made = db.write((tx): Result<number> => {
    if (!runById(tx, runId)) return refuse('run-gone', 'This run is no longer in the book.');
    const messages = messagesOfRun(tx, runId);
    const waiting = messages.filter(({ state }) => canBeStopped.has(state));
    if (waiting.length === 0 && messages.length > 0) {
      const sentence = 'Nothing of this run can be taken back: all of it has left or has ended.';
      return refuse('run-has-left', sentence);
    }
    for (const message of waiting) {
      move(tx, message, { to: 'cancelled', at, kind: 'approval-undone', reason: 'withdrawn' });
    }
    if (waiting.length === messages.length) patchRun(tx, runId, { state: 'undone' });
    return ok(waiting.length);
  });
  if (!made.ok) throw refused(made.refusal);
  changed('reminders', 'messages');
  return { takenBackCount: made.value };
});

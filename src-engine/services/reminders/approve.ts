import type { PlannedRow } from '#contract/engine/reminders.ts';
import { addDays, type Day } from '#domain/days.ts';
import { checkRunDay } from '#domain/reminders/plan.ts';
import { canBeStopped } from '#domain/reminders/outbox-states.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import type { ReadTx } from '../../storage/database.ts';
import { messagesOfRun, patchRun, runById } from '../../storage/messages.ts';
import { lastRunDay } from '../../storage/reminder-runs.ts';
import { bookDoor, refused } from '../door.ts';
import { move } from '../outbox/move.ts';
import { approveRows, type Approval } from './approving.ts';
import type { Planned } from './plan-now.ts';

const UNDO_MS = 30_000;

/**
 * Binds the approval to what was looked at: the very transaction that begins to write looks whether the plan still is that of
 * the book (RM10), and each one after it whether a fact has changed.
 */
export const approve = bookDoor.reminders.approve.handler(async ({ context, input }) => {
  const made = await approveRows(context, (tx, planned): Result<Approval> => {
    const chosen = chosenRows(planned, input);
    if (!chosen.ok) return chosen;
    const judged = judgeRunDay(tx, context.today);
    if (!judged.ok) return judged;
    const at = context.now();
    const undoUntil = at + UNDO_MS;
    const late = chosen.value.filter((row) => row.expiresAt <= undoUntil);
    return late.length > 0 ? tooLate(late.length) : ok({ planned, rows: chosen.value, at, undoUntil });
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

import type { PlannedRow } from '#contract/engine/reminders.ts';
import { ok, type Result } from '#domain/result.ts';
import { insertRun, patchRun } from '../../storage/messages.ts';
import { planEditWriter } from '../../storage/plan-edits.ts';
import { bookDoor, refused } from '../door.ts';
import { planChanged } from './approve.ts';
import { enqueue } from './enqueue.ts';
import { rowOf } from './plan-row.ts';
import { planNow, rowWorld } from './plan-now.ts';
import { withPlan } from './with-plan.ts';

/** Puts rows away for today: each becomes a message that was declined, so that the timeline knows it and why. */
export const decline = bookDoor.reminders.decline.handler(async ({ context, input: { rowKeys, reason } }) => {
  const wanted = new Set(rowKeys);
  const made = await withPlan(context, (tx, planned): Result<number> => {
    const chosen = planned.rows.filter((row) => wanted.has(row.rowKey));
    if (chosen.length !== wanted.size) return planChanged();
    if (chosen.length === 0) return ok(0);
    const at = context.now();
    const runId = insertRun(tx, { kind: 'approved', runDay: context.today, createdAt: at });
    for (const row of chosen) {
      const message = planned.messages.get(row.rowKey);
      if (message === undefined) throw new Error('A row of the plan has no message.');
      const declined = { reason: 'by-person', values: { why: reason } } as const;
      const event = { kind: 'declined', values: { why: reason } } as const;
      enqueue(tx, context, { runId, row, made: message, isAutomatic: true, declined, event });
    }
    patchRun(tx, runId, { state: 'done' });
    return ok(chosen.length);
  });
  if (!made.ok) throw refused(made.refusal);
  context.changed('reminders', 'messages');
  return { declinedCount: made.value };
});

/** Another text for one row of today's plan. It is kept even where it has problems: they keep it from being approved. */
export const editRow = bookDoor.reminders.editRow.handler(async ({ context, input }) => {
  const { rowKey, subject, text } = input;
  const planned = await planNow(context);
  const message = planned.messages.get(rowKey);
  if (message === undefined) throw refused(planChanged().refusal);
  const edit = {
    rowKey,
    forDay: planned.facts.day,
    customerId: message.customerId,
    subject: subject === message.subject ? null : subject,
    body: text === message.text ? null : text,
    declinedReason: null,
  };
  context.db.write((tx) => planEditWriter(tx)(edit, context.now()));
  context.changed('reminders');
  const row: PlannedRow = rowOf(message, rowWorld(context, planned.facts));
  return { problems: row.problems };
});

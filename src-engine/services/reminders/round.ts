import type { PlannedRow } from '#contract/engine/reminders.ts';
import { addDays, type Day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { planNotices } from '#domain/reminders/notices.ts';
import type { Courtesy } from '#domain/reminders/plan-courtesy.ts';
import type { PlanFacts } from '#domain/reminders/plan-facts.ts';
import { planThanks, thanksKeyOf } from '#domain/reminders/thanks.ts';
import { sha256Of } from '../../storage/digest.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import { insertRun, type RunKind } from '../../storage/messages.ts';
import { courtesyKeysSince } from '../../storage/reminder-counts.ts';
import { receiptsToThank } from '../../storage/reminder-runs.ts';
import { putReminderSetting, reminderSetting } from '../../storage/reminder-settings.ts';
import type { BookContext } from '../door.ts';
import { isKilled } from '../outbox/killed.ts';
import { leaseState, whoOf } from '../outbox/lease.ts';
import { outboxOf } from '../outbox/runner.ts';
import { isBlocked, judgeRunDay } from './approve.ts';
import { planFacts } from './facts.ts';
import { courtesyAsMessage, enqueue } from './enqueue.ts';
import { rowOf } from './plan-row.ts';
import { rowWorld, type Planned } from './plan-now.ts';
import { withPlan } from './with-plan.ts';

const MINUTE_MS = 60_000;

/**
 * What the clock does: what may leave without a person goes into the outbox. Twice in a
 * minute, twice in two processes or killed in between, it makes each message once (E7, E8): a message is known by its key.
 * Answers how many were added.
 */
export async function runRound(context: BookContext, isAsked = false): Promise<number> {
  const { db, now } = context;
  const before = db.read((tx) => Number(reminderSetting(tx, 'roundAt') ?? 0));
  if (!isAsked && sameMinute(before, now())) return 0;
  const added = await withPlan(context, (tx, planned) => {
    const count = mayRun(tx, context) ? addAutomatic(tx, context, planned) : 0;
    putReminderSetting(tx, 'roundAt', now());
    return count;
  });
  context.changed('reminders', ...(added > 0 ? (['messages'] as const) : []));
  return added;
}

function sameMinute(a: number, b: number): boolean {
  return Math.floor(a / MINUTE_MS) === Math.floor(b / MINUTE_MS);
}

/** Not while the red button is pressed, not from a copy of the book, and not for a day before the last run. */
function mayRun(tx: ReadTx, context: BookContext): boolean {
  if (isKilled(tx, context)) return false;
  const state = leaseState(tx, whoOf(context, outboxOf(context).owner), context.now());
  return state.kind !== 'copy' && judgeRunDay(tx, context.today).ok;
}

function addAutomatic(tx: WriteTx, context: BookContext, planned: Planned): number {
  const automatic = new Set(
    planned.facts.cadences.filter((one) => one.isAutomatic).map((one) => one.cadenceId),
  );
  const rows = planned.rows.filter((row) => mayLeaveByItself(row, automatic));
  const reminders = addRows(tx, context, { kind: 'round', rows, messages: planned.messages });
  const known = courtesyKeysSince(tx, addDays(context.today, 0 - THANKS_DAYS));
  const isNew = ({ dedupeKey }: Courtesy): boolean => !known.has(sha256Of(dedupeKey));
  const thanked = factsToThank(tx, context, { facts: planned.facts, known });
  const thanks = planThanks(thanked.facts, thanked.receipts).messages.filter(isNew);
  const notices = planNotices(planned.facts, [...planned.messages.values()]).messages.filter(isNew);
  return (
    reminders +
    addCourtesies(tx, context, { kind: 'thanks', facts: thanked.facts, courtesies: thanks }) +
    addCourtesies(tx, context, { kind: 'notice', facts: planned.facts, courtesies: notices })
  );
}

function mayLeaveByItself(row: PlannedRow, automatic: ReadonlySet<number>): boolean {
  return row.cadenceId !== null && automatic.has(row.cadenceId) && !row.needsPerson && !isBlocked(row);
}

type Adding = {
  readonly kind: RunKind;
  readonly rows: readonly PlannedRow[];
  readonly messages: Planned['messages'];
};

/** A run is made only when there is something in it. */
function addRows(tx: WriteTx, context: BookContext, { kind, rows, messages }: Adding): number {
  if (rows.length === 0) return 0;
  const runId = insertRun(tx, { kind, runDay: context.today, createdAt: context.now() });
  let count = 0;
  for (const row of rows) {
    const made = messages.get(row.rowKey);
    if (made === undefined) throw new Error('A row of the plan has no message.');
    if (enqueue(tx, context, { runId, row, made, isAutomatic: true }) !== null) count += 1;
  }
  return count;
}

type Courtesies = {
  readonly kind: Extract<RunKind, 'thanks' | 'notice'>;
  readonly facts: PlanFacts;
  readonly courtesies: readonly Courtesy[];
};

function addCourtesies(tx: WriteTx, context: BookContext, { kind, facts, courtesies }: Courtesies): number {
  if (courtesies.length === 0) return 0;
  const world = rowWorld(context, facts);
  const messages = new Map(
    courtesies.map((courtesy) => {
      const message = courtesyAsMessage(courtesy);
      const row = rowOf(message, world);
      const why = { code: courtesy.why.code, values: { ...courtesy.why.values } };
      return [row.rowKey, { message, row: { ...row, cadenceId: null, stepId: null, stepNumber: null, why } }];
    }),
  );
  const rows = [...messages.values()].map(({ row }) => row).filter((row) => !isBlocked(row));
  return addRows(tx, context, {
    kind,
    rows,
    messages: new Map([...messages].map(([key, { message }]) => [key, message])),
  });
}

/** A payment of last week is not thanked for any more. */
const THANKS_DAYS = 7;

/** Whoever paid everything owes nothing, and is in no plan. */
function factsToThank(
  tx: ReadTx,
  context: BookContext,
  { facts, known }: { readonly facts: PlanFacts; readonly known: ReadonlySet<string> },
): { readonly facts: PlanFacts; readonly receipts: Parameters<typeof planThanks>[1] } {
  const from = reminderSetting(tx, 'thanksFrom');
  if (from === null || !facts.policy.sendsThanks) return { facts, receipts: [] };
  const { day, minute } = facts;
  const first: Day = addDays(day, 0 - THANKS_DAYS);
  // Facts of a customer cost more than all else here: of those who were thanked none are read.
  const receipts = receiptsToThank(tx, { enteredFrom: Number(from), from: first, until: day })
    .filter((row) => !known.has(sha256Of(thanksKeyOf(row))))
    .map((row) => ({ ...row, amountPaise: paise(row.amountPaise) }));
  if (receipts.length === 0) return { facts, receipts };
  const customerIds = [...new Set(receipts.map((one) => one.customerId))];
  return { facts: planFacts(context, { day, minute, customerIds }), receipts };
}

import { messageLanguages } from '#domain/reminders/languages.ts';
import type { CadenceAssignment, CadenceStep } from '#domain/reminders/cadence.ts';
import { stepDaysOf } from '#domain/reminders/step-days.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import { billById } from '../storage/bills.ts';
import {
  assignmentRows,
  billNumbers,
  cadenceById,
  cadenceRows,
  insertCadence,
  putAssignment,
  removeAssignment,
  setCadenceRemoved,
  updateCadence,
} from '../storage/cadences.ts';
import { customerById, everyCustomer } from '../storage/customers.ts';
import type { ReadTx } from '../storage/database.ts';
import { templateRows } from '../storage/templates.ts';
import { customersByCadence, stepsWithoutText } from './cadences/counts.ts';
import { actsAnew, judgeSteps, withActsFrom } from './cadences/judge.ts';
import { presetOf } from './cadences/presets.ts';
import { customerGone } from './customers/save.ts';
import { bookDoor, refused, type BookContext } from './door.ts';
import { facesNow } from './ledger.ts';
import { policyNow } from './reminders/policy.ts';
import { assignmentOf, cadenceOf, stepsOf, templateOf, textsForSteps } from './reminders/rules-facts.ts';
import { addStarters } from './templates/add-starters.ts';

const list = bookDoor.cadences.list.handler(({ context: { db } }) => {
  const faces = facesNow(db);
  return db.read((tx) => {
    const assignments = assignmentRows(tx).map(assignmentOf);
    const counts = customersByCadence(faces, assignments);
    const templates = textsForSteps(templateRows(tx).map(templateOf));
    const bills = billNumbers(
      tx,
      assignments.flatMap((one) => (one.scope === 'bill' ? Number(one.scopeKey) : [])),
    );
    const nameOf = ({ scope, scopeKey }: CadenceAssignment): string => {
      if (scope === 'customer') return faces.byId.get(Number(scopeKey))?.name ?? scopeKey;
      return scope === 'bill' ? (bills.get(Number(scopeKey)) ?? scopeKey) : scopeKey;
    };
    return {
      cadences: cadenceRows(tx)
        .map(cadenceOf)
        .map((cadence) => ({
          ...cadence,
          steps: cadence.steps.map((step) => ({ ...step, channels: [...step.channels] })),
          customerCount: counts.get(cadence.cadenceId) ?? 0,
          problemCount: stepsWithoutText(cadence, templates),
        })),
      assignments: assignments.map((one) => ({ ...one, scopeName: nameOf(one) })),
    };
  });
});

const save = bookDoor.cadences.save.handler(({ context, input: { cadenceId, steps, ...words } }) => {
  const { db, now, today, changed } = context;
  const judged = judgeSteps(steps, words.isOn);
  if (!judged.ok) throw refused(judged.refusal);
  const made = db.write((tx): Result<number> => {
    const rowWith = (known: readonly CadenceStep[]) => ({
      ...words,
      stepsJson: JSON.stringify(withActsFrom(steps, known, today)),
    });
    if (cadenceId === undefined)
      return ok(insertCadence(tx, { ...rowWith([]), activeFrom: today, createdAt: now() }));
    const before = cadenceById(tx, cadenceId);
    if (!before || before.removedAt !== null) return cadenceGone();
    const known = stepsOf(before.stepsJson);
    const isAnew = actsAnew({ isOn: before.isOn, steps: known }, { isOn: words.isOn, steps });
    const row = rowWith(known);
    updateCadence(tx, cadenceId, { ...row, ...(isAnew ? { activeFrom: today } : {}) });
    return ok(cadenceId);
  });
  if (!made.ok) throw refused(made.refusal);
  changed('cadences', 'reminders');
  return { cadenceId: made.value };
});

function cadenceGone(): ReturnType<typeof refuse> {
  return refuse('cadence-gone', 'This cadence is no longer in the book.', { field: 'cadenceId' });
}

const remove = bookDoor.cadences.remove.handler(({ context, input: { cadenceId } }) =>
  putAway(context, cadenceId, context.now()),
);

/** One that comes back was as good as switched off: it acts from today on. */
const restore = bookDoor.cadences.restore.handler(({ context, input: { cadenceId } }) =>
  putAway(context, cadenceId, null),
);

function putAway(
  { db, today, changed }: BookContext,
  cadenceId: number,
  removedAt: number | null,
): Record<string, never> {
  const made = db.write((tx): Result<null> => {
    const row = cadenceById(tx, cadenceId);
    if (!row) return cadenceGone();
    if ((row.removedAt === null) === (removedAt === null)) return ok(null);
    setCadenceRemoved(tx, cadenceId, removedAt);
    if (removedAt === null) updateCadence(tx, cadenceId, { activeFrom: today });
    return ok(null);
  });
  if (!made.ok) throw refused(made.refusal);
  changed('cadences', 'reminders');
  return {};
}

const addPreset = bookDoor.cadences.addPreset.handler(({ context, input }) => {
  const { db, now, today, changed } = context;
  const { key: _key, name, steps, ...words } = presetOf(input.preset);
  const cadenceId = db.write((tx) => {
    const keys = new Set(steps.map((step) => step.templateKey));
    const spoken = new Set(everyCustomer(tx).map((one) => one.language));
    const languages = messageLanguages.filter((one) => one === 'en' || spoken.has(one));
    addStarters(tx, { languages, isWanted: ({ key }) => keys.has(key), at: now() });
    const row = { ...words, name: name.en, stepsJson: JSON.stringify(steps), isOn: false };
    return insertCadence(tx, { ...row, activeFrom: today, createdAt: now() });
  });
  changed('cadences', 'templates', 'reminders');
  return { cadenceId };
});

const assign = bookDoor.cadences.assign.handler(({ context, input }) => {
  const { db, now, today, changed } = context;
  const made = db.write((tx): Result<number> => {
    const judged = judgeScope(tx, input);
    if (!judged.ok) return judged;
    if (input.cadenceId !== null && cadenceById(tx, input.cadenceId)?.removedAt !== null)
      return cadenceGone();
    return ok(putAssignment(tx, { ...input, activeFrom: today, createdAt: now() }));
  });
  if (!made.ok) throw refused(made.refusal);
  changed('cadences', 'reminders');
  return { assignmentId: made.value };
});

function judgeScope(
  tx: ReadTx,
  { scope, scopeKey }: Pick<CadenceAssignment, 'scope' | 'scopeKey'>,
): Result<null> {
  const isThere = {
    company: () => scopeKey === '',
    tag: () => scopeKey !== '',
    customer: () => customerById(tx, Number(scopeKey)) !== undefined,
    bill: () => billById(tx, Number(scopeKey)) !== undefined,
  }[scope];
  if (isThere()) return ok(null);
  if (scope === 'customer') return customerGone();
  if (scope === 'bill')
    return refuse('bill-gone', 'This bill is no longer in the book.', { field: 'scopeKey' });
  const sentence = 'Say to whom the cadence applies: to all, or to a tag, a customer or a bill.';
  return refuse('scope-not-named', sentence, { field: 'scopeKey' });
}

const unassign = bookDoor.cadences.unassign.handler(({ context, input: { assignmentId } }) => {
  const isGone = context.db.write((tx) => removeAssignment(tx, assignmentId, context.now()));
  if (isGone) context.changed('cadences', 'reminders');
  return {};
});

/** A step that repeats without end is drawn so often. */
const DAYS_SHOWN_MOST = 60;

const stepDays = bookDoor.cadences.stepDays.handler(({ context: { db, today }, input }) => {
  const { steps, billDay, dueDay } = input;
  const judged = judgeSteps(steps, false);
  if (!judged.ok) throw refused(judged.refusal);
  const { holidays } = db.read((tx) => policyNow(tx, today));
  const closed = new Set(holidays.map((one) => one.day));
  return stepDaysOf({ steps }, { billDay, dueDay }, DAYS_SHOWN_MOST).map(({ step, day, repeat }) => ({
    stepId: step.stepId,
    day,
    repeat,
    isOnHoliday: closed.has(day),
  }));
});

export const cadences = { list, save, remove, restore, addPreset, assign, unassign, stepDays };

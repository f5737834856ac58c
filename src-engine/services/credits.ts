import { enterCredit, type EnteredCredit } from '#domain/credits.ts';
import {
  documentWarnings,
  foreignOf,
  gone,
  known,
  mayChange,
  numberKeyOf,
  standing,
  voided,
} from '#domain/documents.ts';
import { allocateOnlyNew } from '#domain/receipts.ts';
import type { Refusal } from '#domain/result.ts';
import { moneySides } from '../storage/allocation-sides.ts';
import { creditById, creditOfNumber, insertCredit, updateCredit } from '../storage/credits.ts';
import type { ReadTx, WriteTx } from '../storage/database.ts';
import { fieldChanges } from '../storage/edits.ts';
import { bringBack } from './allocations/bring-back.ts';
import { applyOnEntry, type Writing } from './allocations/write.ts';
import { accepted, byHand, changedHere, customerOf, keepOldValues, keepVoidReason } from './documents.ts';
import { bookDoor, refused } from './door.ts';

const get = bookDoor.credits.get.handler(({ context: { db }, input }) => {
  const credit = accepted(known(db.read((tx) => creditById(tx, input.creditId))));
  const { currency, foreignMinor, rateE6, voidedAt: _, ...shown } = credit;
  return { ...shown, foreign: foreignOf({ currency, foreignMinor, rateE6 }) };
});

const save = bookDoor.credits.save.handler(({ context, input }) => {
  const { creditId, allocate, ...entry } = input;
  const credit = accepted(enterCredit(entry, context.book.baseCurrency));
  const saved = context.db.write((tx) => {
    customerOf(tx, credit.customerId);
    const warnings = warningsOf(tx, context, { credit, creditId: creditId ?? null });
    if (creditId === undefined) {
      const id = insertCredit(tx, { ...credit, ...byHand(context) });
      applyOnEntry(tx, context, { money: { kind: 'credit', id }, allocate, documentDay: credit.creditDay });
      return { id, warnings: [...warnings] };
    }
    accepted(allocateOnlyNew(allocate));
    const source = changeCredit(tx, context, { creditId, credit });
    return { id: creditId, warnings: [...warnings, ...documentWarnings.imported(source)] };
  });
  context.changed('credits', 'bills', 'customers', 'aging');
  return saved;
});

type Change = { readonly creditId: number; readonly credit: EnteredCredit };

/** The source of the credit that was changed. */
function changeCredit(tx: WriteTx, { now, book }: Writing, { creditId, credit }: Change): string {
  const before = accepted(changedHere(standing(creditById(tx, creditId))));
  const side = moneySides(tx, 'credit', { ids: [creditId] }).get(creditId);
  if (!side) throw refused(gone().refusal);
  accepted(mayChange(side, credit, book.baseCurrency));
  updateCredit(tx, creditId, credit);
  const { customerId } = before;
  const of = { noun: 'credit' as const, rowId: creditId, customerId, editedAt: now() };
  keepOldValues(tx, of, { changes: fieldChanges({ ...before }, credit), customerId: credit.customerId });
  return before.source;
}

function warningsOf(
  tx: ReadTx,
  { today, book }: Writing,
  { credit, creditId }: { readonly credit: EnteredCredit; readonly creditId: number | null },
): readonly Refusal[] {
  const { number, customerId, creditDay } = credit;
  const wish = { customerId, exceptId: creditId };
  const used = number === null ? undefined : creditOfNumber(tx, { ...wish, numberKey: numberKeyOf(number) });
  return [
    ...documentWarnings.numberUsed('number-used', used, book.baseCurrency),
    ...documentWarnings.futureDay(creditDay, today),
  ];
}

const voidOne = bookDoor.credits.void.handler(({ context, input }) => {
  const { creditId, reason } = input;
  context.db.write((tx) => {
    const { customerId, voidReason: before } = accepted(changedHere(standing(creditById(tx, creditId))));
    const editedAt = context.now();
    updateCredit(tx, creditId, { voidedAt: editedAt, voidReason: reason });
    const of = { noun: 'credit' as const, rowId: creditId, customerId, editedAt };
    keepVoidReason(tx, of, { before, after: reason });
  });
  context.changed('credits', 'bills', 'customers', 'aging');
  return {};
});

const restore = bookDoor.credits.restore.handler(({ context, input }) => {
  const { creditId } = input;
  const warnings = context.db.write((tx) => {
    const { customerId, voidReason: before } = accepted(changedHere(voided(creditById(tx, creditId))));
    const made = bringBack(tx, context, { kind: 'credit', id: creditId });
    updateCredit(tx, creditId, { voidedAt: null, voidReason: null });
    const of = { noun: 'credit' as const, rowId: creditId, customerId, editedAt: context.now() };
    keepVoidReason(tx, of, { before, after: null });
    return made;
  });
  context.changed('credits', 'bills', 'customers', 'aging');
  return { warnings };
});

export const credits = { get, save, void: voidOne, restore };

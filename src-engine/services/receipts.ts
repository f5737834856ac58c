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
import { sumOf } from '#domain/money.ts';
import {
  allocateOnlyNew,
  daysToGo,
  enterReceipt,
  firstChequeDay,
  type EnteredReceipt,
} from '#domain/receipts.ts';
import type { Refusal } from '#domain/result.ts';
import { moneySides } from '../storage/allocation-sides.ts';
import type { ReadTx, WriteTx } from '../storage/database.ts';
import { fieldChanges } from '../storage/edits.ts';
import {
  insertReceipt,
  postDatedCheques,
  receiptById,
  receiptOfReference,
  updateReceipt,
} from '../storage/receipts.ts';
import { bringBack } from './allocations/bring-back.ts';
import { applyOnEntry, type Writing } from './allocations/write.ts';
import { accepted, byHand, changedHere, customerOf, keepOldValues, keepVoidReason } from './documents.ts';
import { bookDoor, refused } from './door.ts';

const get = bookDoor.receipts.get.handler(({ context: { db }, input }) => {
  const receipt = accepted(known(db.read((tx) => receiptById(tx, input.receiptId))));
  const { currency, foreignMinor, rateE6, voidedAt: _, ...shown } = receipt;
  return { ...shown, foreign: foreignOf({ currency, foreignMinor, rateE6 }) };
});

const save = bookDoor.receipts.save.handler(({ context, input }) => {
  const { receiptId, allocate, ...entry } = input;
  const receipt = accepted(enterReceipt(entry, context.book.baseCurrency));
  const saved = context.db.write((tx) => {
    customerOf(tx, receipt.customerId);
    const warnings = warningsOf(tx, context, { receipt, receiptId: receiptId ?? null });
    if (receiptId === undefined) {
      const id = insertReceipt(tx, { ...receipt, ...byHand(context) });
      const documentDay = receipt.receiptDay;
      applyOnEntry(tx, context, { money: { kind: 'receipt', id }, allocate, documentDay });
      return { id, warnings: [...warnings] };
    }
    accepted(allocateOnlyNew(allocate));
    const source = changeReceipt(tx, context, { receiptId, receipt });
    return { id: receiptId, warnings: [...warnings, ...documentWarnings.imported(source)] };
  });
  context.changed('receipts', 'bills', 'customers', 'aging');
  return saved;
});

type Change = { readonly receiptId: number; readonly receipt: EnteredReceipt };

/** The source of the receipt that was changed. */
function changeReceipt(tx: WriteTx, { now, book }: Writing, { receiptId, receipt }: Change): string {
  const before = accepted(changedHere(standing(receiptById(tx, receiptId))));
  const side = moneySides(tx, 'receipt', { ids: [receiptId] }).get(receiptId);
  if (!side) throw refused(gone().refusal);
  accepted(mayChange(side, receipt, book.baseCurrency));
  updateReceipt(tx, receiptId, receipt);
  const { customerId } = before;
  const of = { noun: 'receipt' as const, rowId: receiptId, customerId, editedAt: now() };
  keepOldValues(tx, of, { changes: fieldChanges({ ...before }, receipt), customerId: receipt.customerId });
  return before.source;
}

function warningsOf(
  tx: ReadTx,
  { today, book }: Writing,
  { receipt, receiptId }: { readonly receipt: EnteredReceipt; readonly receiptId: number | null },
): readonly Refusal[] {
  const { reference, customerId, receiptDay } = receipt;
  const wish = { customerId, exceptId: receiptId };
  const used =
    reference === null ? undefined : receiptOfReference(tx, { ...wish, numberKey: numberKeyOf(reference) });
  return [
    ...documentWarnings.numberUsed('reference-used', used, book.baseCurrency),
    ...documentWarnings.futureDay(receiptDay, today),
  ];
}

const voidOne = bookDoor.receipts.void.handler(({ context, input }) => {
  const { receiptId, reason } = input;
  context.db.write((tx) => {
    const { customerId, voidReason: before } = accepted(changedHere(standing(receiptById(tx, receiptId))));
    const editedAt = context.now();
    updateReceipt(tx, receiptId, { voidedAt: editedAt, voidReason: reason });
    const of = { noun: 'receipt' as const, rowId: receiptId, customerId, editedAt };
    keepVoidReason(tx, of, { before, after: reason });
  });
  context.changed('receipts', 'bills', 'customers', 'aging');
  return {};
});

const restore = bookDoor.receipts.restore.handler(({ context, input }) => {
  const { receiptId } = input;
  const warnings = context.db.write((tx) => {
    const { customerId, voidReason: before } = accepted(changedHere(voided(receiptById(tx, receiptId))));
    const made = bringBack(tx, context, { kind: 'receipt', id: receiptId });
    updateReceipt(tx, receiptId, { voidedAt: null, voidReason: null });
    const of = { noun: 'receipt' as const, rowId: receiptId, customerId, editedAt: context.now() };
    keepVoidReason(tx, of, { before, after: null });
    return made;
  });
  context.changed('receipts', 'bills', 'customers', 'aging');
  return { warnings };
});

const cheques = bookDoor.receipts.cheques.handler(({ context: { db, today }, input }) => {
  const asOf = input.asOf ?? today;
  const wish = { asOf, fromChequeDay: firstChequeDay(asOf), customerId: input.customerId ?? null };
  const found = db.read((tx) => postDatedCheques(tx, wish));
  const rows = found.map((cheque) => ({ ...cheque, daysToGo: daysToGo(cheque.chequeDay, asOf) }));
  const toCome = rows.filter((cheque) => cheque.daysToGo > 0);
  return { asOf, rows, toComePaise: sumOf(toCome, (cheque) => cheque.amountPaise) };
});

export const receipts = { get, save, void: voidOne, restore, cheques };

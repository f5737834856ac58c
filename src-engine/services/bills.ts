import { foreignOf, known, standing, voided } from '#domain/documents.ts';
import { billById, updateBill, type BillFacts } from '../storage/bills.ts';
import type { WriteTx } from '../storage/database.ts';
import { insertEdits } from '../storage/edits.ts';
import { instalmentsOfBill } from '../storage/instalments.ts';
import { bringBack } from './allocations/bring-back.ts';
import { listOpen } from './bills/list-open.ts';
import { save } from './bills/save.ts';
import { search } from './bills/search.ts';
import { accepted, changedHere } from './documents.ts';
import { bookDoor } from './door.ts';

const get = bookDoor.bills.get.handler(({ context: { db }, input }) =>
  db.read((tx) => {
    const bill = accepted(known(billById(tx, input.billId)));
    const { currency, foreignMinor, rateE6, voidedAt: _, ...shown } = bill;
    const instalments = instalmentsOfBill(tx, input.billId).map(({ position: _at, ...one }) => one);
    return { ...shown, foreign: foreignOf({ currency, foreignMinor, rateE6 }), instalments };
  }),
);

const voidOne = bookDoor.bills.void.handler(({ context, input }) => {
  const { billId, reason } = input;
  context.db.write((tx) => {
    const bill = accepted(changedHere(standing(billById(tx, billId))));
    const voidedAt = context.now();
    updateBill(tx, billId, { voidedAt, voidReason: reason });
    keepEdit(tx, bill, { editedAt: voidedAt, field: 'voidReason', after: reason });
  });
  context.changed('bills', 'receipts', 'credits', 'customers', 'aging');
  return {};
});

const restore = bookDoor.bills.restore.handler(({ context, input }) => {
  const { billId } = input;
  const warnings = context.db.write((tx) => {
    const bill = accepted(changedHere(voided(billById(tx, billId))));
    const made = bringBack(tx, context, { kind: 'bill', id: billId });
    updateBill(tx, billId, { voidedAt: null, voidReason: null });
    keepEdit(tx, bill, { editedAt: context.now(), field: 'voidReason', after: null });
    return made;
  });
  context.changed('bills', 'receipts', 'credits', 'customers', 'aging');
  return { warnings };
});

const doNotChase = bookDoor.bills.doNotChase.handler(({ context, input }) => {
  const { billId, reason } = input;
  context.db.write((tx) => {
    const bill = accepted(standing(billById(tx, billId)));
    updateBill(tx, billId, { doNotChaseReason: reason });
    keepEdit(tx, bill, { editedAt: context.now(), field: 'doNotChaseReason', after: reason });
  });
  context.changed('bills', 'customers');
  return {};
});

type KeptEdit = {
  readonly editedAt: number;
  readonly field: 'voidReason' | 'doNotChaseReason';
  readonly after: string | null;
};

function keepEdit(tx: WriteTx, bill: BillFacts, { editedAt, field, after }: KeptEdit): void {
  const { billId: rowId, customerId } = bill;
  const of = { noun: 'bill' as const, rowId, customerId, editedAt, importBatchId: null };
  insertEdits(tx, of, [{ field, before: bill[field], after }]);
}

export const bills = { listOpen, get, save, void: voidOne, restore, doNotChase, search };

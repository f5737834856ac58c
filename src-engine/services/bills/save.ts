import { changeInstalments, enterBill, limitAfter, type BillEntry, type EnteredBill } from '#domain/bills.ts';
import { documentWarnings, gone, mayChange, numberKeyOf, standing } from '#domain/documents.ts';
import type { Refusal } from '#domain/result.ts';
import { billSides } from '../../storage/allocation-sides.ts';
import {
  billById,
  billOfNumber,
  insertBill,
  owedAsOf,
  updateBill,
  type BillFacts,
} from '../../storage/bills.ts';
import type { CustomerFacts } from '../../storage/customers.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import { fieldChanges } from '../../storage/edits.ts';
import { instalmentsOfBill, writeInstalments } from '../../storage/instalments.ts';
import { accepted, byHand, changedHere, customerOf, keepOldValues } from '../documents.ts';
import { bookDoor, refused, type BookContext } from '../door.ts';

type Context = Pick<BookContext, 'now' | 'newId' | 'today' | 'book'>;
type Saved = { readonly id: number; readonly warnings: Refusal[] };

export const save = bookDoor.bills.save.handler(({ context, input }) => {
  const { billId, ...entry } = input;
  const saved = context.db.write((tx) =>
    billId === undefined ? addBill(tx, context, entry) : changeBill(tx, context, { billId, entry }),
  );
  context.changed('bills', 'customers', 'aging');
  return saved;
});

function addBill(tx: WriteTx, context: Context, entry: BillEntry): Saved {
  const customer = customerOf(tx, entry.customerId);
  const bill = accepted(enterBill(entry, termsOf(customer, context)));
  const limit = checkLimit(tx, context, { customer, bill, billId: null });
  const warnings = [...limit, ...warningsOf(tx, context, { bill, billId: null })];
  const { instalments, ...fields } = bill;
  const id = insertBill(tx, { ...fields, ...byHand(context) });
  writeInstalments(tx, id, { kept: [], added: instalments, removedIds: [] });
  return { id, warnings };
}

function changeBill(
  tx: WriteTx,
  context: Context,
  { billId, entry }: { readonly billId: number; readonly entry: BillEntry },
): Saved {
  const before = accepted(changedHere(standing(billById(tx, billId))));
  const side = billSides(tx, { ids: [billId] }).get(billId);
  if (!side) throw refused(gone().refusal);
  const customer = customerOf(tx, entry.customerId);
  const bill = accepted(enterBill(entry, termsOf(customer, context)));
  const { baseCurrency } = context.book;
  accepted(mayChange(side, bill, baseCurrency));
  const instalmentsBefore = instalmentsOfBill(tx, billId);
  const parts = accepted(
    changeInstalments({ instalments: instalmentsBefore, spans: side.spans }, bill.instalments, baseCurrency),
  );
  const warnings = [
    ...(owesMore(before, bill) ? checkLimit(tx, context, { customer, bill, billId }) : []),
    ...warningsOf(tx, context, { bill, billId }),
    ...documentWarnings.imported(before.source),
  ];
  const { instalments, ...fields } = bill;
  updateBill(tx, billId, fields);
  writeInstalments(tx, billId, parts);
  keepChanges(tx, context, {
    before,
    fields,
    instalments: { before: partsText(instalmentsBefore), after: partsText(instalments) },
  });
  return { id: billId, warnings };
}

type Changed = {
  readonly before: BillFacts;
  readonly fields: Omit<EnteredBill, 'instalments'>;
  readonly instalments: { readonly before: string | null; readonly after: string | null };
};

function keepChanges(tx: WriteTx, context: Context, { before, fields, instalments }: Changed): void {
  const { billId: rowId, customerId } = before;
  const changes = [
    ...fieldChanges({ ...before }, fields),
    ...fieldChanges({ instalments: instalments.before }, { instalments: instalments.after }),
  ];
  const of = { noun: 'bill' as const, rowId, customerId, editedAt: context.now() };
  keepOldValues(tx, of, { changes, customerId: fields.customerId });
}

function partsText(
  parts: readonly { readonly dueDay: string; readonly amountPaise: number }[],
): string | null {
  return parts.length === 0
    ? null
    : parts.map(({ dueDay, amountPaise }) => `${dueDay} ${amountPaise}`).join('; ');
}

function owesMore(before: BillFacts, after: EnteredBill): boolean {
  return (
    after.amountPaise > before.amountPaise ||
    after.customerId !== before.customerId ||
    after.billDay !== before.billDay
  );
}

type Judged = { readonly bill: EnteredBill; readonly billId: number | null };

/** As of the bill's own day: what was owed then, net, and this bill. */
function checkLimit(
  tx: ReadTx,
  { book }: Context,
  { customer, bill, billId }: Judged & { readonly customer: CustomerFacts },
): readonly Refusal[] {
  const { customerId, billDay: asOf, amountPaise: billPaise } = bill;
  const outstandingPaise = owedAsOf(tx, { customerId, asOf, exceptBillId: billId });
  return accepted(limitAfter(customer, { outstandingPaise, billPaise }, book.baseCurrency));
}

function warningsOf(tx: ReadTx, { today, book }: Context, { bill, billId }: Judged): readonly Refusal[] {
  const { number, customerId, billDay } = bill;
  const used =
    number === null
      ? undefined
      : billOfNumber(tx, { customerId, numberKey: numberKeyOf(number), exceptId: billId });
  return [
    ...documentWarnings.numberUsed('number-used', used, book.baseCurrency),
    ...documentWarnings.futureDay(billDay, today),
  ];
}

function termsOf({ creditDays }: CustomerFacts, { book }: Context) {
  return { baseCurrency: book.baseCurrency, creditDays };
}

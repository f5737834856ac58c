import type { Proposal } from '#contract/engine/allocations.ts';
import { openPartsOf, mayPay, roomFrom, type BillSide, type MoneySide } from '#domain/allocation.ts';
import type { Day } from '#domain/days.ts';
import { paise, sumOf } from '#domain/money.ts';
import { oldestFirst as fillOldestFirst } from '#domain/oldest-first.ts';
import { billSides, moneySides, type SideScope } from '../storage/allocation-sides.ts';
import type { ReadTx } from '../storage/database.ts';
import { applyChosen, insertApplications, moneyOf, planDayOf, undoAllocations } from './allocations/write.ts';
import { bookDoor, type BookContext } from './door.ts';

/** An allocation moves figures of bills, of money and of customers. */
function tellOfAllocations({ changed }: Pick<BookContext, 'changed'>): void {
  changed('bills', 'receipts', 'credits', 'customers', 'aging');
}

const propose = bookDoor.allocations.propose.handler(({ context: { db, today }, input }) =>
  db.read((tx) => {
    const money = moneyOf(tx, input.money);
    const bills = [...billSides(tx, { customerId: money.customerId }).values()];
    return proposalOf(money, bills, planDayOf(money, today));
  }),
);

function proposalOf(money: MoneySide, bills: readonly BillSide[], day: Day): Proposal {
  const given = new Map(
    fillOldestFirst([money], bills, day).map(({ billId, amountPaise }) => [billId, amountPaise]),
  );
  const parts = bills
    .filter((bill) => bill.currency === money.currency && mayPay(money, bill))
    .flatMap((bill) => {
      const open = openPartsOf(bill);
      const { billId, number, billDay } = bill;
      const dueDay = open[0]?.dueDay;
      if (dueDay === undefined) return [];
      const openPaise = sumOf(open, (part) => part.openPaise);
      return [{ billId, number, billDay, dueDay, openPaise, amountPaise: given.get(billId) ?? paise(0) }];
    })
    .toSorted((a, b) => {
      const [one, other] = [`${a.dueDay}${a.billDay}`, `${b.dueDay}${b.billDay}`];
      return one < other ? -1 : one > other ? 1 : a.billId - b.billId;
    });
  const { kind, documentId, customerId } = money;
  return { money: { kind, id: documentId }, customerId, unallocatedPaise: roomFrom(money, day), parts };
}

const apply = bookDoor.allocations.apply.handler(({ context, input }) => {
  const day = input.day ?? context.today;
  const allocationIds = context.db.write((tx) =>
    applyChosen(tx, context, { money: moneyOf(tx, input.money), parts: input.parts, day }),
  );
  tellOfAllocations(context);
  return { allocationIds };
});

const undo = bookDoor.allocations.undo.handler(({ context, input }) => {
  const { allocationIds: ids, day } = input;
  const allocationIds = context.db.write((tx) => undoAllocations(tx, context, { ids, day }));
  tellOfAllocations(context);
  return { allocationIds };
});

const oldestFirst = bookDoor.allocations.oldestFirst.handler(({ context, input }) => {
  const day = input.day ?? context.today;
  const done = context.db.write((tx) => {
    const { moneys, bills } = sidesOf(tx, input.customerId);
    // Bills and receipts get their ids in the order of time: written in this order, both indexes grow at their ends.
    const made = fillOldestFirst(moneys, bills, day).toSorted((a, b) => a.billId - b.billId);
    return { made, allocationIds: insertApplications(tx, context, { made, day }) };
  });
  if (done.made.length > 0) tellOfAllocations(context);
  return {
    allocationIds: done.allocationIds,
    appliedPaise: sumOf(done.made, (one) => one.amountPaise),
    billCount: new Set(done.made.map((one) => one.billId)).size,
  };
});

function sidesOf(
  tx: ReadTx,
  customerId: number | undefined,
): { readonly moneys: readonly MoneySide[]; readonly bills: readonly BillSide[] } {
  const scope: SideScope = customerId === undefined ? 'book' : { customerId };
  const receipts = moneySides(tx, 'receipt', scope).values();
  const credits = moneySides(tx, 'credit', scope).values();
  return { moneys: [...receipts, ...credits], bills: [...billSides(tx, scope).values()] };
}

export const allocations = { propose, apply, undo, oldestFirst };

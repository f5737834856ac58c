import { balancesOf, billsOf } from './balances.ts';
import { plusDays, yearEnd, yearStart } from './calendar.ts';
import type { FakeBook, FakeLedger, FakeVoucher } from './records.ts';

/**
 * What a split leaves as the younger company: the same GUIDs, another number and beginning, openings in place of all
 * that was before.
 */
export function splitBook(book: FakeBook, from: string, name = book.name): FakeBook {
  const before = plusDays(from, -1);
  const { closing } = balancesOf(book, { from: book.booksFrom, to: before });
  const open = billsOf(book, before).filter((bill) => bill.balance !== 0);
  const ledgers = new Map<number, FakeLedger>();
  for (const [id, ledger] of book.ledgers) {
    const openingBills = open
      .filter((bill) => bill.ledgerId === id)
      .map(({ ref, billDay, period, balance, isAdvance }) => ({
        ref,
        billDate: billDay,
        period,
        amount: balance,
        advance: isAdvance,
      }));
    ledgers.set(id, { ...ledger, opening: closing.get(id) ?? 0, openingBills });
  }
  const vouchers = new Map<number, FakeVoucher>();
  for (const [id, voucher] of book.vouchers) if (voucher.date >= from) vouchers.set(id, voucher);
  return {
    ...book,
    name,
    number: String(Number(book.number) + 1),
    booksFrom: from,
    startingFrom: from,
    displayFrom: yearStart(from),
    displayTo: yearEnd(from),
    ledgers,
    vouchers,
    revaluations: book.revaluations.filter((row) => row.from >= from),
  };
}

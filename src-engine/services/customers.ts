import type { BillRow, MoneyIn } from '#contract/engine/customers.ts';
import {
  appliedAsOf,
  bucketOf,
  customerOf,
  figuresByCustomer,
  figuresOf,
  type OpenItem,
} from '#domain/aging.ts';
import { daysBetween, type Day } from '#domain/days.ts';
import { nameKeyOf } from '#domain/imports/names.ts';
import type { Ledger, LedgerBill } from '#domain/ledger.ts';
import { paise, ZERO } from '#domain/money.ts';
import { refuse } from '#domain/result.ts';
import { customerById, customersAsOf, searchCustomers } from '../storage/customers.ts';
import { showOpenItem } from './bills.ts';
import { bookDoor, refused } from './door.ts';
import { ledgerNow, openItemsNow } from './ledger.ts';

const list = bookDoor.customers.list.handler(({ context: { db, today }, input }) => {
  const asOf = input.asOf ?? today;
  const byCustomer = figuresByCustomer(openItemsNow(db, asOf));
  const nothing = figuresOf([]);
  const nameKey = nameKeyOf(input.search);
  const text = input.search.trim().toLowerCase();
  const found = db
    .read((tx) => customersAsOf(tx, asOf))
    .filter((one) => text === '' || hasText(one, { text, nameKey }));
  const rows = found.map((one) => ({ ...one, ...(byCustomer.get(one.customerId) ?? nothing) }));
  const ids = new Set(rows.map((row) => row.customerId));
  const totals = figuresOf(openItemsNow(db, asOf).filter((item) => ids.has(customerOf(item))));
  return { asOf, rows, totals };
});

type Searched = {
  readonly name: string;
  readonly code: string | null;
  readonly phone: string | null;
  readonly gstin: string | null;
};

function hasText(one: Searched, wish: { readonly text: string; readonly nameKey: string }): boolean {
  const { text, nameKey } = wish;
  return (
    one.name.toLowerCase().includes(text) ||
    (nameKey !== '' && nameKeyOf(one.name).includes(nameKey)) ||
    [one.code, one.phone, one.gstin].some((value) => value?.toLowerCase().includes(text) ?? false)
  );
}

const get = bookDoor.customers.get.handler(
  ({ context: { db, today }, input: { customerId, asOf: wished } }) => {
    const asOf = wished ?? today;
    const customer = db.read((tx) => customerById(tx, customerId));
    if (!customer) throw refused(refuse('customer-gone', 'This customer is no longer in the book.').refusal);
    const items = openItemsNow(db, asOf).filter((item) => customerOf(item) === customerId);
    const ledger = ledgerNow(db);
    return {
      asOf,
      customer,
      figures: figuresOf(items),
      bills: billRows(ledger, items, { customerId, asOf }),
      moneyIn: moneyInRows(ledger, { customerId, asOf }),
      openItems: items.map((item) => showOpenItem(item, customer.name)),
    };
  },
);

type Wish = { readonly customerId: number; readonly asOf: Day };

/** Bills of the customer up to the as-of day: open ones first, oldest due day first; then the closed, newest first. */
function billRows(ledger: Ledger, items: readonly OpenItem[], wish: Wish): BillRow[] {
  const open = Map.groupBy(
    items.filter((item) => item.bill !== null),
    (item) => (item.bill === null ? 0 : item.bill.billId),
  );
  const settlements = settlementsByBill(ledger, wish.asOf);
  const rows: BillRow[] = [];
  ledger.bills.forEach((bill, at) => {
    if (bill.customerId !== wish.customerId || bill.billDay > wish.asOf) return;
    rows.push(
      billRow(bill, open.get(bill.billId) ?? [], { asOf: wish.asOf, settlements: settlements.get(at) ?? [] }),
    );
  });
  return rows.toSorted(
    (a, b) =>
      Number(b.openPaise > 0) - Number(a.openPaise > 0) ||
      (a.openPaise > 0 ? compare(a.dueDay, b.dueDay) : compare(b.billDay, a.billDay)),
  );
}

function billRow(
  bill: LedgerBill,
  open: readonly OpenItem[],
  more: { readonly asOf: Day; readonly settlements: BillRow['settlements'] },
): BillRow {
  const { billId, kind, number, billDay, amountPaise, currency, foreignMinor } = bill;
  const oldest = open[0];
  const dueDay = oldest?.dueDay ?? bill.dueDay;
  return {
    billId,
    kind,
    number,
    billDay,
    dueDay,
    amountPaise,
    openPaise: paise(open.reduce((sum, item) => sum + item.openPaise, 0)),
    daysLate: daysBetween(dueDay, more.asOf),
    bucket: oldest ? bucketOf(oldest.daysLate) : null,
    currency,
    foreignMinor,
    settlements: more.settlements,
  };
}

function settlementsByBill(ledger: Ledger, asOf: Day): ReadonlyMap<number, BillRow['settlements']> {
  const counted = ledger.allocations.filter((one) => {
    const money = ledger.moneyIn[one.moneyIn];
    return one.allocationDay <= asOf && money !== undefined && money.effectiveDay <= asOf;
  });
  const byBill = Map.groupBy(counted, (one) => one.bill);
  return new Map(
    [...byBill].map(([at, own]) => [
      at,
      own.map(({ moneyIn, allocationDay, amountPaise }) => {
        const money = ledger.moneyIn[moneyIn];
        if (!money) throw new Error('An allocation points at no receipt.');
        const { kind, documentId, number } = money;
        return { kind, documentId, number, allocationDay, amountPaise };
      }),
    ]),
  );
}

function moneyInRows(ledger: Ledger, wish: Wish): MoneyIn[] {
  const applied = appliedAsOf(ledger, wish.asOf);
  const rows: MoneyIn[] = [];
  ledger.moneyIn.forEach((money, at) => {
    if (money.customerId !== wish.customerId || money.day > wish.asOf) return;
    const { kind, documentId, number, day, effectiveDay, amountPaise, currency, foreignMinor } = money;
    const unallocatedPaise =
      effectiveDay > wish.asOf ? ZERO : paise(amountPaise - (applied.ofMoneyIn[at] ?? 0));
    const chequeDay = effectiveDay > day ? effectiveDay : null;
    rows.push({
      kind,
      documentId,
      number,
      day,
      amountPaise,
      unallocatedPaise,
      currency,
      foreignMinor,
      chequeDay,
    });
  });
  return rows.toSorted((a, b) => compare(b.day, a.day));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const search = bookDoor.customers.search.handler(({ context: { db }, input: { text } }) => {
  if (text.trim() === '') return [];
  return [...db.read((tx) => searchCustomers(tx, { text: text.trim(), nameKey: nameKeyOf(text) }))];
});

export const customers = { list, get, search };

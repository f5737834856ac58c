import type { AgingRow } from '#contract/engine/aging.ts';
import {
  bucketsOf,
  figuresByCustomer,
  figuresOf,
  sumOfPart,
  bucketOf,
  type OpenItem,
} from '#domain/aging.ts';
import { monthsBefore, previousMonth } from '#domain/days.ts';
import { bucketTotalsOn } from '#domain/ledger-columns.ts';
import { paise, sumOf } from '#domain/money.ts';
import { bookCounts } from '../storage/books.ts';
import { customerNames } from '../storage/customers.ts';
import type { BookFile } from '../storage/database.ts';
import { bookDoor } from './door.ts';
import { columnsNow, openItemsNow } from './ledger.ts';

const TOP_DEBTORS = 10;

/** Customers with anything open, largest outstanding first, then by name. */
export function agingRows(db: BookFile, items: readonly OpenItem[]): AgingRow[] {
  const names = db.read(customerNames);
  const rows = [...figuresByCustomer(items)].map(([customerId, figures]) => {
    const { name, code } = names.get(customerId) ?? { name: '', code: null };
    return { customerId, name, code, ...figures };
  });
  return rows.toSorted((a, b) => b.outstandingPaise - a.outstandingPaise || a.name.localeCompare(b.name));
}

const table = bookDoor.aging.table.handler(({ context: { db, book, today }, input }) => {
  const asOf = input.asOf ?? today;
  const items = openItemsNow(db, asOf);
  return {
    asOf,
    baseCurrency: book.baseCurrency,
    buckets: [...bucketsOf()],
    rows: agingRows(db, items),
    totals: figuresOf(items),
  };
});

const summary = bookDoor.aging.summary.handler(({ context: { db, book, today }, input }) => {
  const asOf = input.asOf ?? today;
  const previousDay = previousMonth(asOf);
  const items = openItemsNow(db, asOf);
  const before = openItemsNow(db, previousDay);
  return {
    asOf,
    previousDay,
    baseCurrency: book.baseCurrency,
    buckets: [...bucketsOf()],
    totals: figuresOf(items),
    previous: figuresOf(before),
    ninetyPlusPaise: sumOfPart(items, 'over-90'),
    previousNinetyPlusPaise: sumOfPart(before, 'over-90'),
    dueSoonPaise: sumOfPart(items, 'due-30'),
    previousDueSoonPaise: sumOfPart(before, 'due-30'),
    bucketBillCounts: billCounts(items),
    topDebtors: agingRows(db, items).slice(0, TOP_DEBTORS),
    customerCount: db.read(bookCounts).customerCount,
  };
});

/** Open bills (instalments) per bucket. */
function billCounts(items: readonly OpenItem[]): number[] {
  const counts = bucketsOf().map(() => 0);
  for (const item of items) {
    const at = bucketOf(item.daysLate);
    if (item.bill !== null) counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

const trend = bookDoor.aging.trend.handler(({ context: { db, today }, input }) => {
  const days = monthsBefore(input.asOf ?? today, input.months);
  const totals = bucketTotalsOn(columnsNow(db), days);
  const months = days.map((day, at) => {
    const buckets = (totals[at] ?? []).map(paise);
    return { day, buckets, outstandingPaise: sumOf(buckets, (amount) => amount) };
  });
  return { buckets: [...bucketsOf()], months };
});

export const aging = { table, summary, trend };

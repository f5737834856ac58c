import type { OpenItem as OpenItemShape } from '#contract/engine/bills.ts';
import { bucketOf, customerOf, isInPart, type OpenItem } from '#domain/aging.ts';
import { sumOf } from '#domain/money.ts';
import { customerNames } from '../storage/customers.ts';
import { bookDoor } from './door.ts';
import { openItemsNow } from './ledger.ts';

/** An open item as the door shows it. */
export function showOpenItem(item: OpenItem, customerName: string): OpenItemShape {
  const { dueDay, amountPaise, openPaise, daysLate } = item;
  const shown = { customerName, dueDay, amountPaise, openPaise, daysLate, bucket: bucketOf(daysLate) };
  if (item.bill === null) {
    const { kind, documentId, customerId, number, day, currency, foreignMinor } = item.moneyIn;
    const key = `${kind === 'receipt' ? 'receipt' : 'credit'}:${documentId}`;
    return { key, kind, customerId, number, day, currency, foreignMinor, ...shown };
  }
  const { billId, kind, customerId, number, billDay, currency, foreignMinor } = item.bill;
  const key = `bill:${billId}:${item.position}`;
  return { key, kind, customerId, number, day: billDay, currency, foreignMinor, ...shown };
}

const listOpen = bookDoor.bills.listOpen.handler(({ context: { db, today }, input }) => {
  const asOf = input.asOf ?? today;
  const names = db.read(customerNames);
  const chosen = openItemsNow(db, asOf).filter(
    (item) =>
      (input.customerId === undefined || customerOf(item) === input.customerId) &&
      (input.bucket === undefined || bucketOf(item.daysLate) === input.bucket) &&
      (input.part === undefined || isInPart(item, input.part)),
  );
  const rows = chosen
    .map((item) => showOpenItem(item, names.get(customerOf(item))?.name ?? ''))
    .toSorted((a, b) => (a.dueDay < b.dueDay ? -1 : a.dueDay > b.dueDay ? 1 : 0));
  return { asOf, rows, openPaise: sumOf(rows, (row) => row.openPaise) };
});

export const bills = { listOpen };

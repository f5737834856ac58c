import type { OpenItem as OpenItemShape } from '#contract/engine/bills.ts';
import { bucketOf, bucketOfItem, customerOf, type AgingView, type OpenItem } from '#domain/aging.ts';
import { sumOf } from '#domain/money.ts';
import { chooseItems } from '../aging/open-items.ts';
import { questionOf } from '../aging-view.ts';
import { bookDoor } from '../door.ts';
import { facesNow } from '../ledger.ts';

/** An open item as the door shows it; its bucket is that of the default view unless one is handed in. */
export function showOpenItem(item: OpenItem, customerName: string, view?: AgingView): OpenItemShape {
  const { dueDay, amountPaise, openPaise, daysLate } = item;
  const bucket = view ? bucketOfItem(item, view) : bucketOf(daysLate);
  const shown = { customerName, dueDay, amountPaise, openPaise, daysLate, bucket };
  if (item.bill === null) {
    const { kind, documentId, customerId, number, day, currency, foreignMinor } = item.moneyIn;
    const key = `${kind === 'receipt' ? 'receipt' : 'credit'}:${documentId}`;
    return { key, kind, customerId, number, day, currency, foreignMinor, ...shown };
  }
  const { billId, kind, customerId, number, billDay, currency, foreignMinor } = item.bill;
  const key = `bill:${billId}:${item.position}`;
  return { key, kind, customerId, number, day: billDay, currency, foreignMinor, ...shown };
}

export const listOpen = bookDoor.bills.listOpen.handler(({ context, input }) => {
  const question = questionOf(context, input);
  const { byId } = facesNow(context.db);
  const { items } = chooseItems(context.db, question, input);
  const rows = items
    .map((item) => showOpenItem(item, byId.get(customerOf(item))?.name ?? '', question.view))
    .toSorted((a, b) => (a.dueDay < b.dueDay ? -1 : a.dueDay > b.dueDay ? 1 : 0));
  return { asOf: question.asOf, rows, openPaise: sumOf(rows, (row) => row.openPaise) };
});

import { appliedFrom, type OpenItem } from './aging.ts';
import type { Day } from './days.ts';
import type { Foreign, Ledger, LedgerAllocation } from './ledger.ts';
import { mulDiv, paise, split, type Paise } from './money.ts';

/**
 * What of each item is open in the item's own currency, in its minor unit and with the item's sign; items in the book's
 * currency are left out. Where an allocation does not say its foreign amount it has the share of its base amount, and
 * what closes a document takes whatever is left. A bill's open foreign amount is shared out over its open instalments.
 */
export function foreignOpen(
  ledger: Ledger,
  items: readonly OpenItem[],
  asOf: Day,
): ReadonlyMap<OpenItem, number> {
  const open = new Map<OpenItem, number>();
  const counted = ledger.allocations.filter((one) => appliedFrom(ledger, one).fromDay <= asOf);
  const byBill = Map.groupBy(counted, (one) => ledger.bills[one.bill]);
  const byMoney = Map.groupBy(counted, (one) => ledger.moneyIn[one.moneyIn]);
  const byDocument = Map.groupBy(items, (item) => item.bill ?? item.moneyIn);
  for (const [document, own] of byDocument) {
    if (document.currency === null) continue;
    const isBill = 'billId' in document;
    const allocations = (isBill ? byBill.get(document) : byMoney.get(document)) ?? [];
    const says = (one: LedgerAllocation): number | null =>
      isBill || ledger.bills[one.bill]?.currency === document.currency ? one.foreignMinor : null;
    const minor = openMinor(document, allocations, says);
    const parts = split(
      minor,
      own.map((item) => Math.abs(item.openPaise)),
    );
    own.forEach((item, at) => open.set(item, isBill ? (parts[at] ?? 0) : 0 - (parts[at] ?? 0)));
  }
  return open;
}

type Document = Foreign & { readonly amountPaise: Paise };

function openMinor(
  { foreignMinor, amountPaise }: Document,
  allocations: readonly LedgerAllocation[],
  says: (one: LedgerAllocation) => number | null,
): Paise {
  const whole = foreignMinor ?? 0;
  let left = whole;
  for (const one of allocations) left -= says(one) ?? mulDiv(one.amountPaise, whole, amountPaise);
  // Rounded shares may add up to a little more than the whole.
  return paise(Math.min(whole, Math.max(0, left)));
}

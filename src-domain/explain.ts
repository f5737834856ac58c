import { appliedFrom, openInstalments, type OpenItem } from './aging.ts';
import type { Day } from './days.ts';
import type { Instalment, Ledger, LedgerAllocation } from './ledger.ts';
import { negate, paise, type Paise } from './money.ts';

/** One application as seen from the document: amount less the sum of these is what is open. */
export type AppliedPart = {
  readonly kind: string;
  readonly number: string | null;
  /** The other document's own day. */
  readonly day: Day;
  readonly allocationDay: Day;
  readonly amountPaise: Paise;
};

/** What was applied to each open item as of a day. What a receipt gave to bills is negative, as the receipt itself is. */
export function appliedTo(
  ledger: Ledger,
  items: readonly OpenItem[],
  asOf: Day,
): ReadonlyMap<OpenItem, readonly AppliedPart[]> {
  const counted = ledger.allocations
    .map((allocation) => ({ allocation, ...appliedFrom(ledger, allocation) }))
    .filter((one) => one.fromDay <= asOf)
    .toSorted((a, b) => (a.fromDay < b.fromDay ? -1 : a.fromDay > b.fromDay ? 1 : 0));
  const byBill = Map.groupBy(counted, (one) => one.bill);
  const byMoney = Map.groupBy(counted, (one) => one.money);
  const applied = new Map<OpenItem, readonly AppliedPart[]>();
  for (const item of items) {
    if (item.bill === null) {
      const own = byMoney.get(item.moneyIn) ?? [];
      applied.set(
        item,
        own.map(({ bill, allocation }) => ({
          kind: bill.kind,
          number: bill.number,
          day: bill.billDay,
          allocationDay: allocation.allocationDay,
          amountPaise: negate(allocation.amountPaise),
        })),
      );
      continue;
    }
    const own = byBill.get(item.bill) ?? [];
    const shares = sharesOf(
      item.bill.instalments,
      own.map((one) => one.allocation),
      item.position,
    );
    const parts = own.map(({ money, allocation }, at) => ({
      kind: money.kind,
      number: money.number,
      day: money.day,
      allocationDay: allocation.allocationDay,
      amountPaise: shares[at] ?? allocation.amountPaise,
    }));
    applied.set(
      item,
      parts.filter((part) => part.amountPaise !== 0),
    );
  }
  return applied;
}

/** What each allocation, in its turn, did to one instalment. */
function sharesOf(
  instalments: readonly Instalment[] | null,
  allocations: readonly LedgerAllocation[],
  position: number,
): readonly Paise[] {
  if (!instalments) return allocations.map((one) => one.amountPaise);
  const named = new Map<number, number>();
  let settled = 0;
  const openNow = (): number =>
    openInstalments(instalments, settled, named).find((part) => part.position === position)?.openPaise ?? 0;
  let before = openNow();
  return allocations.map(({ amountPaise, instalmentId }) => {
    settled += amountPaise;
    if (instalmentId !== null) named.set(instalmentId, (named.get(instalmentId) ?? 0) + amountPaise);
    const after = openNow();
    const share = paise(before - after);
    before = after;
    return share;
  });
}

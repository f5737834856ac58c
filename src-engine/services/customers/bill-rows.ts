import type { BillRow } from '#contract/engine/customers.ts';
import { bucketOfItem, type AgingView, type OpenItem } from '#domain/aging.ts';
import { daysBetween, laterDay, type Day } from '#domain/days.ts';
import type { Ledger, LedgerBill } from '#domain/ledger.ts';
import { sumOf, ZERO } from '#domain/money.ts';
import type { CustomerLedger } from '../../storage/customer-ledger.ts';

export type PageView = { readonly customerId: number; readonly asOf: Day; readonly view: AgingView };

/** Bills of a customer up to the as-of day: open ones first, oldest due day first; then the closed, newest first. */
export function billRows(
  facts: CustomerLedger,
  items: readonly OpenItem[],
  { customerId, asOf, view }: PageView,
): BillRow[] {
  const open = Map.groupBy(items, (item) => item.bill?.billId ?? null);
  const settlements = settlementsByBill(facts, asOf);
  const rows: BillRow[] = [];
  facts.ledger.bills.forEach((bill, at) => {
    if (bill.customerId !== customerId || bill.billDay > asOf) return;
    const parts = open.get(bill.billId) ?? [];
    const doNotChaseReason = facts.doNotChase.get(bill.billId) ?? null;
    const more = { doNotChaseReason, settlements: settlements.get(at) ?? [] };
    rows.push({ ...billRow(bill, parts, { asOf, view }), ...more });
  });
  return rows.toSorted(openFirst);
}

type Seen = { readonly asOf: Day; readonly view: AgingView };

function billRow(
  bill: LedgerBill,
  open: readonly OpenItem[],
  { asOf, view }: Seen,
): Omit<BillRow, 'doNotChaseReason' | 'settlements'> {
  const { billId, kind, number, billDay, amountPaise, currency, foreignMinor } = bill;
  const oldest = open[0];
  // The day beside the days late must be the one they count from.
  const dueDay = oldest?.dueDay ?? bill.dueDay;
  return {
    billId,
    kind,
    number,
    billDay,
    dueDay,
    amountPaise,
    openPaise: sumOf(open, (item) => item.openPaise),
    daysLate: oldest?.daysLate ?? daysBetween(dueDay, asOf),
    bucket: oldest ? bucketOfItem(oldest, view) : null,
    currency,
    foreignMinor,
    instalments: (bill.instalments ?? []).map(({ instalmentId, position, ...part }) => {
      const item = open.find((one) => one.bill !== null && one.position === position);
      return {
        instalmentId,
        position,
        ...part,
        openPaise: item?.openPaise ?? ZERO,
        daysLate: daysBetween(part.dueDay, asOf),
        bucket: item ? bucketOfItem(item, view) : null,
      };
    }),
  };
}

function openFirst(a: BillRow, b: BillRow): number {
  const [isOpenA, isOpenB] = [a.openPaise > 0, b.openPaise > 0];
  if (isOpenA !== isOpenB) return isOpenA ? -1 : 1;
  return isOpenA ? b.daysLate - a.daysLate : compare(b.billDay, a.billDay);
}

/** By index into the bills: what counts on the day. An allocation that was undone is gone, and its undoing with it. */
function settlementsByBill(
  { ledger, reverses }: CustomerLedger,
  asOf: Day,
): ReadonlyMap<number, BillRow['settlements']> {
  const byBill = new Map<number, BillRow['settlements']>();
  const counted = ledger.allocations.filter((one) => countsFrom(ledger, one) <= asOf);
  const undone = new Set(counted.map((one) => reverses.get(one.allocationId)));
  for (const { allocationId, bill, moneyIn, instalmentId, allocationDay, amountPaise } of counted) {
    const money = ledger.moneyIn[moneyIn];
    if (!money) throw new Error('An allocation points at no receipt.');
    if (undone.has(allocationId) || reverses.has(allocationId)) continue;
    const { kind, documentId, number } = money;
    const rows = byBill.get(bill) ?? [];
    rows.push({ allocationId, kind, documentId, number, instalmentId, allocationDay, amountPaise });
    byBill.set(bill, rows);
  }
  return byBill;
}

function countsFrom(ledger: Ledger, { moneyIn, allocationDay }: Ledger['allocations'][number]): Day {
  const money = ledger.moneyIn[moneyIn];
  return money ? laterDay(allocationDay, money.effectiveDay) : allocationDay;
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

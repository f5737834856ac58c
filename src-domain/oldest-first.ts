import {
  foreignShare,
  mayPay,
  openPartsOf,
  roomFrom,
  type BillSide,
  type MoneySide,
  type NewApplication,
} from './allocation.ts';
import type { Day } from './days.ts';
import { paise, type Paise } from './money.ts';

/** A part of a bill that waits for money; `leftPaise` goes down as money is put on it. */
type Waiting = {
  readonly bill: BillSide;
  readonly dueDay: Day;
  readonly position: number;
  leftPaise: number;
};

/**
 * Fills open bills oldest due day first (instalments each on their own), with money oldest first. From `day` on: money
 * and bills of a later day stay untouched, so that a cheque not yet due does not hold a bill that cash could close.
 * A payer's money goes to his own bills and those of his customers, after their own money has gone to them.
 * One application for each pair of money and bill, in the order in which they are made.
 */
export function oldestFirst(
  moneys: readonly MoneySide[],
  bills: readonly BillSide[],
  day: Day,
): readonly NewApplication[] {
  const waiting = waitingByCustomer(bills, day);
  const payers = new Set(bills.flatMap(({ payerId }) => payerId ?? []));
  const inOrder = moneys
    .filter(({ effectiveDay }) => effectiveDay <= day)
    .toSorted(
      (a, b) =>
        Number(payers.has(a.customerId)) - Number(payers.has(b.customerId)) ||
        compare(a.effectiveDay, b.effectiveDay) ||
        compare(a.kind, b.kind) ||
        a.documentId - b.documentId,
    );
  const made: NewApplication[] = [];
  const given = new Map<number, BillSide>();
  for (const money of inOrder) {
    for (const [bill, amountPaise] of take(money, waiting, day)) {
      const now = given.get(bill.billId) ?? bill;
      const foreignMinor = foreignShare(now, amountPaise);
      const span = { instalmentId: null, foreignMinor, amountPaise, fromDay: day, untilDay: null };
      // Only a foreign bill's share depends on what was put on it a moment ago.
      if (bill.foreignMinor !== null) {
        given.set(bill.billId, { ...now, spans: [...now.spans, { ...span, allocationId: 0 }] });
      }
      const { kind, documentId } = money;
      const { billId } = bill;
      made.push({ money: { kind, documentId }, billId, instalmentId: null, amountPaise, foreignMinor });
    }
  }
  return made;
}

/** Under the customer who owes and under the one who pays for him: the same objects, in order of due day. */
function waitingByCustomer(bills: readonly BillSide[], day: Day): ReadonlyMap<number, Waiting[]> {
  const byCustomer = new Map<number, Waiting[]>();
  const addTo = (customerId: number, parts: readonly Waiting[]): void => {
    const own = byCustomer.get(customerId);
    if (own) own.push(...parts);
    else byCustomer.set(customerId, [...parts]);
  };
  for (const bill of bills) {
    if (bill.billDay > day) continue;
    const parts = waitingOf(bill, day);
    if (parts.length === 0) continue;
    addTo(bill.customerId, parts);
    if (bill.payerId !== null && bill.payerId !== bill.customerId) addTo(bill.payerId, parts);
  }
  for (const parts of byCustomer.values()) {
    parts.sort(
      (a, b) =>
        compare(a.dueDay, b.dueDay) ||
        compare(a.bill.billDay, b.bill.billDay) ||
        a.bill.billId - b.bill.billId ||
        a.position - b.position,
    );
  }
  return byCustomer;
}

/** Never more than fits from the day on: later days may already hold allocations of their own. */
function waitingOf(bill: BillSide, day: Day): readonly Waiting[] {
  let room: number = roomFrom(bill, day);
  return openPartsOf(bill).flatMap(({ dueDay, openPaise }, position) => {
    const leftPaise = Math.min(room, openPaise);
    room -= leftPaise;
    return leftPaise > 0 ? [{ bill, dueDay, position, leftPaise }] : [];
  });
}

function take(
  money: MoneySide,
  waiting: ReadonlyMap<number, Waiting[]>,
  day: Day,
): ReadonlyMap<BillSide, Paise> {
  const taken = new Map<BillSide, Paise>();
  let left: number = roomFrom(money, day);
  const parts = waiting.get(money.customerId) ?? [];
  for (const part of parts) {
    if (left <= 0) break;
    if (part.leftPaise === 0 || part.bill.currency !== money.currency || !mayPay(money, part.bill)) continue;
    const amount = Math.min(left, part.leftPaise);
    part.leftPaise -= amount;
    left -= amount;
    taken.set(part.bill, paise((taken.get(part.bill) ?? 0) + amount));
  }
  dropFilled(parts);
  return taken;
}

// A customer with thousands of bills and receipts: what is filled is not walked over again by each receipt.
function dropFilled(parts: Waiting[]): void {
  const firstOpen = parts.findIndex((part) => part.leftPaise > 0);
  parts.splice(0, firstOpen === -1 ? parts.length : firstOpen);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

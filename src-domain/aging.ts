import { daysBetween, laterDay, type Day } from './days.ts';
import type { Instalment, Ledger, LedgerAllocation, LedgerBill, LedgerMoneyIn } from './ledger.ts';
import { negate, paise, ZERO, type Paise } from './money.ts';

/** Upper bounds in days late, inclusive, of every bucket but the last: not due | 1–30 | 31–60 | 61–90 | 91–120 | 120+. */
export const DEFAULT_BOUNDS: readonly number[] = [0, 30, 60, 90, 120];

/** Buckets count days from the due day, or from the document's own day. */
export type AgeBy = 'due' | 'bill';
/** Whether unallocated receipts and credits stand in the buckets, or bills only. */
export type CreditView = 'net' | 'gross';

/** How aging is looked at. What is overdue always is so by the due day: `by` moves the buckets and nothing else. */
export type AgingView = {
  readonly by: AgeBy;
  readonly bounds: readonly number[];
  /** A bill is overdue when it is more days late than this; the buckets are not moved by it. */
  readonly graceDays: number;
  readonly credits: CreditView;
};

export const DEFAULT_VIEW: AgingView = { by: 'due', bounds: DEFAULT_BOUNDS, graceDays: 0, credits: 'net' };

export type Bucket = {
  readonly key: string;
  readonly fromDays: number | null;
  readonly toDays: number | null;
};

export function bucketsOf(bounds: readonly number[] = DEFAULT_BOUNDS): readonly Bucket[] {
  const last = bounds.length - 1;
  return [...bounds, null].map((toDays, at) => {
    const before = bounds[at - 1];
    if (before === undefined) return { key: 'not-due', fromDays: null, toDays };
    const fromDays = before + 1;
    return { key: at > last ? `${before}+` : `${fromDays}-${toDays}`, fromDays, toDays };
  });
}

/** Due today is not late; a bound's own day is in its bucket. */
export function bucketOf(daysLate: number, bounds: readonly number[] = DEFAULT_BOUNDS): number {
  let at = 0;
  for (const bound of bounds) {
    if (daysLate <= bound) return at;
    at += 1;
  }
  return at;
}

/** What is still open of one instalment of a bill, or (negative) of a receipt or credit. */
export type OpenItem =
  | {
      readonly bill: LedgerBill;
      readonly position: number;
      readonly dueDay: Day;
      readonly amountPaise: Paise;
      readonly openPaise: Paise;
      /** Days past the due day; negative while not due. */
      readonly daysLate: number;
      /** Days since the document's own day. */
      readonly daysOld: number;
    }
  | {
      readonly bill: null;
      readonly moneyIn: LedgerMoneyIn;
      readonly dueDay: Day;
      readonly amountPaise: Paise;
      readonly openPaise: Paise;
      /** Days past the due day; negative while not due. */
      readonly daysLate: number;
      /** Days since the document's own day. */
      readonly daysOld: number;
    };

/**
 * Everything open on a day: only documents and allocations of that day or earlier count, and an allocation counts
 * when both of its documents do. A receipt or credit ages from its own day.
 */
export function openItemsAsOf(ledger: Ledger, asOf: Day): readonly OpenItem[] {
  const applied = appliedAsOf(ledger, asOf);
  const items: OpenItem[] = [];
  ledger.bills.forEach((bill, at) => {
    if (bill.billDay > asOf) return;
    for (const part of openParts(bill, applied.toBills[at] ?? ZERO, applied.toInstalments)) {
      const daysLate = daysBetween(part.dueDay, asOf);
      items.push({ bill, ...part, daysLate, daysOld: daysBetween(bill.billDay, asOf) });
    }
  });
  ledger.moneyIn.forEach((moneyIn, at) => {
    if (moneyIn.effectiveDay > asOf) return;
    const open = moneyIn.amountPaise - (applied.ofMoneyIn[at] ?? 0);
    if (open < 0) throw new Error(`Over-allocated ${moneyIn.kind} ${moneyIn.documentId}`);
    if (open === 0) return;
    const dueDay = moneyIn.effectiveDay;
    const daysOld = daysBetween(dueDay, asOf);
    const [amountPaise, openPaise] = [negate(moneyIn.amountPaise), paise(0 - open)];
    items.push({ bill: null, moneyIn, dueDay, amountPaise, openPaise, daysLate: daysOld, daysOld });
  });
  return items;
}

/** An allocation counts from the day on which it and both of its documents count. */
export function appliedFrom(
  ledger: Ledger,
  { bill: billAt, moneyIn, allocationDay }: LedgerAllocation,
): { readonly bill: LedgerBill; readonly money: LedgerMoneyIn; readonly fromDay: Day } {
  const bill = ledger.bills[billAt];
  const money = ledger.moneyIn[moneyIn];
  if (!bill || !money) throw new Error('An allocation points at no bill or no receipt.');
  return { bill, money, fromDay: laterDay(allocationDay, laterDay(bill.billDay, money.effectiveDay)) };
}

type Applied = {
  /** Per bill: what was applied to it without naming an instalment, and with. */
  readonly toBills: readonly Paise[];
  readonly toInstalments: ReadonlyMap<number, number>;
  readonly ofMoneyIn: readonly Paise[];
};

/** What was applied on or before a day, by bill, by instalment named, and by receipt or credit. */
export function appliedAsOf(ledger: Ledger, asOf: Day): Applied {
  const toBills: number[] = Array.from(ledger.bills, () => 0);
  const ofMoneyIn: number[] = Array.from(ledger.moneyIn, () => 0);
  const toInstalments = new Map<number, number>();
  for (const allocation of ledger.allocations) {
    if (allocation.allocationDay > asOf) continue;
    if (appliedFrom(ledger, allocation).fromDay > asOf) continue;
    ofMoneyIn[allocation.moneyIn] = (ofMoneyIn[allocation.moneyIn] ?? 0) + allocation.amountPaise;
    toBills[allocation.bill] = (toBills[allocation.bill] ?? 0) + allocation.amountPaise;
    if (allocation.instalmentId !== null) {
      const before = toInstalments.get(allocation.instalmentId) ?? 0;
      toInstalments.set(allocation.instalmentId, before + allocation.amountPaise);
    }
  }
  return { toBills: toBills.map(paise), ofMoneyIn: ofMoneyIn.map(paise), toInstalments };
}

type OpenPart = Pick<OpenItem, 'dueDay' | 'amountPaise' | 'openPaise'> & { readonly position: number };

function openParts(
  bill: LedgerBill,
  applied: Paise,
  toInstalments: ReadonlyMap<number, number>,
): readonly OpenPart[] {
  const open = paise(bill.amountPaise - applied);
  if (open < 0) throw new Error(`Over-allocated bill ${bill.billId}`);
  if (open === 0) return [];
  if (!bill.instalments) {
    return [{ position: 1, dueDay: bill.dueDay, amountPaise: bill.amountPaise, openPaise: open }];
  }
  return openInstalments(bill.instalments, applied, toInstalments);
}

/** Money that names an instalment goes there first; the rest fills the instalments oldest due day first. */
export function openInstalments(
  instalments: readonly Instalment[],
  applied: number,
  toInstalments: ReadonlyMap<number, number>,
): readonly OpenPart[] {
  const named = instalments.map((one) => Math.min(one.amountPaise, toInstalments.get(one.instalmentId) ?? 0));
  let rest = applied - named.reduce((sum, amount) => sum + amount, 0);
  const parts: OpenPart[] = [];
  instalments.forEach((one, at) => {
    const left = one.amountPaise - (named[at] ?? 0);
    const filled = Math.min(left, rest);
    rest -= filled;
    const openPaise = paise(left - filled);
    if (openPaise === 0) return;
    parts.push({ position: one.position, dueDay: one.dueDay, amountPaise: one.amountPaise, openPaise });
  });
  return parts;
}

export type AgingFigures = {
  readonly outstandingPaise: Paise;
  readonly overduePaise: Paise;
  readonly unallocatedPaise: Paise;
  readonly postDatedPaise: Paise;
  readonly buckets: Paise[];
  readonly openBillCount: number;
  readonly overdueBillCount: number;
  readonly oldestDays: number;
};

export function ageOf(item: OpenItem, by: AgeBy): number {
  return by === 'due' ? item.daysLate : item.daysOld;
}

export function bucketOfItem(item: OpenItem, { by, bounds }: AgingView): number {
  return bucketOf(ageOf(item, by), bounds);
}

/** Sums open items. Throws when the buckets do not add up to the outstanding: that would be a bug of ours. */
export function figuresOf(
  items: Iterable<OpenItem>,
  view: AgingView = DEFAULT_VIEW,
  postDatedPaise: Paise = ZERO,
): AgingFigures {
  const buckets: number[] = Array.from({ length: view.bounds.length + 1 }, () => 0);
  const openBills = new Set<number>();
  const overdueBills = new Set<number>();
  let [billsOpen, overdue, unallocated, oldestDays] = [0, 0, 0, 0];
  for (const item of items) {
    const at = bucketOfItem(item, view);
    if (item.bill !== null || view.credits === 'net') buckets[at] = (buckets[at] ?? 0) + item.openPaise;
    if (item.bill === null) {
      unallocated += item.openPaise;
      continue;
    }
    billsOpen += item.openPaise;
    openBills.add(item.bill.billId);
    if (item.daysLate <= view.graceDays) continue;
    overdue += item.openPaise;
    overdueBills.add(item.bill.billId);
    oldestDays = Math.max(oldestDays, item.daysLate);
  }
  const outstanding = view.credits === 'net' ? billsOpen + unallocated : billsOpen;
  return {
    outstandingPaise: paise(outstanding),
    overduePaise: paise(overdue),
    unallocatedPaise: paise(unallocated),
    postDatedPaise,
    buckets: addingUpTo(outstanding, buckets),
    openBillCount: openBills.size,
    overdueBillCount: overdueBills.size,
    oldestDays,
  };
}

/** The buckets as paise, when they add up to the outstanding; else it is a bug of ours. */
export function addingUpTo(outstanding: number, buckets: readonly number[]): Paise[] {
  let inBuckets = 0;
  for (const amount of buckets) inBuckets += amount;
  if (inBuckets !== outstanding)
    throw new Error(`Buckets ${inBuckets} do not add up to outstanding ${outstanding}`);
  return buckets.map(paise);
}

export function customerOf(item: OpenItem): number {
  return item.bill === null ? item.moneyIn.customerId : item.bill.customerId;
}

/** Figures per customer, for those with anything open. Post-dated money is in none of them (postDatedOn). */
export function figuresByCustomer(
  items: Iterable<OpenItem>,
  view: AgingView = DEFAULT_VIEW,
): ReadonlyMap<number, AgingFigures> {
  const byCustomer = Map.groupBy(items, customerOf);
  return new Map([...byCustomer].map(([customerId, own]) => [customerId, figuresOf(own, view)]));
}

/**
 * Receipts at hand that count only later: taken on or before the day but good from a later one; and, looked at from
 * today on, those dated later still. From a past day nobody could have known of these.
 */
export function isPostDatedOn(
  money: { readonly kind: string; readonly day: Day; readonly effectiveDay: Day },
  on: { readonly asOf: Day; readonly today: Day },
): boolean {
  if (money.kind !== 'receipt' || money.effectiveDay <= on.asOf) return false;
  return money.day <= on.asOf || on.asOf >= on.today;
}

/** Parts of the open bills that a figure of its own is about; credits are in none of them. */
export const agingParts = ['overdue', 'over-90', 'due-30'] as const;
export type AgingPart = (typeof agingParts)[number];

export const AT_RISK_DAYS = 90;
export const DUE_SOON_DAYS = 30;

/** The one definition behind both a figure and the list of bills that it opens. */
export function isInPart(item: OpenItem, part: AgingPart, graceDays = 0): boolean {
  return item.bill !== null && isLateAsPart(item.daysLate, part, graceDays);
}

export function isLateAsPart(daysLate: number, part: AgingPart, graceDays: number): boolean {
  switch (part) {
    case 'overdue':
      return daysLate > graceDays;
    case 'over-90':
      return daysLate > AT_RISK_DAYS;
    case 'due-30':
      return daysLate < 0 && daysLate >= -DUE_SOON_DAYS;
  }
}

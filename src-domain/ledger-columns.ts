import { appliedFrom, bucketOf, DEFAULT_BOUNDS, openInstalments } from './aging.ts';
import { dayNumber, type Day } from './days.ts';
import type { Ledger, LedgerBill } from './ledger.ts';

/**
 * The ledger as columns of events in order of day. A bill adds its amount under its due day from its bill day on; an
 * allocation takes it away there, and gives it back to the receipt it came from; a receipt or credit takes its amount
 * away under its own day. Amounts under a due day only ever add up, so aging as of any day is one pass over the events
 * up to that day. Bills in instalments are not linear (money fills the oldest first): they are few and kept apart.
 */
export type LedgerColumns = {
  /** Day numbers (days.ts), ascending. */
  readonly days: Int32Array;
  readonly dueDays: Int32Array;
  /** Index into customerIds. */
  readonly customers: Int32Array;
  /** Whole paise; sums stay below 2^53 and are therefore exact. */
  readonly paise: Float64Array;
  /** 1 for what belongs to a bill, 0 for what belongs to a receipt or credit. */
  readonly ofBills: Uint8Array;
  readonly customerIds: Int32Array;
  readonly inInstalments: readonly InstalmentBill[];
};

type InstalmentBill = {
  readonly bill: LedgerBill;
  readonly customer: number;
  readonly applied: readonly AppliedEvent[];
};
type AppliedEvent = { readonly fromDay: Day; readonly paise: number; readonly instalmentId: number | null };

export function columnsOf(ledger: Ledger): LedgerColumns {
  const numberOf = new Map<number, number>();
  const customer = (id: number): number => {
    const known = numberOf.get(id);
    if (known !== undefined) return known;
    numberOf.set(id, numberOf.size);
    return numberOf.size - 1;
  };
  const events = eventWriter(ledger);
  const applied = new Map<number, AppliedEvent[]>();
  const givenBack = addAllocations(ledger, { events, applied, customer });
  for (const bill of ledger.bills) {
    if (bill.instalments) continue;
    const [day, dueDay] = [events.numberOf(bill.billDay), events.numberOf(bill.dueDay)];
    events.add(day, dueDay, customer(bill.customerId), bill.amountPaise, 1);
  }
  ledger.moneyIn.forEach((money, at) => {
    const day = events.numberOf(money.effectiveDay);
    events.add(day, day, customer(money.customerId), (givenBack[at] ?? 0) - money.amountPaise, 0);
  });
  const inInstalments = ledger.bills.flatMap((bill, at) =>
    bill.instalments ? [{ bill, customer: customer(bill.customerId), applied: applied.get(at) ?? [] }] : [],
  );
  return { ...events.sorted(), customerIds: Int32Array.from(numberOf.keys()), inInstalments };
}

type Gathering = {
  readonly events: EventWriter;
  readonly applied: Map<number, AppliedEvent[]>;
  readonly customer: (id: number) => number;
};

/** What is applied on the receipt's own day (nearly all) is given back by its own event; the sums are returned. */
function addAllocations(ledger: Ledger, { events, applied, customer }: Gathering): Float64Array {
  const givenBack = new Float64Array(ledger.moneyIn.length);
  for (const allocation of ledger.allocations) {
    const { bill, money, fromDay } = appliedFrom(ledger, allocation);
    const { amountPaise: paise, instalmentId } = allocation;
    const day = events.numberOf(fromDay);
    const own = events.numberOf(money.effectiveDay);
    if (day === own) givenBack[allocation.moneyIn] = (givenBack[allocation.moneyIn] ?? 0) + paise;
    else events.add(day, own, customer(money.customerId), paise, 0);
    if (!bill.instalments) {
      events.add(day, events.numberOf(bill.dueDay), customer(bill.customerId), 0 - paise, 1);
      continue;
    }
    const list = applied.get(allocation.bill) ?? [];
    list.push({ fromDay, paise, instalmentId });
    applied.set(allocation.bill, list);
  }
  return givenBack;
}

type Sorted = Omit<LedgerColumns, 'customerIds' | 'inInstalments'>;
type EventWriter = {
  readonly numberOf: (day: Day) => number;
  readonly add: (day: number, dueDay: number, customer: number, paise: number, ofBill: 0 | 1) => void;
  readonly sorted: () => Sorted;
};

/** Events straight into columns, then put in order of day by counting: no object per event. */
function eventWriter(ledger: Ledger): EventWriter {
  const most = ledger.bills.length + ledger.moneyIn.length + 2 * ledger.allocations.length;
  const raw = emptyColumns(most);
  const numbers = new Map<Day, number>();
  let count = 0;
  return {
    // The same few thousand days come up a million times.
    numberOf: (day) => {
      const known = numbers.get(day);
      if (known !== undefined) return known;
      const number = dayNumber(day);
      numbers.set(day, number);
      return number;
    },
    add: (day, dueDay, customer, paise, ofBill) => {
      if (paise === 0) return;
      raw.days[count] = day;
      raw.dueDays[count] = dueDay;
      raw.customers[count] = customer;
      raw.paise[count] = paise;
      raw.ofBills[count] = ofBill;
      count += 1;
    },
    sorted: () => countingSort(raw, count),
  };
}

function emptyColumns(length: number): Sorted {
  return {
    days: new Int32Array(length),
    dueDays: new Int32Array(length),
    customers: new Int32Array(length),
    paise: new Float64Array(length),
    ofBills: new Uint8Array(length),
  };
}

function countingSort(raw: Sorted, count: number): Sorted {
  const sorted = emptyColumns(count);
  let [first, last] = [Infinity, -Infinity];
  for (let at = 0; at < count; at += 1) {
    first = Math.min(first, raw.days[at] ?? 0);
    last = Math.max(last, raw.days[at] ?? 0);
  }
  if (count === 0) return sorted;
  const next = new Int32Array(last - first + 2);
  for (let at = 0; at < count; at += 1) {
    const slot = (raw.days[at] ?? 0) - first + 1;
    next[slot] = (next[slot] ?? 0) + 1;
  }
  for (let slot = 1; slot < next.length; slot += 1) next[slot] = (next[slot] ?? 0) + (next[slot - 1] ?? 0);
  for (let at = 0; at < count; at += 1) {
    const slot = (raw.days[at] ?? 0) - first;
    const to = next[slot] ?? 0;
    next[slot] = to + 1;
    sorted.days[to] = raw.days[at] ?? 0;
    sorted.dueDays[to] = raw.dueDays[at] ?? 0;
    sorted.customers[to] = raw.customers[at] ?? 0;
    sorted.paise[to] = raw.paise[at] ?? 0;
    sorted.ofBills[to] = raw.ofBills[at] ?? 0;
  }
  return sorted;
}

/** Bucket totals by customer: row = index into customerIds, column = bucket; paise. */
export type AgingMatrix = {
  readonly buckets: Float64Array;
  readonly bucketCount: number;
  /** Bills past their due day, by customer. */
  readonly overdue: Float64Array;
};

export function agingMatrix(
  columns: LedgerColumns,
  asOf: Day,
  bounds: readonly number[] = DEFAULT_BOUNDS,
): AgingMatrix {
  const bucketCount = bounds.length + 1;
  const buckets = new Float64Array(columns.customerIds.length * bucketCount);
  const overdue = new Float64Array(columns.customerIds.length);
  const { days, dueDays, customers, paise, ofBills } = columns;
  const today = dayNumber(asOf);
  const edges = Int32Array.from(bounds, (bound) => today - bound);
  const end = eventsUpTo(days, today);
  for (let at = 0; at < end; at += 1) {
    const due = dueDays[at] ?? 0;
    const customer = customers[at] ?? 0;
    const amount = paise[at] ?? 0;
    let bucket = 0;
    while (bucket < edges.length && due < (edges[bucket] ?? 0)) bucket += 1;
    const cell = customer * bucketCount + bucket;
    buckets[cell] = (buckets[cell] ?? 0) + amount;
    if (due < today && ofBills[at] === 1) overdue[customer] = (overdue[customer] ?? 0) + amount;
  }
  for (const one of columns.inInstalments)
    addInstalments(one, { asOf, bounds, bucketCount, buckets, overdue });
  return { buckets, bucketCount, overdue };
}

type Target = AgingMatrix & { readonly asOf: Day; readonly bounds: readonly number[] };

function addInstalments({ bill, customer, applied }: InstalmentBill, target: Target): void {
  const { asOf, bounds, bucketCount, buckets, overdue } = target;
  if (bill.billDay > asOf || !bill.instalments) return;
  let settled = 0;
  const named = new Map<number, number>();
  for (const { fromDay, paise, instalmentId } of applied) {
    if (fromDay > asOf) continue;
    settled += paise;
    if (instalmentId !== null) named.set(instalmentId, (named.get(instalmentId) ?? 0) + paise);
  }
  for (const { dueDay, openPaise } of openInstalments(bill.instalments, settled, named)) {
    const late = dayNumber(asOf) - dayNumber(dueDay);
    const cell = customer * bucketCount + bucketOf(late, bounds);
    buckets[cell] = (buckets[cell] ?? 0) + openPaise;
    if (late > 0) overdue[customer] = (overdue[customer] ?? 0) + openPaise;
  }
}

/** How many events are of a day or earlier: the days ascend. */
function eventsUpTo(days: Int32Array, day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] ?? 0) <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Bucket totals of the whole book on each of the days, which must ascend: one sweep over the events for all of them. */
export function bucketTotalsOn(
  columns: LedgerColumns,
  asOfDays: readonly Day[],
  bounds: readonly number[] = DEFAULT_BOUNDS,
): readonly (readonly number[])[] {
  const { days, dueDays, paise } = columns;
  const { first, byDueDay } = emptyHistogram(dueDays);
  let at = 0;
  return asOfDays.map((asOf) => {
    const today = dayNumber(asOf);
    for (; at < days.length && (days[at] ?? 0) <= today; at += 1) {
      const slot = (dueDays[at] ?? 0) - first;
      byDueDay[slot] = (byDueDay[slot] ?? 0) + (paise[at] ?? 0);
    }
    const totals = new Float64Array(bounds.length + 1);
    byDueDay.forEach((amount, slot) => {
      const bucket = bucketOf(today - first - slot, bounds);
      totals[bucket] = (totals[bucket] ?? 0) + amount;
    });
    const overdue = new Float64Array(1);
    const target = { asOf, bounds, bucketCount: totals.length, buckets: totals, overdue };
    for (const one of columns.inInstalments) addInstalments({ ...one, customer: 0 }, target);
    return [...totals];
  });
}

function emptyHistogram(dueDays: Int32Array): { readonly first: number; readonly byDueDay: Float64Array } {
  let [first, last] = [Infinity, -Infinity];
  for (const due of dueDays) {
    first = Math.min(first, due);
    last = Math.max(last, due);
  }
  return dueDays.length === 0
    ? { first: 0, byDueDay: new Float64Array(0) }
    : { first, byDueDay: new Float64Array(last - first + 1) };
}

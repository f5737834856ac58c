import { addingUpTo, bucketOf, type AgeBy, type AgingFigures, type AgingView } from './aging.ts';
import { dayNumber, type Day } from './days.ts';
import { eventsUpTo, type LedgerColumns } from './ledger-columns.ts';
import { LEAD, NEVER, type Events } from './ledger-events.ts';
import { snapshotBefore, type Amounts } from './ledger-snapshots.ts';
import { paise } from './money.ts';

// The figures of aging.ts, answered from columns. aging.ts is the rule; tests hold both equal.

/** A question: the day, how to look at it, and the company's today (what of the future is known). */
export type Question = { readonly asOf: Day; readonly view: AgingView; readonly today: Day };

/** One number a customer, by his place; buckets: bucket after bucket, each of all customers. */
export type CustomerSums = {
  readonly count: number;
  readonly bucketCount: number;
  readonly outstanding: Float64Array;
  readonly buckets: Float64Array;
  readonly overdue: Float64Array;
  readonly unallocated: Float64Array;
  readonly postDated: Float64Array;
  readonly openBills: Int32Array;
  readonly overdueBills: Int32Array;
  readonly oldestDays: Int32Array;
};

type Ages = 'dueDays' | 'billDays';

/**
 * Sums by class; a class is what is more than cuts[c - 1] and at most cuts[c] days old. In each class money in comes first,
 * one number a customer (or one in all), then bills: what is asked of together lies together.
 */
export type ClassSums = {
  readonly cuts: readonly number[];
  readonly sums: Float64Array;
  readonly count: number;
};

export type Pass = { readonly today: number; readonly ages: Ages; readonly cuts: readonly number[] };

/** For each age day the class it is in, times `width`. A look-up instead of a search spares a branch an event. */
export function classStarts({ ages }: LedgerColumns, { today, cuts }: Pass, width: number): Int32Array {
  const starts = new Int32Array(ages.last - ages.first + 1);
  // Days late fall by one from slot to slot, so the class can only fall with them.
  let at = cuts.length;
  for (let slot = 0; slot < starts.length; slot += 1) {
    while (at > 0 && today - ages.first - slot <= (cuts[at - 1] ?? 0)) at -= 1;
    starts[slot] = at * width;
  }
  return starts;
}

/** The one pass, over the last snapshot and the events since up to a day, that all figures by customer are made of. */
export function sumsByRow(columns: LedgerColumns, pass: Pass): ClassSums {
  const count = columns.customers.ids.length;
  const sums = new Float64Array(2 * count * (pass.cuts.length + 1));
  const starts = classStarts(columns, pass, 2 * count);
  const { first } = columns.ages;
  const { events, laterEvents } = columns;
  const adding = { sums, starts, first, count, ages: pass.ages };
  const snapshot = snapshotBefore(columns.snapshots, pass.today);
  if (snapshot) addAmounts(snapshot.open, [0, snapshot.open.length], adding);
  addAmounts(events, [snapshot?.end ?? 0, eventsUpTo(events.days, pass.today)], adding);
  const { days, rows, paise: amounts } = laterEvents;
  const ages = laterEvents[pass.ages];
  for (let at = 0; at < laterEvents.length; at += 1) {
    if ((days[at] ?? 0) > pass.today) continue;
    const row = rows[at] ?? 0;
    const cell = (starts[(ages[at] ?? 0) - first] ?? 0) + (row & 1) * count + (row >> 1);
    sums[cell] = (sums[cell] ?? 0) + (amounts[at] ?? 0);
  }
  return { cuts: pass.cuts, sums, count };
}

type Adding = {
  readonly sums: Float64Array;
  readonly starts: Int32Array;
  readonly first: number;
  readonly count: number;
  readonly ages: Ages;
};

function addAmounts(
  amounts: Amounts,
  [from, until]: readonly [number, number],
  { sums, starts, first, count, ages: by }: Adding,
): void {
  const { rows, paise: values } = amounts;
  const ages = amounts[by];
  for (let at = from; at < until; at += 1) {
    const row = rows[at] ?? 0;
    const cell = (starts[(ages[at] ?? 0) - first] ?? 0) + (count & -(row & 1)) + (row >> 1);
    sums[cell] = (sums[cell] ?? 0) + (values[at] ?? 0);
  }
}

/** Figures of every customer as of a day. Throws when buckets and outstanding differ: that would be a bug of ours. */
export function sumsByCustomer(columns: LedgerColumns, question: Question): CustomerSums {
  const { asOf, view } = question;
  const today = dayNumber(asOf);
  const made = emptySums(columns.customers.ids.length, view.bounds.length + 1);
  const isByDue = view.by === 'due';
  const cuts = isByDue ? cutsOf(view.bounds, [view.graceDays]) : view.bounds;
  const byRow = sumsByRow(columns, { today, ages: isByDue ? 'dueDays' : 'billDays', cuts });
  foldBuckets(byRow, view, made);
  foldOverdue(
    isByDue ? byRow : sumsByRow(columns, { today, ages: 'dueDays', cuts: [view.graceDays] }),
    view.graceDays,
    made.overdue,
  );
  countBills(columns, { today, graceDays: view.graceDays }, made);
  for (const { customer, paise: amount } of postDated(columns, question))
    made.postDated[customer] = (made.postDated[customer] ?? 0) + amount;
  assertTotal(columns, question, made);
  return made;
}

function emptySums(count: number, bucketCount: number): CustomerSums {
  return {
    count,
    bucketCount,
    outstanding: new Float64Array(count),
    buckets: new Float64Array(count * bucketCount),
    overdue: new Float64Array(count),
    unallocated: new Float64Array(count),
    postDated: new Float64Array(count),
    openBills: new Int32Array(count),
    overdueBills: new Int32Array(count),
    oldestDays: new Int32Array(count),
  };
}

/** Ascending, each once. */
export function cutsOf(bounds: readonly number[], more: readonly number[]): readonly number[] {
  return [...new Set([...bounds, ...more])].toSorted((a, b) => a - b);
}

/** Days late that stand for a class: any of its days would do. */
export function daysInClass(cuts: readonly number[], at: number): number {
  const before = cuts[at - 1];
  return before === undefined ? (cuts[0] ?? 0) : before + 1;
}

function foldBuckets({ cuts, sums }: ClassSums, view: AgingView, into: CustomerSums): void {
  const { count, buckets, outstanding, unallocated } = into;
  const isNet = view.credits === 'net';
  for (let at = 0; at <= cuts.length; at += 1) {
    const bucket = bucketOf(daysInClass(cuts, at), view.bounds) * count;
    for (let customer = 0; customer < count; customer += 1) {
      const credit = sums[2 * at * count + customer] ?? 0;
      const amount = (sums[(2 * at + 1) * count + customer] ?? 0) + (isNet ? credit : 0);
      buckets[bucket + customer] = (buckets[bucket + customer] ?? 0) + amount;
      outstanding[customer] = (outstanding[customer] ?? 0) + amount;
      unallocated[customer] = (unallocated[customer] ?? 0) + credit;
    }
  }
}

function foldOverdue({ cuts, sums, count }: ClassSums, graceDays: number, overdue: Float64Array): void {
  for (let at = 0; at <= cuts.length; at += 1) {
    if (daysInClass(cuts, at) <= graceDays) continue;
    for (let customer = 0; customer < overdue.length; customer += 1)
      overdue[customer] = (overdue[customer] ?? 0) + (sums[(2 * at + 1) * count + customer] ?? 0);
  }
}

type Lateness = { readonly today: number; readonly graceDays: number };

function countBills(columns: LedgerColumns, { today, graceDays }: Lateness, into: CustomerSums): void {
  const { openBills, overdueBills, oldestDays } = into;
  for (const { length, from, until, kinds, customers, dueDays } of [columns.spans, columns.laterSpans]) {
    for (let at = 0; at < length; at += 1) {
      if ((from[at] ?? 0) > today || (until[at] ?? 0) <= today || ((kinds[at] ?? 0) & LEAD) === 0) continue;
      const customer = customers[at] ?? 0;
      openBills[customer] = (openBills[customer] ?? 0) + 1;
      const late = today - (dueDays[at] ?? 0);
      if (late <= graceDays) continue;
      overdueBills[customer] = (overdueBills[customer] ?? 0) + 1;
      if (late > (oldestDays[customer] ?? 0)) oldestDays[customer] = late;
    }
  }
}

/** isPostDatedOn of aging.ts, over the few receipts that are held. */
export function postDated(
  { held }: LedgerColumns,
  { asOf, today }: Question,
): readonly { readonly customer: number; readonly paise: number }[] {
  const day = dayNumber(asOf);
  return held.filter((one) => one.effectiveDay > day && (one.day <= day || asOf >= today));
}

/** What is open by a plain sum that knows no buckets, customers nor snapshots, against the buckets of all of them. */
function assertTotal(columns: LedgerColumns, { asOf, view }: Question, { buckets }: CustomerSums): void {
  let inBuckets = 0;
  for (const amount of buckets) inBuckets += amount;
  addingUpTo(openTotal(columns, dayNumber(asOf), view.credits === 'net'), [inBuckets]);
}

export function openTotal({ events, laterEvents }: LedgerColumns, today: number, isNet: boolean): number {
  const sorted = plainSum(events, eventsUpTo(events.days, today), isNet);
  let sum = 0;
  const { length, days, rows, paise: amounts } = laterEvents;
  for (let at = 0; at < length; at += 1)
    if ((days[at] ?? 0) <= today && (isNet || ((rows[at] ?? 0) & 1) === 1)) sum += amounts[at] ?? 0;
  return sorted + sum;
}

function plainSum({ rows, paise: amounts }: Events, end: number, isNet: boolean): number {
  let sum = 0;
  if (isNet) for (let at = 0; at < end; at += 1) sum += amounts[at] ?? 0;
  else for (let at = 0; at < end; at += 1) sum += ((rows[at] ?? 0) & 1) * (amounts[at] ?? 0);
  return sum;
}

/** The figures of one customer by his place. */
export function figuresAt(sums: CustomerSums, customer: number): AgingFigures {
  return figuresOfSome(sums, [customer]);
}

/** The figures of some customers together. */
export function figuresOfSome(sums: CustomerSums, customers: Iterable<number>): AgingFigures {
  const { count, bucketCount } = sums;
  const buckets: number[] = Array.from({ length: bucketCount }, () => 0);
  let [outstanding, overdue, unallocated, held] = [0, 0, 0, 0];
  let [openBillCount, overdueBillCount, oldestDays] = [0, 0, 0];
  for (const customer of customers) {
    for (let at = 0; at < bucketCount; at += 1)
      buckets[at] = (buckets[at] ?? 0) + (sums.buckets[at * count + customer] ?? 0);
    outstanding += sums.outstanding[customer] ?? 0;
    overdue += sums.overdue[customer] ?? 0;
    unallocated += sums.unallocated[customer] ?? 0;
    held += sums.postDated[customer] ?? 0;
    openBillCount += sums.openBills[customer] ?? 0;
    overdueBillCount += sums.overdueBills[customer] ?? 0;
    oldestDays = Math.max(oldestDays, sums.oldestDays[customer] ?? 0);
  }
  return {
    outstandingPaise: paise(outstanding),
    overduePaise: paise(overdue),
    unallocatedPaise: paise(unallocated),
    postDatedPaise: paise(held),
    buckets: addingUpTo(outstanding, buckets),
    openBillCount,
    overdueBillCount,
    oldestDays,
  };
}

/** Whether the customer has anything open, be it that it comes to nothing, or a cheque at hand. */
export function hasOpen(
  { openBills, unallocated, postDated: held }: CustomerSums,
  customer: number,
): boolean {
  return (openBills[customer] ?? 0) > 0 || unallocated[customer] !== 0 || held[customer] !== 0;
}

/** Which open documents are asked for: of which customers (by place), of which age, bills alone or money too. */
export type Choice = {
  readonly isOfCustomer: (place: number) => boolean;
  readonly isOfAge: (daysLate: number, daysOld: number) => boolean;
  readonly withMoneyIn: boolean;
};

export type OpenDocuments = { readonly bills: ReadonlySet<number>; readonly moneyIn: ReadonlySet<number> };

/** The numbers (Events.documents) of bills with anything open as of a day, and of money not wholly applied. */
export function openDocuments(columns: LedgerColumns, asOf: Day, choice: Choice): OpenDocuments {
  const today = dayNumber(asOf);
  const bills = new Set<number>();
  for (const spans of [columns.spans, columns.laterSpans]) {
    for (let at = 0; at < spans.length; at += 1) {
      if ((spans.from[at] ?? NEVER) > today || (spans.until[at] ?? 0) <= today) continue;
      const [late, old] = [today - (spans.dueDays[at] ?? 0), today - (spans.billDays[at] ?? 0)];
      if (choice.isOfAge(late, old) && choice.isOfCustomer(spans.customers[at] ?? 0))
        bills.add(spans.documents[at] ?? 0);
    }
  }
  return { bills, moneyIn: choice.withMoneyIn ? openMoneyIn(columns, today, choice) : new Set() };
}

function openMoneyIn(columns: LedgerColumns, today: number, choice: Choice): ReadonlySet<number> {
  const open = new Map<number, number>();
  for (const { length, days, rows, dueDays, documents, paise: amounts } of [
    columns.events,
    columns.laterEvents,
  ]) {
    for (let at = 0; at < length; at += 1) {
      const row = rows[at] ?? 0;
      if ((row & 1) === 1 || (days[at] ?? 0) > today) continue;
      const old = today - (dueDays[at] ?? 0);
      if (!choice.isOfAge(old, old) || !choice.isOfCustomer(row >> 1)) continue;
      const document = documents[at] ?? 0;
      open.set(document, (open.get(document) ?? 0) + (amounts[at] ?? 0));
    }
  }
  return new Set([...open].filter(([, amount]) => amount !== 0).map(([document]) => document));
}

/** The places of the customers with the largest amounts, largest first; of equal ones whom `before` says first. */
export function largest(
  amounts: Float64Array,
  most: number,
  more: {
    readonly isIn: (place: number) => boolean;
    readonly before: (a: number, b: number) => number;
  },
): readonly number[] {
  const found: number[] = [];
  const compare = (a: number, b: number): number =>
    (amounts[b] ?? 0) - (amounts[a] ?? 0) || more.before(a, b);
  for (let place = 0; place < amounts.length; place += 1) {
    const last = found[most - 1];
    if (last !== undefined && (amounts[place] ?? 0) < (amounts[last] ?? 0)) continue;
    if (!more.isIn(place) || (last !== undefined && compare(place, last) > 0)) continue;
    let to = Math.min(found.length, most - 1);
    for (; to > 0 && compare(place, found[to - 1] ?? 0) < 0; to -= 1) found[to] = found[to - 1] ?? 0;
    found[to] = place;
  }
  return found;
}

export function agesBy(by: AgeBy): Ages {
  return by === 'due' ? 'dueDays' : 'billDays';
}

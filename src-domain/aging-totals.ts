import {
  addingUpTo,
  AT_RISK_DAYS,
  bucketOf,
  DUE_SOON_DAYS,
  type AgingFigures,
  type AgingView,
} from './aging.ts';
import {
  agesBy,
  classStarts,
  cutsOf,
  daysInClass,
  openTotal,
  postDated,
  type ClassSums,
  type Pass,
  type Question,
} from './aging-columns.ts';
import { dayNumber, type Day } from './days.ts';
import { eventsUpTo, type LedgerColumns } from './ledger-columns.ts';
import { ITEM, LEAD, NEVER, type Spans } from './ledger-events.ts';
import { snapshotBefore, type Amounts } from './ledger-snapshots.ts';
import { paise, type Paise } from './money.ts';

// The whole book in one figure, from columns: cheap enough to be asked at every frame.

export type BookTotals = {
  readonly figures: AgingFigures;
  readonly overNinetyPaise: Paise;
  readonly dueSoonPaise: Paise;
  /** Open bills, each instalment for itself, by bucket. */
  readonly bucketBillCounts: number[];
};

/** The whole book in one figure: cheaper than by customer, and with what only the dashboard asks. */
export function totalsOf(columns: LedgerColumns, question: Question): BookTotals {
  const { view } = question;
  const today = dayNumber(question.asOf);
  const late = cutsOf(view.bounds, [view.graceDays, AT_RISK_DAYS, -1, -1 - DUE_SOON_DAYS]);
  const byDue = histogram(columns, { today, ages: 'dueDays', cuts: late });
  const byAge =
    view.by === 'due' ? byDue : histogram(columns, { today, ages: 'billDays', cuts: view.bounds });
  const ofBills = (isIn: (days: number) => boolean): number => {
    let sum = 0;
    for (let at = 0; at <= late.length; at += 1)
      if (isIn(daysInClass(late, at))) sum += byDue.sums[2 * at + 1] ?? 0;
    return sum;
  };
  const buckets: number[] = Array.from({ length: view.bounds.length + 1 }, () => 0);
  let unallocated = 0;
  for (let at = 0; at <= byAge.cuts.length; at += 1) {
    const bucket = bucketOf(daysInClass(byAge.cuts, at), view.bounds);
    const credit = byAge.sums[2 * at] ?? 0;
    unallocated += credit;
    buckets[bucket] =
      (buckets[bucket] ?? 0) + (byAge.sums[2 * at + 1] ?? 0) + (view.credits === 'net' ? credit : 0);
  }
  const outstanding = openTotal(columns, today, view.credits === 'net');
  let held = 0;
  for (const one of postDated(columns, question)) held += one.paise;
  const { bucketBillCounts, ...counts } = countsOf(columns, { today, view });
  return {
    figures: {
      outstandingPaise: paise(outstanding),
      overduePaise: paise(ofBills((days) => days > view.graceDays)),
      unallocatedPaise: paise(unallocated),
      postDatedPaise: paise(held),
      buckets: addingUpTo(outstanding, buckets),
      ...counts,
    },
    overNinetyPaise: paise(ofBills((days) => days > AT_RISK_DAYS)),
    dueSoonPaise: paise(ofBills((days) => days < 0 && days >= -DUE_SOON_DAYS)),
    bucketBillCounts,
  };
}

/** As sumsByRow, all customers in one. */
function histogram(columns: LedgerColumns, pass: Pass): ClassSums {
  const sums = new Float64Array(2 * (pass.cuts.length + 1));
  const starts = classStarts(columns, pass, 2);
  const { first } = columns.ages;
  const { events, laterEvents } = columns;
  const adding = { sums, starts, first, ages: pass.ages };
  const snapshot = snapshotBefore(columns.snapshots, pass.today);
  if (snapshot) addAmounts(snapshot.open, [0, snapshot.open.length], adding);
  addAmounts(events, [snapshot?.end ?? 0, eventsUpTo(events.days, pass.today)], adding);
  const { days, rows, paise: amounts } = laterEvents;
  const ages = laterEvents[pass.ages];
  for (let at = 0; at < laterEvents.length; at += 1) {
    if ((days[at] ?? 0) > pass.today) continue;
    const cell = (starts[(ages[at] ?? 0) - first] ?? 0) + ((rows[at] ?? 0) & 1);
    sums[cell] = (sums[cell] ?? 0) + (amounts[at] ?? 0);
  }
  return { cuts: pass.cuts, sums, count: 1 };
}

type Adding = {
  readonly sums: Float64Array;
  readonly starts: Int32Array;
  readonly first: number;
  readonly ages: Pass['ages'];
};

function addAmounts(
  amounts: Amounts,
  [from, until]: readonly [number, number],
  { sums, starts, first, ages: by }: Adding,
): void {
  const { rows, paise: values } = amounts;
  const ages = amounts[by];
  for (let at = from; at < until; at += 1) {
    const cell = (starts[(ages[at] ?? 0) - first] ?? 0) + ((rows[at] ?? 0) & 1);
    sums[cell] = (sums[cell] ?? 0) + (values[at] ?? 0);
  }
}

type Counts = Pick<AgingFigures, 'openBillCount' | 'overdueBillCount' | 'oldestDays'> & {
  readonly bucketBillCounts: number[];
};

function countsOf(
  columns: LedgerColumns,
  asked: { readonly today: number; readonly view: AgingView },
): Counts {
  const { today, view } = asked;
  const ages = agesBy(view.by);
  const buckets = classStarts(columns, { today, ages, cuts: view.bounds }, 1);
  const bucketBillCounts: number[] = Array.from({ length: view.bounds.length + 1 }, () => 0);
  const counting = { today, graceDays: view.graceDays, ages, buckets, first: columns.ages.first };
  let [openBillCount, overdueBillCount, oldestDays] = [0, 0, 0];
  for (const spans of [columns.spans, columns.laterSpans]) {
    const counted = countSpans(spans, counting, bucketBillCounts);
    openBillCount += counted.open;
    overdueBillCount += counted.overdue;
    oldestDays = Math.max(oldestDays, counted.oldest);
  }
  return { openBillCount, overdueBillCount, oldestDays, bucketBillCounts };
}

type Counting = {
  readonly today: number;
  readonly graceDays: number;
  readonly ages: 'dueDays' | 'billDays';
  readonly buckets: Int32Array;
  readonly first: number;
};

function countSpans(
  spans: Spans,
  { today, graceDays, ages: by, buckets, first }: Counting,
  inBuckets: number[],
): { readonly open: number; readonly overdue: number; readonly oldest: number } {
  const { length, from, until, kinds, dueDays } = spans;
  const ages = spans[by];
  let [open, overdue, oldest] = [0, 0, 0];
  for (let at = 0; at < length; at += 1) {
    if ((from[at] ?? 0) > today || (until[at] ?? 0) <= today) continue;
    const kind = kinds[at] ?? 0;
    if ((kind & ITEM) !== 0) {
      const bucket = buckets[(ages[at] ?? 0) - first] ?? 0;
      inBuckets[bucket] = (inBuckets[bucket] ?? 0) + 1;
    }
    if ((kind & LEAD) === 0) continue;
    open += 1;
    const late = today - (dueDays[at] ?? 0);
    if (late <= graceDays) continue;
    overdue += 1;
    if (late > oldest) oldest = late;
  }
  return { open, overdue, oldest };
}

/** Buckets of the whole book on each of the days, which must ascend: one sweep over the events for all of them. */
export function bucketTotalsOn(
  columns: LedgerColumns,
  asOfDays: readonly Day[],
  view: AgingView,
): readonly (readonly number[])[] {
  const { first, last } = columns.ages;
  const byAge = new Float64Array(last - first + 1);
  const isNet = view.credits === 'net';
  const { events, laterEvents } = columns;
  const laterAges = laterEvents[agesBy(view.by)];
  const addAll = (amounts: Amounts, from: number, until: number): void => {
    const ages = amounts[agesBy(view.by)];
    for (let at = from; at < until; at += 1) {
      const slot = (ages[at] ?? 0) - first;
      if (isNet || ((amounts.rows[at] ?? 0) & 1) === 1)
        byAge[slot] = (byAge[slot] ?? 0) + (amounts.paise[at] ?? 0);
    }
  };
  const [firstDay] = asOfDays;
  const snapshot = firstDay === undefined ? null : snapshotBefore(columns.snapshots, dayNumber(firstDay));
  if (snapshot) addAll(snapshot.open, 0, snapshot.open.length);
  let at = snapshot?.end ?? 0;
  let before = -NEVER;
  return asOfDays.map((asOf) => {
    const today = dayNumber(asOf);
    const end = eventsUpTo(events.days, today);
    addAll(events, at, end);
    at = end;
    for (let later = 0; later < laterEvents.length; later += 1) {
      const day = laterEvents.days[later] ?? 0;
      if (day > today || day <= before || (!isNet && ((laterEvents.rows[later] ?? 0) & 1) === 0)) continue;
      const slot = (laterAges[later] ?? 0) - first;
      byAge[slot] = (byAge[slot] ?? 0) + (laterEvents.paise[later] ?? 0);
    }
    before = today;
    const totals = view.bounds.map(() => 0).concat(0);
    const buckets = classStarts(columns, { today, ages: agesBy(view.by), cuts: view.bounds }, 1);
    for (let slot = 0; slot < byAge.length; slot += 1) {
      const bucket = buckets[slot] ?? 0;
      totals[bucket] = (totals[bucket] ?? 0) + (byAge[slot] ?? 0);
    }
    return totals;
  });
}

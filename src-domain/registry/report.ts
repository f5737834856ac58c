import { daysBetween, type Day } from '../days.ts';
import { evidenceGrades, type EvidenceGrade } from './words.ts';

// What a check tells: facts in bands, as of a day, never a rating. Thresholds of suppression: docs/registry.md 4.

/** Upper ends in paise; what lies above the last is '>50L'. */
const BANDS = [
  ['0', 0],
  ['<10k', 10_000_00],
  ['10k-50k', 50_000_00],
  ['50k-1L', 1_00_000_00],
  ['1L-5L', 5_00_000_00],
  ['5L-10L', 10_00_000_00],
  ['10L-50L', 50_00_000_00],
] as const;
export const moneyBands = [...BANDS.map(([name]) => name), '>50L'] as const;
export type MoneyBand = (typeof moneyBands)[number];

export const dpdBands = ['0', '1-30', '31-60', '61-90', '91-180', '>180'] as const;
export type DpdBand = (typeof dpdBands)[number];
const DPD_ENDS = [0, 30, 60, 90, 180] as const;

export const TREND_MONTHS = 24;
/** With fewer reporters than this there is no trend: who knows the market would know who it is. */
export const TREND_LEAST = 3;
/** Of one reporter there is his number, bands and the oldest age. */
export const RATIO_LEAST = 2;

/** A lower end belongs to its band: ₹10,000 is '10k-50k', and a paisa below is '<10k'. */
export function moneyBand(paise: number): MoneyBand {
  if (paise <= 0) return '0';
  return BANDS.find(([, end]) => end > 0 && paise < end)?.[0] ?? '>50L';
}

/** Days past due of what is open, at the day of reading: never stored, for it would be wrong the next morning. */
export function daysPastDue(dueDay: Day, asOf: Day): number {
  return Math.max(0, daysBetween(dueDay, asOf));
}

export function dpdBucket(days: number): number {
  const at = DPD_ENDS.findIndex((end) => days <= end);
  return at < 0 ? DPD_ENDS.length : at;
}

export function dpdBand(days: number): DpdBand {
  return dpdBands[dpdBucket(days)] ?? '>180';
}

/**
 * Visible dues of one subject, counted as of a day. Counts only, so that one reporter's can be taken off again; the ages are
 * counts by bucket, of which the highest that is not empty is the worst.
 */
export type Tally = {
  /** Distinct businesses: two memberships of one PAN are one. */
  readonly reporters: number;
  readonly verified: number;
  /** How many businesses reported first in each month. */
  readonly sinceMonths: Readonly<Record<string, number>>;
  readonly dues: number;
  readonly settled: number;
  readonly writtenOff: number;
  readonly withdrawn: number;
  readonly amountPaise: number;
  readonly settledPaise: number;
  readonly openPaise: number;
  readonly overduePaise: number;
  /** In the order of the grades. */
  readonly evidence: readonly number[];
  readonly overdueAges: readonly number[];
  readonly lateness: readonly number[];
  /** Ages of each closed month, oldest month first. */
  readonly months: readonly (readonly number[])[];
};

/** 'details': since when, disputes, proofs, and what was written off or taken back; all of them nought then. */
export const suppressible = ['trend', 'ratio', 'details'] as const;
export type Suppressed = (typeof suppressible)[number];

export type Disputes = {
  readonly open: number;
  readonly forDebtor: number;
  readonly forReporter: number;
};

export type HistoryReport = {
  readonly isRecord: boolean;
  readonly reporters: { readonly n: number; readonly verified: number; readonly sinceMonth: string | null };
  readonly outstanding: MoneyBand;
  readonly overdue: MoneyBand;
  readonly oldestDpd: DpdBand;
  readonly worstDpd24m: DpdBand | null;
  readonly settledRatio: {
    readonly byCount: number;
    readonly byValueBand: string;
    /** Null where nothing was settled yet: nothing paid is not paid on time. */
    readonly medianDaysLate: DpdBand | null;
  } | null;
  /** Oldest month first; '-' where nobody had anything due. Null where suppressed. */
  readonly trend: readonly string[] | null;
  readonly disputes: Disputes;
  readonly evidence: Readonly<Record<EvidenceGrade, number>>;
  readonly writtenOff: number;
  readonly withdrawn: number;
  readonly suppressed: readonly Suppressed[];
};

/** The facts that may be told of one subject. */
export function reportOf(tally: Tally, disputes: Disputes): HistoryReport {
  const n = tally.reporters;
  const hasTrend = n >= TREND_LEAST;
  const hasRatio = n >= RATIO_LEAST;
  // Of two reporters a share is told in tenths: hundredths would tell how few dues there are, and so whose.
  const parts = hasTrend ? 100 : 10;
  const trend = hasTrend
    ? tally.months.map((ages) => (isEmpty(ages) ? '-' : String(worstBucket(ages))))
    : null;
  return {
    isRecord: n > 0,
    reporters: { n, verified: tally.verified, sinceMonth: hasRatio ? earliest(tally.sinceMonths) : null },
    outstanding: moneyBand(tally.openPaise),
    overdue: moneyBand(tally.overduePaise),
    oldestDpd: bandOf(worstBucket(tally.overdueAges)),
    worstDpd24m: hasTrend ? bandOf(Math.max(0, ...tally.months.map(worstBucket))) : null,
    settledRatio: hasRatio ? settledRatio(tally, parts) : null,
    trend,
    disputes: hasRatio ? disputes : { open: 0, forDebtor: 0, forReporter: 0 },
    evidence: hasRatio ? evidenceShares(tally, parts) : { irp: 0, ack: 0, doc: 0, claim: 0 },
    writtenOff: hasRatio ? tally.writtenOff : 0,
    withdrawn: hasRatio ? tally.withdrawn : 0,
    suppressed: suppressible.filter((one) => (one === 'trend' ? !hasTrend : !hasRatio)),
  };
}

function bandOf(bucket: number): DpdBand {
  return dpdBands[bucket] ?? '>180';
}

function isEmpty(ages: readonly number[]): boolean {
  return ages.every((count) => count === 0);
}

function worstBucket(ages: readonly number[]): number {
  return Math.max(
    0,
    ages.findLastIndex((count) => count > 0),
  );
}

function earliest(months: Tally['sinceMonths']): string | null {
  return (
    Object.entries(months)
      .filter(([, count]) => count > 0)
      .map(([month]) => month)
      .toSorted()[0] ?? null
  );
}

function settledRatio(
  { settled, dues, settledPaise, amountPaise, lateness }: Tally,
  parts: number,
): HistoryReport['settledRatio'] {
  const share = amountPaise === 0 ? 0 : Math.floor((settledPaise * 10) / amountPaise);
  const from = Math.min(9, share) * 10;
  return {
    byCount: shareOf(settled, dues, parts),
    byValueBand: `${from}-${from + 10}`,
    medianDaysLate: settled === 0 ? null : bandOf(medianBucket(lateness)),
  };
}

/** The lower of the two in the middle. */
function medianBucket(ages: readonly number[]): number {
  const middle = Math.floor((ages.reduce((sum, count) => sum + count, 0) - 1) / 2);
  let passed = 0;
  return Math.max(
    0,
    ages.findIndex((count) => {
      passed += count;
      return passed > middle;
    }),
  );
}

function evidenceShares({ evidence, dues }: Tally, parts: number): Readonly<Record<EvidenceGrade, number>> {
  const share = (grade: EvidenceGrade): number =>
    shareOf(evidence[evidenceGrades.indexOf(grade)] ?? 0, dues, parts);
  return { irp: share('irp'), ack: share('ack'), doc: share('doc'), claim: share('claim') };
}

/** A share rounded down to so many parts of one: telling more would tell the counts. Never more than the whole. */
function shareOf(part: number, whole: number, parts: number): number {
  return whole === 0 ? 0 : Math.min(parts, Math.floor((part * parts) / whole)) / parts;
}

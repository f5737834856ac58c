import type { AgingSummary, AgingTrend } from '#contract/engine/aging.ts';

/** A part of a bar: where it begins and how tall it is, in percent of the chart's height from below. */
export type MonthPart = { readonly bucket: number; readonly from: number; readonly height: number };
export type Scale = {
  readonly bottomPaise: number;
  readonly topPaise: number;
  /** Amounts that a line of the grid stands at, ascending. */
  readonly lines: readonly number[];
};

const LINES = 4;
const NICE = [1, 2, 2.5, 5, 10];

type Month = AgingTrend['months'][number];

/** Money above zero and, where unmatched credits are more than a bucket's bills, below it. */
function endsOf({ buckets }: Month): { readonly above: number; readonly below: number } {
  let [above, below] = [0, 0];
  for (const amount of buckets) {
    if (amount > 0) above += amount;
    else below += amount;
  }
  return { above, below };
}

/** The tallest bar of a trend, in paise. */
export function topOf({ months }: AgingTrend): number {
  return months.reduce((top, month) => Math.max(top, endsOf(month).above), 0);
}

/** A step of 1, 2, 2.5 or 5 and noughts that divides the height into about four. */
function stepFor(height: number): number {
  const rough = Math.max(1, height / LINES);
  const power = 10 ** Math.floor(Math.log10(rough));
  const nice = NICE.find((one) => one * power >= rough) ?? 10;
  return nice * power;
}

/** The axis: ends on round amounts that hold every bar, and `leastTopPaise`. */
export function scaleOf(trend: AgingTrend, leastTopPaise: number = 0): Scale {
  const top = Math.max(topOf(trend), leastTopPaise, 1);
  const bottom = trend.months.reduce((least, month) => Math.min(least, endsOf(month).below), 0);
  const step = stepFor(top - bottom);
  const from = Math.floor(bottom / step);
  const to = Math.ceil(top / step);
  const lines = Array.from({ length: to - from + 1 }, (_, at) => (from + at) * step);
  return { bottomPaise: from * step, topPaise: to * step, lines };
}

/** How high an amount stands in the chart, in percent. */
export function heightOn({ bottomPaise, topPaise }: Scale, amountPaise: number): number {
  return ((amountPaise - bottomPaise) * 100) / (topPaise - bottomPaise);
}

/** One bar: buckets on top of each other in the order of lateness, credits below the line of zero. */
export function partsOf({ buckets }: Month, scale: Scale): readonly MonthPart[] {
  let [above, below] = [0, 0];
  return buckets.map((amount, bucket) => {
    if (amount < 0) below += amount;
    const from = heightOn(scale, amount < 0 ? below : above);
    if (amount > 0) above += amount;
    return { bucket, from, height: (Math.abs(amount) * 100) / (scale.topPaise - scale.bottomPaise) };
  });
}

/** A whole bar in percent of the chart's height, and its parts from below in percent of the bar. */
export type MonthBar = {
  readonly bottom: number;
  readonly height: number;
  readonly parts: readonly { readonly bucket: number; readonly from: number; readonly to: number }[];
};

export function barOf(month: Month, scale: Scale): MonthBar {
  const parts = partsOf(month, scale).filter(({ height }) => height > 0);
  const bottom = Math.min(...parts.map(({ from }) => from));
  const height = Math.max(...parts.map((part) => part.from + part.height)) - bottom;
  if (parts.length === 0 || height <= 0) return { bottom: heightOn(scale, 0), height: 0, parts: [] };
  const inBar = (at: number): number => ((at - bottom) * 100) / height;
  const placed = parts
    .map((part) => ({ bucket: part.bucket, from: inBar(part.from), to: inBar(part.from + part.height) }))
    .toSorted((a, b) => a.from - b.from);
  return { bottom, height, parts: placed };
}

/** The bucket at a height of a bar, in percent from below. */
export function bucketAt({ parts }: MonthBar, percent: number): number | undefined {
  return (parts.find(({ to }) => percent <= to) ?? parts.at(-1))?.bucket;
}

/** The trend of another day of the same month: only its last bar differs, and the summary of that day is that bar. */
export function withLastDay(trend: AgingTrend, { asOf, totals }: AgingSummary): AgingTrend {
  const last = { day: asOf, buckets: totals.buckets, outstandingPaise: totals.outstandingPaise };
  return { ...trend, months: [...trend.months.slice(0, -1), last] };
}

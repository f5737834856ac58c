export type Rate = {
  readonly count: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
};

/** Milliseconds to a tenth. */
export function percentile(each: readonly number[], share: number): number {
  const sorted = each.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.ceil(sorted.length * share) - 1] ?? 0) * 10) / 10;
}

export function rateOf(each: readonly number[], milliseconds: number): Rate {
  return {
    count: each.length,
    perSecond: Math.round((each.length / milliseconds) * 1000),
    p50: percentile(each, 0.5),
    p95: percentile(each, 0.95),
    p99: percentile(each, 0.99),
  };
}

export function median(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
}

export function thousandths(value: number): number {
  return Math.round(value * 1000) / 1000;
}

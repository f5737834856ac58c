import type { ExportableColumn } from '#kit/export-columns.ts';
import type { LateRange } from '#kit/late-label.tsx';

/** One column a bucket, where the screen draws a strip; `totals` are those of the engine. */
export function bucketColumns<T extends { readonly buckets: readonly number[] }>(
  ranges: readonly LateRange[],
  totals: readonly number[],
  sayRange: (range: LateRange) => string,
): readonly ExportableColumn<T>[] {
  return ranges.map((range, bucket) => ({
    header: sayRange(range),
    export: { kind: 'money', value: (row) => row.buckets[bucket] ?? 0, total: totals[bucket] ?? 0, bucket },
  }));
}

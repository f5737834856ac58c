import type { Cell } from './cells.ts';

/** A merged range of a sheet; rows and columns count from 0, the last ones are part of it. */
export type Merge = {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
};

/** Cells that may be filled in one sheet; a sheet that asks for more was made to stop its reader. */
export const FILLED_MOST = 5_000_000;

/**
 * A name or a date merged over several rows holds for each of them; a merged amount stands once, or it would be
 * counted as often as there are rows. Changes `rows`; false when the merged ranges are more than any sheet has.
 */
export function fillMerges(rows: Cell[][], merges: readonly Merge[]): boolean {
  let left = FILLED_MOST;
  for (const merge of merges) {
    const value = rows[merge.top]?.[merge.left] ?? null;
    if (value === null || typeof value === 'number') continue;
    const bottom = Math.min(merge.bottom, rows.length - 1);
    for (let at = merge.top + 1; at <= bottom; at += 1) {
      const row = rows[at] ?? [];
      left -= 1 + Math.max(0, merge.left - row.length);
      if (left < 0) return false;
      // A row that holds nothing else stays blank.
      if (row.length === 0) continue;
      while (row.length <= merge.left) row.push(null);
      row[merge.left] ??= value;
    }
  }
  return true;
}

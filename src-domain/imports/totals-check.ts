import type { Heading } from './headings.ts';
import type { Reading } from './reading.ts';
import { rowAmounts } from './row-amounts.ts';
import { isSumOfSections, type Running } from './totals.ts';

/** What a totals row may say after the rows above it; the sum to show first. */
export function sumsAbove({ headings }: Reading, running: Running, saysMinor: number): readonly number[] {
  const { columnMinor, sectionMinor, measureMinor } = running;
  if (headings === null) return [columnMinor, sectionMinor, measureMinor];
  const shown = sectionMinor === 0 ? columnMinor : sectionMinor;
  return isSumOfSections(running, saysMinor) ? [shown, saysMinor] : [shown, columnMinor, measureMinor];
}

/** What the sum in a heading may say before the bills below it. */
export function sumsBelow(reading: Reading, heading: Heading): readonly number[] {
  let columnMinor = 0;
  let openColumnMinor = 0;
  for (const at of heading.bills) {
    const read = rowAmounts(reading, reading.grid.rows[at] ?? []);
    const amounts = read.ok ? read.value : read.known;
    columnMinor += amounts?.columnMinor ?? 0;
    openColumnMinor += amounts?.openColumnMinor ?? 0;
  }
  return [columnMinor, openColumnMinor];
}

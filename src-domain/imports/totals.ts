import { cellText, isBlankRow } from './cells.ts';
import { hasOwnDay } from './own-day.ts';
import { textOf, type Reading, type Row } from './reading.ts';
import { isBalanceText, isTotalsText } from './total-labels.ts';

/** Sums that totals rows are checked against. Changed by the loop over the rows only. */
export type Running = {
  columnMinor: number;
  sectionMinor: number;
  measureMinor: number;
  /** Sums without signs, so that no sum of the file can outgrow what is exact. */
  absoluteMinor: number;
  basePaise: number;
  rowCount: number;
  /** As columnMinor, of the column of open amounts: some programs total only that one. */
  openColumnMinor: number;
  /** What both columns had come to where each heading or totals row stood: a total reaches back to one of them. */
  readonly starts: { readonly column: Set<number>; readonly open: Set<number> };
};

export function noSums(): Running {
  const sums = { columnMinor: 0, sectionMinor: 0, measureMinor: 0, absoluteMinor: 0, basePaise: 0 };
  const starts = { column: new Set([0]), open: new Set([0]) };
  return { ...sums, rowCount: 0, openColumnMinor: 0, starts };
}

export function startSection(running: Running): void {
  running.sectionMinor = 0;
  running.starts.column.add(running.columnMinor);
  running.starts.open.add(running.openColumnMinor);
}

/** Whether it is what one section, some last ones together or all of them come to. */
export function isSumOfSections({ starts, columnMinor, openColumnMinor }: Running, minor: number): boolean {
  if (minor === 0) return false;
  return starts.column.has(columnMinor - minor) || starts.open.has(openColumnMinor - minor);
}

/** The label of a totals row ('' where only its amount gives it away), or undefined for other rows. */
export function totalsLabel(
  reading: Reading,
  row: Row,
  running: Running,
  columnMinor: number,
): string | undefined {
  if (hasOwnDay(reading.map, row)) return undefined;
  const label = row.map(cellText).find((text) => text !== '' && isTotalsText(text));
  if (
    label !== undefined &&
    !(textOf(reading, row, 'billNumber') !== '' && !isTotalsText(textOf(reading, row, 'billNumber')))
  )
    return label;
  const isNameless = textOf(reading, row, 'billNumber') === '' && textOf(reading, row, 'customerName') === '';
  const isSum =
    columnMinor !== 0 &&
    running.rowCount >= 2 &&
    (columnMinor === running.columnMinor || columnMinor === running.sectionMinor);
  return isNameless && isSum ? '' : undefined;
}

/** A lump brought forward or carried on: never a bill, because nobody knows how old it is. */
export function balanceLabel(reading: Reading, row: Row): string | undefined {
  const texts =
    reading.headings === null
      ? [textOf(reading, row, 'customerName'), textOf(reading, row, 'billNumber')]
      : row.map(cellText);
  return texts.find((text) => isBalanceText(text));
}

/** A heading: text somewhere, but neither a day nor an amount nor a number of its own. */
export function sectionLabel(reading: Reading, row: Row): string | undefined {
  if (isBlankRow(row) || hasOwnDay(reading.map, row) || textOf(reading, row, 'billNumber') !== '')
    return undefined;
  const filled = row.map(cellText).filter((text) => text !== '');
  return filled.length <= 2 ? filled[0] : undefined;
}

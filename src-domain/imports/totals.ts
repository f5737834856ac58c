import { cellText, isBlankRow } from './cells.ts';
import { readDay } from './dates.ts';
import { cellOf, textOf, type Reading, type Row } from './reading.ts';

const TOTAL_LABEL =
  /^(?:(?:sub|grand|page|net|report|overall|section|party|bill|group|all|sum)[\s-]*)*totals?(?:\s*\(.*\))?(?:\s*[:=-].*|\s+(?:of|for|due|outstanding|amount|rs|inr|in)\b.*)?$/iu;
const TOTAL_AFTER = /\S\s+(?:sub[\s-]*|grand[\s-]*)?total$/iu;
const TOTAL_HINDI = /^(?:कुल|योग|कुल योग|महायोग|कुल जोड़|जोड़|उप योग|उपयोग)(?:\s*[:=-].*)?$/u;
const BALANCE_LABEL = /^(?:(?:opening|closing)\s+balance|balance\s+(?:b|c)\/?[fd])$|^(?:to|by)\s+balance/iu;

const LABEL_MOST = 120;

/** Sums that totals rows are checked against. Changed by the loop over the rows only. */
export type Running = {
  columnMinor: number;
  sectionMinor: number;
  measureMinor: number;
  /** Sums without signs, so that no sum of the file can outgrow what is exact. */
  absoluteMinor: number;
  basePaise: number;
  rowCount: number;
};

export function noSums(): Running {
  return { columnMinor: 0, sectionMinor: 0, measureMinor: 0, absoluteMinor: 0, basePaise: 0, rowCount: 0 };
}

/** The label of a totals row ('' where only its amount gives it away), or undefined for other rows. */
export function totalsLabel(
  reading: Reading,
  row: Row,
  running: Running,
  columnMinor: number,
): string | undefined {
  if (hasOwnDay(reading, row)) return undefined;
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

export function isTotalsText(text: string): boolean {
  if (text.length > LABEL_MOST) return false;
  return TOTAL_LABEL.test(text) || TOTAL_HINDI.test(text) || TOTAL_AFTER.test(text);
}

/** A lump brought forward or carried on: never a bill, because nobody knows how old it is. */
export function balanceLabel(reading: Reading, row: Row): string | undefined {
  return [textOf(reading, row, 'customerName'), textOf(reading, row, 'billNumber')].find((text) =>
    BALANCE_LABEL.test(text),
  );
}

/** A heading: text somewhere, but neither a day nor an amount nor a number of its own. */
export function sectionLabel(reading: Reading, row: Row): string | undefined {
  if (isBlankRow(row) || hasOwnDay(reading, row) || textOf(reading, row, 'billNumber') !== '')
    return undefined;
  const filled = row.map(cellText).filter((text) => text !== '');
  return filled.length <= 2 ? filled[0] : undefined;
}

function hasOwnDay(reading: Reading, row: Row): boolean {
  if (reading.map.columns.billDay === undefined) return false;
  const read = readDay(cellOf(reading, row, 'billDay'), reading.map.dateOrder);
  // A day that does not exist or can be read in two ways is still meant as one.
  return read.ok ? read.value !== null : read.refusal.code !== 'day-unreadable';
}

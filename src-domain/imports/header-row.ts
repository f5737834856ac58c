import { cellText, isBlankRow, type Cell, type SheetGrid } from './cells.ts';
import { looksLikeDay } from './dates.ts';
import { headerKey, headerScore, matchesOf } from './headers.ts';

const HEADER_ROWS_SEARCHED = 60;
/** A row is taken for the header when its words name at least so many different fields. */
const FIELDS_LEAST = 2;

export type FoundHeader = { readonly row: number; readonly score: number };

/** The header lies below title rows; of rows that name as many fields the first one is it. */
export function findHeader(grid: SheetGrid): FoundHeader {
  let best: FoundHeader = { row: -1, score: 0 };
  grid.rows.slice(0, HEADER_ROWS_SEARCHED).forEach((row, at) => {
    const score = headerScore(row);
    if (score > best.score) best = { row: at, score };
  });
  if (best.score >= FIELDS_LEAST) return best;
  return { row: firstTableRow(grid), score: Math.max(best.score, 0) };
}

/** 2 where the row below continues the header (units, sub-titles, field names), else 1. */
function headerHeight(grid: SheetGrid, headerRow: number): 1 | 2 {
  const next = grid.rows[headerRow + 1];
  const header = grid.rows[headerRow];
  if (next === undefined || header === undefined || isBlankRow(next)) return 1;
  const hasValues = next.some((cell) => {
    const text = cellText(cell);
    return text !== '' && (typeof cell !== 'string' || /^[\s\d.,()₹/-]+$/u.test(text) || looksLikeDay(cell));
  });
  return !hasValues && continues(header, next) ? 2 : 1;
}

/** One label per column: of a two-row header the row whose words are understood, or both together. */
export function headerLabels(grid: SheetGrid, headerRow: number): string[] {
  const header = grid.rows[headerRow] ?? [];
  const below = headerHeight(grid, headerRow) === 2 ? (grid.rows[headerRow + 1] ?? []) : [];
  const width = Math.max(header.length, below.length);
  return Array.from({ length: width }, (_, column) => {
    const upper = cellText(header[column]);
    const lower = cellText(below[column]);
    if (upper === '' || lower === '') return upper || lower;
    const both = `${upper} ${lower}`;
    return matchesOf(both).length > 0 ? both : upper;
  });
}

/** Rows of data below the header, and the row (from 0) they begin at. */
export function firstDataRow(grid: SheetGrid, headerRow: number): number {
  return headerRow + headerHeight(grid, headerRow);
}

/** Exports of many pages repeat the header; such a row says again what the header says. */
export function isHeaderAgain(row: readonly Cell[], header: readonly Cell[]): boolean {
  // Nearly every row bears a number of its own, and that tells soonest.
  if (row.some((cell, at) => typeof cell === 'number' && cell !== header[at])) return false;
  let same = 0;
  for (let at = 0; at < row.length; at += 1) {
    const cell = row[at];
    if (cell === null || cell === undefined) continue;
    if (typeof cell === 'string' && cell !== header[at]) {
      const text = headerKey(cellText(cell));
      if (text === '') continue;
      if (text !== headerKey(cellText(header[at]))) return false;
    } else if (cell !== header[at]) return false;
    same += 1;
  }
  return same >= FIELDS_LEAST;
}

// A header's second row stands under blank labels ("Pending" / "Amount"), or fills columns without the look of a
// bill: Tally's quantities under its amounts, or machine names such as "SalesInvoice.name" under every label.
function continues(header: readonly Cell[], next: readonly Cell[]): boolean {
  let filled = 0;
  let dotted = 0;
  next.forEach((cell) => {
    const text = cellText(cell);
    if (text === '') return;
    filled += 1;
    if (/^[A-Za-z]+\.[A-Za-z]+$/.test(text)) dotted += 1;
  });
  if (dotted >= FIELDS_LEAST && dotted === filled) return true;
  const labels = header.filter((cell) => cellText(cell) !== '').length;
  const isSparse = filled <= labels / 2;
  const words = next.filter((cell) => typeof cell === 'string' && isUnitWord(cell)).length;
  return isSparse && words === filled;
}

const UNIT_WORDS =
  /^(?:inwards|outwards)?(?:qty|quantity|amount|amt|value|rate|rs|inr|₹|days?|bydays?|no|date|name|number|in(?:rs|inr)|debit|credit|dr|cr)$/u;

function isUnitWord(text: string): boolean {
  return UNIT_WORDS.test(headerKey(text)) || matchesOf(text).length > 0;
}

function firstTableRow(grid: SheetGrid): number {
  const at = grid.rows
    .slice(0, HEADER_ROWS_SEARCHED)
    .findIndex((row) => row.filter((cell) => cellText(cell) !== '').length >= 2);
  return Math.max(at, 0);
}

import { amountParts } from './amounts.ts';
import { cellText, type Cell, type SheetGrid } from './cells.ts';
import { decideOrder, looksLikeDay } from './dates.ts';
import { columnsOf, listGuesses, sampleColumns, VALUES_ONLY, type Sampled } from './guesses.ts';
import { headerKey } from './headers.ts';
import { headingText } from './heading-names.ts';
import { findHeadings } from './headings.ts';
import type { Columns, Guess, ImportMap } from './map.ts';
import { bareLabel, isTotalsText } from './total-labels.ts';
import { voucherClass } from './vouchers.ts';

export type HeadedWish = {
  readonly grid: SheetGrid;
  readonly map: ImportMap;
  readonly headers: readonly string[];
  readonly firstRow: number;
};

/** What the columns are shows in the first rows; the headings are then looked for in all. */
const ROWS_SAMPLED_MOST = 5000;
const FILLED_MOST = 2;
const LETTER = /\p{L}/u;
/** Headings must stand above at least one of so many bills, so that one stray text takes no list for itself. */
const BILLS_PER_HEADED_MOST = 2;
const NARRATION = /narration|remark|description|detail|note|comment|item|product/u;

/**
 * The guesses for a sheet whose customers stand in rows of their own above their bills; undefined for any other. A
 * column that names the customer beside the bills always wins.
 */
export function headedGuesses({ grid, map, headers, firstRow }: HeadedWish): readonly Guess[] | undefined {
  const sampled = sampleBills({ grid, headers, firstRow });
  const all = listGuesses(sampled);
  const guesses = all.filter((guess) => !isCustomer(guess));
  const columns = columnsOf(guesses);
  const dayCount = sampled.samples[columns.billDay ?? -1]?.length ?? 0;
  const isNamed = all.some((guess) => {
    const sample = sampled.samples[guess.column] ?? [];
    return (
      isCustomer(guess) && namesCustomers({ guess, label: headers[guess.column] ?? '', sample, dayCount })
    );
  });
  if (isNamed) return undefined;
  const { amount, openAmount, debit, credit, billDay } = columns;
  if (billDay === undefined || [amount, openAmount, debit, credit].every((at) => at === undefined)) return;
  return standsUnderHeadings({ grid, map, headers, firstRow }, columns) ? guesses : undefined;
}

/** As sampleColumns, without headings and totals: they would speak against what the columns are. */
export function sampleBills({ grid, headers, firstRow }: Omit<HeadedWish, 'map'>): Sampled {
  const top = grid.rows.slice(0, firstRow + ROWS_SAMPLED_MOST);
  const rows = top.map((row, at) => (at >= firstRow && isApart(row) ? [] : row));
  return sampleColumns({ ...grid, rows }, headers, firstRow);
}

/** Whether most bills of the sheet stand under somebody's name, with its columns read so. */
export function standsUnderHeadings({ grid, map, firstRow }: HeadedWish, columns: Columns): boolean {
  const { billDay } = columns;
  if (billDay === undefined) return false;
  const { order } = decideOrder(grid.rows.slice(firstRow).map((row) => row[billDay]));
  const headed = { ...map, columns, dateOrder: order, customerFrom: 'heading' as const };
  const { headedBillCount, billCount } = findHeadings({ grid, map: headed, firstRow });
  return headedBillCount > 0 && headedBillCount * BILLS_PER_HEADED_MOST >= billCount;
}

export function isCustomer({ field }: Guess): boolean {
  return field === 'customerName' || field === 'customerCode';
}

type Column = {
  readonly guess: Guess;
  readonly label: string;
  readonly sample: readonly Cell[];
  readonly dayCount: number;
};

/** Whether the column names customers beside the bills, and not what was sold or how it was booked. */
function namesCustomers({ guess, label, sample, dayCount }: Column): boolean {
  if (sample.length === 0) return false;
  const key = headerKey(label);
  // A column whose header says nothing must stand beside most of the bills.
  if (guess.confidence <= VALUES_ONLY) return !NARRATION.test(key) && sample.length * 2 > dayCount;
  return key !== 'particulars' || sample.some((cell) => voucherClass(cellText(cell)) === 'unknown');
}

/** A heading, a total or a note: nothing a column could be told from. */
function isApart(row: readonly Cell[]): boolean {
  const filled = row.filter((cell) => cellText(cell) !== '');
  // Labels are written in letters, and most cells hold none.
  const texts = filled.map((cell) => cellText(cell)).filter((text) => LETTER.test(text));
  if (texts.some((text) => isTotalsText(bareLabel(text)) || isLabelled(text))) return true;
  const isText = (cell: Cell): boolean => !looksLikeDay(cell) && !amountParts(cell).ok;
  return filled.length <= FILLED_MOST && filled.some(isText) && !filled.some(looksLikeDay);
}

function isLabelled(text: string): boolean {
  const found = headingText(text);
  return found.kind === 'label' || (found.kind === 'party' && found.isLabelled);
}

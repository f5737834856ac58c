import type { Refusal } from '../result.ts';
import { cellText, isBlankRow, type Cell, type SheetGrid } from './cells.ts';
import { currencyOfText } from './currencies.ts';
import { decideOrder, type OrderFinding } from './dates.ts';
import { isBalanceList } from './balances.ts';
import { headedGuesses, isCustomer, sampleBills, standsUnderHeadings, type HeadedWish } from './headed.ts';
import { isHeaded } from './headings.ts';
import { columnsOf, layoutGuesses, listGuesses, sampleColumns } from './guesses.ts';
import { findHeader, firstDataRow, headerLabels } from './header-row.ts';
import { fingerprintOf, layoutOf, type KnownLayout } from './layouts.ts';
import type { Columns, Guess, ImportMap, Understood } from './map.ts';
import { withSaved, type SavedMap } from './saved-map.ts';

export type UnderstandWish = {
  /** null = find it. */
  readonly sheet: number | null;
  readonly headerRow: number | null;
  readonly baseCurrency: string;
  /** How the user read a list with these headings (by their fingerprint) before. */
  readonly savedFor?: (fingerprint: string) => SavedMap | null;
};

/** Rows of the drawn grid: those above the header and some below it. */
const GRID_ROWS_LEAST = 40;
const GRID_ROWS_BELOW = 20;
const GRID_COLUMNS_MOST = 60;
const GRID_TEXT_MOST = 80;

const NO_SHEET: SheetGrid = { name: '', rows: [] };

/** What one sheet says and how it is to be read; picks the sheet and the header row where the wish leaves them open. */
export function understandSheet(sheets: readonly SheetGrid[], wish: UnderstandWish): Understood {
  const sheet = wish.sheet ?? bestSheet(sheets);
  const grid = sheets[sheet] ?? NO_SHEET;
  const headerRow = wish.headerRow ?? findHeader(grid).row;
  const headers = headerLabels(grid, headerRow);
  const first = firstDataRow(grid, headerRow);
  const layout = layoutOf(headers);
  const plain = emptyMap({ sheet, headerRow });
  const { guesses, isHeadedSheet } = guessesOf({ grid, map: plain, headers, firstRow: first }, layout);
  const found = { ...plain, columns: columnsOf(guesses) };
  const guessed: ImportMap = isHeadedSheet ? { ...found, customerFrom: 'heading' } : found;
  const saved = wish.savedFor?.(fingerprintOf(headers)) ?? null;
  const columns = saved === null ? guessed.columns : saved.columns;
  const order = decideOrder(dayCells(grid, columns, first));
  const dated = { ...guessed, dateOrder: order.order };
  const map = saved === null ? dated : withSaved(dated, saved, order.order);
  const dataRowCount = countRows(grid, first);
  const currencies = currenciesOf(grid, columns, first);
  const facts = {
    grid,
    labels: headers,
    map,
    order,
    dataRowCount,
    currencies,
    baseCurrency: wish.baseCurrency,
  };
  const doubts = [...doubtsOf(facts, first), ...rateDoubts(facts, hasRates(grid, columns, first))];
  return {
    sheet,
    headerRow,
    headers,
    layout: layout.name,
    isRemembered: saved !== null,
    guesses,
    map,
    doubts,
    currencies: currencies.length === 0 ? [wish.baseCurrency] : currencies,
    grid: drawnGrid(grid, headerRow),
    dataRowCount,
  };
}

type Guessed = { readonly guesses: Guess[]; readonly isHeadedSheet: boolean };

function guessesOf(sheet: HeadedWish, layout: KnownLayout): Guessed {
  if (layout.name === 'list') {
    const headed = headedGuesses(sheet);
    const sampled = sampleColumns(sheet.grid, sheet.headers, sheet.firstRow);
    return { guesses: [...(headed ?? listGuesses(sampled))], isHeadedSheet: headed !== undefined };
  }
  // Programs put sections and totals between their rows.
  const sampled = sampleBills(sheet);
  const guesses = layoutGuesses(layout.columns, sampled);
  if (guesses.some(isCustomer)) return { guesses, isHeadedSheet: false };
  // An export without a column of customers names them above their bills, or else in the column of the particulars.
  if (standsUnderHeadings(sheet, columnsOf(guesses))) return { guesses, isHeadedSheet: true };
  const named = listGuesses(sampled).find((guess) => isCustomer(guess) && isFreeColumn(guesses, guess));
  return { guesses: named === undefined ? guesses : [...guesses, named], isHeadedSheet: false };
}

function isFreeColumn(guesses: readonly Guess[], { column }: Guess): boolean {
  return !guesses.some((guess) => guess.column === column);
}

/** A map that says nothing yet but where the header stands. */
function emptyMap(at: Pick<ImportMap, 'sheet' | 'headerRow'>): ImportMap {
  const undecided = { dateOrder: null, creditDays: null, balancesDay: null, currency: null };
  const nothing = { takeDrafts: false, isCompleteList: false, sameCustomers: {}, fixes: [] };
  return { ...at, columns: {}, ...undecided, rates: {}, ...nothing };
}

function countRows(grid: SheetGrid, first: number): number {
  let count = 0;
  for (let at = first; at < grid.rows.length; at += 1) if (!isBlankRow(grid.rows[at])) count += 1;
  return count;
}

/** All cells of the columns that bear days, from the first row of data on. */
export function* dayCells(grid: SheetGrid, columns: Columns, firstRow: number): Generator<Cell | undefined> {
  for (const column of [columns.billDay, columns.dueDay, columns.lastReceiptDay]) {
    if (column === undefined) continue;
    for (let at = firstRow; at < grid.rows.length; at += 1) yield grid.rows[at]?.[column];
  }
}

/** The sheet whose header names the most fields; of equals the one with the most rows. */
function bestSheet(sheets: readonly SheetGrid[]): number {
  if (sheets.length === 1) return 0;
  let best = { at: 0, score: -1, rows: -1 };
  sheets.forEach((grid, at) => {
    const found = findHeader(grid);
    const rows = countRows(grid, found.row + 1);
    const score = rows === 0 ? 0 : found.score;
    if (score > best.score || (score === best.score && rows > best.rows)) best = { at, score, rows };
  });
  return best.at;
}

type Facts = {
  readonly grid: SheetGrid;
  readonly labels: readonly string[];
  readonly map: ImportMap;
  readonly order: OrderFinding;
  readonly dataRowCount: number;
  readonly currencies: readonly string[];
  readonly baseCurrency: string;
};

function doubtsOf({ grid, labels, map, order, dataRowCount }: Facts, firstRow: number): Refusal[] {
  const { columns } = map;
  const doubts: Refusal[] = [];
  if (dataRowCount === 0) {
    doubts.push({ code: 'no-rows', sentence: 'There are no rows below the header.' });
  }
  if (columns.customerName === undefined && columns.customerCode === undefined && !isHeaded(map)) {
    doubts.push({ code: 'no-customer', sentence: 'No column was found that names the customer.' });
  }
  if ([columns.amount, columns.openAmount, columns.debit, columns.credit].every((at) => at === undefined)) {
    doubts.push({ code: 'no-amount', sentence: 'No column was found that bears the amounts.' });
  }
  if (columns.billDay === undefined && !isBalanceList({ grid, map, firstRow, labels })) {
    doubts.push({ code: 'no-day', sentence: 'No column was found that bears the date of the bill.' });
  }
  if (order.ambiguous !== null && map.dateOrder === null) {
    const text = order.ambiguous;
    doubts.push({
      code: 'date-order-ambiguous',
      sentence: `Dates such as “${text}” can be read as two different days. Choose whether the day or the month stands first.`,
      values: { text },
    });
  }
  if (order.isMixed) {
    doubts.push({
      code: 'dates-mixed',
      sentence:
        'Some dates are text and all others fall in the first twelve days of a month: the spreadsheet may have turned day and month round. Check a few dates.',
    });
  }
  return doubts;
}

function rateDoubts({ currencies, baseCurrency }: Facts, hasOwnRates: boolean): Refusal[] {
  if (hasOwnRates) return [];
  return currencies
    .filter((currency) => currency !== baseCurrency)
    .map((currency) => ({
      code: 'rate-missing',
      sentence: `The file bears amounts in ${currency}. Give the rate of one ${currency} in ${baseCurrency}.`,
      values: { currency },
    }));
}

function currenciesOf(grid: SheetGrid, columns: Columns, first: number): string[] {
  if (columns.currency === undefined) return [];
  const found = new Set<string>();
  for (let at = first; at < grid.rows.length; at += 1) {
    const currency = currencyOfText(cellText(grid.rows[at]?.[columns.currency]));
    if (currency !== undefined) found.add(currency);
  }
  return [...found].sort();
}

// A column of nothing but 1.00 knows no rates: programs write it for their own base currency.
function hasRates(grid: SheetGrid, { rate }: Columns, first: number): boolean {
  if (rate === undefined) return false;
  for (let at = first; at < grid.rows.length; at += 1) {
    const value = Number(cellText(grid.rows[at]?.[rate]));
    if (value > 0 && value !== 1) return true;
  }
  return false;
}

function drawnGrid(grid: SheetGrid, headerRow: number): string[][] {
  return grid.rows
    .slice(0, Math.max(GRID_ROWS_LEAST, headerRow + 1 + GRID_ROWS_BELOW))
    .map((row) => row.slice(0, GRID_COLUMNS_MOST).map((cell) => cellText(cell).slice(0, GRID_TEXT_MOST)));
}

import type { Refusal } from '../result.ts';
import { cellText, isBlankRow, type Cell, type SheetGrid } from './cells.ts';
import { currencyOfText } from './currencies.ts';
import { decideOrder, type OrderFinding } from './dates.ts';
import { headedGuesses } from './headed.ts';
import { isHeaded } from './headings.ts';
import { columnsOf, layoutGuesses, listGuesses, sampleColumns } from './guesses.ts';
import { findHeader, firstDataRow, headerLabels } from './header-row.ts';
import { layoutOf } from './layouts.ts';
import type { Columns, ImportMap, Understood } from './map.ts';

export type UnderstandWish = {
  /** null = find it. */
  readonly sheet: number | null;
  readonly headerRow: number | null;
  readonly baseCurrency: string;
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
  const sampled = sampleColumns(grid, headers, first);
  const listed = layout.name === 'list' ? listGuesses(sampled) : layoutGuesses(layout.columns, sampled);
  const plain = emptyMap({ sheet, headerRow });
  const headed =
    layout.name === 'list' ? headedGuesses({ grid, map: plain, headers, firstRow: first }) : undefined;
  const guesses = [...(headed ?? listed)];
  const columns = columnsOf(guesses);
  const order = decideOrder(dayCells(grid, columns, first));
  const read = { ...plain, columns, dateOrder: order.order };
  const map: ImportMap = headed === undefined ? read : { ...read, customerFrom: 'heading' };
  const dataRowCount = grid.rows.slice(first).filter((row) => !isBlankRow(row)).length;
  const currencies = currenciesOf(grid, columns, first);
  const facts = { map, order, dataRowCount, currencies, baseCurrency: wish.baseCurrency };
  const doubts = [...doubtsOf(facts), ...rateDoubts(facts, hasRates(grid, columns, first))];
  return {
    sheet,
    headerRow,
    headers,
    layout: layout.name,
    guesses,
    map,
    doubts,
    currencies: currencies.length === 0 ? [wish.baseCurrency] : currencies,
    grid: drawnGrid(grid, headerRow),
    dataRowCount,
  };
}

/** A map that says nothing yet but where the header stands. */
function emptyMap(at: Pick<ImportMap, 'sheet' | 'headerRow'>): ImportMap {
  const undecided = { dateOrder: null, creditDays: null, balancesDay: null, currency: null };
  return { ...at, columns: {}, ...undecided, rates: {}, takeDrafts: false };
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
  let best = { at: 0, score: -1, rows: -1 };
  sheets.forEach((grid, at) => {
    const found = findHeader(grid);
    const rows = grid.rows.slice(found.row + 1).filter((row) => !isBlankRow(row)).length;
    const score = rows === 0 ? 0 : found.score;
    if (score > best.score || (score === best.score && rows > best.rows)) best = { at, score, rows };
  });
  return best.at;
}

type Facts = {
  readonly map: ImportMap;
  readonly order: OrderFinding;
  readonly dataRowCount: number;
  readonly currencies: readonly string[];
  readonly baseCurrency: string;
};

function doubtsOf({ map, order, dataRowCount }: Facts): Refusal[] {
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
  if (columns.billDay === undefined) {
    doubts.push({ code: 'no-day', sentence: 'No column was found that bears the date of the bill.' });
  }
  if (order.ambiguous !== null) {
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
  return grid.rows.slice(first).some((row) => {
    const value = Number(cellText(row[rate]));
    return value > 0 && value !== 1;
  });
}

function drawnGrid(grid: SheetGrid, headerRow: number): string[][] {
  return grid.rows
    .slice(0, Math.max(GRID_ROWS_LEAST, headerRow + 1 + GRID_ROWS_BELOW))
    .map((row) => row.slice(0, GRID_COLUMNS_MOST).map((cell) => cellText(cell).slice(0, GRID_TEXT_MOST)));
}

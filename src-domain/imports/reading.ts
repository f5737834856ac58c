import { provesCommaDecimals } from './amounts.ts';
import { agedColumns, groupRows, isBalanceList, type AgedColumn } from './balances.ts';
import { cellText, type Cell, type SheetGrid } from './cells.ts';
import { firstDataRow, headerLabels } from './header-row.ts';
import { findHeadings, isHeaded, type Headings } from './headings.ts';
import { headerKey } from './headers.ts';
import type { BookFacts } from './imported.ts';
import { layoutOf, type LayoutName } from './layouts.ts';
import type { Result } from '../result.ts';
import type { RowCustomer } from './row-customer.ts';
import { linesAddUp } from './lines.ts';
import type { ImportField, ImportMap } from './map.ts';

/** All that is known before the first row is read. */
export type Reading = {
  readonly grid: SheetGrid;
  readonly map: ImportMap;
  readonly book: BookFacts;
  readonly labels: readonly string[];
  readonly layout: LayoutName;
  readonly firstRow: number;
  /** Columns whose own values prove that a comma is their decimal mark. */
  readonly commaColumns: ReadonlySet<number>;
  /** A second column of some layouts that says whether the document was cancelled. */
  readonly cancelledColumn: number | null;
  /** Who stands above which rows; null where a column names the customer. */
  readonly headings: Headings | null;
  /** The rows are customers with what each owes in all; there are no bills. */
  readonly isBalanceList: boolean;
  /** Of a balance list: rows that only add up rows below them. */
  readonly groupRows: ReadonlySet<number>;
  /** Of a balance list: its aged columns. */
  readonly aged: readonly AgedColumn[] | null;
  /** The aged column that is being read, of an aging summary. */
  readonly agedColumn: AgedColumn | null;
  /** The rows of one number are items of one bill and are added up. */
  readonly linesAddUp: boolean;
  /** Customers by all that a row said of them; filled while the rows are read. */
  readonly customers: Map<string, Result<RowCustomer>>;
};

export type Row = readonly Cell[];

const AMOUNT_FIELDS = ['amount', 'openAmount', 'debit', 'credit'] as const satisfies readonly ImportField[];

export function makeReading(grid: SheetGrid, map: ImportMap, book: BookFacts): Reading {
  const labels = headerLabels(grid, map.headerRow);
  const firstRow = firstDataRow(grid, map.headerRow);
  const layout = layoutOf(labels).name;
  const cancelled = labels.findIndex((label) => /^cancell?ed$/.test(headerKey(label)));
  const sheet = { grid, map, firstRow, labels };
  const isBalances = isBalanceList(sheet);
  return {
    grid,
    map,
    book,
    labels,
    layout,
    firstRow,
    commaColumns: commaColumnsOf(grid, map, firstRow),
    cancelledColumn: layout === 'frappe-sales-invoices' && cancelled >= 0 ? cancelled : null,
    headings: isHeaded(map) ? findHeadings(sheet) : null,
    isBalanceList: isBalances,
    groupRows: isBalances ? groupRows(sheet) : new Set(),
    aged: isBalances ? agedColumns(labels) : null,
    agedColumn: null,
    customers: new Map(),
    linesAddUp: layout === 'list' && linesAddUp(grid, map, { labels, firstRow }),
  };
}

export function cellOf(reading: Reading, row: Row, field: ImportField): Cell {
  const column = reading.map.columns[field];
  return column === undefined ? null : (row[column] ?? null);
}

export function textOf(reading: Reading, row: Row, field: ImportField): string {
  return cellText(cellOf(reading, row, field));
}

function commaColumnsOf(grid: SheetGrid, map: ImportMap, firstRow: number): ReadonlySet<number> {
  const columns = new Set<number>();
  for (const field of AMOUNT_FIELDS) {
    const column = map.columns[field];
    if (column !== undefined && provesCommaDecimals(columnCells(grid, column, firstRow))) columns.add(column);
  }
  return columns;
}

function* columnCells(grid: SheetGrid, column: number, firstRow: number): Generator<Cell | undefined> {
  for (let at = firstRow; at < grid.rows.length; at += 1) yield grid.rows[at]?.[column];
}

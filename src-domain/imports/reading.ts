import { provesCommaDecimals } from './amounts.ts';
import { cellText, type Cell, type SheetGrid } from './cells.ts';
import { firstDataRow, headerLabels } from './header-row.ts';
import { findHeadings, isHeaded, type Headings } from './headings.ts';
import { headerKey } from './headers.ts';
import type { BookFacts } from './imported.ts';
import { layoutOf, type LayoutName } from './layouts.ts';
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
};

export type Row = readonly Cell[];

const AMOUNT_FIELDS = ['amount', 'openAmount', 'debit', 'credit'] as const satisfies readonly ImportField[];

export function makeReading(grid: SheetGrid, map: ImportMap, book: BookFacts): Reading {
  const labels = headerLabels(grid, map.headerRow);
  const firstRow = firstDataRow(grid, map.headerRow);
  const layout = layoutOf(labels).name;
  const cancelled = labels.findIndex((label) => /^cancell?ed$/.test(headerKey(label)));
  return {
    grid,
    map,
    book,
    labels,
    layout,
    firstRow,
    commaColumns: commaColumnsOf(grid, map, firstRow),
    cancelledColumn: layout === 'frappe-sales-invoices' && cancelled >= 0 ? cancelled : null,
    headings: isHeaded(map) ? findHeadings({ grid, map, firstRow }) : null,
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

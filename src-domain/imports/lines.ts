import { cellText, type SheetGrid } from './cells.ts';
import { headerKey } from './headers.ts';
import type { ImportMap } from './map.ts';

/** Columns that only a list of items has. */
const ITEM_LABEL =
  /^(?:item|itemname|itemdescription|items|product|productname|stockitem|nameofitem|goods|description|lineitem|hsn|hsncode|hsnsac|sku|qty|quantity|billedqty|unitprice|itemrate)$/u;
const ROWS_LOOKED_AT_MOST = 200_000;

/**
 * Whether the rows of one bill are its items, each with its own part of the amount, and not the bill's total said again
 * on each: the sheet names items, and the amounts of one number differ somewhere.
 */
export function linesAddUp(
  grid: SheetGrid,
  map: ImportMap,
  { labels, firstRow }: { readonly labels: readonly string[]; readonly firstRow: number },
): boolean {
  const { billNumber, amount, openAmount, customerName, billDay } = map.columns;
  if (billNumber === undefined || amount === undefined || openAmount !== undefined) return false;
  const mapped = new Set(Object.values(map.columns));
  if (!labels.some((label, column) => !mapped.has(column) && ITEM_LABEL.test(headerKey(label)))) return false;
  const said = new Map<string, string>();
  const end = Math.min(grid.rows.length, firstRow + ROWS_LOOKED_AT_MOST);
  for (let at = firstRow; at < end; at += 1) {
    const row = grid.rows[at] ?? [];
    const number = cellText(row[billNumber]);
    const text = cellText(row[amount]);
    if (number === '' || text === '') continue;
    const key = [number, customerName, billDay]
      .map((column) => (typeof column === 'number' ? cellText(row[column]) : (column ?? '')))
      .join('|');
    const before = said.get(key);
    if (before === undefined) said.set(key, text);
    else if (before !== text) return true;
  }
  return false;
}

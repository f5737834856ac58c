import type { Column, Sort, TableRow } from './data-table-model.ts';
import { sortKey } from './sort-key.ts';

/**
 * Rows in the order of a column. Each row is asked once for its value, and only numbers or plain texts are compared:
 * a table library's own sorting asks at every comparison, and 50,000 rows would stand still for half a second.
 * Rows without a value come last either way; equal ones stay as they came.
 */
export function orderRows<T extends object>(
  rows: readonly TableRow<T>[],
  columns: readonly Column<T>[],
  sort: Sort | undefined,
): readonly TableRow<T>[] {
  const sortBy = columns.find(({ key }) => key === sort?.key)?.sortBy;
  if (!sortBy || !sort) return rows;
  const numbers: Keyed<T, number>[] = [];
  const texts: Keyed<T, string>[] = [];
  const without: TableRow<T>[] = [];
  for (const row of rows) {
    const value = sortBy(row.original);
    if (typeof value === 'number') numbers.push({ row, key: value });
    else if (value === null || value === '') without.push(row);
    else texts.push({ row, key: sortKey(value) });
  }
  const turn = sort.direction === 'desc' ? -1 : 1;
  numbers.sort((a, b) => (a.key - b.key) * turn);
  texts.sort((a, b) => (a.key < b.key ? 0 - turn : a.key > b.key ? turn : 0));
  return [...numbers.map(rowOf), ...texts.map(rowOf), ...without];
}

type Keyed<T extends object, Key> = { readonly row: TableRow<T>; readonly key: Key };

function rowOf<T extends object>({ row }: { readonly row: TableRow<T> }): TableRow<T> {
  return row;
}

import {
  createSortedRowModel,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type ReactTable,
  type Row,
  type SortingState,
} from '@tanstack/react-table';
import { useMemo, useState, type ReactNode } from 'react';

/** One column of a table: what it says, how wide it is, how it sorts. */
export type Column<T> = {
  readonly key: string;
  readonly header: string;
  /** A longer word for the header, on hover. */
  readonly title?: string;
  readonly align?: 'start' | 'end' | 'center';
  /** Least width in pixels. */
  readonly width: number;
  /** Share of the width that is left over; 0 by default. */
  readonly grow?: number;
  /** What it sorts by; null sorts last either way. Without it the column does not sort. */
  readonly sortBy?: (row: T) => string | number | null;
  readonly sortFirst?: 'asc' | 'desc';
  readonly cell: (row: T) => ReactNode;
  /** What stands in the totals row. */
  readonly total?: ReactNode;
  /** The cell is pressed to open the row. */
  readonly opens?: boolean;
};

export type Sort = { readonly key: string; readonly direction: 'asc' | 'desc' };

const features = tableFeatures({
  rowSortingFeature,
  rowSelectionFeature,
  sortedRowModel: createSortedRowModel(),
});

export type Features = typeof features;
export type TableRow<T extends object> = Row<Features, T>;
export type TableModel<T extends object> = ReactTable<Features, T>;

const collator = new Intl.Collator('en-IN', { numeric: true, sensitivity: 'base' });

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(String(a), String(b));
}

function definitionOf<T extends object>(column: Column<T>): ColumnDef<Features, T, unknown> {
  const { sortBy } = column;
  return {
    id: column.key,
    accessorFn: (row: T) => sortBy?.(row) ?? undefined,
    enableSorting: sortBy !== undefined,
    sortDescFirst: column.sortFirst === 'desc',
    sortUndefined: 'last',
    sortFn: (a, b, id) => compare(a.getValue(id), b.getValue(id)),
  };
}

const NO_ROWS: readonly never[] = [];

type ModelWish<T> = {
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[] | undefined;
  readonly keyOf: (row: T) => string;
  readonly initialSort?: Sort | undefined;
};

/** The sorted and selectable rows, by TanStack Table; how they look is data-table.tsx. */
export function useTableModel<T extends object>({
  columns,
  rows,
  keyOf,
  initialSort,
}: ModelWish<T>): TableModel<T> {
  const definitions = useMemo(() => columns.map(definitionOf), [columns]);
  const [sorting, setSorting] = useState<SortingState>(() =>
    initialSort ? [{ id: initialSort.key, desc: initialSort.direction === 'desc' }] : [],
  );
  return useTable<Features, T>({
    features,
    columns: definitions,
    data: rows ?? NO_ROWS,
    getRowId: keyOf,
    enableSortingRemoval: false,
    enableMultiSort: false,
    state: { sorting },
    onSortingChange: setSorting,
  });
}

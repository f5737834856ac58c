import {
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type ReactTable,
  type Row,
  type SortingState,
  type Updater,
} from '@tanstack/react-table';
import { useMemo, useState, type ReactNode } from 'react';
import type { ExportMeta } from './export-columns.ts';

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
  /** What stands in a group's row, and in the totals row where there is no `total`. */
  readonly sum?: (rows: readonly T[]) => ReactNode;
  /** The cell is pressed to open the row. */
  readonly opens?: boolean;
  /** How it goes into a file; without it the column stays on the screen. */
  readonly export?: ExportMeta<T> | undefined;
};

export type Sort = { readonly key: string; readonly direction: 'asc' | 'desc' };

const features = tableFeatures({ rowSortingFeature, rowSelectionFeature });

export type Features = typeof features;
export type TableRow<T extends object> = Row<Features, T>;
export type TableModel<T extends object> = ReactTable<Features, T>;

function definitionOf<T extends object>(column: Column<T>): ColumnDef<Features, T, unknown> {
  return {
    id: column.key,
    // Cells are drawn and sorted by the column's own functions.
    accessorFn: () => undefined,
    enableSorting: column.sortBy !== undefined,
    sortDescFirst: column.sortFirst === 'desc',
  };
}

const NO_ROWS: readonly never[] = [];

export type ModelWish<T> = {
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[] | undefined;
  readonly keyOf: (row: T) => string;
  readonly initialSort?: Sort | undefined;
  /** The sort is kept by whoever asks for the table; give both or neither. */
  readonly sort?: Sort | undefined;
  readonly onSort?: ((sort: Sort) => void) | undefined;
};

/** The selectable rows and what they are sorted by, by TanStack Table; data-table-order.ts sorts them. */
export function useTableModel<T extends object>(wish: ModelWish<T>): TableModel<T> {
  const { columns, rows, keyOf, initialSort, sort, onSort } = wish;
  const definitions = useMemo(() => columns.map(definitionOf), [columns]);
  const [own, setOwn] = useState<Sort | undefined>(initialSort);
  const shown = sort ?? own;
  const isThere = definitions.some(({ id }) => id === shown?.key);
  const key = isThere ? shown?.key : undefined;
  const isDescending = shown?.direction === 'desc';
  const sorting = useMemo<SortingState>(
    () => (key === undefined ? [] : [{ id: key, desc: isDescending }]),
    [key, isDescending],
  );
  return useTable<Features, T>({
    features,
    columns: definitions,
    data: rows ?? NO_ROWS,
    getRowId: keyOf,
    enableSortingRemoval: false,
    enableMultiSort: false,
    manualSorting: true,
    state: { sorting },
    onSortingChange: (updater: Updater<SortingState>) => {
      const [next] = typeof updater === 'function' ? updater(sorting) : updater;
      if (!next) return;
      const chosen: Sort = { key: next.id, direction: next.desc ? 'desc' : 'asc' };
      setOwn(chosen);
      onSort?.(chosen);
    },
  });
}

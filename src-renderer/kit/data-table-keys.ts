import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { TableModel, TableRow } from './data-table-model.ts';

type Cursor<T extends object> = {
  /** Index of the row the keyboard stands on; -1 for none. */
  readonly activeIndex: number;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onRowClick: (index: number, event: MouseEvent) => void;
  readonly activeRow: TableRow<T> | undefined;
};

type CursorWish<T extends object> = {
  readonly table: TableModel<T>;
  readonly rows: readonly TableRow<T>[];
  /** How many rows a page key moves. */
  readonly pageRows: () => number;
  readonly scrollTo: (index: number) => void;
  readonly onOpen: ((row: T) => void) | undefined;
  readonly onPeek: ((row: T) => void) | undefined;
};

/** Where the cursor goes from a key, or undefined when the key does not move it. */
function moveOf(key: string, from: number, last: number, page: number): number | undefined {
  const clamp = (index: number): number => Math.min(last, Math.max(0, index));
  switch (key) {
    case 'ArrowDown':
      return clamp(from + 1);
    case 'ArrowUp':
      return clamp(from < 0 ? 0 : from - 1);
    case 'PageDown':
      return clamp(from + page);
    case 'PageUp':
      return clamp(from - page);
    case 'Home':
      return clamp(0);
    case 'End':
      return last;
    default:
      return undefined;
  }
}

/** Moves, opens and selects rows as Windows' own lists do: arrows, Shift to extend, Ctrl to add. */
export function useCursor<T extends object>(wish: CursorWish<T>): Cursor<T> {
  const { table, rows, pageRows, scrollTo, onOpen, onPeek } = wish;
  const [activeId, setActiveId] = useState<string>();
  const anchor = useRef(0);
  const activeIndex = activeId === undefined ? -1 : rows.findIndex((row) => row.id === activeId);

  const stand = useCallback(
    (index: number, how: 'alone' | 'range' | 'toggle') => {
      const row = rows[index];
      if (!row) return;
      setActiveId(row.id);
      if (how !== 'range') anchor.current = index;
      if (how === 'toggle') {
        table.setRowSelection(({ [row.id]: was, ...others }) =>
          was ? others : { ...others, [row.id]: true },
        );
        return;
      }
      const from = Math.min(how === 'range' ? anchor.current : index, index);
      const to = Math.max(how === 'range' ? anchor.current : index, index);
      table.setRowSelection(() => Object.fromEntries(rows.slice(from, to + 1).map(selected)));
    },
    [rows, table],
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    // The header's buttons keep their own keys.
    const isInHead = event.target instanceof Element && event.target.closest('[role=columnheader]') !== null;
    if (isInHead || event.altKey) return;
    const moved = moveOf(event.key, activeIndex, rows.length - 1, pageRows());
    const active = rows[activeIndex];
    if (moved !== undefined) {
      stand(moved, event.shiftKey ? 'range' : 'alone');
      scrollTo(moved);
    } else if (event.key === 'Enter' && active) onOpen?.(active.original);
    else if (event.key === ' ' && active && onPeek && !event.ctrlKey) onPeek(active.original);
    else if (event.key === ' ' && active) stand(activeIndex, 'toggle');
    else if (event.key === 'Escape' && hasSelection(table)) table.setRowSelection(() => ({}));
    else if (event.key.toLowerCase() === 'a' && event.ctrlKey) {
      table.setRowSelection(() => Object.fromEntries(rows.map(selected)));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const onRowClick = (index: number, event: MouseEvent): void =>
    stand(index, event.ctrlKey || event.metaKey ? 'toggle' : event.shiftKey ? 'range' : 'alone');

  return { activeIndex, activeRow: rows[activeIndex], onKeyDown, onRowClick };
}

function selected<T extends object>({ id }: TableRow<T>): readonly [string, true] {
  return [id, true];
}

function hasSelection<T extends object>(table: TableModel<T>): boolean {
  return Object.values(table.state.rowSelection).some(Boolean);
}

/** Tells which rows are selected, in the order they stand, whenever that changes. */
export function useSelectionReport<T extends object>(
  table: TableModel<T>,
  rows: readonly TableRow<T>[],
  report: ((rows: readonly T[]) => void) | undefined,
): void {
  const selection = table.state.rowSelection;
  useEffect(() => {
    if (!report) return;
    report(rows.filter(({ id }) => selection[id] === true).map(({ original }) => original));
  }, [selection, rows, report]);
}

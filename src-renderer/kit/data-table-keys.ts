import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { TableItem } from './data-table-items.ts';
import type { TableModel } from './data-table-model.ts';

type Cursor = {
  /** Index of the line the keyboard stands on; -1 for none. */
  readonly activeIndex: number;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onRowClick: (index: number, event: MouseEvent) => void;
};

type CursorWish<T extends object> = {
  readonly table: TableModel<T>;
  readonly items: readonly TableItem<T>[];
  /** How many rows a page key moves. */
  readonly pageRows: () => number;
  readonly scrollTo: (index: number) => void;
  readonly onOpen: ((row: T) => void) | undefined;
  readonly onPeek: ((row: T) => void) | undefined;
  readonly onActive: ((row: T) => void) | undefined;
  readonly onFold: (key: string) => void;
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

/** Moves, opens, folds and selects as Windows' own lists do: arrows, Shift to extend, Ctrl to add. */
export function useCursor<T extends object>(wish: CursorWish<T>): Cursor {
  const { table, items, pageRows, scrollTo, onOpen, onPeek, onActive, onFold } = wish;
  const [activeId, setActiveId] = useState<string>();
  const anchor = useRef(0);
  const activeIndex = activeId === undefined ? -1 : items.findIndex(({ id }) => id === activeId);

  const stand = useCallback(
    (index: number, how: 'alone' | 'range' | 'toggle') => {
      const item = items[index];
      if (!item) return;
      setActiveId(item.id);
      if (how !== 'range') anchor.current = index;
      if (item.kind === 'row') onActive?.(item.row.original);
      if (how === 'toggle' && item.kind === 'row') {
        table.setRowSelection(({ [item.row.id]: was, ...others }) =>
          was ? others : { ...others, [item.row.id]: true },
        );
        return;
      }
      const from = Math.min(how === 'range' ? anchor.current : index, index);
      const to = Math.max(how === 'range' ? anchor.current : index, index);
      table.setRowSelection(() => selectionOf(items.slice(from, to + 1)));
    },
    [items, table, onActive],
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    // The header's buttons keep their own keys.
    const isInHead = event.target instanceof Element && event.target.closest('[role=columnheader]') !== null;
    if (isInHead || event.altKey) return;
    const moved = moveOf(event.key, activeIndex, items.length - 1, pageRows());
    const active = items[activeIndex];
    if (moved !== undefined) {
      stand(moved, event.shiftKey ? 'range' : 'alone');
      scrollTo(moved);
    } else if (active?.kind === 'group' && foldsBy(event.key, active.isOpen)) onFold(active.key);
    else if (event.key === 'Enter' && active?.kind === 'row') onOpen?.(active.row.original);
    else if (event.key === ' ' && active?.kind === 'row' && onPeek && !event.ctrlKey) {
      onPeek(active.row.original);
    } else if (event.key === ' ' && active) stand(activeIndex, 'toggle');
    else if (event.key === 'Escape' && hasSelection(table)) table.setRowSelection(() => ({}));
    else if (event.key.toLowerCase() === 'a' && event.ctrlKey) {
      table.setRowSelection(() => selectionOf(items));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const onRowClick = (index: number, event: MouseEvent): void =>
    stand(index, event.ctrlKey || event.metaKey ? 'toggle' : event.shiftKey ? 'range' : 'alone');

  return { activeIndex, onKeyDown, onRowClick };
}

function foldsBy(key: string, isOpen: boolean): boolean {
  if (key === 'ArrowRight') return !isOpen;
  if (key === 'ArrowLeft') return isOpen;
  return key === 'Enter' || key === ' ';
}

function selectionOf<T extends object>(items: readonly TableItem<T>[]): Record<string, true> {
  return Object.fromEntries(items.flatMap((item) => (item.kind === 'row' ? [[item.row.id, true]] : [])));
}

function hasSelection<T extends object>(table: TableModel<T>): boolean {
  return Object.values(table.state.rowSelection).some(Boolean);
}

/** Tells which rows are selected, in the order they stand, whenever that changes. */
export function useSelectionReport<T extends object>(
  table: TableModel<T>,
  rows: readonly T[],
  wish: {
    readonly keyOf: (row: T) => string;
    readonly report: ((rows: readonly T[]) => void) | undefined;
  },
): void {
  const selection = table.state.rowSelection;
  const { keyOf, report } = wish;
  useEffect(() => {
    if (!report) return;
    const isAny = Object.keys(selection).length > 0;
    report(isAny ? rows.filter((row) => selection[keyOf(row)] === true) : []);
  }, [selection, rows, keyOf, report]);
}

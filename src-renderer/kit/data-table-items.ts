import { useMemo, useState } from 'react';
import type { Column, Sort, TableRow } from './data-table-model.ts';
import { orderRows } from './data-table-order.ts';
import { sortKey } from './sort-key.ts';

/** How rows are put together; a row may stand in several groups (tags), or in the one without a name. */
export type Grouping<T> = {
  readonly keysOf: (row: T) => readonly string[];
  readonly labelOf: (key: string) => string;
  /** Where the groups have an order of their own, such as time. */
  readonly orderBy?: (key: string) => number;
};

type RowItem<T extends object> = { readonly kind: 'row'; readonly id: string; readonly row: TableRow<T> };

/** One line of a table: a row, or the heading of a group with the sums of its rows. */
export type TableItem<T extends object> =
  | RowItem<T>
  | {
      readonly kind: 'group';
      readonly id: string;
      readonly key: string;
      readonly label: string;
      readonly rows: readonly T[];
      readonly isOpen: boolean;
    };

type ItemsWish<T extends object> = {
  readonly rows: readonly TableRow<T>[];
  readonly columns: readonly Column<T>[];
  readonly sort: Sort | undefined;
  readonly isShown: ((row: T) => boolean) | undefined;
  readonly groups: Grouping<T> | undefined;
};

type Items<T extends object> = {
  readonly items: readonly TableItem<T>[];
  /** The rows that are shown, in their order, folded or not. */
  readonly shown: readonly T[];
  readonly toggle: (key: string) => void;
};

/**
 * The lines that are drawn. Rows are sorted before they are filtered: so a letter more in the search only leaves rows
 * out of a list that stands already.
 */
export function useItems<T extends object>(wish: ItemsWish<T>): Items<T> {
  const { rows, columns, sort, isShown, groups } = wish;
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const sorted = useMemo(
    () => orderRows(rows, columns, sort).map((row): RowItem<T> => ({ kind: 'row', id: row.id, row })),
    [rows, columns, sort],
  );
  const lines = useMemo(
    () => (isShown ? sorted.filter(({ row }) => isShown(row.original)) : sorted),
    [sorted, isShown],
  );
  const shown = useMemo(() => lines.map(({ row }) => row.original), [lines]);
  const grouped = useMemo(
    () =>
      groups ? orderGroups(groupRows(lines, groups), { columns, sort, orderBy: groups.orderBy }) : undefined,
    [lines, groups, columns, sort],
  );
  const items = useMemo(
    () => (grouped ? grouped.flatMap((group) => linesOf(group, folded)) : lines),
    [grouped, lines, folded],
  );
  return {
    items,
    shown,
    toggle: (key) =>
      setFolded((were) => new Set(were.has(key) ? [...were].filter((one) => one !== key) : [...were, key])),
  };
}

type Group<T extends object> = {
  readonly key: string;
  readonly label: string;
  readonly rows: readonly TableRow<T>[];
};

function groupRows<T extends object>(
  lines: readonly RowItem<T>[],
  { keysOf, labelOf }: Grouping<T>,
): readonly Group<T>[] {
  const found = new Map<string, TableRow<T>[]>();
  for (const { row } of lines) {
    for (const key of keysOf(row.original)) {
      const group = found.get(key);
      if (group) group.push(row);
      else found.set(key, [row]);
    }
  }
  return [...found].map(([key, members]) => ({ key, label: labelOf(key), rows: members }));
}

/** Groups go by the sum of the column that is sorted, where it has sums; otherwise by name. */
function orderGroups<T extends object>(
  groups: readonly Group<T>[],
  {
    columns,
    sort,
    orderBy,
  }: Pick<ItemsWish<T>, 'columns' | 'sort'> & { readonly orderBy: Grouping<T>['orderBy'] },
): readonly Group<T>[] {
  if (orderBy) return groups.toSorted((a, b) => orderBy(a.key) - orderBy(b.key));
  const column = columns.find(({ key }) => key === sort?.key);
  const { sortBy } = column ?? {};
  const turn = sort?.direction === 'desc' ? -1 : 1;
  if (!column?.sum || !sortBy) {
    const byName = groups.map((group) => ({ group, name: sortKey(group.label) }));
    byName.sort((a, b) => (a.name < b.name ? -1 : 1));
    return byName.map(({ group }) => group);
  }
  const weigh = ({ rows }: Group<T>): number =>
    rows.reduce((sum, { original }) => sum + Number(sortBy(original) ?? 0), 0);
  const weighed = groups.map((group) => ({ group, weight: weigh(group) }));
  weighed.sort((a, b) => (a.weight - b.weight) * turn);
  return weighed.map(({ group }) => group);
}

function linesOf<T extends object>(
  { key, label, rows }: Group<T>,
  folded: ReadonlySet<string>,
): readonly TableItem<T>[] {
  const isOpen = !folded.has(key);
  const head: TableItem<T> = {
    kind: 'group',
    id: `group:${key}`,
    key,
    label,
    rows: rows.map(({ original }) => original),
    isOpen,
  };
  if (!isOpen) return [head];
  return [head, ...rows.map((row): TableItem<T> => ({ kind: 'row', id: `${key}/${row.id}`, row }))];
}

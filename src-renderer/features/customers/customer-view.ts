import type { Sort } from '#kit/data-table.tsx';
import { isShow, NO_FILTER, type Filter } from './customer-filters.ts';

export const columnKeys = [
  'name',
  'code',
  'outstanding',
  'overdue',
  'oldest',
  'strip',
  'credits',
  'postDated',
  'lastReceipt',
  'daysLate',
  'salesperson',
  'territory',
  'group',
  'payer',
  'tags',
  'limit',
  'phone',
  'gstin',
] as const;
export type ColumnKey = (typeof columnKeys)[number];

export const groupings = ['none', 'salesperson', 'territory', 'payer', 'group', 'tag'] as const;
export type GroupingKey = (typeof groupings)[number];

/** What the customers table shows and how: kept while one works, and saved under a name as a view. */
export type CustomersView = {
  readonly columns: readonly ColumnKey[];
  readonly sort: Sort;
  readonly groupBy: GroupingKey;
  readonly filter: Filter;
};

export const DEFAULT_VIEW: CustomersView = {
  columns: [
    'name',
    'code',
    'outstanding',
    'overdue',
    'oldest',
    'strip',
    'credits',
    'lastReceipt',
    'daysLate',
    'salesperson',
  ],
  sort: { key: 'outstanding', direction: 'desc' },
  groupBy: 'none',
  filter: NO_FILTER,
};

/** A view as it was saved, by whichever version: what is not understood falls back to the view one starts with. */
export function readView(text: string): CustomersView {
  const kept = parse(text);
  const sort = objectOf(kept['sort']);
  const filter = objectOf(kept['filter']);
  const columns = listOf(kept['columns']).filter(isColumnKey);
  const key = sort['key'];
  const bucket = filter['bucket'];
  return {
    columns: columns.length > 0 ? ['name', ...columns.filter((one) => one !== 'name')] : DEFAULT_VIEW.columns,
    sort:
      typeof key === 'string' && isColumnKey(key)
        ? { key, direction: sort['direction'] === 'asc' ? 'asc' : 'desc' }
        : DEFAULT_VIEW.sort,
    groupBy: groupings.find((one) => one === kept['groupBy']) ?? 'none',
    filter: {
      show: isShow(filter['show']) ? filter['show'] : 'all',
      bucket: typeof bucket === 'number' ? bucket : null,
      salespersons: listOf(filter['salespersons']),
      territories: listOf(filter['territories']),
      tags: listOf(filter['tags']),
    },
  };
}

/** Two equal views are the same text. */
export function viewText({ columns, sort, groupBy, filter }: CustomersView): string {
  const { show, bucket, salespersons, territories, tags } = filter;
  return JSON.stringify({
    columns,
    sort: { key: sort.key, direction: sort.direction },
    groupBy,
    filter: { show, bucket, salespersons, territories, tags },
  });
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

export function isColumnKey(text: string): text is ColumnKey {
  return columnKeys.some((key) => key === text);
}

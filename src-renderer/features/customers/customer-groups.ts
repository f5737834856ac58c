import type { CustomerRow } from '#contract/engine/customers.ts';
import type { Grouping } from '#kit/data-table.tsx';
import type { ColumnWords } from './customer-columns.tsx';
import type { GroupingKey } from './customer-view.ts';

const NO_KEY: readonly string[] = [''];

/** How the rows are put together. A head office stands among those whom it pays for. */
export function groupingOf(
  by: GroupingKey,
  rows: readonly CustomerRow[],
  t: ColumnWords,
): Grouping<CustomerRow> | undefined {
  const labelOf = (key: string): string => (key === '' ? t(`groupBy.without.${by}`) : key);
  const one = (of: (row: CustomerRow) => string | null): Grouping<CustomerRow> => ({
    keysOf: (row) => {
      const key = of(row);
      return key === null || key === '' ? NO_KEY : [key];
    },
    labelOf,
  });
  switch (by) {
    case 'none':
      return undefined;
    case 'salesperson':
      return one((row) => row.salesperson);
    case 'territory':
      return one((row) => row.territory);
    case 'group':
      return one((row) => row.groupPath);
    case 'tag':
      return { keysOf: (row) => (row.tags.length === 0 ? NO_KEY : row.tags), labelOf };
    case 'payer':
      return byPayer(rows, labelOf);
  }
}

function byPayer(rows: readonly CustomerRow[], labelOf: (key: string) => string): Grouping<CustomerRow> {
  const names = new Map<string, string>();
  for (const { parentId, parentName } of rows) {
    if (parentId !== null) names.set(String(parentId), parentName ?? '');
  }
  return {
    keysOf: ({ parentId, customerId }) => {
      if (parentId !== null) return [String(parentId)];
      const own = String(customerId);
      return names.has(own) ? [own] : NO_KEY;
    },
    labelOf: (key) => names.get(key) ?? labelOf(key),
  };
}

import type { AgingRow } from '#contract/engine/aging.ts';
import { figuresAt, hasOpen, largest, type CustomerSums } from '#domain/aging-columns.ts';
import type { Faces } from '#domain/customer-groups.ts';
import type { LedgerColumns } from '#domain/ledger-columns.ts';

export type Named = { readonly columns: LedgerColumns; readonly faces: Faces; readonly sums: CustomerSums };

/** The row of a customer by his place in the columns. */
function rowAt({ columns, faces, sums }: Named, place: number): AgingRow {
  const customerId = columns.customers.ids[place] ?? 0;
  const { name, code } = faces.byId.get(customerId) ?? { name: '', code: null };
  return { customerId, name, code, ...figuresAt(sums, place) };
}

function byName({ columns, faces }: Named): (a: number, b: number) => number {
  const nameOf = (place: number): string => faces.byId.get(columns.customers.ids[place] ?? 0)?.name ?? '';
  return (a, b) => nameOf(a).localeCompare(nameOf(b)) || a - b;
}

/** Customers with anything open, largest outstanding first, then by name. */
export function agingRows(named: Named): AgingRow[] {
  const { sums } = named;
  const before = byName(named);
  return Array.from({ length: sums.count }, (_, place) => place)
    .filter((place) => hasOpen(sums, place))
    .toSorted((a, b) => (sums.outstanding[b] ?? 0) - (sums.outstanding[a] ?? 0) || before(a, b))
    .map((place) => rowAt(named, place));
}

/** The first few of them, without putting all in order. */
export function largestRows(named: Named, most: number): AgingRow[] {
  const { sums } = named;
  const isIn = (place: number): boolean => hasOpen(sums, place);
  return largest(sums.outstanding, most, { isIn, before: byName(named) }).map((place) => rowAt(named, place));
}

import { headerKey } from './headers.ts';
import { LAYOUTS, type Layout, type LayoutName } from './known-layouts.ts';
import type { Columns, ImportField } from './map.ts';

export type { LayoutName } from './known-layouts.ts';

export type KnownLayout = { readonly name: LayoutName; readonly columns: Columns };

/** The program a header is known of, with the columns its fields stand in; 'list' knows no columns. */
export function layoutOf(labels: readonly string[]): KnownLayout {
  const columnOf = new Map<string, number>();
  labels.forEach((label, column) => {
    const key = headerKey(label);
    if (key !== '' && !columnOf.has(key)) columnOf.set(key, column);
  });
  const ledgers = tallyLedgers(labels);
  if (ledgers !== undefined) return ledgers;
  const layout = LAYOUTS.find(
    ({ needs, lacks = [] }) =>
      needs.every((need) =>
        typeof need === 'string' ? columnOf.has(need) : need.some((word) => columnOf.has(word)),
      ) && !lacks.some((word) => columnOf.has(word)),
  );
  if (layout === undefined) return { name: 'list', columns: {} };
  const columns: Columns = {};
  for (const field of fieldsOf(layout)) {
    const word = layout.columns[field]?.find((candidate) => columnOf.has(candidate));
    if (word !== undefined) columns[field] = columnOf.get(word);
  }
  return { name: layout.name, columns };
}

/**
 * Ledgers as Tally's own query (ODBC) hands them to a spreadsheet: "$Name", "$Parent", "$_ClosingBalance". There a debit
 * is negative. The dollar tells it from any other list with a closing balance, whose signs are as people write them.
 */
function tallyLedgers(labels: readonly string[]): KnownLayout | undefined {
  const at = (label: RegExp): number => labels.findIndex((one) => label.test(one.trim()));
  const [name, balance, parent] = [at(/^\$_?name$/i), at(/^\$_?closingbalance$/i), at(/^\$_?parent$/i)];
  if (name < 0 || balance < 0) return undefined;
  const columns: Columns = { customerName: name, amount: balance };
  return { name: 'tally-ledgers', columns: parent < 0 ? columns : { ...columns, group: parent } };
}

/** What makes two lists one kind: the program's own export, or else the same headings in the same order. */
export function kindOfList(layout: LayoutName, labels: readonly string[]): string {
  return layout === 'list' ? `list:${fingerprintOf(labels)}` : layout;
}

/** The headings of a list as one text: the same for every file of its kind. */
export function fingerprintOf(labels: readonly string[]): string {
  return labels.map(headerKey).join('|');
}

function fieldsOf(layout: Layout): ImportField[] {
  return Object.keys(layout.columns).filter((name): name is ImportField =>
    Object.hasOwn(layout.columns, name),
  );
}

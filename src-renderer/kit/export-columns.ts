import type { ColumnKind, ExportTable, ExportValue } from '#domain/exports.ts';

/** How a column goes out of the window: as a value, where the screen draws a cell. */
export type ExportMeta<T> = {
  readonly kind: ColumnKind;
  /** Money in minor units, a day as 'YYYY-MM-DD', a percentage in basis points, tenths as tenths. */
  readonly value: (row: T) => ExportValue;
  /** Of a money column that is not in the book's currency. */
  readonly currency?: string | undefined;
  readonly total?: ExportValue | undefined;
  /** The bucket whose colour the column bears in print. */
  readonly bucket?: number | undefined;
};

/** What an export needs of a column of a table; a column without `export` stays on the screen. */
export type ExportableColumn<T> = {
  readonly header: string;
  /** A longer word for the header; a file has room for it. */
  readonly title?: string | undefined;
  readonly export?: ExportMeta<T> | undefined;
};

/** A table for a file or for paper: the colours are paper's alone. */
export type ShownTable = ExportTable & {
  /** The bucket of each column, null where it has none. */
  readonly columnBuckets: readonly (number | null)[];
};

type TableWish<T> = {
  readonly title: string;
  /** Lines under the title: company, as-of day, what was filtered. */
  readonly lines: readonly string[];
  /** The columns as they are shown, in their order. */
  readonly columns: readonly ExportableColumn<T>[];
  /** The rows as they are shown: filtered and in their order. */
  readonly rows: readonly T[];
  readonly currency: string;
  /** The word of the totals row. */
  readonly totalWord: string;
};

/** No more is taken at the door. */
const TITLE_LETTERS_MOST = 200;
const LINE_LETTERS_MOST = 300;

/** What the screen shows, as values. The totals row is left out where no column has a total. */
export function tableFromColumns<T>(wish: TableWish<T>): ShownTable {
  const taken = wish.columns.flatMap((column) =>
    column.export === undefined ? [] : [{ label: (column.title ?? column.header).trim(), ...column.export }],
  );
  const totals = taken.map(({ total }) => total ?? null);
  const hasTotals = totals.some((total) => total !== null);
  const [first, ...rest] = totals;
  return {
    // A title may hold the name of a file or a customer, which have no end.
    title: wish.title.slice(0, TITLE_LETTERS_MOST),
    lines: wish.lines.map((line) => line.slice(0, LINE_LETTERS_MOST)),
    columns: taken.map(({ label, kind, currency }) => ({
      label,
      kind,
      ...(kind === 'money' && { currency: currency ?? wish.currency }),
    })),
    rows: wish.rows.map((row) => taken.map(({ value }) => value(row))),
    ...(hasTotals && { totals: [first ?? wish.totalWord, ...rest] }),
    columnBuckets: taken.map(({ bucket }) => bucket ?? null),
  };
}

import { isDay } from '#domain/days.ts';
import { plainText, type ExportColumn, type ExportValue } from '#domain/exports.ts';
import { formatMoney } from '#domain/money.ts';
import type { CSSProperties, JSX } from 'react';
import { dayWords } from './day-text.tsx';
import type { ShownTable } from './export-columns.ts';
import { lateColour, latenessVariables } from './lateness.ts';
import './print.css';

/** A hundred pages and more; whoever wants all of it is better served by a workbook. */
export const PRINT_ROWS_MOST = 5_000;

/** Wide tables lie on their side. */
export function isLandscape({ columns }: ShownTable): boolean {
  return columns.length > 6;
}

/**
 * A table whole, as paper shows it: on the screen a long table draws only the rows that are seen. It stands beside the
 * app, is seen by the printer alone, and is black on white in the dark theme too.
 */
export function PrintPage({ table }: { readonly table: ShownTable }): JSX.Element {
  const { title, lines, columns, rows, totals } = table;
  const isWide = columns.length > 9;
  return (
    <section
      className={`print-page${isWide ? ' print-page--wide' : ''}`}
      style={latenessVariables.light as CSSProperties}
      aria-hidden
    >
      <h1 className="print-page__title">{title}</h1>
      {lines.map((line) => (
        <p key={line} className="print-page__line">
          {line}
        </p>
      ))}
      <table className="print-page__table">
        <thead>
          <Head table={table} />
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // Rows of a print never move.
            // oxlint-disable-next-line react/no-array-index-key
            <PrintRow key={at} columns={columns} values={row} />
          ))}
        </tbody>
        {totals === undefined ? null : (
          <tfoot>
            <PrintRow columns={columns} values={totals} />
          </tfoot>
        )}
      </table>
    </section>
  );
}

function Head({ table: { columns, columnBuckets } }: { readonly table: ShownTable }): JSX.Element {
  const bucketCount = Math.max(...columnBuckets.map((bucket) => bucket ?? 0)) + 1;
  return (
    <tr>
      {columns.map((column, at) => {
        const bucket = columnBuckets[at] ?? null;
        return (
          <th
            key={`${at} ${column.label}`}
            scope="col"
            className={`print-page__cell print-page__cell--${column.kind}`}
            style={bucket === null ? undefined : { borderBottomColor: lateColour(bucket, bucketCount) }}
          >
            {column.label}
          </th>
        );
      })}
    </tr>
  );
}

type RowProps = {
  readonly columns: readonly ExportColumn[];
  readonly values: readonly ExportValue[];
};

function PrintRow({ columns, values }: RowProps): JSX.Element {
  return (
    <tr>
      {columns.map((column, at) => (
        <td key={`${at} ${column.label}`} className={`print-page__cell print-page__cell--${column.kind}`}>
          {printedText(column, values[at] ?? null)}
        </td>
      ))}
    </tr>
  );
}

const indian = new Intl.NumberFormat('en-IN');

/** A value as people read it: lakh groups, day-month-year, a true minus. */
export function printedText(column: ExportColumn, value: ExportValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return column.kind === 'day' && isDay(value) ? dayWords(value) : value;
  switch (column.kind) {
    case 'money':
      return formatMoney(value, column.currency);
    case 'count':
      return indian.format(value).replace('-', '−');
    case 'percent':
      return `${plainText(column, value).replace('-', '−')} %`;
    case 'tenths':
      return plainText(column, value).replace('-', '−');
    case 'text':
    case 'day':
      return String(value);
  }
}

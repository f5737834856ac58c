// What leaves the window: the columns of a table as values, and the page that is printed.
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { exportTableShape } from '#contract/engine/exports.ts';
import { tableFromColumns, type ExportableColumn, type ShownTable } from '#kit/export-columns.ts';
import { isLandscape, printedText, PrintPage } from '#kit/print-page.tsx';

type Row = {
  readonly name: string;
  readonly open: number;
  readonly late: number | null;
  readonly day: string;
};

const columns: readonly ExportableColumn<Row>[] = [
  { header: 'Customer', export: { kind: 'text', value: (row) => row.name } },
  { header: 'Strip' },
  { header: 'Open', title: 'Open amount', export: { kind: 'money', value: (row) => row.open, total: -50 } },
  { header: '1–30', export: { kind: 'money', currency: 'USD', value: (row) => row.open, bucket: 1 } },
  { header: '120+', export: { kind: 'tenths', value: (row) => row.late, bucket: 5 } },
  { header: 'Due', export: { kind: 'day', value: (row) => row.day } },
];
const rows: readonly Row[] = [
  { name: '<b>राव</b>', open: 1_23_456_78, late: -125, day: '2026-11-22' },
  { name: 'Asha', open: -50, late: null, day: '2026-12-01' },
];
const wish = { title: 'Bills', lines: ['शर्मा ट्रेडर्स'], columns, rows, currency: 'INR', totalWord: 'कुल' };

it('takes the columns that can be exported, in their order, with the longer name where there is one', () => {
  const table = tableFromColumns(wish);
  expect(table).toEqual({
    title: 'Bills',
    lines: ['शर्मा ट्रेडर्स'],
    columns: [
      { label: 'Customer', kind: 'text' },
      { label: 'Open amount', kind: 'money', currency: 'INR' },
      { label: '1–30', kind: 'money', currency: 'USD' },
      { label: '120+', kind: 'tenths' },
      { label: 'Due', kind: 'day' },
    ],
    rows: [
      ['<b>राव</b>', 1_23_456_78, 1_23_456_78, -125, '2026-11-22'],
      ['Asha', -50, -50, null, '2026-12-01'],
    ],
    totals: ['कुल', -50, null, null, null],
    columnBuckets: [null, null, 1, 5, null],
  } satisfies ShownTable);
  expect(exportTableShape.parse(table)).not.toHaveProperty('columnBuckets');
});

it('has no totals row where no column has a total', () => {
  const [first] = columns;
  expect(tableFromColumns({ ...wish, columns: first ? [first] : [] })).not.toHaveProperty('totals');
});

it('prints every row with amounts in lakh groups and days as India writes them', () => {
  const html = renderToStaticMarkup(createElement(PrintPage, { table: tableFromColumns(wish) }));
  const textsIn = (part: string, tag: string): readonly string[] =>
    [...part.matchAll(new RegExp(`<${tag}[ >].*?</${tag}>`, 'g'))].map((found) => found[0]);
  const [, ...drawn] = textsIn(html, 'tr');
  const cells = drawn.map((row) => textsIn(row, 'td').map((cell) => cell.replace(/^<td[^>]*>|<\/td>$/g, '')));
  expect(cells).toEqual([
    ['&lt;b&gt;राव&lt;/b&gt;', '1,23,456.78', '123,456.78', '−12.5', '22-11-2026'],
    ['Asha', '−0.50', '−0.50', '', '01-12-2026'],
    ['कुल', '−0.50', '', '', ''],
  ]);
  expect(html).toContain('<h1 class="print-page__title">Bills</h1>');
  expect(html).toMatch(/<th[^>]*border-bottom-color:var\(--late-5\)[^>]*>120\+<\/th>/);
  expect(html).toContain('--late-5:#');
});

it('lays wide tables on their side', () => {
  const table = tableFromColumns(wish);
  expect(isLandscape(table)).toBe(false);
  expect(isLandscape({ ...table, columns: [...table.columns, ...table.columns] })).toBe(true);
});

it('prints a percentage and a count as people read them', () => {
  expect(printedText({ label: '', kind: 'percent' }, 1234)).toBe('12.34 %');
  expect(printedText({ label: '', kind: 'count' }, 1_23_456)).toBe('1,23,456');
});

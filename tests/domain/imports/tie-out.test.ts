import type { Cell, SheetGrid } from '#domain/imports/cells.ts';
import { readDocuments, type ReadRows } from '#domain/imports/documents.ts';
import { isBlankRow } from '#domain/imports/cells.ts';
import type { ImportMap } from '#domain/imports/map.ts';
import { day } from '#domain/days.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOOK, readAll, understood } from './grids.ts';

const HEADER = [
  'Party',
  'Bill No',
  'Date',
  'Due Date',
  'Amount',
  'Pending',
  'Currency',
  'Exchange Rate',
  'Vch Type',
  'Status',
];

const amount = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -500_000, max: 90_000_000 }).map((minor): Cell => minor / 100) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Cell>('1,18,000.00', '1,200.00 Cr', '(50)', '₹ 5', 'USD 7', '10.005', '0', ''),
  },
  { weight: 1, arbitrary: fc.constantFrom<Cell>(null, 'abc', '#N/A', '-', 1e21, Number.NaN) },
);
const date = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .integer({ min: 1, max: 28 })
      .map((of): Cell => ({ day: day(`2026-03-${String(of).padStart(2, '0')}`) })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Cell>('25-10-2026', '01/02/2026', '31-02-2026', '2026-05-05', '3-Feb-26'),
  },
  { weight: 1, arbitrary: fc.constantFrom<Cell>(null, 'Total', 45987, 7) },
);
const row = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(
      fc.constantFrom<Cell>('Asha', 'ASHA.', 'Bina Stores', 'Total', '__proto__', null),
      fc.oneof(
        fc.integer({ min: 1, max: 40 }).map((number): Cell => `B/${number}`),
        fc.constantFrom<Cell>(null, 7),
      ),
      date,
      date,
      amount,
      amount,
      fc.constantFrom<Cell>('INR', 'INR', null, 'USD', 'JPY', 'KWD', 'Cowries'),
      fc.constantFrom<Cell>(null, null, 83.25, '1.00', 'x'),
      fc.constantFrom<Cell>(
        'Sales',
        'Sales',
        null,
        'Credit Note',
        'Receipt',
        'Purchase',
        'Journal',
        'Debit Note',
      ),
      fc.constantFrom<Cell>('Sent', null, 'Draft', 'Void', 'Paid'),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Cell[]>([], [null, null], ['Grand Total', null, null, null, 100], HEADER),
  },
  {
    weight: 1,
    arbitrary: fc.array(fc.oneof(fc.string(), fc.double(), fc.constant(null)), { maxLength: 12 }),
  },
);
const sheet = fc
  .array(row, { maxLength: 60 })
  .map((rows): SheetGrid => ({ name: 'S', rows: [HEADER, ...rows] }));
const columns = fc.constantFrom<ImportMap['columns']>(
  {
    customerName: 0,
    billNumber: 1,
    billDay: 2,
    dueDay: 3,
    amount: 4,
    openAmount: 5,
    currency: 6,
    rate: 7,
    voucherType: 8,
    status: 9,
  },
  { customerName: 0, billNumber: 1, billDay: 2, debit: 4, credit: 5, voucherType: 8 },
  { customerName: 0, billDay: 2, openAmount: 5, currency: 6 },
  { customerCode: 1, billDay: 3, amount: 4, lastReceiptDay: 2 },
  { billNumber: 1, billDay: 2, amount: 4, openAmount: 5 },
  { amount: 4 },
  {},
);

function mapOf(of: ImportMap['columns'], order: ImportMap['dateOrder']): ImportMap {
  const rates = { USD: '83.25', KWD: '270.5' };
  return {
    sheet: 0,
    headerRow: 0,
    columns: of,
    dateOrder: order,
    creditDays: 30,
    balancesDay: null,
    currency: null,
    rates,
    takeDrafts: false,
    isCompleteList: false,
    sameCustomers: {},
    fixes: [],
    // A mapped customer column wins over it.
    customerFrom: 'heading',
  };
}

function assertWhole(grid: SheetGrid, read: ReadRows): void {
  const filled = grid.rows
    .map((cells, at) => (isBlankRow(cells) ? 0 : at + 1))
    .filter((number) => number > 1);
  const outcomes = [...read.documents.map((document) => document.row), ...read.notes.map((note) => note.row)];
  expect(outcomes.toSorted((a, b) => a - b)).toEqual(filled);
  expect(read.fileRowCount).toBe(filled.length);
  for (const sum of read.currencies) {
    expect(sum.fileMinor).toBe(sum.takenMinor + sum.refusedMinor + sum.leftOutMinor);
  }
  expect(new Set(read.documents.map(({ sourceKey }) => sourceKey)).size).toBe(read.documents.length);
}

describe('whatever a sheet holds', () => {
  it('every row that is not blank ends in exactly one document or note, and the sums tie out', () => {
    fc.assert(
      fc.property(sheet, columns, fc.constantFrom(null, 'day-first' as const), (grid, of, order) => {
        assertWhole(grid, readDocuments(grid, mapOf(of, order), BOOK));
      }),
      { numRuns: 300 },
    );
  });

  it('documents are positive, their paid part is no larger, and foreign ones are foreign as a whole', () => {
    fc.assert(
      fc.property(sheet, columns, (grid, of) => {
        for (const document of readDocuments(grid, mapOf(of, 'day-first'), BOOK).documents) {
          expect(document.amountPaise).toBeGreaterThan(0);
          expect(document.paid?.amountPaise ?? 0).toBeLessThanOrEqual(document.amountPaise);
          expect((document.paid?.day ?? document.day) >= document.day).toBe(true);
          const foreign = [document.currency, document.foreignMinor, document.rateE6];
          expect(new Set(foreign.map((part) => part === null)).size).toBe(1);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('the same sheet with its rows in another order gives the same keys', () => {
    const plain = fc.uniqueArray(
      fc.tuple(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 1, max: 9_999_999 })),
      {
        selector: ([number]) => number,
        minLength: 1,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(plain, (bills) => {
        const rows = bills.map(([number, minor]): Cell[] => [
          'Asha',
          String(number),
          { day: day('2026-05-05') },
          minor / 100,
        ]);
        const keys = (of: readonly Cell[][]): string[] =>
          readAll({ name: 'S', rows: [['Party', 'Bill No', 'Date', 'Amount'], ...of] })
            .documents.map(({ sourceKey, amountPaise }) => `${sourceKey}=${amountPaise}`)
            .toSorted();
        expect(keys(rows.toReversed())).toEqual(keys(rows));
      }),
    );
  });

  it('understanding any sheet answers without a throw and maps only columns that are there', () => {
    const anything = fc.array(
      fc.array(fc.oneof(fc.string(), fc.double(), fc.constant(null)), { maxLength: 8 }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          anything,
          sheet.map(({ rows }) => rows),
        ),
        (rows) => {
          const grid: SheetGrid = { name: 'S', rows: rows.map((cells) => [...cells]) };
          const answer = understood(grid);
          for (const { column } of answer.guesses) expect(column).toBeLessThan(answer.headers.length);
        },
      ),
    );
  });
});

import { day } from '#domain/days.ts';
import type { Cell } from '#domain/imports/cells.ts';
import type { ReadRows } from '#domain/imports/documents.ts';
import { describe, expect, it } from 'vitest';
import { codesOf, gridOf, readAll, understood } from './grids.ts';

type Rows = readonly (string | readonly Cell[])[];

const TALLY = 'Date|Ref. No.|Opening Amount|Pending Amount|Due on|Overdue by days';
const BUSY = 'Date|Vch No.|Amount';

/** 'customer number paise open' of every document. */
function takenOf(read: ReadRows): string[] {
  return read.documents.map(({ customer, number, amountPaise, paid }) =>
    [customer.name, number ?? '-', amountPaise, amountPaise - (paid?.amountPaise ?? 0)].join(' '),
  );
}

function customersOf(rows: Rows): string[] {
  return readAll(gridOf(rows)).documents.map(({ customer, number }) => `${number} ${customer.name}`);
}

/** No row is lost: each is a document or a note, and the file's sum is what was taken, refused and left out. */
function expectWhole(read: ReadRows, rowCount: number): void {
  const rows = [...read.documents, ...read.notes].map(({ row }) => row);
  expect(new Set(rows).size).toBe(rowCount);
  expect(rows).toHaveLength(read.fileRowCount);
  for (const sum of read.currencies) {
    expect(sum.fileMinor).toBe(sum.takenMinor + sum.refusedMinor + sum.leftOutMinor);
  }
}

const LEDGERS = [
  'Kiran Traders',
  'Ledger Outstandings',
  '1-Apr-26 to 22-Nov-26',
  TALLY,
  'Bina Stores',
  '1-Oct-26|B/1|1,000.00|400.00|31-Oct-26|22',
  '5-Oct-26|B/2|500.00|500.00|4-Nov-26|18',
  '||1,500.00|900.00||',
  'Chetan & Sons',
  '7-Oct-26|B/3|250.00|250.00|6-Nov-26|16',
  '||250.00|250.00||',
  '||1,750.00|1,150.00||',
];

describe('a Tally list by ledger', () => {
  it('gives each bill the customer in the heading above it', () => {
    const read = readAll(gridOf(LEDGERS));
    expect(takenOf(read)).toEqual([
      'Bina Stores B/1 100000 40000',
      'Bina Stores B/2 50000 50000',
      'Chetan & Sons B/3 25000 25000',
    ]);
    expect(codesOf(read)).toEqual([
      [5, 'left-out', 'section-row'],
      [8, 'left-out', 'totals-row'],
      [9, 'left-out', 'section-row'],
      [11, 'left-out', 'totals-row'],
      [12, 'left-out', 'totals-row'],
    ]);
    expect(read.doubts).toEqual([]);
    expectWhole(read, 8);
    expect(read.currencies).toMatchObject([{ fileMinor: 175000, takenMinor: 175000 }]);
  });

  it('says that its customers come from headings, and has no doubt about it', () => {
    const { map, doubts } = understood(gridOf(LEDGERS));
    expect(map.customerFrom).toBe('heading');
    expect(map.columns).toEqual({ billDay: 0, billNumber: 1, amount: 2, openAmount: 3, dueDay: 4 });
    expect(doubts).toEqual([]);
  });

  it.each([
    ['in the column of the numbers', '|Bina Stores'],
    ['in the column of an amount', '||Bina Stores'],
    ['continued on a new page', 'Bina Stores (contd.)'],
    ['with a code before it', 'C-17|Bina Stores'],
    ['with its place and telephone', 'Bina Stores|||Nashik||98765 43210'],
  ])('finds the name %s', (_, heading) => {
    expect(customersOf([TALLY, heading, '1-Oct-26|B/1|10|10||', '2-Oct-26|B/2|5|5||'])).toEqual([
      'B/1 Bina Stores',
      'B/2 Bina Stores',
    ]);
  });

  it('reads a two-row header and cells that are days and numbers', () => {
    const on = (text: string): Cell => ({ day: day(text) });
    const read = readAll(
      gridOf([
        'Date|Ref. No.|Opening|Pending|Due on|Overdue',
        '||Amount|Amount||by days',
        ['Bina Stores'],
        [on('2026-10-01'), 'B/1', 1000, 400, on('2026-10-31'), 22],
        [null, null, 1000, 400, null, null],
        ['Chetan & Sons'],
        [on('2026-10-05'), 'B/2', '500.00 Cr', '500.00 Cr', on('2026-11-04'), 18],
        [null, null, -500, -500, null, null],
        [null, null, 500, -100, null, null],
      ]),
    );
    expect(
      read.documents.map(({ customer, kind, amountPaise }) => [customer.name, kind, amountPaise]),
    ).toEqual([
      ['Bina Stores', 'invoice', 100000],
      ['Chetan & Sons', 'credit-note', 50000],
    ]);
    expect(read.doubts).toEqual([]);
    expectWhole(read, 7);
  });

  it('never takes the days overdue for an amount', () => {
    for (const header of ['Overdue by days', 'Overdue', 'Over due days']) {
      const { columns } = understood(gridOf(['Date|Ref. No.|' + header, 'Bina', '1-Oct-26|B/1|22'])).map;
      expect(Object.values(columns)).not.toContain(2);
    }
  });

  it('with all groups: groups are no customers, and their totals are checked', () => {
    const read = readAll(
      gridOf([
        TALLY,
        'Sundry Debtors',
        'Bina Stores',
        '1-Oct-26|B/1|100|100||',
        '||100|100||',
        'Chetan & Sons',
        '2-Oct-26|B/2|50|50||',
        '||50|50||',
        'Total of Sundry Debtors||150|150||',
        'Sundry Debtors (West)',
        'Dev Agencies',
        '3-Oct-26|B/3|7|7||',
        'Total of Sundry Debtors (West)||7|7||',
        'Grand Total||157|157||',
      ]),
    );
    expect(takenOf(read)).toEqual([
      'Bina Stores B/1 10000 10000',
      'Chetan & Sons B/2 5000 5000',
      'Dev Agencies B/3 700 700',
    ]);
    expect(read.doubts).toEqual([]);
    expectWhole(read, 13);
  });

  it('whose headings bear the total: it is checked, not summed, and a wrong one is told', () => {
    const rows = (says: string): Rows => [
      TALLY,
      `Bina Stores||${says}|150.00||`,
      '1-Oct-26|B/1|100.00|100.00||',
      '2-Oct-26|B/2|50.00|50.00||',
      'Chetan & Sons||50.00|50.00||',
      '3-Oct-26|B/3|50.00|50.00||',
      'Asha Stores||70.00|70.00||',
    ];
    const read = readAll(gridOf(rows('150.00')));
    expect(read.documents.map(({ customer }) => customer.name)).toEqual([
      'Bina Stores',
      'Bina Stores',
      'Chetan & Sons',
    ]);
    expect(read.doubts).toEqual([]);
    // A sum with no bills below it is no check of anything: it is refused in sight.
    expect(codesOf(read)).toContainEqual([7, 'refused', 'day-unreadable']);
    expect(read.currencies).toMatchObject([{ fileMinor: 27000, takenMinor: 20000, refusedMinor: 7000 }]);
    expect(readAll(gridOf(rows('160.00'))).doubts).toMatchObject([
      { code: 'total-row-differs', values: { row: 2, says: '₹160.00', sum: '₹150.00' } },
    ]);
  });

  it('in one flat list names the customer in his column as before', () => {
    const grid = gridOf([
      "Date|Ref. No.|Party's Name|Opening Amount|Pending Amount|Due on|Overdue by days",
      'Nashik',
      '1-Oct-26|B/1|Bina Stores|10|10|31-Oct-26|22',
      '2-Oct-26|B/2||5|5|31-Oct-26|22',
    ]);
    expect(understood(grid)).toMatchObject({ layout: 'tally-bills-receivable', doubts: [] });
    expect(understood(grid).map.customerFrom).toBeUndefined();
    expect(customersOf(grid.rows)).toEqual(['B/1 Bina Stores']);
    expect(codesOf(readAll(grid))).toEqual([
      [2, 'left-out', 'section-row'],
      [4, 'refused', 'no-customer'],
    ]);
  });
});

describe('a list by party of Busy, Marg and others', () => {
  it.each([
    ['Party: Bina Stores', 'Total of Bina Stores'],
    ['Party Name : Bina Stores', 'Bina Stores Total:'],
    ['Party:|Bina Stores', 'Total Bina Stores'],
    ['Account - Bina Stores', 'Party Total'],
    ['पार्टी का नाम: Bina Stores', 'कुल'],
    ['Ledger: Bina Stores|Ph: 98765 43210', 'Sub Total'],
  ])('reads “%s” and closes with “%s”', (heading, total) => {
    const read = readAll(
      gridOf([
        BUSY,
        heading,
        'Area: Nashik',
        '01-10-2026|B/1|100.00',
        '15-10-2026|B/2|50.00',
        `${total}||150.00`,
        'Party: Chetan & Sons',
        'Cheques are subject to realisation',
        '16-10-2026|B/3|25.00',
        'Total||175.00',
      ]),
    );
    expect(takenOf(read)).toEqual([
      'Bina Stores B/1 10000 10000',
      'Bina Stores B/2 5000 5000',
      'Chetan & Sons B/3 2500 2500',
    ]);
    expect(read.doubts).toEqual([]);
    expectWhole(read, 9);
  });

  it('finds the one customer of a ledger above the header', () => {
    expect(customersOf(['Kiran Traders', 'Ledger: Bina Stores', '', BUSY, '1-Oct-26|B/1|5'])).toEqual([
      'B/1 Bina Stores',
    ]);
  });

  it('reads headings in a column that only they fill', () => {
    const rows = [
      'Party Name|Bill No|Date|Amount',
      'Bina Stores',
      '|B/1|1-Oct-26|5',
      'Chetan',
      '|B/2|2-Oct-26|6',
    ];
    expect(understood(gridOf(rows)).map).toMatchObject({ customerFrom: 'heading' });
    expect(customersOf(rows)).toEqual(['B/1 Bina Stores', 'B/2 Chetan']);
  });

  it('reads headings beside particulars that say only how a row was booked', () => {
    const rows = [
      'Date|Particulars|Vch No|Debit|Credit',
      'Bina Stores',
      '1-Oct-26|Sales|B/1|50|',
      '2-Oct-26|Receipt|R/1||20',
      'Chetan',
      '3-Oct-26|Sales|B/2|7|',
    ];
    expect(customersOf(rows)).toEqual(['B/1 Bina Stores', 'R/1 Bina Stores', 'B/2 Chetan']);
  });
});

describe('what stands among headed bills', () => {
  it('is refused above the first heading, and left out where it is no bill', () => {
    const read = readAll(
      gridOf([
        'Kiran Traders',
        BUSY,
        '1-Oct-26|B/1|1',
        'Bina Stores',
        '2-Oct-26|B/2|2',
        'Page 1 of 2',
        'Kiran Traders',
        BUSY,
        '3-Oct-26|B/3|3',
        'Opening Balance||40',
        'TDS held back||5',
        'Total||50',
        '4-Oct-26|B/4|4',
        'Asha',
      ]),
    );
    expect(takenOf(read).map((text) => text.slice(0, 15))).toEqual([
      'Bina Stores B/2',
      'Bina Stores B/3',
      'Bina Stores B/4',
    ]);
    expect(codesOf(read)).toEqual([
      [3, 'refused', 'no-customer'],
      [4, 'left-out', 'section-row'],
      [6, 'left-out', 'section-row'],
      [7, 'left-out', 'section-row'],
      [8, 'left-out', 'header-row'],
      [10, 'left-out', 'balance-row'],
      [11, 'refused', 'day-unreadable'],
      [12, 'left-out', 'totals-row'],
      [14, 'left-out', 'section-row'],
    ]);
    expectWhole(read, 12);
  });

  it('is told where a total of a customer says another sum than his bills', () => {
    const read = readAll(
      gridOf([BUSY, 'Bina', '1-Oct-26|B/1|1', '2-Oct-26|B/2|2', 'Bina Total||4', 'Chetan', '3-Oct-26|B/3|3']),
    );
    expect(read.doubts).toMatchObject([
      { code: 'total-row-differs', values: { row: 5, says: '₹4.00', sum: '₹3.00' } },
    ]);
  });

  it('stays in doubt where neither a column nor a heading names the customer', () => {
    const grid = gridOf([BUSY, '1-Oct-26|B/1|1', '2-Oct-26|B/2|2', 'Checked by Ravi']);
    expect(understood(grid).doubts.map(({ code }) => code)).toEqual(['no-customer']);
    expect(readAll(grid).doubts.map(({ code }) => code)).toEqual(['no-customer']);
  });

  it('belongs to the column once the user has chosen one', () => {
    const rows = ['Date|Vch No.|Amount|Zzz', 'Bina', '1-Oct-26|B/1|1|', 'Chetan', '2-Oct-26|B/2|2|X7'];
    const grid = gridOf(rows);
    expect(customersOf(rows)).toEqual(['B/1 Bina', 'B/2 Chetan']);
    const { columns } = understood(grid).map;
    const read = readAll(grid, { columns: { ...columns, customerName: 3 } });
    expect(read.documents.map(({ customer }) => customer.name)).toEqual(['X7']);
  });
});

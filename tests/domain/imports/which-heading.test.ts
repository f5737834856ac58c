import type { Cell } from '#domain/imports/cells.ts';
import { describe, expect, it } from 'vitest';
import { gridOf, readAll } from './grids.ts';

type Rows = readonly (string | readonly Cell[])[];

const BUSY = 'Date|Vch No.|Amount';

function customersOf(rows: Rows): string[] {
  return readAll(gridOf(rows)).documents.map(({ customer, number }) => `${number} ${customer.name}`);
}

describe('a heading that looks like something else', () => {
  // Were one of them overlooked, its bills would go to the customer above.
  it.each([
    'Page Industries',
    'Advance Auto Parts',
    'Note Traders',
    'From Farm 2 Home',
    'Being Human',
    'Total Energies Depot',
    '3M',
    'Bina Stores 9876543210',
    'Party - Time Events',
  ])('“%s” is a customer', (name) => {
    const rows = [BUSY, 'Asha', '1-Oct-26|B/1|1', 'Chetan', '1-Oct-26|B/2|1', name, '2-Oct-26|B/3|2'];
    expect(customersOf(rows)).toEqual(['B/1 Asha', 'B/2 Chetan', `B/3 ${name.replace('Party - ', '')}`]);
  });

  it.each(['Page 1 of 2', 'Page No. 3', 'April 2026', 'As on 22-11-2026', 'E. & O. E.', 'Checked by Ravi'])(
    '“%s” is none',
    (text) => {
      expect(customersOf([BUSY, 'Asha', '1-Oct-26|B/1|1', text, '2-Oct-26|B/2|2'])).toEqual([
        'B/1 Asha',
        'B/2 Asha',
      ]);
    },
  );
});

describe('of two headings above the same bills', () => {
  const bill = (number: number): string => `0${number}-10-2026|B/${number}|13.00`;

  it.each<[string, Rows, string[], string | undefined]>([
    [
      'the name stands above its place where all have one',
      [BUSY, 'Bina Stores', 'Nashik', '13-10-2026|B/1|1', 'Chetan', 'Pune', bill(2)],
      ['B/1 Bina Stores', 'B/2 Chetan'],
      undefined,
    ],
    [
      'a place comes again and a customer does not',
      [BUSY, 'Bina Stores', 'Nashik', '13-10-2026|B/1|1', 'Chetan', 'Nashik', bill(2), 'Dev', bill(3)],
      ['B/1 Bina Stores', 'B/2 Chetan', 'B/3 Dev'],
      undefined,
    ],
    [
      'a place stands in another column',
      [BUSY, 'Bina Stores', '|Nashik', '13-10-2026|B/1|1', 'Chetan', bill(2)],
      ['B/1 Bina Stores', 'B/2 Chetan'],
      undefined,
    ],
    [
      'the total says which is the customer',
      [BUSY, 'North', 'Bina Stores', '13-10-2026|B/1|1', 'Total of Bina Stores||1', 'Chetan', bill(2)],
      ['B/1 Bina Stores', 'B/2 Chetan'],
      undefined,
    ],
    [
      'M/s marks the customer',
      [BUSY, 'M/s Bina Stores', 'Nashik', '13-10-2026|B/1|1', 'Chetan', bill(2)],
      ['B/1 M/s Bina Stores', 'B/2 Chetan'],
      undefined,
    ],
    [
      'phones, tax numbers and addresses are not names',
      [BUSY, 'Bina Stores', 'Nashik 422001', 'GSTIN: 27AAPFU0939F1ZV', '13-10-2026|B/1|1', 'Chetan', bill(2)],
      ['B/1 Bina Stores', 'B/2 Chetan'],
      undefined,
    ],
    [
      'one above a blank row has no bills',
      [BUSY, 'Asha', '', 'Bina Stores', '13-10-2026|B/1|1', 'Chetan', bill(2)],
      ['B/1 Bina Stores', 'B/2 Chetan'],
      undefined,
    ],
    [
      'one that is totalled at once has no bills',
      [BUSY, 'Asha', 'Total||0', 'Bina Stores', '13-10-2026|B/1|1', 'Chetan', bill(2)],
      ['B/1 Bina Stores', 'B/2 Chetan'],
      undefined,
    ],
    [
      'the nearest is taken where nothing tells, and the user is told so',
      [BUSY, 'Asha', 'Bina Stores', '13-10-2026|B/1|1', 'Chetan', bill(2)],
      ['B/1 Bina Stores', 'B/2 Chetan'],
      'heading-unclear',
    ],
  ])('%s', (_, rows, customers, doubt) => {
    const read = readAll(gridOf(rows));
    expect(read.documents.map(({ customer, number }) => `${number} ${customer.name}`)).toEqual(customers);
    expect(read.doubts.map(({ code }) => code)).toEqual(doubt === undefined ? [] : [doubt]);
    expect(read.notes.map(({ outcome }) => outcome)).not.toContain('refused');
  });
});

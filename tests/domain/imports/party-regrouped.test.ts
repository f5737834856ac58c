import { day } from '#domain/days.ts';
import type { Cell, SheetGrid } from '#domain/imports/cells.ts';
import type { ReadRows } from '#domain/imports/documents.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAll } from './grids.ts';

const NAMES = ['Bina Stores', 'Chetan & Sons', 'Dev Agencies', 'Total Energies Depot', 'आशा ट्रेडर्स', 'Farah'];
const HEAD = ['Date', 'Ref. No.', 'Opening Amount', 'Pending Amount', 'Overdue by days'];

type Party = { readonly name: string; readonly bills: readonly (readonly Cell[])[] };

const bill = fc.record({
  who: fc.integer({ min: 0, max: NAMES.length - 1 }),
  number: fc.integer({ min: 1, max: 99_999 }),
  minor: fc.integer({ min: -900_000, max: 90_000_000 }).filter((minor) => minor !== 0),
  openPercent: fc.integer({ min: 0, max: 100 }),
  of: fc.integer({ min: 13, max: 28 }),
});
const parties = fc
  .uniqueArray(bill, { selector: ({ number }) => number, minLength: 1, maxLength: 40 })
  .map((bills) =>
    [...new Set(bills.map(({ who }) => who))].map((party): Party => {
      const own = bills.filter(({ who }) => who === party);
      return {
        name: NAMES[party] ?? '',
        bills: own.map(({ number, minor, openPercent, of }) => [
          { day: day(`2026-09-${of}`) },
          `B/${number}`,
          minor / 100,
          Math.trunc((minor * openPercent) / 100) / 100,
          of,
        ]),
      };
    }),
  );
const form = fc.record({
  label: fc.constantFrom('', 'Party: '),
  hasPlace: fc.boolean(),
  total: fc.constantFrom('none', 'bare', 'named', 'label'),
  hasGaps: fc.boolean(),
  hasGrandTotal: fc.boolean(),
});
type Form = typeof form extends fc.Arbitrary<infer Value> ? Value : never;

function totalRow(label: string, bills: Party['bills']): Cell[] {
  const sumOf = (column: number): number =>
    bills.reduce((sum, row) => sum + Math.round(Number(row[column]) * 100), 0) / 100;
  return [label, null, sumOf(2), sumOf(3), null];
}

function headedGrid(
  list: readonly Party[],
  { label, hasPlace, total, hasGaps, hasGrandTotal }: Form,
): SheetGrid {
  const grouped = list.flatMap(({ name, bills }, index): (readonly Cell[])[] => {
    const said = { none: '', bare: '', named: `Total of ${name}`, label: 'Party Total' }[total];
    return [
      [label + name],
      ...(hasPlace ? [[`Peth ${'ABCDEF'[index]}`]] : []),
      ...bills,
      ...(total === 'none' ? [] : [totalRow(said, bills)]),
      ...(hasGaps ? [[]] : []),
    ];
  });
  const all = list.flatMap(({ bills }) => bills);
  return { name: 'S', rows: [HEAD, ...grouped, ...(hasGrandTotal ? [totalRow('Grand Total', all)] : [])] };
}

function flatGrid(list: readonly Party[]): SheetGrid {
  const rows = list.flatMap(({ name, bills }) => bills.map((cells) => [name, ...cells]));
  return { name: 'S', rows: [['Party', ...HEAD], ...rows] };
}

const documentsOf = ({ documents }: ReadRows): object[] =>
  documents.map((document) => ({ ...document, row: 0 }));

describe('the same bills, flat or under headings', () => {
  it('are the same documents and sums, whatever the form of the headings and totals', () => {
    fc.assert(
      fc.property(parties, form, (list, of) => {
        const headed = readAll(headedGrid(list, of));
        const flat = readAll(flatGrid(list));
        expect(documentsOf(headed)).toEqual(documentsOf(flat));
        expect(headed.currencies).toEqual(flat.currencies);
        expect(headed.doubts.filter(({ code }) => code === 'total-row-differs')).toEqual([]);
        expect(headed.notes.filter(({ outcome }) => outcome === 'refused')).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

import { builtInFormat, numberCells, numberFormat } from '#domain/imports/number-formats.ts';
import { fillMerges } from '#domain/imports/merged-cells.ts';
import type { Cell } from '#domain/imports/cells.ts';
import { describe, expect, it } from 'vitest';

const cells = numberCells(false);

describe('a number under a format', () => {
  it.each([
    ['General', 46_113, 46_113],
    ['dd\\-mmm\\-yyyy', 46_113, { day: '2026-04-01' }],
    ['[$-4009]dd\\ mmmm\\ yyyy;@', 46_113.75, { day: '2026-04-01' }],
    ['m/d/yy h:mm', 46_113.999_999_999_99, { day: '2026-04-02' }],
    ['[Red]0.00', 46_113, 46_113],
    ['"Paid on day" 0', 46_113, 46_113],
    ['[$₹-4009] #,##,##0.00', 1200.5, 1200.5],
    ['hh:mm', 0.5, 0.5],
    ['[h]:mm:ss', 46_113.5, 46_113.5],
    ['mmm', 46_113, { day: '2026-04-01' }],
    ['yyyy', -5, -5],
    ['0.00" Dr"', 1200.5, '1200.5 Dr'],
    ['0.00" Cr";0.00" Dr"', -1200.5, '1200.5 Dr'],
    ['0.00" Cr";-0.00" Cr"', -1200.5, '-1200.5 Cr'],
    ['0.00;0.00" Cr"', -7, '7 Cr'],
    ['0.00;0.00" Cr"', 7, 7],
    ['[>=100000]#\\,##0" Dr";0" Dr"', 5, '5 Dr'],
  ] as const)('%s: %d', (code, value, expected) => {
    expect(cells(value, numberFormat(code))).toEqual(expected);
  });

  it('of a day outside the years of business is text and no day', () => {
    expect(cells(0, numberFormat('dd-mm-yyyy'))).toBe('1899-12-31');
    expect(cells(1, builtInFormat(14))).toEqual({ day: '1900-01-01' });
    expect(cells(61, builtInFormat(14))).toEqual({ day: '1900-03-01' });
    expect(cells(9e9, builtInFormat(14))).toBe(9e9);
    expect(numberCells(true)(1, builtInFormat(14))).toEqual({ day: '1904-01-02' });
  });
});

describe('merged cells', () => {
  it('give a name to each row that holds something, an amount to none, and stop at what no sheet has', () => {
    const rows: Cell[][] = [['Asha', 100], ['', 5], [], [null]];
    const merge = { top: 0, left: 0, bottom: 9, right: 0 };
    expect(fillMerges(rows, [merge, { ...merge, left: 1 }])).toBe(true);
    expect(rows).toEqual([['Asha', 100], ['', 5], [], ['Asha']]);
    const many = Array.from({ length: 3_000_000 }, () => merge);
    expect(fillMerges(rows, many)).toBe(false);
  });
});

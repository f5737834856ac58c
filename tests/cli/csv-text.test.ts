import { csvText } from '#cli/csv-text.ts';
import { plainMoney } from '#domain/exports.ts';
import { paise } from '#domain/money.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('CSV of the command line', () => {
  it.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['+91 98200 12345', "'+91 98200 12345"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-Rao & Sons', "'-Rao & Sons"],
    ['\tTab', "'\tTab"],
    ['\rReturn', `"'\rReturn"`],
    ['-12', '-12'],
    ['+12.50', "'+12.50"],
    ['Rao, "the" trader', '"Rao, ""the"" trader"'],
    ['two\nlines', '"two\nlines"'],
    ['राव', 'राव'],
  ])('makes %j harmless and whole', (text, cell) => {
    expect(csvText([[text]])).toBe(cell);
  });

  it('leaves a cell empty for what is not there, and writes numbers as they are', () => {
    expect(
      csvText([
        ['a', null, -5],
        ['b', 'c', 0],
      ]),
    ).toBe('a,,-5\nb,c,0');
  });

  it.each([
    [0, 'INR', '0.00'],
    [5, 'INR', '0.05'],
    [-5, 'INR', '-0.05'],
    [123456789, 'INR', '1234567.89'],
    [-100, 'INR', '-1.00'],
    [1234, 'JPY', '1234'],
    [1234, 'KWD', '1.234'],
  ])('writes %d minor units of %s as %s', (amount, currency, text) => {
    expect(plainMoney(paise(amount), currency)).toBe(text);
  });

  it('loses no paisa of any amount', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (amount) => {
        const text = plainMoney(paise(amount), 'INR');
        expect(text).toMatch(/^-?\d+\.\d\d$/);
        expect(BigInt(text.replace('.', ''))).toBe(BigInt(amount));
      }),
    );
  });
});

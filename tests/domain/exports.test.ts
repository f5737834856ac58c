import { day, dayFromNumber } from '#domain/days.ts';
import {
  checkExportPlace,
  csvLine,
  daySerial,
  moneyFormat,
  plainMoney,
  plainText,
  sheetCell,
  sheetName,
  withoutFormula,
  type ExportColumn,
} from '#domain/exports.ts';
import { formatMoney } from '#domain/money.ts';
import { SSF } from '@e965/xlsx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const rupees: ExportColumn = { label: 'Open', kind: 'money', currency: 'INR' };
const text: ExportColumn = { label: 'Name', kind: 'text' };

/** What a spreadsheet program draws in the cell of an amount. */
function drawn(minor: number, currency = 'INR'): string {
  const { value, format } = sheetCell({ ...rupees, currency }, minor);
  return String(SSF.format(format ?? '', value));
}

const asShown = (minor: number, currency = 'INR'): string => formatMoney(minor, currency).replace('−', '-');

describe('the number format of an amount', () => {
  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [99_999_99, '99,999.99'],
    [1_00_000_00, '1,00,000.00'],
    [-1_00_000_00, '-1,00,000.00'],
    [12_34_567_89, '12,34,567.89'],
    [-12_34_567_89, '-12,34,567.89'],
    [-5, '-0.05'],
    [-1_23_45_678_90, '-1,23,45,678.90'],
    [9_99_99_99_999_99, '9,99,99,99,999.99'],
    [-9_99_99_99_999_99, '-9,99,99,99,999.99'],
  ])('draws %d paise as %s', (minor, shown) => {
    expect(drawn(minor)).toBe(shown);
  });

  it('draws any rupees in lakh groups, negative ones too, as the window does', () => {
    // A double of more figures than fifteen is drawn rounded, by Excel as well.
    const amounts = fc.integer({ min: -9_999_999_999_999, max: 9_999_999_999_999 });
    fc.assert(
      fc.property(amounts, (minor) => {
        expect(drawn(minor)).toBe(asShown(minor));
      }),
    );
  });

  it('never relies on a condition for the sign of a negative amount', () => {
    fc.assert(
      fc.property(fc.integer({ max: -1 }), (minor) => {
        expect(moneyFormat(minor, 'INR')).toMatch(/^#,##0\.00;-[#0,\\]+\.00$/);
      }),
    );
  });

  it.each([
    ['USD', 123_456_789_01, '123,456,789.01'],
    ['USD', -123_456_78, '-123,456.78'],
    ['JPY', -1_234_567, '-1,234,567'],
    ['KWD', 1_234_567, '1,234.567'],
  ])('draws %s in thousands', (currency, minor, shown) => {
    expect(drawn(minor, currency)).toBe(shown);
  });
});

describe('a cell of a sheet', () => {
  it('holds an amount as the number nearest to its decimal text', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 15), max: 10 ** 15 }), (minor) => {
        const { value } = sheetCell(rupees, minor);
        expect(Math.round(Number(value) * 100)).toBe(minor);
        expect(value).toBe(Number(plainMoney(minor, 'INR')));
      }),
    );
  });

  it.each([
    [{ label: '', kind: 'tenths' }, -125, -12.5, '-12.5'],
    [{ label: '', kind: 'percent' }, 1234, 0.1234, '12.34%'],
    [{ label: '', kind: 'count' }, 42, 42, '42'],
  ] as const)('of %j shows %d as %s', (column, value, held, shown) => {
    const cell = sheetCell(column, value);
    expect(cell.value).toBe(held);
    expect(SSF.format(cell.format ?? '', cell.value)).toBe(shown);
  });

  it.each([
    ['1900-01-01', 1],
    ['1900-02-28', 59],
    ['1900-03-01', 61],
    ['1970-01-01', 25_569],
    ['2026-11-22', 46_348],
  ])('counts %s as day %d of Excel', (of, serial) => {
    expect(daySerial(day(of))).toBe(serial);
  });

  it('shows every day of two centuries as that day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -25_567, max: 83_000 }), (number) => {
        const of = dayFromNumber(number);
        const { value, format } = sheetCell({ label: '', kind: 'day' }, of);
        expect(SSF.format(format ?? '', value)).toBe(`${of.slice(8)}-${of.slice(5, 7)}-${of.slice(0, 4)}`);
      }),
    );
  });

  it('keeps text as text: leading zeros, a plus, what looks like a formula', () => {
    for (const value of ['00123', '+91 98200 12345', '=1+1', '-5', '12/03/2026']) {
      expect(sheetCell(text, value)).toEqual({ value, format: null });
    }
    expect(sheetCell({ label: '', kind: 'day' }, 'soon')).toEqual({ value: 'soon', format: null });
    expect(sheetCell(text, 'x'.repeat(40_000)).value).toHaveLength(32_767);
  });

  it('calls half a paisa a bug', () => {
    expect(() => sheetCell(rupees, 0.5)).toThrow('Not a whole number');
    expect(() => plainText({ label: '', kind: 'percent' }, 1.5)).toThrow('Not a whole number');
  });
});

describe('a line of CSV', () => {
  it.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['+919820012345', "'+919820012345"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-Rao & Sons', "'-Rao & Sons"],
    ["-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"],
    ['\tTab', "'\tTab"],
    ['\rReturn', `"'\rReturn"`],
    ['＝1+1', "'＝1+1"],
    ['-12.50', '-12.50'],
    ['00123', '00123'],
    ['Rao, "the" trader', '"Rao, ""the"" trader"'],
    ['राव', 'राव'],
  ])('makes %j harmless and whole', (value, field) => {
    expect(csvLine([value])).toBe(field);
  });

  it('starts no text with a sign of a formula, except a plain negative number', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '1', '.', 'a', ' ') }),
        (value) => {
          const safe = withoutFormula(value);
          expect(/^[=+\-@\t\r\n]/.test(safe)).toBe(/^-\d+(\.\d+)?$/.test(value));
          expect(safe.endsWith(value)).toBe(true);
        },
      ),
    );
  });

  it.each([
    [{ label: '', kind: 'money', currency: 'INR' }, -5, '-0.05'],
    [{ label: '', kind: 'money', currency: 'KWD' }, 1234, '1.234'],
    [{ label: '', kind: 'percent' }, 1234, '12.34'],
    [{ label: '', kind: 'tenths' }, -3, '-0.3'],
    [{ label: '', kind: 'count' }, 7, '7'],
    [{ label: '', kind: 'day' }, '2026-11-22', '2026-11-22'],
    [{ label: '', kind: 'money' }, null, ''],
  ] as const)('of %j writes %s as %s', (column, value, plain) => {
    expect(plainText(column, value)).toBe(plain);
  });
});

describe('the place of a file', () => {
  const isAmongBooks = false;

  it.each(['/home/asha/aging.xlsx', 'C:\\Users\\Asha\\aging.XLSX', '\\\\server\\share\\aging.xlsx'])(
    'may be %s',
    (path) => {
      expect(checkExportPlace({ path, format: 'xlsx', isAmongBooks })).toEqual({ ok: true, value: null });
    },
  );

  it.each([
    ['aging.xlsx', 'export-path'],
    ['../aging.xlsx', 'export-path'],
    ['/tmp/a\0.xlsx', 'export-path'],
    ['/tmp/aging.csv', 'export-extension'],
    ['/tmp/aging.xlsx.exe', 'export-extension'],
    ['/tmp/xlsx', 'export-extension'],
    ['/tmp/.xlsx', 'export-extension'],
    ['/home/asha/.bashrc', 'export-extension'],
  ])('may not be %j', (path, code) => {
    expect(checkExportPlace({ path, format: 'xlsx', isAmongBooks })).toMatchObject({ refusal: { code } });
  });

  it('may not be among the books', () => {
    const checked = checkExportPlace({ path: '/data/books/a.xlsx', format: 'xlsx', isAmongBooks: true });
    expect(checked).toMatchObject({ refusal: { code: 'export-among-books' } });
  });
});

it.each([
  ['Aging as of 22/11/2026: [all]', 'Aging as of 22 11 2026   all'],
  ["'quoted'", 'quoted'],
  ['History', 'Sheet1'],
  ['', 'Sheet1'],
  ['x'.repeat(40), 'x'.repeat(31)],
])('calls the sheet of %j %j', (title, name) => {
  expect(sheetName(title)).toBe(name);
});

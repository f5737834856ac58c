import { add, formatMoney, mulDiv, paise, parseRate, split, toBase } from '#domain/money.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const amount = fc.integer({ min: -1e13, max: 1e13 }).map(paise);

describe('paise', () => {
  it('are whole: half a paisa is a bug', () => {
    expect(() => paise(0.5)).toThrow();
    expect(() => paise(Number.MAX_SAFE_INTEGER + 1)).toThrow();
    expect(() => add(paise(Number.MAX_SAFE_INTEGER), paise(1))).toThrow();
  });

  it('know no minus nothing', () => {
    expect(Object.is(paise(-0), 0)).toBe(true);
  });
});

describe('mulDiv', () => {
  it.each([
    [100, 1, 3, 33],
    [100, 2, 3, 67],
    [5, 1, 2, 3],
    [-5, 1, 2, -3],
    [-100, 1, 3, -33],
  ])('%i × %i ÷ %i rounds half away from zero to %i', (value, times, by, expected) => {
    expect(mulDiv(value, times, by)).toBe(expected);
  });

  it('is exact where a floating product would not be', () => {
    expect(mulDiv(9_007_199_254_740_991, 3, 3)).toBe(9_007_199_254_740_991);
  });
});

it('splits without losing a paisa and gives the last part the rest', () => {
  expect(split(paise(100), [1, 1, 1])).toEqual([33, 33, 34]);
  fc.assert(
    fc.property(
      amount,
      fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 9 }),
      (whole, weights) => {
        expect(split(whole, weights).reduce((sum, part) => sum + part, 0)).toBe(whole);
      },
    ),
  );
});

describe('formatMoney', () => {
  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [-5, '−0.05'],
    [99_999, '999.99'],
    [100_000, '1,000.00'],
    [10_000_000, '1,00,000.00'],
    [1_234_567_890, '1,23,45,678.90'],
    [-123_456_789_012, '−1,23,45,67,890.12'],
  ])('%i paise reads %s', (value, text) => {
    expect(formatMoney(value)).toBe(text);
  });

  it('groups by thousands and by the currency’s own minor unit elsewhere', () => {
    expect(formatMoney(1_234_567_890, 'USD')).toBe('12,345,678.90');
    expect(formatMoney(1_234_567, 'JPY')).toBe('1,234,567');
    expect(formatMoney(1_234_567, 'KWD')).toBe('1,234.567');
  });

  it.each([
    [12_40_000_00, '12.4 L'],
    [3_20_00_000_00, '3.2 Cr'],
    [1_23_456_00_000_00, '1,234 Cr'],
    [9_999_00, '9.9 K'],
    [999_00, '999'],
  ])('%i paise is short as %s', (value, text) => {
    expect(formatMoney(value, 'INR', 'short')).toBe(text);
  });

  it('groups as Intl does in en-IN, whatever the amount', () => {
    const intl = new Intl.NumberFormat('en-IN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 14 }), (value) => {
        const whole = Math.trunc(value / 100);
        expect(formatMoney(whole * 100)).toBe(intl.format(whole));
      }),
    );
  });
});

describe('exchange rates', () => {
  it('read as millionths', () => {
    expect(parseRate('83.125')).toEqual({ ok: true, value: 83_125_000 });
    expect(parseRate('1')).toEqual({ ok: true, value: 1_000_000 });
  });

  it.each(['', '0', '-83', '83,25', '1.2345678', 'abc', '0.0000000'])(
    'refuse “%s” with what to write',
    (text) => {
      expect(parseRate(text)).toMatchObject({ ok: false, refusal: { code: 'rate' } });
    },
  );

  it('turn minor units of one currency into those of another', () => {
    expect(toBase(100_00, 83_125_000, 'USD', 'INR')).toBe(8312_50);
    expect(toBase(1000, 550_000, 'JPY', 'INR')).toBe(550_00);
    expect(toBase(1_000, 270_000_000, 'KWD', 'INR')).toBe(270_00);
  });
});

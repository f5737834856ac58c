import { amountMinor, amountParts, provesCommaDecimals, signOf } from '#domain/imports/amounts.ts';
import type { Cell } from '#domain/imports/cells.ts';
import { decimalOf } from '#domain/imports/decimals.ts';
import { formatMoney } from '#domain/money.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** Signed minor units, null for nothing, or the code of the refusal. */
function read(cell: Cell, digits = 2, commaDecimals = false): number | null | string {
  const parts = amountParts(cell);
  if (!parts.ok) return parts.refusal.code;
  if (parts.value === null) return null;
  const minor = amountMinor(parts.value, digits, commaDecimals);
  return minor.ok ? signOf(parts.value) * minor.value : minor.refusal.code;
}

describe('amounts are read to the minor unit', () => {
  const cases: readonly (readonly [Cell, number | null | string])[] = [
    [1200, 120000],
    [1200.5, 120050],
    [-0.01, -1],
    // What floating point leaves behind is rounded away, what was meant is not.
    [323310.53000000003, 32331053],
    [299.99999999921, 30000],
    [0.1 + 0.2, 30],
    [1.005, 'too-many-decimals'],
    [3.63768643142, 'too-many-decimals'],
    [1e-7, 0],
    [1e21, 'amount-too-large'],
    [Number.MAX_SAFE_INTEGER, 'amount-too-large'],
    ['1,18,000.00', 11800000],
    ['12,34,56,789.01', 12345678901],
    ['1,234,567.89', 123456789],
    ['1,23', 'amount-unreadable'],
    ['1,2345', 'amount-unreadable'],
    ['12,345,67', 'amount-unreadable'],
    ['1.2.3', 'amount-unreadable'],
    ['₹ 1,200', 120000],
    ['₹1,200/-', 120000],
    ['Rs. 1,200.50', 120050],
    ['Rs1200', 120000],
    ['INR 500', 50000],
    ['500 INR', 50000],
    ['1,200.00 Dr', 120000],
    ['1,200.00Cr', -120000],
    ['1200 CR.', -120000],
    // The suffix wins over the sign.
    ['-1,200.00 Dr', 120000],
    ['(1,200.00) Cr', -120000],
    ['(1,200.00)', -120000],
    ['(₹ 1,200.00)', -120000],
    ['₹ (1,200.00)', -120000],
    ['1,200.00-', -120000],
    ['−1,200.00', -120000],
    ['₹ -1,200.00', -120000],
    ['+50', 5000],
    ['१,२००.५०', 120050],
    ['.5', 50],
    ['5.', 500],
    ['', null],
    ['-', null],
    ['–', null],
    ['Nil', null],
    [null, null],
    ['1.23E+05', 'amount-unreadable'],
    ['#REF!', 'amount-unreadable'],
    ['abc', 'amount-unreadable'],
    ['12abc', 'amount-unreadable'],
    ['12%', 'amount-unreadable'],
    ['()', 'amount-unreadable'],
    ['₹', 'amount-unreadable'],
    ['1 2 3', 'amount-unreadable'],
  ];
  it.each(cases)('reads %j as %j', (cell, expected) => {
    expect(read(cell)).toBe(expected);
  });

  it('keeps the currency a cell names and hands on a sign of many currencies as it is', () => {
    const named = ['USD 5', '€5', '$5', 'Rs 5', '5'].map((text) => {
      const parts = amountParts(text);
      return parts.ok ? parts.value?.currency : parts.refusal.code;
    });
    expect(named).toEqual(['USD', 'EUR', '$', 'INR', null]);
  });

  it('reads yen without and dinars with three decimals', () => {
    expect(read('1,200', 0)).toBe(1200);
    expect(read('1,200.5', 0)).toBe('too-many-decimals');
    expect(read('1.234', 3)).toBe(1234);
  });

  it('says in the sentence what it could not read', () => {
    const parts = amountParts('twelve hundred');
    expect(parts).toMatchObject({ ok: false, refusal: { sentence: '“twelve hundred” is not an amount.' } });
  });
});

describe('commas as decimal marks', () => {
  it('believes them only when the whole column proves them', () => {
    expect(provesCommaDecimals(['1.234,56', '12,5', '7'])).toBe(true);
    expect(provesCommaDecimals(['12,50', '1,234.56'])).toBe(false);
    expect(provesCommaDecimals(['1,234', '5,678'])).toBe(false);
    expect(provesCommaDecimals(['1,18,000', '12,50'])).toBe(false);
  });

  it('then reads points as the groups of thousands', () => {
    expect(read('1.234,56', 2, true)).toBe(123456);
    expect(read('1.234', 2, true)).toBe(123400);
    expect(read('1234,5', 2, true)).toBe(123450);
  });
});

describe('amounts of all sizes', () => {
  const minor = fc.integer({ min: -9_999_999_999_999, max: 9_999_999_999_999 });

  it('come back from their own writing, in lakhs and in thousands', () => {
    fc.assert(
      fc.property(minor, fc.constantFrom('INR', 'USD'), (amount, currency) => {
        expect(read(formatMoney(amount, currency))).toBe(amount === 0 ? 0 : amount);
        const sided = `₹ ${formatMoney(Math.abs(amount), 'INR')} ${amount < 0 ? 'Cr' : 'Dr'}`;
        expect(Number(read(sided)) + 0).toBe(amount);
      }),
    );
  });

  it('are the same as a number cell and as its text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (amount) => {
        expect(read(amount / 100)).toBe(amount);
        expect(read(decimalOf(amount / 100))).toBe(amount);
      }),
    );
  });

  it('never come from any other text than one with digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const found = read(text);
        if (typeof found === 'number') expect(text).toMatch(/\p{Nd}/u);
      }),
    );
  });
});

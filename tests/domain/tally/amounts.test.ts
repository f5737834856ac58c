import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAmount } from '#domain/tally/amounts.ts';

/** Paise of ours: above zero is a debit. */
const READ: readonly (readonly [string, number])[] = [
  ['-5000.00', 500_000],
  ['5000.00', -500_000],
  ['5000.00 Dr', 500_000],
  ['-5000.00 Cr', -500_000],
  ['-5000.00 Dr', 500_000],
  ['5,000.00 Cr.', -500_000],
  ['1,23,456.78', -12_345_678],
  ['-12,34,56,789.50', 12_345_678_950],
  ['123,456', -12_345_600],
  [' -166380.00 ', 16_638_000],
  ['0.00', 0],
  ['-0.00', 0],
  ['-.5', 50],
  ['100.000', -10_000],
  ['(-)5000.00', 500_000],
  ['₹ 1,000.00', -100_000],
  ['Rs. 1,000.00 Dr', 100_000],
  ['-? 12.00', 1200],
  ['-$8500.00 @ ₹ 83/$ = -₹ 705500.00', 70_550_000],
  ['10.00$ = 800.00', -80_000],
  ['-$ 500.00 @ I₹ 84/$  = -I₹ 42000.00', 4_200_000],
  ['$ 0.00 @ I₹ /$  = I₹ 0.00', 0],
  ['-$ 1.00 @ Rs. 84/$ = -Rs. 84.00', 8400],
  ['$ 500.00 @ I₹ 84/$  = I₹ 42,000.00 Dr', 4_200_000],
];
const REFUSED: readonly (readonly [string, string])[] = [
  ['12.345', 'half-paise'],
  ['-0.001', 'half-paise'],
  ['abc', 'no-amount'],
  ['-', 'no-amount'],
  ['.', 'no-amount'],
  ['1,2,3.00', 'no-amount'],
  ['12,34', 'no-amount'],
  ['1.2.3', 'no-amount'],
  ['--5.00', 'no-amount'],
  ['-₹-5.00', 'no-amount'],
  ['1e5', 'no-amount'],
  // Foreign money whose base amount is not told.
  ['$ 500.00', 'no-amount'],
  ['$ 500.00 @ ₹ 84/$ =', 'no-amount'],
  ['99999999999999999.00', 'too-large'],
];

describe('an amount of Tally', () => {
  it.each(READ)('“%s” is read as %d paise', (text, amount) => {
    expect(readAmount(text)).toEqual({ value: amount, reason: null });
  });

  it.each(REFUSED)('“%s” is refused, not guessed: %s', (text, reason) => {
    expect(readAmount(text)).toEqual({ value: null, reason });
  });

  it('is no value where it is blank, which is not zero', () => {
    for (const text of [null, '', '   ']) expect(readAmount(text)).toEqual({ value: null, reason: null });
  });

  it('comes back whatever its size, sign, grouping, side or foreign words', () => {
    const amounts = fc.integer({ min: -9_000_000_000_000_00, max: 9_000_000_000_000_00 });
    fc.assert(
      fc.property(amounts, fc.nat(4), (amount, form) => {
        const size = Math.abs(amount);
        const plain = `${Math.trunc(size / 100)}.${String(size % 100).padStart(2, '0')}`;
        const grouped = `${Math.trunc(size / 100).toLocaleString('en-IN')}.${plain.slice(-2)}`;
        const minus = amount > 0 ? '-' : '';
        const texts = [
          minus + plain,
          minus + grouped,
          `${grouped} ${amount > 0 ? 'Dr' : 'Cr'}`,
          `${minus}$ 1.00 @ I₹ 84/$  = ${minus}I₹ ${plain}`,
          `${minus}₹ ${grouped}`,
        ];
        expect(readAmount(texts[form] ?? '')).toEqual({ value: amount === 0 ? 0 : amount, reason: null });
      }),
    );
  });

  it('never throws, and never reads a fraction of a paisa', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...'0123456789.,-=$₹ @/DrC()x'.split('')),
      maxLength: 20,
    });
    fc.assert(
      fc.property(letters, (text) => {
        const { value, reason } = readAmount(text);
        expect(value === null || (Number.isSafeInteger(value) && reason === null)).toBe(true);
      }),
    );
  });
});

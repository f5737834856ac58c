// What people type into amounts and days.
import { day } from '#domain/days.ts';
import { readDay } from '#kit/day-input.ts';
import { readMoney } from '#kit/money-input.ts';
import { sortKey } from '#kit/sort-key.ts';
import { describe, expect, it } from 'vitest';

describe('a typed amount', () => {
  it.each([
    ['500', 500_00],
    ['1,23,456.50', 1_23_456_50],
    ['1,234,567', 12_34_567_00],
    ['₹ 1,00,000', 1_00_000_00],
    ['Rs. 75.5', 75_50],
    ['1.5L', 1_50_000_00],
    ['2.25 cr', 2_25_00_000_00],
    ['12k', 12_000_00],
    ['0.10', 10],
  ])('%s is taken as %i paise', (text, paise) => {
    expect(readMoney(text)).toBe(paise);
  });

  it.each(['1,50', '12.345', 'abc', '1.2.3', '-5', '1,2,3', '99999999999999999999', '₹'])(
    '%s is asked back',
    (text) => {
      expect(readMoney(text)).toBeUndefined();
    },
  );

  it('is null when nothing is typed, which is not zero', () => {
    expect(readMoney('  ')).toBeNull();
    expect(readMoney('0')).toBe(0);
  });

  it('keeps to the digits of its own currency', () => {
    expect(readMoney('1,200', 'JPY')).toBe(1200);
    expect(readMoney('1.5', 'JPY')).toBeUndefined();
    expect(readMoney('1.234', 'KWD')).toBe(1234);
  });
});

describe('a typed day', () => {
  const today = day('2026-11-22');
  it.each([
    ['05/04/2026', '2026-04-05'],
    ['5-4-26', '2026-04-05'],
    ['5.4.2026', '2026-04-05'],
    ['050426', '2026-04-05'],
    ['05042026', '2026-04-05'],
    ['5 apr 26', '2026-04-05'],
    ['5-April-2026', '2026-04-05'],
    ['2026-04-05', '2026-04-05'],
    ['15', '2026-11-15'],
    ['t', '2026-11-22'],
    ['+10', '2026-12-02'],
    ['-22', '2026-10-31'],
  ])('%s is %s, the day first', (text, expected) => {
    expect(readDay(text, today)).toBe(expected);
  });

  it('means the nearest such day where the year is left out', () => {
    expect(readDay('5/1', today)).toBe('2027-01-05');
    expect(readDay('5/10', today)).toBe('2026-10-05');
  });

  it.each(['31/02/2026', '13/13/2026', 'soon', '1/2/3/4', '32', '5/4/202', ''])('%s is no day', (text) => {
    expect(readDay(text, today)).toBeUndefined();
  });
});

describe('the key that a text sorts by', () => {
  it('sorts numbers inside by their size, and leaves capitals and accents out', () => {
    const names = ['Shop 10', 'shop 9', 'Électro', 'eagle', 'आर्या', 'Zed'];
    const sorted = names.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
    expect(sorted).toEqual(['eagle', 'Électro', 'shop 9', 'Shop 10', 'Zed', 'आर्या']);
  });
});

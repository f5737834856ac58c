import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayFromNumber, dayNumber, day } from '#domain/days.ts';
import { dayFromSerial, readDay } from '#domain/tally/wire-days.ts';

const READ: readonly (readonly [string, string])[] = [
  ['20200310', '2020-03-10'],
  ['20260301', '2026-03-01'],
  ['1-Mar-26', '2026-03-01'],
  ['15-Dec-25', '2025-12-15'],
  ['1-Apr-2022', '2022-04-01'],
  ['01-04-2022', '2022-04-01'],
  ['1-Dec-2108', '2108-12-01'],
  ['31-mar-99', '1999-03-31'],
  ['29-Feb-24', '2024-02-29'],
  [' 20240229 ', '2024-02-29'],
];
const REFUSED = [
  '20200231',
  '20240631',
  '29-Feb-23',
  '0-Mar-26',
  '1-Foo-26',
  '20261301',
  '00000000',
  '2026',
  'today',
  '1-Mar-126',
  '32-01-2024',
  '2026-03-01T00:00',
];

describe('a day of Tally', () => {
  it.each(READ)('“%s” is %s', (text, right) => {
    expect(readDay(text)).toEqual({ value: right, reason: null });
  });

  it.each(REFUSED)('“%s” is refused', (text) => {
    expect(readDay(text)).toEqual({ value: null, reason: 'no-day' });
  });

  it('is none where it is blank', () => {
    for (const text of [null, '', ' ']) expect(readDay(text)).toEqual({ value: null, reason: null });
  });

  it.each([
    [45_723, '2025-03-08'],
    [43_189, '2018-03-31'],
    [1, '1900-01-01'],
    // The day within VCHKEY of a voucher that Tally dates 20260301.
    [0xb401, '2026-03-01'],
  ])('counted as %d is %s', (serial, right) => {
    expect(dayFromSerial(serial)).toBe(right);
  });

  it.each([0, -4, 1.5, Number.NaN, 10_000_000])('counted as %d is none', (serial) => {
    expect(dayFromSerial(serial)).toBeNull();
  });

  it('is the same in every form', () => {
    const first = dayNumber(day('1980-01-01'));
    const last = dayNumber(day('2079-12-31'));
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (number) => {
        const right = dayFromNumber(number);
        const [year = '', month = '', date = ''] = right.split('-');
        const name = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][
          Number(month) - 1
        ];
        const forms = [
          year + month + date,
          `${Number(date)}-${name}-${year.slice(2)}`,
          `${Number(date)}-${name}-${year}`,
          `${date}-${month}-${year}`,
        ];
        for (const form of forms) expect(readDay(form).value).toBe(right);
        expect(dayFromSerial(number + 25_568)).toBe(right);
      }),
    );
  });
});

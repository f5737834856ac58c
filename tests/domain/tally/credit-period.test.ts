import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day } from '#domain/days.ts';
import { creditWords, dueDayOf, readCreditPeriod, readDueDay } from '#domain/tally/credit-period.ts';

/** From which day, the period's text, its attributes JD and P, and when the bill falls due. */
const DUE: readonly (readonly [string, string | null, string | null, string | null, string])[] = [
  ['2025-03-08', '7 Days', '45723', '7 Days', '2025-03-15'],
  ['2025-03-08', '60 Days', null, null, '2025-05-07'],
  ['2025-03-08', '1 Days', null, null, '2025-03-09'],
  ['2025-03-08', '45', null, null, '2025-04-22'],
  ['2025-03-08', '3 Weeks', null, null, '2025-03-29'],
  ['2025-03-31', '2 Months', null, null, '2025-05-31'],
  ['2025-01-31', '1 Month', null, null, '2025-02-28'],
  ['2024-01-31', '1 Months', null, null, '2024-02-29'],
  ['2024-02-29', '1 Year', null, null, '2025-02-28'],
  ['2025-11-30', '3 Months', null, null, '2026-02-28'],
  ['2018-03-01', '31-Mar-2018', '43189', '31-Mar-2018', '2018-03-31'],
  ['2018-03-01', '31-Mar-18', null, null, '2018-03-31'],
  ['2025-03-08', null, null, null, '2025-03-08'],
  ['2025-03-08', '  ', null, null, '2025-03-08'],
  // The period counts from the day that JD names, not from the bill's.
  ['2025-03-01', '7 Days', '45723', '7 Days', '2025-03-15'],
  ['2025-03-01', null, '45723', '7 Days', '2025-03-15'],
];

describe('a credit period of Tally', () => {
  it.each(DUE)('from %s with “%s” (JD %s, P %s) falls due on %s', (from, text, serial, period, right) => {
    expect(readDueDay(day(from), { text, serial, period })).toEqual({ value: right, reason: null });
  });

  it.each(['soon', '-5 Days', '2.5 Months', '30 Foo', '31-Feb-2024', '99999 Days'])(
    '“%s” is refused, not read as none',
    (text) => {
      expect(readCreditPeriod(text)).toEqual({ value: null, reason: 'no-period' });
      expect(readDueDay(day('2025-03-08'), { text, serial: null, period: null }).reason).toBe('no-period');
    },
  );

  it('without a bill day has a due day only where the period itself tells one', () => {
    expect(readDueDay(null, { text: '30 Days', serial: null, period: null }).value).toBeNull();
    expect(readDueDay(null, { text: '7 Days', serial: '45723', period: null }).value).toBe('2025-03-15');
    expect(readDueDay(null, { text: '31-Mar-2018', serial: null, period: null }).value).toBe('2018-03-31');
    expect(readDueDay(null, { text: '7 Days', serial: 'x', period: null }).reason).toBe('no-day');
  });

  it('is told in days where it can be, in its own words otherwise', () => {
    expect(
      ['30 Days', '45', '2 Months', '3 Weeks', '', 'soon', null].map((text) => creditWords(text)),
    ).toEqual(['30', '45', '2 Months', '3 Weeks', null, null, null]);
  });

  it('of days adds up, and of months never leaves the month it is to end in', () => {
    const days = fc.integer({ min: 0, max: 40_000 }).map((number) => addDays(day('2000-01-01'), number));
    fc.assert(
      fc.property(days, fc.nat(600), fc.nat(200), (from, count, months) => {
        expect(dueDayOf(from, { unit: 'days', count })).toBe(addDays(from, count));
        const due = dueDayOf(from, { unit: 'months', count: months });
        const at = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
        expect(at(due) - at(from)).toBe(months);
        expect(Number(due.slice(8))).toBeLessThanOrEqual(Number(from.slice(8)));
      }),
    );
  });
});

import {
  addDays,
  day,
  dayFromNumber,
  dayNumber,
  dayOf,
  daysBetween,
  isDay,
  monthEnd,
  monthsBefore,
  previousMonth,
} from '#domain/days.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';

it.each(['2024-02-29', '2026-12-31', '1900-01-01', '2199-12-31'])('knows %s', (text) => {
  expect(isDay(text)).toBe(true);
});

it.each([
  '2026-02-29',
  '2100-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-01-32',
  '26-01-01',
  '2026-1-1',
  '',
  '1899-12-31',
])('knows no %s', (text) => {
  expect(isDay(text)).toBe(false);
});

it('counts days as the calendar does, there and back, over three centuries', () => {
  const first = dayNumber(day('1900-01-01'));
  const last = dayNumber(day('2199-12-31'));
  expect(dayNumber(day('1970-01-01'))).toBe(0);
  expect(last - first).toBe(109_572);
  for (let number = first; number <= last; number += 1) {
    const text = dayFromNumber(number);
    if (!isDay(text) || dayNumber(text) !== number) throw new Error(`${number} became ${text}`);
  }
});

it('adds days and takes the difference back', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -20_000, max: 80_000 }),
      fc.integer({ min: -4000, max: 4000 }),
      (at, days) => {
        const from = dayFromNumber(at);
        expect(daysBetween(from, addDays(from, days))).toBe(days);
      },
    ),
  );
});

it('goes a month back to the same day, or to the last of a shorter month', () => {
  expect(previousMonth(day('2026-11-22'))).toBe('2026-10-22');
  expect(previousMonth(day('2026-03-31'))).toBe('2026-02-28');
  expect(previousMonth(day('2024-03-30'))).toBe('2024-02-29');
  expect(previousMonth(day('2026-01-15'))).toBe('2025-12-15');
});

it('lists month-ends up to a day', () => {
  expect(monthsBefore(day('2026-01-15'), 3)).toEqual(['2025-11-30', '2025-12-31', '2026-01-15']);
  expect(monthsBefore(day('2026-01-15'), 1)).toEqual(['2026-01-15']);
  expect(monthEnd(day('2024-02-03'))).toBe('2024-02-29');
});

it('makes no day of numbers that are none', () => {
  expect(dayOf(2026, 2, 30)).toBeUndefined();
  expect(dayOf(2026, 1.5, 3)).toBeUndefined();
  expect(dayOf(26, 1, 3)).toBeUndefined();
});

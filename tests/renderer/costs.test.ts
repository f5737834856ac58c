// What the costs decide by themselves: small amounts, days of a month, sums and the budget.
import { day } from '#domain/days.ts';
import { microsWords, paiseOfMicros } from '#kit/micros.ts';
import {
  channelsIn,
  daysOf,
  lastOf,
  monthBeside,
  monthShown,
  totalsOf,
  usedPercent,
} from '#features/costs/month-costs.ts';
import { describe, expect, it } from 'vitest';

describe('an amount of millionths of a rupee', () => {
  it.each([
    [250_000, '0.25'],
    [115_000, '0.115'],
    [1, '0.000001'],
    [0, '0.00'],
    [-115_000, '−0.115'],
    [1_115_000, '1.12'],
    [12_345_678_900, '12,345.68'],
    [1_00_000_000_000, '1,00,000.00'],
  ])('%i is ₹ %s', (micros, text) => {
    expect(microsWords(micros)).toBe(text);
  });

  it('is whole paise where a file wants money, half up', () => {
    expect(paiseOfMicros(115_000)).toBe(12);
    expect(paiseOfMicros(114_999)).toBe(11);
  });
});

describe('the days of a month', () => {
  const month = day('2026-02-01');
  const one = { count: 2, costMicros: 500_000, estimateMicros: 600_000 };
  const days = daysOf(month, [
    { day: day('2026-02-03'), channel: 'sms', ...one },
    { day: day('2026-02-03'), channel: 'email', ...one, costMicros: 0 },
    { day: day('2026-02-28'), channel: 'sms', ...one },
  ]);

  it('are all there, also those on which nothing left', () => {
    expect(days).toHaveLength(28);
    expect(days[2]).toEqual({
      day: '2026-02-03',
      count: 4,
      costMicros: 500_000,
      estimateMicros: 1_200_000,
      byChannel: { sms: 500_000, email: 0 },
    });
    expect(days[0]).toMatchObject({ day: '2026-02-01', count: 0, costMicros: 0 });
  });

  it('add up to the month', () => {
    expect(totalsOf(days)).toEqual({ count: 6, costMicros: 1_000_000, estimateMicros: 1_800_000 });
  });

  it('show only channels that cost something', () => {
    expect(channelsIn(days)).toEqual(['sms']);
  });
});

describe('the month shown', () => {
  it('is never one to come', () => {
    expect(monthShown(undefined, day('2026-11-22'))).toBe('2026-11-01');
    expect(monthShown('2027-01-01', day('2026-11-22'))).toBe('2026-11-01');
    expect(monthShown('2026-02-01', day('2026-11-22'))).toBe('2026-02-01');
  });

  it('goes over the turn of the year', () => {
    expect(monthBeside(day('2026-01-01'), -1)).toBe('2025-12-01');
    expect(monthBeside(day('2025-12-01'), 1)).toBe('2026-01-01');
    expect(lastOf(day('2028-02-01'))).toBe('2028-02-29');
  });
});

it('tells how much of the budget is used, also when it was overrun', () => {
  expect(usedPercent(500_000, null)).toBeNull();
  expect(usedPercent(500_000, 2_000_000)).toBe(25);
  expect(usedPercent(3_000_000, 2_000_000)).toBe(150);
  expect(usedPercent(0, 0)).toBe(100);
});

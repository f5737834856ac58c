import { heightOn, partsOf, scaleOf, topOf } from '#features/aging/stack-months.ts';
import { bucketsOf } from '#domain/aging.ts';
import { day } from '#domain/days.ts';
import { paise, sumOf } from '#domain/money.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';

function trendOf(...months: readonly (readonly number[])[]) {
  return {
    buckets: [...bucketsOf()],
    months: months.map((amounts) => {
      const buckets = amounts.map(paise);
      return { day: day('2026-11-30'), buckets, outstandingPaise: sumOf(buckets, (amount) => amount) };
    }),
  };
}

it('stacks the buckets on each other without a gap, and credits below the line of zero', () => {
  const trend = trendOf([300, 200, -100, 400, 0, 100]);
  const scale = scaleOf(trend);
  const zero = heightOn(scale, 0);
  const [notDue, late, credit, later, none, oldest] = partsOf(trend.months[0] ?? expect.fail(), scale);
  expect(notDue?.from).toBeCloseTo(zero);
  expect(late?.from).toBeCloseTo((notDue?.from ?? 0) + (notDue?.height ?? 0));
  expect((credit?.from ?? 0) + (credit?.height ?? 0)).toBeCloseTo(zero);
  expect(later?.from).toBeCloseTo((late?.from ?? 0) + (late?.height ?? 0));
  expect(none?.height).toBe(0);
  expect(oldest?.from).toBeCloseTo((later?.from ?? 0) + (later?.height ?? 0));
});

it('holds every bar of any trend between the ends of its axis, on round lines with zero among them', () => {
  const amount = fc.integer({ min: -5_000_000_00, max: 900_000_000_00 });
  const month = fc.array(amount, { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(fc.array(month, { minLength: 1, maxLength: 24 }), (months) => {
      const trend = trendOf(...months);
      const scale = scaleOf(trend);
      expect(scale.lines).toContain(0);
      expect(scale.lines.length).toBeLessThanOrEqual(8);
      for (const one of trend.months) {
        for (const { from, height } of partsOf(one, scale)) {
          expect(from).toBeGreaterThanOrEqual(-0.001);
          expect(from + height).toBeLessThanOrEqual(100.001);
        }
      }
    }),
  );
});

it('keeps the top of its axis while the slider is held, whatever the day holds', () => {
  const large = trendOf([900_00]);
  const small = trendOf([100_00]);
  expect(scaleOf(small, topOf(large)).topPaise).toBe(scaleOf(large).topPaise);
  expect(scaleOf(small).topPaise).toBeLessThan(scaleOf(large).topPaise);
});

it('draws an axis for a book in which nothing was ever open', () => {
  const scale = scaleOf(trendOf([0, 0, 0, 0, 0, 0]));
  expect(scale.topPaise).toBeGreaterThan(scale.bottomPaise);
});

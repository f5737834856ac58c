import { addDays, day, daysBetween } from '#domain/days.ts';
import { askedWindow, eduDayFrom, eduDayUntil, isEduDay, reportDay } from '#domain/tally/edu-days.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';

it.each([
  ['2026-11-22', '2026-12-01'],
  ['2026-12-03', '2026-12-31'],
  ['2026-12-31', '2026-12-31'],
  ['2026-11-02', '2026-11-02'],
  ['2027-02-03', '2027-03-01'],
  ['2028-02-29', '2028-03-01'],
  ['2026-12-30', '2026-12-31'],
])('asks on %s for %s in Educational mode', (today, asked) => {
  expect(reportDay(day(today), true)).toBe(asked);
  expect(reportDay(day(today), false)).toBe(today);
});

const anyDay = fc.integer({ min: 0, max: 3000 }).map((days) => addDays(day('2022-01-01'), days));

it('takes the nearest day that is taken, on either side', () => {
  fc.assert(
    fc.property(anyDay, (from) => {
      const [before, after] = [eduDayUntil(from), eduDayFrom(from)];
      expect(isEduDay(before) && isEduDay(after)).toBe(true);
      expect(before <= from && from <= after).toBe(true);
      // Nothing that is taken lies between.
      for (let one = addDays(before, 1); one < after; one = addDays(one, 1)) {
        if (one !== from) expect(isEduDay(one)).toBe(false);
      }
      expect(daysBetween(before, after)).toBeLessThan(31);
    }),
  );
});

it('asks for bounds that hold the window', () => {
  fc.assert(
    fc.property(anyDay, fc.nat(400), fc.boolean(), (from, length, isEducational) => {
      const to = addDays(from, length);
      const asked = askedWindow(from, to, isEducational);
      expect(asked.fromDay <= from && to <= asked.toDay).toBe(true);
      if (isEducational) expect(isEduDay(asked.fromDay) && isEduDay(asked.toDay)).toBe(true);
      else expect(asked).toEqual({ fromDay: from, toDay: to });
    }),
  );
});

// What the calendar of the reminders decides by itself.
import { addDays, day } from '#domain/days.ts';
import {
  dayByKey,
  monthBeside,
  monthOf,
  weekdayOf,
  weeksOf,
} from '#features/reminders-calendar/month-grid.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('the calendar', () => {
  it('knows the weekday of a day, Monday first', () => {
    expect([
      weekdayOf(day('2026-11-23')),
      weekdayOf(day('2026-11-22')),
      weekdayOf(day('1970-01-01')),
    ]).toEqual([0, 6, 3]);
  });

  it('draws each day of a month once, under its weekday', () => {
    const months = fc.record({
      year: fc.integer({ min: 1980, max: 2100 }),
      month: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(months, ({ year, month }) => {
        const first = day(`${year}-${String(month).padStart(2, '0')}-01`);
        const weeks = weeksOf(first);
        const days = weeks.flat().filter((one) => one !== null);
        expect(days[0]).toBe(first);
        expect(addDays(days.at(-1) ?? first, 1)).toBe(monthBeside(first, 1));
        expect(days.every((one, at) => at === 0 || one === addDays(days[at - 1] ?? first, 1))).toBe(true);
        for (const week of weeks) {
          expect(week).toHaveLength(7);
          for (const [at, one] of week.entries()) if (one !== null) expect(weekdayOf(one)).toBe(at);
        }
      }),
    );
  });

  it('opens the month of the address, else today’s', () => {
    expect(monthOf('2027-02', day('2026-11-22'))).toBe('2027-02-01');
    expect(monthOf('2027-13', day('2026-11-22'))).toBe('2026-11-01');
    expect(monthOf(null, day('2026-11-22'))).toBe('2026-11-01');
    expect(monthBeside(day('2027-01-01'), -1)).toBe('2026-12-01');
  });

  it('moves by day, week and month from the keyboard', () => {
    const from = day('2026-11-30');
    expect(['ArrowRight', 'ArrowDown', 'Home', 'End', 'PageDown'].map((key) => dayByKey(key, from))).toEqual([
      '2026-12-01',
      '2026-12-07',
      '2026-11-01',
      '2026-11-30',
      '2026-12-01',
    ]);
    expect(dayByKey('Enter', from)).toBeUndefined();
  });
});

import { addDays, dayNumber, daysInMonth, isDay, monthStart, type Day } from '#domain/days.ts';

const DAYS_A_WEEK = 7;
/** Day 0 is a Thursday: three days after a Monday. */
const THURSDAY = 3;

/** 0 for Monday … 6 for Sunday. */
export function weekdayOf(day: Day): number {
  return (((dayNumber(day) + THURSDAY) % DAYS_A_WEEK) + DAYS_A_WEEK) % DAYS_A_WEEK;
}

/** '2026-11' → its first day; the month of `today` where nothing readable is asked for. */
export function monthOf(asked: string | null, today: Day): Day {
  const first = `${asked ?? ''}-01`;
  return isDay(first) ? first : monthStart(today);
}

export function lastOf(month: Day): Day {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return addDays(month, daysInMonth(year, number) - 1);
}

/** The month before or after, as its first day. */
export function monthBeside(month: Day, step: -1 | 1): Day {
  return monthStart(step === 1 ? addDays(lastOf(month), 1) : addDays(month, -1));
}

/** The weeks of a month, Monday first; days of its neighbours are null. */
export function weeksOf(month: Day): readonly (readonly (Day | null)[])[] {
  const blanks = weekdayOf(month);
  const last = dayNumber(lastOf(month)) - dayNumber(month) + 1;
  const weekCount = Math.ceil((blanks + last) / DAYS_A_WEEK);
  return Array.from({ length: weekCount }, (_, week) =>
    Array.from({ length: DAYS_A_WEEK }, (__, at) => {
      const offset = week * DAYS_A_WEEK + at - blanks;
      return offset >= 0 && offset < last ? addDays(month, offset) : null;
    }),
  );
}

/** Where the keyboard goes from a day: it may leave the month. Undefined where the key does not move it. */
export function dayByKey(key: string, from: Day): Day | undefined {
  switch (key) {
    case 'ArrowLeft':
      return addDays(from, -1);
    case 'ArrowRight':
      return addDays(from, 1);
    case 'ArrowUp':
      return addDays(from, 0 - DAYS_A_WEEK);
    case 'ArrowDown':
      return addDays(from, DAYS_A_WEEK);
    case 'Home':
      return monthStart(from);
    case 'End':
      return lastOf(monthStart(from));
    case 'PageUp':
      return monthBeside(monthStart(from), -1);
    case 'PageDown':
      return monthBeside(monthStart(from), 1);
    default:
      return undefined;
  }
}

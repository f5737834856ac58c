import { dayFromNumber, dayNumber, type Day } from '../days.ts';

// A plan asks for the same few hundred days tens of thousands of times; there are no more than the calendar has.
const counts = new Map<Day, number>();
const days = new Map<number, Day>();

/** dayNumber, remembered. */
export function dayCount(day: Day): number {
  let count = counts.get(day);
  if (count === undefined) {
    count = dayNumber(day);
    counts.set(day, count);
  }
  return count;
}

/** dayFromNumber, remembered. */
export function dayAt(count: number): Day {
  let day = days.get(count);
  if (day === undefined) {
    day = dayFromNumber(count);
    days.set(count, day);
  }
  return day;
}

/** addDays, remembered. */
export function daysAfter(day: Day, count: number): Day {
  return dayAt(dayCount(day) + count);
}

/** daysBetween, remembered: days from `from` to `to`, negative when `to` is earlier. */
export function daysApart(from: Day, to: Day): number {
  return dayCount(to) - dayCount(from);
}

import { addDays, type Day } from '#domain/days.ts';
import type { DayRange } from '#kit/day-ticks.ts';

/** A due day mistyped by a century must not squeeze the days that matter into a corner. */
const DAYS_BACK_MOST = 3660;
const DAYS_AHEAD_MOST = 366;

/** The ends of the time machine: the book's own days, today always among them. */
export function sliderEnds({ firstDay, lastDay }: DayRange, today: Day): DayRange {
  const [earliest, latest] = [addDays(today, -DAYS_BACK_MOST), addDays(today, DAYS_AHEAD_MOST)];
  const ends = {
    firstDay: firstDay < earliest ? earliest : firstDay,
    lastDay: lastDay > latest ? latest : lastDay,
  };
  return {
    firstDay: ends.firstDay < today ? ends.firstDay : today,
    lastDay: ends.lastDay > today ? ends.lastDay : today,
  };
}

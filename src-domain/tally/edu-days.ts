import { addDays, dayOf, monthStart, type Day } from '../days.ts';

// In Educational mode Tally takes days 1, 2 and 31 of a month and quietly answers for another day otherwise.

export function isEduDay(day: Day): boolean {
  return day.endsWith('-01') || day.endsWith('-02') || day.endsWith('-31');
}

/** The day for which reports are asked: today, in Educational mode the next one that is taken. */
export function reportDay(today: Day, isEducational: boolean): Day {
  return isEducational ? eduDayFrom(today) : today;
}

/** The first taken day that is not before a day. */
export function eduDayFrom(day: Day): Day {
  if (isEduDay(day)) return day;
  const last = dayOf(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 31);
  return last ?? monthStart(addDays(monthStart(day), 31));
}

/** The last taken day that is not after a day. */
export function eduDayUntil(day: Day): Day {
  return isEduDay(day) ? day : addDays(monthStart(day), 1);
}

/** The bounds to ask for so that a window lies within them; a literal filter keeps its own days exact. */
export function askedWindow(
  fromDay: Day,
  toDay: Day,
  isEducational: boolean,
): { readonly fromDay: Day; readonly toDay: Day } {
  return isEducational ? { fromDay: eduDayUntil(fromDay), toDay: eduDayFrom(toDay) } : { fromDay, toDay };
}

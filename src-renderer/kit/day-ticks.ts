import { addDays, dayFromNumber, dayNumber, dayOf, daysInMonth, monthStart, type Day } from '#domain/days.ts';

export type DayRange = { readonly firstDay: Day; readonly lastDay: Day };

/** A mark under the slider: where it stands (0–1), and the month's name where there is room for it. */
export type DayTick = { readonly day: Day; readonly at: number; readonly isNamed: boolean };

/** Months between two names; a year's names repeat in the same months. */
const STEPS = [1, 2, 3, 4, 6, 12, 24, 60] as const;

/** Where a day stands between the ends: 0 at the first, 1 at the last. */
export function placeOf(day: Day, { firstDay, lastDay }: DayRange): number {
  const length = dayNumber(lastDay) - dayNumber(firstDay);
  if (length <= 0) return 0;
  return Math.min(1, Math.max(0, (dayNumber(day) - dayNumber(firstDay)) / length));
}

/** The day that lies at a place between the ends. */
export function dayAt(place: number, { firstDay, lastDay }: DayRange): Day {
  const [first, last] = [dayNumber(firstDay), dayNumber(lastDay)];
  return dayFromNumber(Math.round(first + Math.min(1, Math.max(0, place)) * (last - first)));
}

export function clampDay(day: Day, { firstDay, lastDay }: DayRange): Day {
  if (day < firstDay) return firstDay;
  return day > lastDay ? lastDay : day;
}

/** The first of every month within the ends; at most `namesMost` of them bear a name. */
export function monthTicks(range: DayRange, namesMost: number): readonly DayTick[] {
  const days: Day[] = [];
  let day = monthStart(range.firstDay);
  if (day < range.firstDay) day = nextMonth(day);
  while (day <= range.lastDay) {
    days.push(day);
    day = nextMonth(day);
  }
  const step = STEPS.find((one) => Math.ceil(days.length / one) <= namesMost) ?? 120;
  return days.map((tick) => ({
    day: tick,
    at: placeOf(tick, range),
    isNamed: (Number(tick.slice(0, 4)) * 12 + Number(tick.slice(5, 7)) - 1) % step === 0,
  }));
}

function nextMonth(first: Day): Day {
  return addDays(first, daysInMonth(Number(first.slice(0, 4)), Number(first.slice(5, 7))));
}

/** The same day some months on; the last of the month where that is shorter. */
export function addMonths(day: Day, months: number): Day {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const [year, ofYear] = [Math.floor(month / 12), (month % 12) + 1];
  const dayOfMonth = Math.min(Number(day.slice(8, 10)), daysInMonth(year, ofYear));
  return dayOf(year, ofYear, dayOfMonth) ?? day;
}

/** Where a key leads from a day, or undefined for a key that is not the slider's. */
export function dayByKey(key: string, day: Day, range: DayRange): Day | undefined {
  const to = keyStep(key, day, range);
  return to === undefined ? undefined : clampDay(to, range);
}

function keyStep(key: string, day: Day, { firstDay, lastDay }: DayRange): Day | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return addDays(day, -1);
    case 'ArrowRight':
    case 'ArrowUp':
      return addDays(day, 1);
    case 'PageDown':
      return addMonths(day, -1);
    case 'PageUp':
      return addMonths(day, 1);
    case 'Home':
      return firstDay;
    case 'End':
      return lastDay;
    default:
      return undefined;
  }
}

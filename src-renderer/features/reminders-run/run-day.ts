import { addDays, isDay, type Day } from '#domain/days.ts';

export type RunDay = {
  readonly day: Day;
  readonly kind: 'today' | 'tomorrow' | 'other';
};

/** The day of the address, as the switch shows it; today where none is named or it is none. */
export function runDayOf(asked: string | null, today: Day): RunDay {
  const day = asked !== null && isDay(asked) ? asked : today;
  if (day === today) return { day, kind: 'today' };
  return { day, kind: day === addDays(today, 1) ? 'tomorrow' : 'other' };
}

import type { PolicyShown } from '#contract/engine/reminders.ts';
import { isDay, type Day } from '#domain/days.ts';

export type Holiday = PolicyShown['holidays'][number];

/** Days on which all of India rests; the same date each year. Keys are names in the words. */
const NATIONAL = [
  ['01-26', 'republic'],
  ['08-15', 'independence'],
  ['10-02', 'gandhi'],
] as const;

/**
 * Great festivals, which move from year to year. Dates of the Muslim ones are estimates: the moon decides. After
 * vacanza/holidays (MIT), India.
 */
const FESTIVALS = [
  ['2026-12-25', 'christmas'],
  ['2027-03-09', 'eid-al-fitr'],
  ['2027-03-22', 'holi'],
  ['2027-03-26', 'good-friday'],
  ['2027-05-16', 'eid-al-adha'],
  ['2027-10-09', 'dussehra'],
  ['2027-10-29', 'diwali'],
  ['2027-11-14', 'guru-nanak'],
  ['2027-12-25', 'christmas'],
] as const;

export type HolidayName = (typeof NATIONAL)[number][1] | (typeof FESTIVALS)[number][1];

type Named = { readonly day: Day; readonly name: HolidayName };

/** The national holidays still to come in this year and the next. */
export function nationalHolidays(today: Day): readonly Named[] {
  const year = Number(today.slice(0, 4));
  return named(
    [year, year + 1].flatMap((one) => NATIONAL.map(([date, name]) => [`${one}-${date}`, name] as const)),
    today,
  );
}

/** The festivals still to come, as far as they are known. */
export function festivals(today: Day): readonly Named[] {
  return named(FESTIVALS, today);
}

function named(list: readonly (readonly [string, HolidayName])[], today: Day): readonly Named[] {
  return list.flatMap(([text, name]) => (isDay(text) && text >= today ? [{ day: text, name }] : []));
}

/** In the order of the days; a day that is there already keeps its name. */
export function withHolidays(holidays: readonly Holiday[], more: readonly Holiday[]): Holiday[] {
  const known = new Set(holidays.map(({ day }) => day));
  const fresh = more.filter(({ day }) => !known.has(day));
  return [...holidays, ...fresh].toSorted((a, b) => a.day.localeCompare(b.day));
}

/** A calendar day of the company, 'YYYY-MM-DD' (proleptic Gregorian). Compares and sorts as text. */
export type Day = string & { readonly __day: unique symbol };

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MILLISECONDS_A_DAY = 86_400_000;
const MONTH_NAMES = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const;

export function isDay(text: string): text is Day {
  const match = SHAPE.exec(text);
  return match !== null && dayOf(Number(match[1]), Number(match[2]), Number(match[3])) !== undefined;
}

/** Throws on a text that is no day: callers at the edge test with isDay first. */
export function day(text: string): Day {
  if (!isDay(text)) throw new Error(`Not a day: ${text}`);
  return text;
}

/** Year, month 1–12, day of month → Day, or undefined where the calendar has no such day. */
export function dayOf(year: number, month: number, dayOfMonth: number): Day | undefined {
  if (!Number.isInteger(year) || year < 1900 || year > 2199) return undefined;
  if (!Number.isInteger(month) || month < 1 || month > 12) return undefined;
  if (!Number.isInteger(dayOfMonth) || dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month))
    return undefined;
  return `${year}-${two(month)}-${two(dayOfMonth)}` as Day;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whole days since 1970-01-01. */
export function dayNumber(of: Day): number {
  return (
    Date.UTC(Number(of.slice(0, 4)), Number(of.slice(5, 7)) - 1, Number(of.slice(8, 10))) / MILLISECONDS_A_DAY
  );
}

/** The day that lies `number` days after 1970-01-01 (civil-from-days; no clock and no time zone is involved). */
export function dayFromNumber(number: number): Day {
  const z = Math.trunc(number) + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(dayOfMonth)}` as Day;
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

export function addDays(to: Day, days: number): Day {
  return dayFromNumber(dayNumber(to) + days);
}

/** The last day there is (see dayOf): a far day with long terms must not fall due on one that no call would take. */
const LAST_DAY = '2199-12-31' as Day;

/** The day a document with terms of some days falls due. */
export function dueAfter(from: Day, creditDays: number): Day {
  const due = addDays(from, creditDays);
  return due.length > LAST_DAY.length || due > LAST_DAY ? LAST_DAY : due;
}

export function monthStart(of: Day): Day {
  return `${of.slice(0, 8)}01` as Day;
}

export function monthEnd(of: Day): Day {
  const year = Number(of.slice(0, 4));
  const month = Number(of.slice(5, 7));
  return `${of.slice(0, 8)}${two(daysInMonth(year, month))}` as Day;
}

/** The later of two days. */
export function laterDay(a: Day, b: Day): Day {
  return a > b ? a : b;
}

/** '2026-11-22' → '22 Nov 2026'; the window hands in month names of its language. */
export function formatDay(of: Day, monthNames: readonly string[] = MONTH_NAMES): string {
  return `${of.slice(8, 10)} ${monthNames[Number(of.slice(5, 7)) - 1]} ${of.slice(0, 4)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** The same day of the month before; the last one where that month is shorter. */
export function previousMonth(of: Day): Day {
  const lastOfPrevious = addDays(monthStart(of), -1);
  const same = `${lastOfPrevious.slice(0, 8)}${of.slice(8, 10)}`;
  return isDay(same) ? same : lastOfPrevious;
}

/** The `count - 1` month-ends before a day and the day itself, oldest first. */
export function monthsBefore(of: Day, count: number): readonly Day[] {
  const days: Day[] = [of];
  let end = addDays(monthStart(of), -1);
  while (days.length < count) {
    days.unshift(end);
    end = addDays(monthStart(end), -1);
  }
  return days;
}

import { addDays, dayFromNumber, type Day } from '#domain/days.ts';

// The registry's clock: the only file here that asks the machine for the time. Everything else takes it from Registry.

const INDIA_AHEAD_MS = 330 * 60_000;
const DAY_MS = 86_400_000;

/** UTC milliseconds by the machine's clock. */
export function machineTime(): number {
  return Date.now();
}

/** India's calendar day of UTC milliseconds. */
export function indiaDayOf(at: number): Day {
  return dayFromNumber(Math.floor((at + INDIA_AHEAD_MS) / DAY_MS));
}

/** The hour of India's clock, 0–23. */
export function indiaHourOf(at: number): number {
  return Math.floor(((at + INDIA_AHEAD_MS) % DAY_MS) / 3_600_000);
}

/** When India's day after this moment's begins, in UTC milliseconds: daily quotas start anew. */
export function nextDayAt(now: number): number {
  return dayBegins(addDays(indiaDayOf(now), 1));
}

/** When India's day begins, in UTC milliseconds. */
export function dayStart(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) - INDIA_AHEAD_MS;
}

/** RFC 3339 of UTC milliseconds: the form of instants on the wire, and of parameters for the database. */
export function instant(at: number): string {
  return new Date(at).toISOString();
}

/** When a day of India's calendar begins, in UTC milliseconds. */
export function dayBegins(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) - INDIA_AHEAD_MS;
}

import { dayFromNumber, dayNumber, isDay, type Day } from '#domain/days.ts';

// Vendors in India write days and times in India's own time, without saying so. India has one zone and no summer time.

const OFFSET_MS = 19_800_000;
const DAY_MS = 86_400_000;

/** The day in India at an instant in UTC milliseconds. */
export function indianDay(instant: number): Day {
  return dayFromNumber(Math.floor((instant + OFFSET_MS) / DAY_MS));
}

/** '2026-11-22 17:05:09', '2026-11-22T17:05' or '2026-11-22' in India → UTC milliseconds; null for anything else. */
export function indianInstant(text: string): number | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?)?$/.exec(text.trim());
  const [, day, hours, minutes, seconds] = match ?? [];
  if (day === undefined || !isDay(day)) return null;
  const ofDay = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0);
  return dayNumber(day) * DAY_MS + ofDay * 1000 - OFFSET_MS;
}

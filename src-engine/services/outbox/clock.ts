import { addDays, type Day } from '#domain/days.ts';
import { nextOpenDay, windowFrom, windowOn } from '#domain/reminders/hours.ts';
import type { SendingPolicy } from '#domain/reminders/policy.ts';
import type { Channel } from '#domain/reminders/words.ts';

// Instants (UTC milliseconds) and the minutes of the company's own day, in both directions.

const MINUTE_MS = 60_000;
const MINUTES_A_DAY = 1440;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, made);
  return made;
}

/** 0 … 1439. */
export function minuteAt(instant: number, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(instant);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return of('hour') * 60 + of('minute');
}

export type Place = {
  readonly timeZone: string;
  readonly dayAt: (instant: number, timeZone: string) => Day;
};

/** The instant at which a minute of a day begins there; where the clock is set forward over it, the next there is. */
export function instantOf(day: Day, minute: number, { timeZone, dayAt }: Place): number {
  const [year, month, date] = day.split('-').map(Number);
  let guess = Date.UTC(year ?? 0, (month ?? 1) - 1, date ?? 1) + minute * MINUTE_MS;
  // Two steps reach every zone: the first brings the offset, the second a change of it in between.
  for (let step = 0; step < 2; step += 1) {
    const shown = dayAt(guess, timeZone);
    const dayDifference = shown === day ? 0 : shown < day ? -1 : 1;
    const difference = dayDifference * MINUTES_A_DAY + minuteAt(guess, timeZone) - minute;
    guess -= difference * MINUTE_MS;
  }
  return guess;
}

/** The day that follows the one of an instant, from its first minute. */
export function nextMidnight(instant: number, place: Place): number {
  return instantOf(addDays(place.dayAt(instant, place.timeZone), 1), 0, place);
}

/** The first instant from `from` on in which a channel may be used; null where it never may. */
export function nextWithinHours(
  policy: SendingPolicy,
  channel: Channel,
  from: number,
  place: Place,
): number | null {
  const day = place.dayAt(from, place.timeZone);
  const minute = minuteAt(from, place.timeZone);
  const today = windowFrom(policy, channel, { day, minute });
  if (today !== null) return today.fromMinute === minute ? from : instantOf(day, today.fromMinute, place);
  const next = nextOpenDay(policy, channel, day);
  const window = next === null ? null : windowOn(policy, channel, next);
  return next === null || window === null ? null : instantOf(next, window.fromMinute, place);
}

import { addDays, type Day } from '../days.ts';
import { dayCount } from './day-counts.ts';
import { OUTER_HOURS, type Holiday, type SendingPolicy } from './policy.ts';
import type { Channel } from './words.ts';

/** Minutes of a day in which something may leave: from the first on, and never at or after the second. */
export type Window = { readonly fromMinute: number; readonly toMinute: number };

type HoursPolicy = Pick<SendingPolicy, 'hours' | 'holidays'>;

/** Nobody closes for longer; a policy that never opens is found out after so many days. */
const DAYS_AHEAD_MOST = 400;

const holidaysByDay = new WeakMap<HoursPolicy['holidays'], ReadonlyMap<Day, Holiday>>();

function isHoliday(policy: HoursPolicy, channel: Channel, day: Day): boolean {
  let days = holidaysByDay.get(policy.holidays);
  if (days === undefined) {
    days = new Map(policy.holidays.map((holiday) => [holiday.day, holiday]));
    holidaysByDay.set(policy.holidays, days);
  }
  const holiday = days.get(day);
  return holiday !== undefined && holiday.open?.includes(channel) !== true;
}

/** 0 = Monday … 6 = Sunday. */
export function weekdayOf(day: Day): number {
  // 1970-01-01 was a Thursday.
  return (((dayCount(day) + 3) % 7) + 7) % 7;
}

/**
 * When a channel may be used on a day, or null. India's outer limits stand above the owner's hours: where his are wider
 * they are cut (RM16, docs/gateways.md 7).
 */
export function windowOn(policy: HoursPolicy, channel: Channel, day: Day): Window | null {
  const hours = policy.hours[channel];
  if (hours.weekdays[weekdayOf(day)] !== true || isHoliday(policy, channel, day)) return null;
  const outer = OUTER_HOURS[channel];
  const fromMinute = Math.max(hours.fromMinute, outer.fromMinute);
  const toMinute = Math.min(hours.toMinute, outer.toMinute);
  return fromMinute < toMinute ? { fromMinute, toMinute } : null;
}

/** What is left of a day's window from a minute of that day on. */
export function windowFrom(
  policy: HoursPolicy,
  channel: Channel,
  { day, minute }: { readonly day: Day; readonly minute: number },
): Window | null {
  const whole = windowOn(policy, channel, day);
  if (whole === null || minute >= whole.toMinute) return null;
  return { fromMinute: Math.max(whole.fromMinute, minute), toMinute: whole.toMinute };
}

/** The first day after one on which the channel may be used; null where it never may. */
export function nextOpenDay(policy: HoursPolicy, channel: Channel, after: Day): Day | null {
  let day = after;
  for (let ahead = 0; ahead < DAYS_AHEAD_MOST; ahead += 1) {
    day = addDays(day, 1);
    if (windowOn(policy, channel, day) !== null) return day;
  }
  return null;
}

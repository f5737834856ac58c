import { policyShape, type PolicyShown } from '#contract/engine/reminders.ts';
import { day, type Day } from '#domain/days.ts';
import { OUTER_HOURS, USUAL_POLICY, type SendingPolicy } from '#domain/reminders/policy.ts';
import { channels } from '#domain/reminders/words.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import { putReminderSetting, reminderSetting } from '../../storage/reminder-settings.ts';

const somePolicy = policyShape.partial();

/** The owner's rules; what he never touched is as Baaki starts with it. */
export function policyNow(tx: ReadTx, today: Day): SendingPolicy {
  const text = reminderSetting(tx, 'policy');
  const own = text === null ? null : somePolicy.safeParse(JSON.parse(text));
  const national = nationalHolidays(today);
  if (own?.success !== true) return { ...USUAL_POLICY, holidays: national };
  const { holidays = national, ...rest } = own.data;
  const saved = Number(reminderSetting(tx, 'holidaysUntil') ?? Infinity);
  const later = national.filter((one) => yearOf(one.day) > saved);
  return { ...USUAL_POLICY, ...rest, holidays: [...holidays, ...later] };
}

/** The owner's list is his for the years that he has seen with it; later ones begin as all do. */
export function keepHolidayYears(tx: WriteTx, today: Day): void {
  putReminderSetting(tx, 'holidaysUntil', yearOf(today) + YEARS_AHEAD);
}

function yearOf(of: Day): number {
  return Number(of.slice(0, 4));
}

const YEARS_AHEAD = 2;

/**
 * Days on which all of India's offices are closed, and 1 May, on which most are: a beginning that the owner edits, since
 * festivals differ from state to state and move with the moon.
 */
const NATIONAL: readonly (readonly [monthAndDay: string, name: string])[] = [
  ['01-26', 'Republic Day'],
  ['05-01', 'May Day'],
  ['08-15', 'Independence Day'],
  ['10-02', 'Gandhi Jayanti'],
  ['12-25', 'Christmas'],
];

export function nationalHolidays(today: Day): SendingPolicy['holidays'] {
  const first = yearOf(today);
  const years = Array.from({ length: YEARS_AHEAD + 1 }, (_unused, at) => first + at);
  return years.flatMap((year) =>
    NATIONAL.map(([monthAndDay, name]) => ({ day: day(`${year}-${monthAndDay}`), name })),
  );
}

/** India's outer hours are locked: an owner may narrow them and never widen them (RM16, docs/gateways.md 7). */
export function judgeHours(hours: PolicyShown['hours'] | undefined): Result<null> {
  for (const channel of hours === undefined ? [] : channels) {
    const wished = hours?.[channel];
    const outer = OUTER_HOURS[channel];
    if (wished === undefined) continue;
    const isWide = wished.fromMinute < outer.fromMinute || wished.toMinute > outer.toMinute;
    if (isWide) {
      const values = { channel, from: clock(outer.fromMinute), to: clock(outer.toMinute) };
      const sentence = `Nobody may be reminded before ${values.from} or after ${values.to} (${channel}).`;
      return refuse('hours-too-wide', sentence, { field: `hours.${channel}`, values });
    }
    if (wished.fromMinute >= wished.toMinute) {
      const values = { channel, from: clock(wished.fromMinute), to: clock(wished.toMinute) };
      const sentence = `The hours of ${channel} end at ${values.to}, which is not after ${values.from}.`;
      return refuse('hours-empty', sentence, { field: `hours.${channel}`, values });
    }
  }
  return ok(null);
}

function clock(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.trunc(minute / 60))}:${two(minute % 60)}`;
}

/** As the door shows it: the same values in arrays that may be written to. */
export function policyShown(policy: SendingPolicy): PolicyShown {
  const hoursOf = (channel: keyof SendingPolicy['hours']): PolicyShown['hours']['sms'] => {
    const { fromMinute, toMinute, weekdays } = policy.hours[channel];
    return { fromMinute, toMinute, weekdays: [...weekdays] };
  };
  return {
    ...policy,
    hours: {
      sms: hoursOf('sms'),
      whatsapp: hoursOf('whatsapp'),
      email: hoursOf('email'),
      voice: hoursOf('voice'),
      letter: hoursOf('letter'),
      call: hoursOf('call'),
    },
    holidays: policy.holidays.map(({ open, ...one }) => ({
      ...one,
      ...(open === undefined ? {} : { open: [...open] }),
    })),
    needsConsent: [...policy.needsConsent],
  };
}

import { addDays, day, dayNumber } from '#domain/days.ts';
import { nextOpenDay, weekdayOf, windowFrom, windowOn } from '#domain/reminders/hours.ts';
import { OUTER_HOURS, USUAL_POLICY } from '#domain/reminders/policy.ts';
import { channels } from '#domain/reminders/words.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { at, D, openPolicy } from '../../builders/plan-facts.ts';

const sunday = at(6);

it('counts weekdays from Monday, before 1970 too', () => {
  expect(weekdayOf(D)).toBe(0);
  expect(weekdayOf(sunday)).toBe(6);
  expect(weekdayOf(day('1969-12-28'))).toBe(6);
});

it('cuts the owner’s hours to India’s outer limits, which nothing widens (RM16)', () => {
  const all = { fromMinute: 0, toMinute: 1440, weekdays: openPolicy().hours.sms.weekdays };
  const wide = { ...openPolicy(), hours: { ...openPolicy().hours, voice: all, email: all } };
  expect(windowOn(wide, 'voice', D)).toEqual({ fromMinute: 480, toMinute: 1140 });
  expect(windowOn(wide, 'email', D)).toEqual({ fromMinute: 480, toMinute: 1260 });
  expect(windowOn(USUAL_POLICY, 'voice', D)).toEqual({ fromMinute: 600, toMinute: 1080 });
});

it('is open on a holiday on the channels that the owner has left open for it, and on no other (RM16)', () => {
  const holidays = [{ day: at(7), name: 'Id', open: ['email'] as const }];
  const policy = { ...USUAL_POLICY, holidays };
  const open = channels.filter((channel) => windowOn(policy, channel, at(7)) !== null);
  expect(open).toEqual(['email']);
  expect(nextOpenDay(policy, 'email', at(6))).toBe(at(7));
  expect(nextOpenDay(policy, 'call', at(6))).toBe(at(8));
});

it('is closed on Sundays and holidays, and opens on the next day that is neither', () => {
  const policy = { ...USUAL_POLICY, holidays: [{ day: at(7), name: 'Id' }] };
  expect(windowOn(policy, 'sms', sunday)).toBeNull();
  expect(windowOn(policy, 'sms', at(7))).toBeNull();
  expect(nextOpenDay(policy, 'sms', at(5))).toBe(at(8));
});

it('never opens where every weekday is off', () => {
  const off = [false, false, false, false, false, false, false] as const;
  const hours = { ...USUAL_POLICY.hours, sms: { ...USUAL_POLICY.hours.sms, weekdays: off } };
  expect(nextOpenDay({ hours, holidays: [] }, 'sms', D)).toBeNull();
});

it('lets nothing leave at or after the last minute', () => {
  expect(windowFrom(USUAL_POLICY, 'sms', { day: D, minute: 1139 })).toEqual({
    fromMinute: 1139,
    toMinute: 1140,
  });
  expect(windowFrom(USUAL_POLICY, 'sms', { day: D, minute: 1140 })).toBeNull();
});

it('stays within both limits on any day, whatever the owner sets', () => {
  const minute = fc.integer({ min: 0, max: 1440 });
  const is = fc.boolean();
  const weekdays = fc.tuple(is, is, is, is, is, is, is);
  fc.assert(
    fc.property(
      fc.record({ fromMinute: minute, toMinute: minute, weekdays }),
      fc.constantFrom(...channels),
      fc.integer({ min: -800, max: 800 }),
      (own, channel, ahead) => {
        const policy = { hours: { ...USUAL_POLICY.hours, [channel]: own }, holidays: [] };
        const window = windowOn(policy, channel, addDays(D, ahead));
        if (window === null) return;
        expect(own.weekdays[(((dayNumber(D) + ahead + 3) % 7) + 7) % 7]).toBe(true);
        expect(window.fromMinute).toBeGreaterThanOrEqual(
          Math.max(own.fromMinute, OUTER_HOURS[channel].fromMinute),
        );
        expect(window.toMinute).toBeLessThanOrEqual(Math.min(own.toMinute, OUTER_HOURS[channel].toMinute));
        expect(window.fromMinute).toBeLessThan(window.toMinute);
      },
    ),
  );
});

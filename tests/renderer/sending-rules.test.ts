// What the rules decide by themselves: times as they are typed, ends of the day bar, holidays.
import { day } from '#domain/days.ts';
import { OUTER_HOURS, USUAL_HOURS } from '#domain/reminders/policy.ts';
import { clockWords, readClock } from '#features/sending-rules/clock.ts';
import { festivals, nationalHolidays, withHolidays } from '#features/sending-rules/holidays.ts';
import {
  endNearest,
  LEAST_MINUTES,
  minuteAt,
  minuteByKey,
  withEnd,
} from '#features/sending-rules/hours-range.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyShape } from '../../src-contract/engine/reminders.ts';
import hindi from '../../src-renderer/words/hi/sending-rules.json' with { type: 'json' };

describe('a typed time', () => {
  it.each([
    ['9', 540],
    ['9:30', 570],
    ['930', 570],
    ['18.30', 1110],
    ['6 pm', 1080],
    ['12 am', 0],
    ['12:15pm', 735],
    ['24:00', 1440],
    ['00:00', 0],
  ])('%s is minute %i', (text, minute) => {
    expect(readClock(text)).toBe(minute);
  });

  it.each(['', '25', '9:60', '24:01', '13 pm', '0 am', 'soon', '9:3'])('%s is no time', (text) => {
    expect(readClock(text)).toBeUndefined();
  });

  it('is written as it is read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1440 }), (minute) => readClock(clockWords(minute)) === minute),
    );
  });
});

describe('the ends of the day bar', () => {
  const outer = OUTER_HOURS.voice;
  const minute = fc.integer({ min: -600, max: 2400 });

  it('never leave the outer limits, nor pass each other', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('from' as const, 'to' as const), minute)), (moves) => {
        let range: { fromMinute: number; toMinute: number } = USUAL_HOURS.voice;
        for (const [end, to] of moves) range = withEnd(range, end, to, outer);
        return (
          range.fromMinute >= outer.fromMinute &&
          range.toMinute <= outer.toMinute &&
          range.toMinute - range.fromMinute >= LEAST_MINUTES
        );
      }),
    );
  });

  it('go where they are dragged inside of them', () => {
    expect(withEnd(USUAL_HOURS.voice, 'from', 660, outer)).toMatchObject({ fromMinute: 660, toMinute: 1080 });
    expect(withEnd(USUAL_HOURS.voice, 'to', 5000, outer)).toMatchObject({ toMinute: outer.toMinute });
  });

  it('are moved by the nearer one, in quarters of an hour', () => {
    expect(endNearest({ fromMinute: 540, toMinute: 1140 }, 600)).toBe('from');
    expect(endNearest({ fromMinute: 540, toMinute: 1140 }, 1000)).toBe('to');
    expect(minuteAt(0.5)).toBe(720);
    expect(minuteAt(0.503)).toBe(720);
    expect(minuteAt(-1)).toBe(0);
    expect(minuteAt(7)).toBe(1440);
  });

  it('go to full quarters by the arrows, and to the limits by Home and End', () => {
    expect(minuteByKey('ArrowRight', 541, outer)).toBe(555);
    expect(minuteByKey('ArrowLeft', 541, outer)).toBe(540);
    expect(minuteByKey('ArrowLeft', 540, outer)).toBe(525);
    expect(minuteByKey('PageUp', 540, outer)).toBe(600);
    expect(minuteByKey('Home', 600, outer)).toBe(outer.fromMinute);
    expect(minuteByKey('Tab', 600, outer)).toBeUndefined();
  });
});

describe('holidays', () => {
  it('of the nation are those to come of this year and the next', () => {
    expect(nationalHolidays(day('2026-11-22')).map((one) => one.day)).toEqual([
      '2027-01-26',
      '2027-08-15',
      '2027-10-02',
    ]);
    expect(nationalHolidays(day('2026-08-15')).map((one) => one.day)[0]).toBe('2026-08-15');
  });

  it('stand in the order of their days, and one that is there keeps its name', () => {
    const own = [{ day: day('2027-01-26'), name: 'Shop closed' }];
    const more = [
      { day: day('2027-01-26'), name: 'Republic Day' },
      { day: day('2026-12-25'), name: 'Christmas' },
    ];
    expect(withHolidays(own, more)).toEqual([
      { day: '2026-12-25', name: 'Christmas' },
      { day: '2027-01-26', name: 'Shop closed' },
    ]);
  });

  it('have words, and rules their sentence', () => {
    const named = [...nationalHolidays(day('2026-01-01')), ...festivals(day('2026-01-01'))];
    for (const { name } of named) expect(hindi.holiday).toHaveProperty(name);
    const rules = Object.keys(policyShape.shape).filter(
      (one) => !['hours', 'holidays', 'needsConsent'].includes(one),
    );
    expect(Object.keys(hindi.rule)).toEqual(expect.arrayContaining(rules));
  });
});

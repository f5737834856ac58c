import { addDays, day } from '#domain/days.ts';
import { afterThrottle, afterWorldFailed, domainOf, fullBucket, takeToken } from '#domain/reminders/rates.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const TODAY = day('2026-11-23');
const MINUTE = 60_000;

it('never lets more through in any minute than its pace and one burst, whatever the clock does', () => {
  const moves = fc.array(fc.integer({ min: -200_000, max: 20_000 }), { minLength: 1, maxLength: 200 });
  const anyBurst = fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 120 }), anyBurst, moves, (perMinute, burst, steps) => {
      const pace = { perMinute, perDay: null, ...(burst === undefined ? {} : { burst }) };
      let now = 1_000_000_000;
      let passed = 0;
      let count = 0;
      let bucket = fullBucket(pace, now, TODAY);
      for (const step of steps) {
        now += step;
        passed += Math.max(0, step);
        const taken = takeToken(bucket, pace, { now, day: TODAY });
        bucket = taken.bucket;
        if (taken.ok) count += 1;
      }
      const most = (burst ?? Math.max(1, perMinute / 10)) + (passed * perMinute) / MINUTE;
      expect(count).toBeLessThanOrEqual(Math.ceil(most));
    }),
  );
});

it('knows the domain of an address, however it is written', () => {
  const addresses = ['asha@Gmail.COM', '"a@b"@shop.example.in', '+919876500001'];
  expect(addresses.map(domainOf)).toEqual(['gmail.com', 'shop.example.in', null]);
});

it('starts a new day with a new count, but no old one', () => {
  const pace = { perMinute: 600, perDay: 1 };
  const first = takeToken(fullBucket(pace, 0, TODAY), pace, { now: 0, day: TODAY });
  expect(first.ok).toBe(true);
  expect(takeToken(first.bucket, pace, { now: 1000, day: TODAY })).toMatchObject({ ok: false, at: 'day' });
  expect(takeToken(first.bucket, pace, { now: 1000, day: addDays(TODAY, -1) })).toMatchObject({ ok: false });
  expect(takeToken(first.bucket, pace, { now: 1000, day: addDays(TODAY, 1) }).ok).toBe(true);
});

it('rests when it is told to, and after three failures in a row', () => {
  const pace = { perMinute: 600, perDay: null };
  const full = fullBucket(pace, 0, TODAY);
  const told = takeToken(afterThrottle(full, 0, 7), pace, { now: 6999, day: TODAY });
  expect(told).toMatchObject({ ok: false, at: 7000 });
  const failing = [1, 2, 3].reduce((bucket) => afterWorldFailed(bucket, 0), full);
  expect(takeToken(failing, pace, { now: 0, day: TODAY })).toMatchObject({ ok: false, at: MINUTE });
});

it('goes at half its pace for ten minutes after a gateway has asked for less, and then as before', () => {
  const pace = { perMinute: 60, perDay: null };
  const countIn = (from: number, minutes: number): number => {
    let bucket = { ...afterThrottle(fullBucket(pace, 0, TODAY), 0, 60), tokensE3: 0, filledAt: from };
    let count = 0;
    for (let now = from + 1000; now <= from + minutes * MINUTE; now += 1000) {
      const taken = takeToken(bucket, pace, { now, day: TODAY });
      bucket = taken.bucket;
      if (taken.ok) count += 1;
    }
    return count;
  };
  expect(countIn(MINUTE, 5)).toBe(150);
  expect(countIn(12 * MINUTE, 5)).toBe(300);
});

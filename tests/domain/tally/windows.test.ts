import { addDays, day, daysBetween, type Day } from '#domain/days.ts';
import {
  halfOf,
  nextWindow,
  pauseMs,
  vouchersToAsk,
  windowsLeft,
  WINDOW_DAYS_MOST,
  WINDOW_VOUCHERS_MOST,
  type DayCount,
  type HistoryState,
  type HistoryWindow,
  type WindowCost,
} from '#domain/tally/windows.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const FROM = day('2022-04-01');
const anyCounts = fc
  .array(fc.tuple(fc.nat(1200), fc.oneof(fc.nat(40), fc.integer({ min: 1, max: 9000 }))), { maxLength: 60 })
  .map((rows): DayCount[] => [...new Map(rows)].map(([at, count]) => ({ day: addDays(FROM, at), count })));
const anySpeed = fc.constantFrom('gentle', 'normal');

/** A Tally that takes so long for a request and for each voucher in it. */
type Tally = { readonly fixed: number; readonly each: number };
const anyTally = fc.record({
  fixed: fc.integer({ min: 5, max: 30_000 }),
  each: fc.integer({ min: 1, max: 90 }),
});

function readAll(start: HistoryState, { fixed, each }: Tally): readonly (HistoryWindow & WindowCost)[] {
  const read: (HistoryWindow & WindowCost)[] = [];
  let state = start;
  for (let window = nextWindow(state); window !== null; window = nextWindow(state)) {
    const voucherCount = window.expectedCount;
    const milliseconds = fixed + each * voucherCount;
    read.push({ ...window, voucherCount, milliseconds });
    state = { ...state, readFrom: window.fromDay, costs: [...state.costs, { voucherCount, milliseconds }] };
    if (read.length > 3000) throw new Error('It does not end.');
  }
  return read;
}

const inWindow = (counts: readonly DayCount[], from: Day, to: Day): number =>
  counts.reduce((sum, { day: on, count }) => (on >= from && on <= to ? sum + count : sum), 0);

it('reads every day of the history once, newest first, and tells beforehand what each window holds', () => {
  fc.assert(
    fc.property(anyCounts, anySpeed, anyTally, fc.nat(1200), (counts, speed, tally, length) => {
      const to = addDays(FROM, length);
      const read = readAll({ counts, from: FROM, to, readFrom: null, costs: [], speed }, tally);
      let before = addDays(to, 1);
      for (const { fromDay, toDay, expectedCount } of read) {
        expect(toDay).toBe(addDays(before, -1));
        expect(fromDay <= toDay).toBe(true);
        expect(expectedCount).toBe(inWindow(counts, fromDay, toDay));
        expect(daysBetween(fromDay, toDay) + 1).toBeLessThanOrEqual(WINDOW_DAYS_MOST);
        const busyDays = counts.filter(
          ({ day: on, count }) => count > 0 && on >= fromDay && on <= toDay,
        ).length;
        if (busyDays > 1) expect(expectedCount).toBeLessThanOrEqual(WINDOW_VOUCHERS_MOST);
        before = fromDay;
      }
      expect(before).toBe(FROM);
    }),
    { numRuns: 300 },
  );
});

it('begins with a small probe and grows step by step', () => {
  const counts = Array.from({ length: 1000 }, (_, at) => ({ day: addDays(FROM, at), count: 60 }));
  const state: HistoryState = {
    counts,
    from: FROM,
    to: addDays(FROM, 999),
    readFrom: null,
    costs: [],
    speed: 'normal',
  };
  const sizes = readAll(state, { fixed: 10, each: 1 }).map((one) => one.expectedCount);
  expect(sizes.slice(0, 4)).toEqual([60, 360, 1440, 3960]);
  expect(windowsLeft(state)).toBe(600);
  expect(windowsLeft({ ...state, readFrom: FROM })).toBe(0);
});

it('keeps Tally busy for no longer than the speed allows, once it knows how fast Tally is', () => {
  const counts = Array.from({ length: 900 }, (_, at) => ({ day: addDays(FROM, at), count: 20 }));
  fc.assert(
    fc.property(
      anySpeed,
      fc.integer({ min: 1, max: 15 }),
      fc.integer({ min: 5, max: 400 }),
      (speed, each, fixed) => {
        const state: HistoryState = {
          counts,
          from: FROM,
          to: addDays(FROM, 899),
          readFrom: null,
          costs: [],
          speed,
        };
        const target = speed === 'gentle' ? 1000 : 4000;
        // The first three find out; from then on no request is longer, but for the least a window holds.
        for (const { milliseconds } of readAll(state, { fixed, each }).slice(3)) {
          expect(milliseconds).toBeLessThanOrEqual(Math.max(target * 1.05, fixed + each * 50));
        }
      },
    ),
    { numRuns: 60 },
  );
});

it('asks for more at a time where a request is dear however small it is', () => {
  const counts = Array.from({ length: 900 }, (_, at) => ({ day: addDays(FROM, at), count: 20 }));
  const state: HistoryState = {
    counts,
    from: FROM,
    to: addDays(FROM, 899),
    readFrom: null,
    costs: [],
    speed: 'gentle',
  };
  // 18,000 vouchers at 22 s a request: windows of a second's worth would take hours.
  expect(readAll(state, { fixed: 22_000, each: 2 }).length).toBeLessThan(20);
});

it('never asks for more than Tally can bear, nor for less than is worth a request, whatever it measured', () => {
  const cost = fc.record({ voucherCount: fc.nat(9000), milliseconds: fc.nat(200_000) });
  fc.assert(
    fc.property(fc.array(cost, { maxLength: 6 }), anySpeed, (costs, speed) => {
      const most = vouchersToAsk(costs, speed);
      expect(Number.isInteger(most) && most >= 50 && most <= WINDOW_VOUCHERS_MOST).toBe(true);
    }),
  );
});

it('halves a window whose reply was cut off, down to one day', () => {
  fc.assert(
    fc.property(anyCounts, fc.nat(1200), fc.nat(365), (counts, at, length) => {
      const toDay = addDays(FROM, at);
      let window: HistoryWindow | null = { fromDay: addDays(toDay, 0 - length), toDay, expectedCount: 0 };
      window = { ...window, expectedCount: inWindow(counts, window.fromDay, toDay) };
      for (let half = halfOf({ counts }, window); half !== null; half = halfOf({ counts }, window)) {
        expect(half.toDay).toBe(toDay);
        expect(half.fromDay > window.fromDay && half.fromDay <= toDay).toBe(true);
        expect(half.expectedCount).toBe(inWindow(counts, half.fromDay, toDay));
        window = half;
      }
      expect(window.fromDay).toBe(toDay);
    }),
    { numRuns: 200 },
  );
});

it('leaves Tally alone for as long as it was busy when gentle, and hardly when not', () => {
  expect(pauseMs('gentle', 40)).toBe(300);
  expect(pauseMs('gentle', 1200)).toBe(1200);
  expect(pauseMs('gentle', 90_000)).toBe(5000);
  expect(pauseMs('normal', 40)).toBe(50);
  expect(pauseMs('normal', 4000)).toBe(400);
});

import { newestOnly } from '#features/aging/newest-only.ts';
import { sliderEnds } from '#features/aging/slider-ends.ts';
import { addMonths, clampDay, dayAt, dayByKey, monthTicks, placeOf } from '#kit/day-ticks.ts';
import { day, daysBetween } from '#domain/days.ts';
import { expect, it } from 'vitest';

const range = { firstDay: day('2024-01-10'), lastDay: day('2026-12-31') };

it('asks for one day at a time and skips those that were passed over', async () => {
  const asked: number[] = [];
  const answers: (() => void)[] = [];
  let underWay = 0;
  let underWayMost = 0;
  const line = newestOnly<number>({
    ask: async (wish) => {
      asked.push(wish);
      underWay += 1;
      underWayMost = Math.max(underWayMost, underWay);
      await new Promise<void>((resolve) => answers.push(resolve));
      underWay -= 1;
    },
    onFailed: () => expect.fail('nothing fails here'),
  });
  for (const wish of [1, 2, 3, 4]) line.want(wish);
  expect(asked).toEqual([1]);
  answers.shift()?.();
  await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve));
  expect(asked).toEqual([1, 4]);
  line.want(5);
  answers.shift()?.();
  await new Promise((resolve) => setTimeout(resolve));
  answers.shift()?.();
  await line.settled();
  expect(asked).toEqual([1, 4, 5]);
  expect(underWayMost).toBe(1);
});

it('goes on with the newest day after a day that failed, and says that one did', async () => {
  const failures: unknown[] = [];
  const shown: number[] = [];
  const line = newestOnly<number>({
    ask: async (wish) => {
      await Promise.resolve();
      if (wish === 1) throw new Error('The engine is away.');
      shown.push(wish);
    },
    onFailed: (error) => failures.push(error),
  });
  line.want(1);
  line.want(2);
  await line.settled();
  expect(failures).toHaveLength(1);
  expect(shown).toEqual([2]);
});

it('shows nothing any more once it was stopped, and starts anew when asked again', async () => {
  const shown: number[] = [];
  const line = newestOnly<number>({
    ask: async (wish, isWanted) => {
      await Promise.resolve();
      if (isWanted()) shown.push(wish);
    },
    onFailed: () => expect.fail('nothing fails here'),
  });
  line.want(1);
  line.stop();
  await line.settled();
  expect(shown).toEqual([]);
  line.want(2);
  await line.settled();
  expect(shown).toEqual([2]);
});

it('finds every day of the range again at the place where it stands', () => {
  const days = daysBetween(range.firstDay, range.lastDay);
  expect(placeOf(range.firstDay, range)).toBe(0);
  expect(placeOf(range.lastDay, range)).toBe(1);
  let at = range.firstDay;
  for (let count = 0; count <= days; count += 1) {
    expect(dayAt(placeOf(at, range), range)).toBe(at);
    at = dayByKey('ArrowRight', at, range) ?? at;
  }
  expect(at).toBe(range.lastDay);
});

it('holds places beyond the ends, and a range of one day, at an end', () => {
  expect(dayAt(-3, range)).toBe(range.firstDay);
  expect(dayAt(7, range)).toBe(range.lastDay);
  expect(clampDay(day('2030-01-01'), range)).toBe(range.lastDay);
  const one = { firstDay: day('2026-11-22'), lastDay: day('2026-11-22') };
  expect(placeOf(one.firstDay, one)).toBe(0);
  expect(dayAt(0.5, one)).toBe(one.firstDay);
});

it.each([
  ['ArrowLeft', '2026-02-28'],
  ['ArrowRight', '2026-03-02'],
  ['ArrowUp', '2026-03-02'],
  ['ArrowDown', '2026-02-28'],
  ['PageUp', '2026-04-01'],
  ['PageDown', '2026-02-01'],
  ['Home', '2024-01-10'],
  ['End', '2026-12-31'],
])('goes from the first of March by %s to %s', (key, to) => {
  expect(dayByKey(key, day('2026-03-01'), range)).toBe(to);
});

it('leaves every other key to the window', () => {
  expect(dayByKey('Tab', day('2026-03-01'), range)).toBeUndefined();
  expect(dayByKey('h', day('2026-03-01'), range)).toBeUndefined();
});

it('moves by months over the turn of a year, and ends short months on their last day', () => {
  expect(addMonths(day('2026-01-31'), 1)).toBe('2026-02-28');
  expect(addMonths(day('2024-01-31'), 1)).toBe('2024-02-29');
  expect(addMonths(day('2026-01-15'), -1)).toBe('2025-12-15');
  expect(addMonths(day('2026-12-31'), 14)).toBe('2028-02-29');
});

it('marks every month of the book and names no more of them than there is room for', () => {
  const ticks = monthTicks(range, 9);
  expect(ticks).toHaveLength(35);
  expect(ticks[0]?.day).toBe('2024-02-01');
  expect(ticks.at(-1)?.day).toBe('2026-12-01');
  const named = ticks.filter(({ isNamed }) => isNamed).map((tick) => tick.day);
  expect(named.length).toBeLessThanOrEqual(9);
  expect(named).toContain('2025-01-01');
  for (const { at } of ticks) expect(at).toBeGreaterThan(0);
});

it('always has today on the slider, and a mistyped century does not squeeze it', () => {
  const today = day('2026-11-22');
  const old = { firstDay: day('2023-04-01'), lastDay: day('2024-03-31') };
  expect(sliderEnds(old, today)).toEqual({ firstDay: '2023-04-01', lastDay: today });
  const ahead = { firstDay: day('2026-12-01'), lastDay: day('2027-01-31') };
  expect(sliderEnds(ahead, today)).toEqual({ firstDay: today, lastDay: '2027-01-31' });
  const typo = sliderEnds({ firstDay: day('1926-01-01'), lastDay: day('2099-12-31') }, today);
  expect(typo.firstDay > '2016-01-01').toBe(true);
  expect(typo.lastDay < '2028-01-01').toBe(true);
});

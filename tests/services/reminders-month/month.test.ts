import { diceOf } from '#domain/demo-dice.ts';
import { expect, it } from 'vitest';
import { debtOf } from './debts.ts';
import { liveDay, type DayKind } from './days.ts';
import { endOfMonth } from './end.ts';
import { aMonth, type Month } from './month.ts';
import { dayOf } from './at-claim.ts';

const isWhole = process.env['BAAKI_MONTH'] === 'all';
const SEED = Number(process.env['BAAKI_MONTH_SEED'] ?? 5);

/** Days by number from the first Monday; the fourth is a holiday of the town, every seventh a Sunday. */
const WHOLE: Readonly<Record<number, DayKind>> = {
  2: { isUndone: true },
  4: { isLate: true },
  8: { isKilled: true },
  10: { losesKeys: true },
  14: { goesOff: true },
  18: { isKilled: true },
  22: { losesKeys: true },
  25: { isLate: true },
};
const SHORT: Readonly<Record<number, DayKind>> = {
  0: { isKilled: true },
  1: { losesKeys: true },
  2: { isUndone: true },
  4: { goesOff: true },
};

it(
  'reminds nobody who has paid, of no wrong amount and at no wrong hour, whenever the money comes',
  { timeout: isWhole ? 1_800_000 : 90_000 },
  async () => {
    const size = isWhole
      ? { customers: 900, bills: 5000, days: 30 }
      : { customers: 120, bills: 660, days: 9 };
    const month = await aMonth(diceOf(SEED), size);
    const busy = isWhole ? { before: 14, between: 6, undo: 8 } : { before: 6, between: 3, undo: 4 };
    month.during = isWhole ? 0.12 : 0.15;
    const days = isWhole ? WHOLE : SHORT;
    for (let dayNumber = 0; dayNumber < size.days; dayNumber += 1) {
      if (dayNumber === Math.floor(size.days / 2)) month.during *= 2;
      const kind = days[dayNumber] ?? {};
      await liveDay(month, dayNumber, kind, busy);
      if (kind.goesOff === true) dayNumber += 3;
    }
    const silent = await silentWithoutReason(month);
    const ended = await endOfMonth(month);
    tell(month, ended.byState);
    expect(month.oracle.wrongs).toEqual([]);
    expect(month.book.bugs).toEqual([]);
    expect(silent).toEqual([]);
    expect(ended.unsettled).toEqual([]);
    expect(month.told.get('sent while the red button was pressed')).toBe(0);
    expect(month.oracle.arrived.length).toBeGreaterThan(isWhole ? 2000 : 150);
  },
);

/** Customers who owe, were never written to, and of whom the last day's plan says nothing. */
async function silentWithoutReason(month: Month): Promise<readonly number[]> {
  const { book, mirror, oracle } = month;
  const on = dayOf(book.clock.now);
  const plan = await book.engine.client.reminders.plan({});
  mirror.catchUp(book.db);
  const told = new Set([...plan.rows, ...plan.silences].map((one) => one.customerId));
  const reached = new Set(oracle.arrived.map(({ message }) => Number(message['customer_id'])));
  return [...mirror.rows('customers').keys()].filter(
    (id) => debtOf(mirror, id, on).parts.size > 0 && !reached.has(id) && !told.has(id),
  );
}

function tell(month: Month, byState: Readonly<Record<string, number>>): void {
  if (process.env['BAAKI_MONTH_TELL'] === undefined) return;
  const { arrived, wrongs } = month.oracle;
  const kinds = Object.fromEntries(
    [...Map.groupBy(wrongs, ({ what }) => what)].map(([what, all]) => [what, all.length]),
  );
  const byPurpose = Object.fromEntries(
    [
      ...Map.groupBy(arrived, ({ message }) => `${String(message['purpose'])} ${String(message['channel'])}`),
    ].map(([key, all]) => [key, all.length]),
  );
  const figures = {
    arrived: arrived.length,
    byPurpose,
    byState,
    wrong: kinds,
    happened: Object.fromEntries(month.told),
  };
  process.stdout.write(
    `${JSON.stringify(figures, null, 1)}\n${JSON.stringify(wrongs.slice(0, 12), null, 1)}\n`,
  );
}

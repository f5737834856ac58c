import type { MessageCosts } from './use-costs.ts';
import { channels, type Channel } from '#domain/reminders/words.ts';
import { addDays, daysInMonth, isDay, monthStart, type Day } from '#domain/days.ts';

/** What one day's messages cost, by channel. */
export type DayCosts = {
  readonly day: Day;
  readonly count: number;
  readonly costMicros: number;
  readonly estimateMicros: number;
  readonly byChannel: Readonly<Partial<Record<Channel, number>>>;
};

export type Totals = Pick<DayCosts, 'count' | 'costMicros' | 'estimateMicros'>;

/** The last day of a month that is given as its first. */
export function lastOf(month: Day): Day {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return addDays(month, daysInMonth(year, number) - 1);
}

/** The month before or after, as its first day. */
export function monthBeside(month: Day, step: -1 | 1): Day {
  return monthStart(step === 1 ? addDays(lastOf(month), 1) : addDays(month, -1));
}

/** Every day of a month in order, also those on which nothing left. */
export function daysOf(month: Day, costs: MessageCosts['days']): readonly DayCosts[] {
  const byDay = new Map<string, DayCosts>();
  for (const { day, channel, count, costMicros, estimateMicros } of costs) {
    const before = byDay.get(day);
    byDay.set(day, {
      day,
      count: (before?.count ?? 0) + count,
      costMicros: (before?.costMicros ?? 0) + costMicros,
      estimateMicros: (before?.estimateMicros ?? 0) + estimateMicros,
      byChannel: {
        ...before?.byChannel,
        [channel]: (before?.byChannel[channel] ?? 0) + costMicros,
      },
    });
  }
  const length = Number(lastOf(month).slice(8));
  return Array.from({ length }, (_, at) => addDays(month, at)).map(
    (day) => byDay.get(day) ?? { day, count: 0, costMicros: 0, estimateMicros: 0, byChannel: {} },
  );
}

export function totalsOf(rows: readonly Totals[]): Totals {
  const sumOf = (of: (row: Totals) => number): number => rows.reduce((sum, row) => sum + of(row), 0);
  return {
    count: sumOf((row) => row.count),
    costMicros: sumOf((row) => row.costMicros),
    estimateMicros: sumOf((row) => row.estimateMicros),
  };
}

/** The channels that cost anything in these days, in their one order. */
export function channelsIn(days: readonly DayCosts[]): readonly Channel[] {
  return channels.filter((channel) => days.some(({ byChannel }) => (byChannel[channel] ?? 0) > 0));
}

/** How much of a budget is used, in percent: above 100 when it was overrun; null without a budget. */
export function usedPercent(spentMicros: number, budgetMicros: number | null): number | null {
  if (budgetMicros === null) return null;
  return budgetMicros === 0 ? 100 : Math.round((spentMicros * 100) / budgetMicros);
}

/** The month asked for, never one that is still to come. */
export function monthShown(asked: string | undefined, today: Day): Day {
  const current = monthStart(today);
  return asked !== undefined && isDay(asked) && asked < current ? monthStart(asked) : current;
}

import { addDays, daysBetween, laterDay, type Day } from '../days.ts';

/** gentle: Tally is never busy for long, for whoever types in it meanwhile. */
export type Speed = 'gentle' | 'normal';

export type DayCount = { readonly day: Day; readonly count: number };

/** Days of the history that are read in one request. */
export type HistoryWindow = { readonly fromDay: Day; readonly toDay: Day; readonly expectedCount: number };

/** What a window that was read cost Tally. */
export type WindowCost = { readonly voucherCount: number; readonly milliseconds: number };

export type HistoryState = {
  /** The vouchers of each day as Tally counts them, days without any left out. In any order. */
  readonly counts: readonly DayCount[];
  /** The first and the last day of the history that is wanted. */
  readonly from: Day;
  readonly to: Day;
  /** Everything from this day on is read; null = nothing yet. */
  readonly readFrom: Day | null;
  /** Of the windows read so far, in their order. */
  readonly costs: readonly WindowCost[];
  readonly speed: Speed;
};

/** An export of more may hang Tally. */
export const WINDOW_VOUCHERS_MOST = 5000;
export const WINDOW_DAYS_MOST = 366;
const PROBE_VOUCHERS = 100;
const WINDOW_VOUCHERS_LEAST = 50;
const GROWTH_MOST = 4;
const COSTS_LOOKED_AT = 4;
const TARGET_MILLISECONDS = { gentle: 1000, normal: 4000 } as const satisfies Record<Speed, number>;
const PAUSE_MOST = 5000;

/** The next days to read, newest first; null when the history is whole. */
export function nextWindow(state: HistoryState): HistoryWindow | null {
  const toDay = state.readFrom === null ? state.to : addDays(state.readFrom, -1);
  if (toDay < state.from) return null;
  return windowUntil(state, toDay, vouchersToAsk(state.costs, state.speed));
}

/** About how many windows are still to read at the size of the next one; for the progress that is shown. */
export function windowsLeft(state: HistoryState): number {
  const toDay = state.readFrom === null ? state.to : addDays(state.readFrom, -1);
  if (toDay < state.from) return 0;
  const vouchers = countedIn(state.counts, state.from, toDay);
  const days = daysBetween(state.from, toDay) + 1;
  return Math.max(
    Math.ceil(vouchers / vouchersToAsk(state.costs, state.speed)),
    Math.ceil(days / WINDOW_DAYS_MOST),
  );
}

/** The newer half of a window whose reply was cut off; null for one day, which cannot be asked in parts. */
export function halfOf(state: Pick<HistoryState, 'counts'>, window: HistoryWindow): HistoryWindow | null {
  const days = daysBetween(window.fromDay, window.toDay) + 1;
  if (days < 2) return null;
  const half = Math.max(1, Math.floor(window.expectedCount / 2));
  const smaller = windowUntil({ ...state, from: window.fromDay }, window.toDay, half);
  if (smaller.fromDay > window.fromDay) return smaller;
  const fromDay = addDays(window.toDay, 1 - Math.floor(days / 2));
  return { fromDay, toDay: window.toDay, expectedCount: countedIn(state.counts, fromDay, window.toDay) };
}

/**
 * How many vouchers the next window may hold: first a probe, then what Tally does in the time it may be busy. Where a
 * request costs a lot however small it is, small ones would only add up: then the window is as large as its fixed cost.
 */
export function vouchersToAsk(costs: readonly WindowCost[], speed: Speed): number {
  const last = costs.at(-1);
  if (last === undefined) return PROBE_VOUCHERS;
  const { fixed, each } = costModel(costs.slice(-COSTS_LOOKED_AT));
  const busy = Math.max(TARGET_MILLISECONDS[speed] - fixed, fixed);
  const wanted = each > 0 ? Math.floor(busy / each) : WINDOW_VOUCHERS_MOST;
  const grown = Math.max(PROBE_VOUCHERS, last.voucherCount) * GROWTH_MOST;
  return Math.max(WINDOW_VOUCHERS_LEAST, Math.min(wanted, grown, WINDOW_VOUCHERS_MOST));
}

/** Milliseconds to leave Tally alone between two requests of the history. */
export function pauseMs(speed: Speed, lastCost: number): number {
  const [share, least] = speed === 'gentle' ? [1, 300] : [10, 50];
  return Math.min(PAUSE_MOST, Math.max(least, Math.round(lastCost / share)));
}

/** Days back from `toDay` until they hold `most` vouchers; at least one day, even if that alone holds more. */
function windowUntil(
  { counts, from }: Pick<HistoryState, 'counts' | 'from'>,
  toDay: Day,
  most: number,
): HistoryWindow {
  const earliest = laterDay(from, addDays(toDay, 1 - WINDOW_DAYS_MOST));
  const inside = counts
    .filter(({ day, count }) => count > 0 && day >= earliest && day <= toDay)
    .toSorted((a, b) => (a.day < b.day ? 1 : -1));
  let expectedCount = 0;
  for (const { day, count } of inside) {
    if (expectedCount + count > most) {
      if (expectedCount > 0) return { fromDay: addDays(day, 1), toDay, expectedCount };
      // Empty days above one that is too full: they go with it, as nothing is saved by asking twice.
      return { fromDay: day, toDay, expectedCount: count };
    }
    expectedCount += count;
  }
  return { fromDay: earliest, toDay, expectedCount };
}

/** Milliseconds of a request and of each voucher in it, by least squares. */
function costModel(costs: readonly WindowCost[]): { readonly fixed: number; readonly each: number } {
  const mean = (of: (cost: WindowCost) => number): number =>
    costs.reduce((sum, one) => sum + of(one), 0) / costs.length;
  const count = mean((one) => one.voucherCount);
  const time = mean((one) => one.milliseconds);
  const spread = mean((one) => (one.voucherCount - count) ** 2);
  const slope =
    spread === 0 ? 0 : mean((one) => (one.voucherCount - count) * (one.milliseconds - time)) / spread;
  // Windows of one size, or times that shrink as windows grow, tell nothing apart: the vouchers bear it all.
  if (slope <= 0) return { fixed: 0, each: count === 0 ? 0 : time / count };
  return { fixed: time - slope * count, each: slope };
}

function countedIn(counts: readonly DayCount[], fromDay: Day, toDay: Day): number {
  return counts.reduce((sum, { day, count }) => (day >= fromDay && day <= toDay ? sum + count : sum), 0);
}

import type { AgingSummary, AgingTrend } from '#contract/engine/aging.ts';
import type { Bucket } from '#domain/aging.ts';
import type { Day } from '#domain/days.ts';
import { makeLive, type Live, type LiveCell } from '#kit/live.tsx';
import { client, orpc, queryClient } from '../../client.ts';
import { newestOnly } from './newest-only.ts';
import { scaleOf, topOf, withLastDay, type Scale } from './stack-months.ts';

export const TREND_MONTHS = 24;

/** What the window's own day asked for; undefined while it is on its way. */
type Home = { readonly summary: AgingSummary | undefined; readonly trend: AgingTrend | undefined };

/** A trend and the scale it is drawn on. */
export type ShownTrend = { readonly trend: AgingTrend; readonly scale: Scale };

export type TimeMachine = {
  readonly summary: Live<AgingSummary>;
  readonly trend: Live<ShownTrend>;
  readonly scale: Live<Scale>;
  readonly ranges: Live<readonly Bucket[]>;
  /** Where the slider is held; undefined while it is not. */
  readonly heldDay: Live<Day>;
  /** What is shown while the slider is not held. */
  readonly settle: (home: Home) => void;
  /** Shows a day as soon as its answer is there; the window's as-of day stays. */
  readonly show: (day: Day) => void;
  /** The slider was let go: the day's answers go into the query cache, then the window moves there. */
  readonly arrive: (day: Day, wish: Day | undefined, move: (wish: Day | undefined) => void) => Promise<void>;
  readonly stop: () => void;
};

type Cells = {
  readonly summary: LiveCell<AgingSummary>;
  readonly trend: LiveCell<ShownTrend>;
  readonly scale: LiveCell<Scale>;
  readonly ranges: LiveCell<readonly Bucket[]>;
  readonly heldDay: LiveCell<Day>;
};

export function makeTimeMachine(): TimeMachine {
  const cells: Cells = {
    summary: makeLive(),
    trend: makeLive(),
    scale: makeLive<Scale>(isSameText),
    ranges: makeLive<readonly Bucket[]>(isSameText),
    heldDay: makeLive(),
  };
  let home: Home = { summary: undefined, trend: undefined };
  let departures = 0;
  const months = makeMonths();
  const line = newestOnly<Day>({
    ask: async (day, isWanted) => {
      const [summary, trend] = await Promise.all([client.aging.summary({ asOf: day }), months.ask(day)]);
      if (isWanted()) draw(cells, { summary, trend: withLastDay(trend, summary) }, true);
    },
    // The window's own queries ask for the day when the slider is let go, and they say what is wrong.
    onFailed: () => draw(cells, home, false),
  });
  return {
    ...cells,
    settle: (next) => {
      home = next;
      months.forget();
      if (cells.heldDay.get() === undefined) draw(cells, home, false);
    },
    show: (day) => {
      departures += 1;
      cells.heldDay.set(day);
      line.want(day);
    },
    arrive: async (day, wish, move) => {
      const departure = departures;
      await line.settled();
      // Taken up again meanwhile: it will be let go once more.
      if (departure !== departures) return;
      remember(cells, day, wish);
      cells.heldDay.set(undefined);
      move(wish);
    },
    stop: () => {
      line.stop();
      cells.heldDay.set(undefined);
    },
  };
}

/** While the slider is held the top of the scale only grows, so that the bars and not the axis seem to move. */
function draw(cells: Cells, { summary, trend }: Home, isHeld: boolean): void {
  cells.ranges.set((summary ?? trend)?.buckets);
  cells.summary.set(summary);
  if (!trend) return cells.trend.set(undefined);
  const least = isHeld ? (cells.scale.get()?.topPaise ?? 0) : 0;
  cells.scale.set(scaleOf(trend, Math.max(least, topOf(trend))));
  const scale = cells.scale.get();
  if (scale) cells.trend.set({ trend, scale });
}

/** Two small values that say the same. */
function isSameText(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What was shown last needs not be asked for again. */
function remember({ summary, trend: shown }: Cells, day: Day, wish: Day | undefined): void {
  const input = { asOf: wish };
  const [now, trend] = [summary.get(), shown.get()?.trend];
  if (now?.asOf === day) queryClient.setQueryData(orpc.aging.summary.queryKey({ input }), now);
  if (trend?.months.at(-1)?.day !== day) return;
  const trendKey = orpc.aging.trend.queryKey({ input: { ...input, months: TREND_MONTHS } });
  queryClient.setQueryData(trendKey, trend);
}

type Months = { readonly ask: (day: Day) => Promise<AgingTrend>; readonly forget: () => void };

/** The month-ends before a day are those of every day of its month: they are asked for once a month. */
function makeMonths(): Months {
  const known = new Map<string, Promise<AgingTrend>>();
  return {
    ask: async (day) => {
      const month = day.slice(0, 7);
      const asked = known.get(month) ?? client.aging.trend({ asOf: day, months: TREND_MONTHS });
      known.set(month, asked);
      try {
        return await asked;
      } catch (error) {
        known.delete(month);
        throw error;
      }
    },
    forget: () => known.clear(),
  };
}

import type { AgingSummary, AgingTrend } from '#contract/engine/aging.ts';
import type { Day } from '#domain/days.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { useQuery } from '@tanstack/react-query';
import {
  createContext,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
  type JSX,
  type ReactNode,
} from 'react';
import { client, orpc, queryClient } from '../../client.ts';
import { newestOnly } from './newest-only.ts';
import { topOf } from './stack-months.ts';

export const TREND_MONTHS = 24;

/** What is shown while the slider is held; empty while the window's own day holds. */
type Travel = {
  readonly summary: AgingSummary | undefined;
  readonly trend: AgingTrend | undefined;
  /** The trend's scale only grows while the slider is held, so that the bars and not the axis seem to move. */
  readonly topPaise: number;
};

const HOME: Travel = { summary: undefined, trend: undefined, topPaise: 0 };

type TimeMachine = {
  readonly get: () => Travel;
  readonly subscribe: (listener: () => void) => () => void;
  /** Shows a day as soon as its answer is there; the window's as-of day stays. */
  readonly show: (day: Day) => void;
  /** The slider was let go: the day's answers go into the query cache, then the window moves there. */
  readonly arrive: (day: Day, wish: Day | undefined, move: (wish: Day | undefined) => void) => Promise<void>;
  readonly stop: () => void;
};

function makeTimeMachine(): TimeMachine {
  let travel = HOME;
  let departures = 0;
  const listeners = new Set<() => void>();
  const set = (next: Travel): void => {
    travel = next;
    for (const listener of listeners) listener();
  };
  const line = newestOnly<Day>({
    ask: async (day, isWanted) => {
      const summary = await client.aging.summary({ asOf: day });
      const trend = await client.aging.trend({ asOf: day, months: TREND_MONTHS });
      // Both at once: the page is laid out once a day, not twice.
      if (isWanted()) set({ summary, trend, topPaise: Math.max(travel.topPaise, topOf(trend)) });
    },
    // The window's own queries ask for the day when the slider is let go, and they say what is wrong.
    onFailed: () => set(HOME),
  });
  return {
    get: () => travel,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show: (day) => {
      departures += 1;
      line.want(day);
    },
    arrive: async (day, wish, move) => {
      const departure = departures;
      await line.settled();
      // Taken up again meanwhile: it will be let go once more.
      if (departure !== departures) return;
      remember(travel, day, wish);
      move(wish);
      set(HOME);
    },
    stop: () => {
      line.stop();
      set(HOME);
    },
  };
}

/** What was shown last needs not be asked for again. */
function remember({ summary, trend }: Travel, day: Day, wish: Day | undefined): void {
  const input = { asOf: wish };
  if (summary?.asOf === day) queryClient.setQueryData(orpc.aging.summary.queryKey({ input }), summary);
  if (trend?.months.at(-1)?.day !== day) return;
  const trendKey = orpc.aging.trend.queryKey({ input: { ...input, months: TREND_MONTHS } });
  queryClient.setQueryData(trendKey, trend);
}

const TimeMachineContext = createContext<TimeMachine | undefined>(undefined);

/** Around the panels that follow the slider. */
export function TimeTravel({ children }: { readonly children: ReactNode }): JSX.Element {
  const [machine] = useState(makeTimeMachine);
  useEffect(() => () => machine.stop(), [machine]);
  return <TimeMachineContext value={machine}>{children}</TimeMachineContext>;
}

export function useTimeMachine(): TimeMachine {
  const machine = useContext(TimeMachineContext);
  if (!machine) throw new Error('There is no time machine outside its provider.');
  return machine;
}

type Shown<T> = {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
};

/** The summary of the day that the slider stands on, else of the window's day. */
export function useShownSummary(): Shown<AgingSummary> {
  const { wish } = useAsOf();
  const machine = useTimeMachine();
  const travelled = useSyncExternalStore(machine.subscribe, () => machine.get().summary);
  const { data, error, refetch } = useQuery(orpc.aging.summary.queryOptions({ input: { asOf: wish } }));
  return { data: travelled ?? data, error, refetch };
}

/** The same for the trend, with the top of its scale while the slider is held. */
export function useShownTrend(): Shown<AgingTrend> & { readonly topPaise: number } {
  const { wish } = useAsOf();
  const machine = useTimeMachine();
  const travelled = useSyncExternalStore(machine.subscribe, () => machine.get().trend);
  const topPaise = useSyncExternalStore(machine.subscribe, () => machine.get().topPaise);
  const { data, error, refetch } = useQuery(
    orpc.aging.trend.queryOptions({ input: { asOf: wish, months: TREND_MONTHS } }),
  );
  return { data: travelled ?? data, error, refetch, topPaise };
}

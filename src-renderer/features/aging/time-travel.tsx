import type { AgingSummary, AgingTrend } from '#contract/engine/aging.ts';
import type { Bucket } from '#domain/aging.ts';
import { useAsOf } from '#kit/as-of.tsx';
import type { Live } from '#kit/live.tsx';
import { useQuery } from '@tanstack/react-query';
import {
  createContext,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
  type JSX,
  type ReactNode,
} from 'react';
import { orpc } from '../../client.ts';
import type { Scale } from './stack-months.ts';
import { makeTimeMachine, TREND_MONTHS, type ShownTrend, type TimeMachine } from './time-machine-state.ts';

type Asked = {
  /** undefined while it is loading. */
  readonly trend: AgingTrend | undefined;
  readonly hasSummary: boolean;
  readonly summaryError: Error | null;
  readonly trendError: Error | null;
  readonly retrySummary: () => void;
  readonly retryTrend: () => void;
};

type Travel = { readonly machine: TimeMachine; readonly asked: Asked };

const TravelContext = createContext<Travel | undefined>(undefined);

/** Around the panels that follow the slider: what they show is the window's day, or the slider's while it is held. */
export function TimeTravel({ children }: { readonly children: ReactNode }): JSX.Element {
  const { wish } = useAsOf();
  const [machine] = useState(makeTimeMachine);
  const summary = useQuery(orpc.aging.summary.queryOptions({ input: { asOf: wish } }));
  const trend = useQuery(orpc.aging.trend.queryOptions({ input: { asOf: wish, months: TREND_MONTHS } }));
  useLayoutEffect(
    () => machine.settle({ summary: summary.data, trend: trend.data }),
    [machine, summary.data, trend.data],
  );
  useEffect(() => () => machine.stop(), [machine]);
  const hasSummary = summary.data !== undefined;
  const { error: summaryError, refetch: refetchSummary } = summary;
  const { data: trendData, error: trendError, refetch: refetchTrend } = trend;
  const travel = useMemo(
    () => ({
      machine,
      asked: {
        trend: trendData,
        hasSummary,
        summaryError,
        trendError,
        retrySummary: () => void refetchSummary(),
        retryTrend: () => void refetchTrend(),
      },
    }),
    [machine, hasSummary, summaryError, refetchSummary, trendData, trendError, refetchTrend],
  );
  return <TravelContext value={travel}>{children}</TravelContext>;
}

function useTravel(): Travel {
  const travel = useContext(TravelContext);
  if (!travel) throw new Error('There is no time machine outside its provider.');
  return travel;
}

export function useTimeMachine(): TimeMachine {
  return useTravel().machine;
}

type Shown<T> = {
  readonly live: Live<T>;
  /** The buckets; they change only with the settings. */
  readonly ranges: Live<readonly Bucket[]>;
  readonly error: Error | null;
  readonly retry: () => void;
};

/** The summary of the day that the slider stands on, else of the window's day. */
export function useShownSummary(): Shown<AgingSummary> & { readonly isThere: boolean } {
  const { machine, asked } = useTravel();
  return {
    live: machine.summary,
    ranges: machine.ranges,
    isThere: asked.hasSummary,
    error: asked.summaryError,
    retry: asked.retrySummary,
  };
}

/** The same for the trend. `settled` is that of the window's day, and stays while the slider is held. */
export function useShownTrend(): Shown<ShownTrend> & {
  readonly scale: Live<Scale>;
  readonly settled: AgingTrend | undefined;
} {
  const { machine, asked } = useTravel();
  return {
    live: machine.trend,
    ranges: machine.ranges,
    scale: machine.scale,
    settled: asked.trend,
    error: asked.trendError,
    retry: asked.retryTrend,
  };
}

import type { PlannedRow, PlanShown } from '#contract/engine/reminders.ts';
import { useAsOf } from '#kit/as-of.tsx';
import type { Problem } from '#kit/problem.tsx';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { orpc, problemOf } from '../../client.ts';
import { runDayOf, type RunDay } from './run-day.ts';
import { chosenOf, itemsOf, NO_FILTER, tickAll, tickOne, type RunFilter, type RunItem } from './run-items.ts';

const NO_ROWS: readonly never[] = [];
const NOTHING: ReadonlySet<string> = new Set();

export type Run = RunDay & {
  /** undefined while it is made, also while another day's stands there. */
  readonly plan: PlanShown | undefined;
  readonly items: readonly RunItem[];
  readonly chosen: readonly PlannedRow[];
  readonly unticked: ReadonlySet<string>;
  /** Only today's run can be changed and approved, and only while the window stands at today. */
  readonly isReadOnly: boolean;
  readonly filter: RunFilter;
  readonly setFilter: (filter: RunFilter) => void;
  readonly tick: (row: PlannedRow) => void;
  /** Ticks what the filter shows, or unticks it. */
  readonly tickShown: () => void;
  readonly problem: Problem | undefined;
  readonly retry: () => void;
};

/** The plan of a day with what of it is shown and what is ticked. */
export function useRun(askedDay: string | null): Run {
  const { today, isMoved } = useAsOf();
  const { day, kind } = runDayOf(askedDay, today);
  const { data, error, refetch } = useQuery(
    // Today's is asked for without its day: past midnight the engine's own today counts.
    orpc.reminders.plan.queryOptions({ input: kind === 'today' ? {} : { day } }),
  );
  const plan = data?.day === day ? data : undefined;
  const [filter, setFilter] = useState<RunFilter>(NO_FILTER);
  const [unticked, setUnticked] = useState(NOTHING);
  const rows = plan?.rows ?? NO_ROWS;
  const items = useMemo(() => itemsOf(rows, filter), [rows, filter]);
  const chosen = useMemo(() => chosenOf(rows, unticked), [rows, unticked]);
  return {
    day,
    kind,
    plan,
    items,
    chosen,
    unticked,
    isReadOnly: kind !== 'today' || isMoved,
    filter,
    setFilter,
    tick: (row) => setUnticked((was) => tickOne(was, row)),
    tickShown: () =>
      setUnticked((was) =>
        tickAll(
          was,
          items.map(({ row }) => row),
        ),
      ),
    problem: error ? problemOf(error) : undefined,
    retry: () => void refetch(),
  };
}

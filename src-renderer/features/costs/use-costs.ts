import type { Problem } from '#kit/problem.tsx';
import type { Day } from '#domain/days.ts';
import { useQuery } from '@tanstack/react-query';
import { orpc, problemOf, type client } from '../../client.ts';
import { lastOf } from './month-costs.ts';

export type MessageCosts = Awaited<ReturnType<typeof client.messages.costs>>;

type Costs = {
  /** undefined while they are loading. */
  readonly costs: MessageCosts | undefined;
  readonly monthBudgetMicros: number | null;
  readonly problem: Problem | undefined;
  readonly retry: () => void;
};

/** What the messages of a month cost, and what they may cost. */
export function useCosts(month: Day): Costs {
  const { data, error, refetch } = useQuery(
    orpc.messages.costs.queryOptions({ input: { from: month, to: lastOf(month) } }),
  );
  const { data: rules } = useQuery(orpc.reminders.policy.queryOptions());
  return {
    costs: data,
    monthBudgetMicros: rules?.policy.monthBudgetMicros ?? null,
    problem: error ? problemOf(error) : undefined,
    retry: () => void refetch(),
  };
}

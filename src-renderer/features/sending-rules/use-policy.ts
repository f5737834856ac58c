import type { PolicyShown } from '#contract/engine/reminders.ts';
import type { Problem } from '#kit/problem.tsx';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient } from '../../client.ts';
import type { Range } from './hours-range.ts';

export type PolicyChange = Partial<PolicyShown>;
export type SavePolicy = (change: PolicyChange) => void;

type PolicyState = {
  readonly policy: PolicyShown | undefined;
  /** India's outer limits by channel. */
  readonly outer: Readonly<Record<string, Range>>;
  readonly problem: Problem | undefined;
  readonly retry: () => void;
  readonly save: SavePolicy;
};

const NO_LIMITS: Readonly<Record<string, Range>> = {};

/** The owner's rules. Each change is saved at once, with the way back. */
export function usePolicy(): PolicyState {
  const { t } = useTranslation('sending-rules');
  const done = useDone(problemOf);
  const tell = useTellProblem(problemOf);
  const { data, error, refetch } = useQuery(orpc.reminders.policy.queryOptions());
  const saving = useMutation({
    mutationFn: async (change: PolicyChange) => client.reminders.savePolicy(change),
    onSuccess: (policy) => {
      queryClient.setQueryData(orpc.reminders.policy.queryKey(), (before) => before && { ...before, policy });
    },
    onError: tell,
  });
  const policy = data?.policy;
  return {
    policy,
    outer: data?.outer ?? NO_LIMITS,
    problem: error ? problemOf(error) : undefined,
    retry: () => void refetch(),
    save: (change) => {
      if (!policy) return;
      const before = Object.fromEntries(Object.entries(policy).filter(([name]) => name in change));
      saving.mutate(change, {
        onSuccess: () => done({ message: t('saved'), undo: async () => saving.mutateAsync(before) }),
      });
    },
  };
}

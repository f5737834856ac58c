import type { Business } from '#contract/engine/business.ts';
import { useRefusalWords, type Problem } from '#kit/problem.tsx';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient } from '../../client.ts';

export type BusinessState = {
  readonly business: Business | undefined;
  readonly problem: Problem | undefined;
  readonly retry: () => void;
  /** Sentences beside the lines that could not be taken. */
  readonly faults: Readonly<Record<string, string>>;
  /** Saves one line at once, with the way back. */
  readonly save: (key: keyof Business, change: Partial<Business>) => void;
};

/** Who writes: each line is saved when it is left; one that cannot be used is refused beside it. */
export function useBusiness(): BusinessState {
  const { t } = useTranslation('business');
  const done = useDone(problemOf);
  const tell = useTellProblem(problemOf);
  const sayRefusal = useRefusalWords();
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const { data: business, error, refetch } = useQuery(orpc.business.get.queryOptions());
  const write = async (change: Partial<Business>): Promise<void> => {
    const saved = await client.business.save(change);
    queryClient.setQueryData(orpc.business.get.queryKey(), saved);
  };
  const save = async (key: keyof Business, change: Partial<Business>): Promise<void> => {
    const before = business;
    if (!before) return;
    try {
      await write(change);
      setFaults(({ [key]: _gone, ...rest }) => rest);
      done({
        message: t('saved', { line: t(`line.${key}.label`) }),
        undo: async () => write({ [key]: before[key] }),
      });
    } catch (caught) {
      const met = problemOf(caught);
      if (met.kind === 'refused') setFaults((rest) => ({ ...rest, [key]: sayRefusal(met.refusal) }));
      else tell(caught);
    }
  };
  return {
    business,
    problem: error ? problemOf(error) : undefined,
    retry: () => void refetch(),
    faults,
    save: (key, change) => void save(key, change),
  };
}

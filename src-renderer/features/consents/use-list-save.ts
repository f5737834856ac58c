import type { Problem } from '#kit/problem.tsx';
import { useDone } from '#kit/undo.tsx';
import { useState } from 'react';
import { orpc, problemOf, queryClient } from '../../client.ts';

type Outcome = { readonly message: string; readonly undo?: () => Promise<unknown> };

export type ListSave = {
  readonly isBusy: boolean;
  readonly problem: Problem | undefined;
  readonly run: (job: () => Promise<Outcome>) => void;
};

/** Does something to a list, says what it did, and looks at the lists again; a refusal stays with the form. */
export function useListSave(onDone: () => void): ListSave {
  const done = useDone(problemOf);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const look = async (): Promise<void> => queryClient.invalidateQueries({ queryKey: orpc.consents.key() });
  const run = async (job: () => Promise<Outcome>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { message, undo } = await job();
      await look();
      onDone();
      done({
        message,
        undo:
          undo &&
          (async () => {
            await undo();
            await look();
          }),
      });
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, problem, run: (job) => void run(job) };
}

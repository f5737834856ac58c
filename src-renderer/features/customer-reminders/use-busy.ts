import type { Problem } from '#kit/problem.tsx';
import { useState } from 'react';
import { problemOf } from '../../client.ts';

export type Busy = {
  readonly isBusy: boolean;
  readonly problem: Problem | undefined;
  /** Makes a call and what follows it; what went wrong is kept for the form to say. */
  readonly run: (call: () => Promise<void>) => void;
};

export function useBusy(): Busy {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const run = async (call: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await call();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, problem, run: (call) => void run(call) };
}

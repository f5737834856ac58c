import { useState } from 'react';
import type { Problem } from './problem.tsx';

export type Busy = {
  readonly isBusy: boolean;
  readonly problem: Problem | undefined;
  readonly run: (job: () => Promise<void>) => void;
  readonly forget: () => void;
};

/** Runs one thing at a time and keeps what went wrong, to be told beside the fields. */
export function useBusy(problemOf: (error: unknown) => Problem): Busy {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const run = async (job: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await job();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, problem, run: (job) => void run(job), forget: () => setProblem(undefined) };
}

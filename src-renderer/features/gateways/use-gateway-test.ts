import type { GatewayCheckShown } from '#contract/engine/gateways.ts';
import type { Problem } from '#kit/problem.tsx';
import { useCallback, useEffect, useRef, useState } from 'react';
import { client, orpc, problemOf, queryClient } from '../../client.ts';

export type GatewayTest = {
  /** As they were taken, one after the other. */
  readonly steps: readonly GatewayCheckShown[];
  readonly state: 'running' | 'done' | 'stopped';
  readonly problem: Problem | undefined;
  readonly start: (sendsToOwner: boolean) => void;
};

const NO_STEPS: readonly GatewayCheckShown[] = [];

/** Tries a gateway out, step by step; begins by itself and ends when nobody looks any more. */
export function useGatewayTest(gatewayId: number): GatewayTest {
  const [steps, setSteps] = useState(NO_STEPS);
  const [state, setState] = useState<GatewayTest['state']>('running');
  const [problem, setProblem] = useState<Problem>();
  const running = useRef<AbortController>(undefined);
  const launch = useCallback(
    (sendsToOwner: boolean): void => {
      running.current?.abort();
      const control = new AbortController();
      running.current = control;
      const run = async (): Promise<void> => {
        const wish = { gatewayId, sendsToOwner };
        for await (const step of await client.gateways.test(wish, { signal: control.signal })) {
          if (!control.signal.aborted) setSteps((before) => [...before, step]);
        }
      };
      run()
        .then(() => {
          if (!control.signal.aborted) setState('done');
        })
        .catch((error: unknown) => {
          if (control.signal.aborted) return;
          setProblem(problemOf(error));
          setState('stopped');
        })
        .finally(() => void queryClient.invalidateQueries({ queryKey: orpc.gateways.key() }));
    },
    [gatewayId],
  );
  useEffect(() => {
    launch(false);
    return () => running.current?.abort();
  }, [launch]);
  const start = (sendsToOwner: boolean): void => {
    setSteps(NO_STEPS);
    setProblem(undefined);
    setState('running');
    launch(sendsToOwner);
  };
  return { steps, state, problem, start };
}

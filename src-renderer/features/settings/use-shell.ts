import type { AppInfo, EngineState, UpdateState } from '#contract/shell.ts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { shell } from '../../client.ts';

/** What main knows of the app itself; it does not change while the app runs. */
export function useAppInfo(): AppInfo | undefined {
  return useQuery({ queryKey: ['shell', 'appInfo'], queryFn: () => shell.appInfo() }).data;
}

export function useUpdateState(): UpdateState | undefined {
  return usePushed(shell.updateState, shell.onUpdateState);
}

export function useEngineState(): EngineState | undefined {
  return usePushed(shell.engineState, shell.onEngineState);
}

/** Asked for once, then as main pushes it; a push that comes before the answer wins. */
function usePushed<T>(
  ask: () => Promise<T>,
  listen: (listener: (state: T) => void) => () => void,
): T | undefined {
  const [state, setState] = useState<T>();
  useEffect(() => {
    let isPushed = false;
    let isLeft = false;
    const stop = listen((next) => {
      isPushed = true;
      setState(next);
    });
    void ask().then((first) => {
      if (!isPushed && !isLeft) setState(first);
    });
    return () => {
      isLeft = true;
      stop();
    };
  }, [ask, listen]);
  return state;
}

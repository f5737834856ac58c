import type { SyncOptions, SyncStatus } from '#contract/engine/sync.ts';
import { useTellProblem } from '#kit/undo.tsx';
import { useMutation } from '@tanstack/react-query';
import { client, orpc, problemOf, queryClient } from '../../client.ts';
import type { Address } from './connecting.ts';

export type SyncActions = {
  /** Reads what changed, or everything anew. */
  readonly run: (isFull: boolean) => void;
  readonly isRunning: boolean;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly disconnect: () => void;
  readonly moveTo: (address: Address) => void;
  readonly save: (change: Partial<SyncOptions>) => void;
  readonly isBusy: boolean;
};

/** What can be done with a connected Tally. Each call answers with the status as it is then. */
export function useSyncActions(): SyncActions {
  const onError = useTellProblem(problemOf);
  const onSuccess = (status: SyncStatus): void => {
    queryClient.setQueryData(orpc.sync.status.queryKey(), status);
  };
  const running = useMutation({
    mutationFn: async (isFull: boolean) => client.sync.run({ isFull }),
    onSuccess,
    onError,
  });
  // Apart from the run, which answers only when it is done: it can be stopped meanwhile.
  const short = useMutation({
    mutationFn: async (call: () => Promise<SyncStatus>) => call(),
    onSuccess,
    onError,
  });
  return {
    run: running.mutate,
    isRunning: running.isPending,
    pause: () => short.mutate(async () => client.sync.pause()),
    resume: () => short.mutate(async () => client.sync.resume()),
    disconnect: () => short.mutate(async () => client.sync.disconnect()),
    moveTo: (address) => short.mutate(async () => client.sync.moveTo({ ...address })),
    save: (change) => short.mutate(async () => client.sync.saveOptions(change)),
    isBusy: short.isPending,
  };
}

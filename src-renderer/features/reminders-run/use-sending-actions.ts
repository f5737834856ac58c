import type { SendingStatus } from '#contract/engine/reminders.ts';
import { useTellProblem } from '#kit/undo.tsx';
import { useMutation } from '@tanstack/react-query';
import { client, orpc, problemOf, queryClient } from '../../client.ts';

export type SendingActions = {
  readonly kill: (isKilled: boolean) => void;
  readonly dryRun: (isDryRun: boolean) => void;
  readonly sendFromHere: () => void;
  /** Plans, sends what may leave, and asks the gateways for news, now. */
  readonly round: () => void;
  readonly isBusy: boolean;
};

/** What can be done with sending as a whole. Each call answers with the status as it is then. */
export function useSendingActions(): SendingActions {
  const onError = useTellProblem(problemOf);
  const change = useMutation({
    mutationFn: async (call: () => Promise<SendingStatus>) => call(),
    onSuccess: (status) => queryClient.setQueryData(orpc.reminders.status.queryKey(), status),
    onError,
  });
  return {
    kill: (isKilled) => change.mutate(async () => client.reminders.kill({ isKilled })),
    dryRun: (isDryRun) => change.mutate(async () => client.reminders.dryRun({ isDryRun })),
    sendFromHere: () => change.mutate(async () => client.reminders.sendFromHere()),
    round: () => change.mutate(async () => client.reminders.round()),
    isBusy: change.isPending,
  };
}

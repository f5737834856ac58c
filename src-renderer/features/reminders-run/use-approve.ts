import { useTellProblem } from '#kit/undo.tsx';
import { useMutation } from '@tanstack/react-query';
import { client, orpc, problemOf, queryClient } from '../../client.ts';
import { startApproval } from './approval-store.ts';
import type { Run } from './use-run.ts';

/** Puts what is ticked into the outbox. Refused where the plan has changed since it was looked at; it is then made anew. */
export function useApprove(run: Run): { readonly approve: () => void; readonly isBusy: boolean } {
  const tell = useTellProblem(problemOf);
  const { plan, chosen, isReadOnly } = run;
  const approving = useMutation({
    mutationFn: async () =>
      client.reminders.approve({
        rowsHash: plan?.rowsHash ?? '',
        rowKeys: chosen.map(({ rowKey }) => rowKey),
      }),
    onSuccess: ({ runId, approvedCount }) => startApproval({ runId, approvedCount }),
    onError: tell,
    onSettled: async () => queryClient.invalidateQueries({ queryKey: orpc.reminders.key() }),
  });
  const canApprove = plan !== undefined && chosen.length > 0 && !isReadOnly && !approving.isPending;
  return {
    approve: () => {
      if (canApprove) approving.mutate();
    },
    isBusy: approving.isPending,
  };
}

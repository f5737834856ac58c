import { orpc, problemOf, type CallProblem } from '../../client.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportBatch } from './types.ts';

export type Revert = {
  readonly start: (batch: ImportBatch) => void;
  /** The import that is being taken back just now. */
  readonly runningId: number | null;
  /** The window shows another day than today: nothing may be written from it. */
  readonly isOff: boolean;
  readonly refused: { readonly fileName: string; readonly problem: CallProblem } | null;
};

/** Takes an import back at once and says what came of it; what stands against it is kept as a sentence. */
export function useRevert(): Revert {
  const { t } = useTranslation('imports');
  const { isMoved } = useAsOf();
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: ({ batchId }: ImportBatch) => orpc.imports.revert.call({ batchId }),
    onSuccess: ({ fileName, addedBillCount }) => {
      notifications.show({ message: t('revert.done', { file: fileName, count: addedBillCount }) });
    },
  });
  // One and the same while nothing has happened: the columns of a table are made of it.
  return useMemo(
    () => ({
      start: (batch) => mutate(batch),
      runningId: isPending ? variables.batchId : null,
      isOff: isMoved,
      refused: error && variables ? { fileName: variables.fileName, problem: problemOf(error) } : null,
    }),
    [mutate, isPending, variables, error, isMoved],
  );
}

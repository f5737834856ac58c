import type { Candidate } from '#contract/engine/registry.ts';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, problemOf } from '../../client.ts';

type BillMarkProps = { readonly candidate: Candidate; readonly isOff: boolean };

/** One bill that is never published, whatever happens to his others; a mark on the whole customer says so itself. */
export function BillMark({ candidate, isOff }: BillMarkProps): JSX.Element | null {
  const { t } = useTranslation('registry');
  const { billId, number, doNotPublish } = candidate;
  const done = useDone(problemOf);
  const set = async (isDoNotPublish: boolean): Promise<unknown> =>
    client.registry.setBillDoNotPublish({ billId, isDoNotPublish });
  const mark = useMutation({
    mutationFn: set,
    onSuccess: (_answer, isOn) =>
      done({
        message: t(isOn ? 'doNotPublish.billOn' : 'doNotPublish.billOff', { number: number ?? '' }),
        undo: async () => set(!isOn),
      }),
    onError: useTellProblem(problemOf),
  });
  if (doNotPublish === 'customer' || doNotPublish === 'not-chased') return null;
  return (
    <Switch
      label={t('doNotPublish.bill')}
      description={t('doNotPublish.billNote')}
      checked={doNotPublish === 'bill'}
      disabled={isOff}
      // One that is switched off while it is told would lose the keyboard.
      onChange={({ currentTarget }) => {
        if (!mark.isPending) mark.mutate(currentTarget.checked);
      }}
    />
  );
}

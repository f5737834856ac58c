import { useBusy } from '#kit/use-busy.ts';
import type { Membership } from '#contract/engine/registry.ts';
import { EntryForm } from '#kit/entry-form.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button, Modal, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, queryClient, problemOf } from '../../client.ts';
import { isSameWord } from './same-word.ts';

const effects = ['frozen', 'keys', 'undone', 'again'] as const;

type LeaveDialogProps = { readonly membership: Membership; readonly onClose: () => void };

/** Leaving cannot be taken back, so that its word is typed here, where elsewhere an undo would stand. */
export function LeaveDialog({ membership, onClose }: LeaveDialogProps): JSX.Element {
  const { t } = useTranslation('registry');
  const [typed, setTyped] = useState('');
  const call = useBusy(problemOf);
  const word = t('leave.word');
  const isReady = isSameWord(typed, word);
  const name = membership.registryName ?? '';
  const leave = async (): Promise<void> => {
    const left = await client.registry.leave();
    queryClient.setQueryData(orpc.registry.membership.queryKey(), left);
    notifications.show({ message: t('leave.done', { name }) });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('leave.title', { name })}
      size={520}
      closeButtonProps={{ 'aria-label': t('close') }}
      transitionProps={{ duration: 0 }}
    >
      <EntryForm
        className="leave"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) call.run(leave);
        }}
      >
        <ul className="join__list">
          {effects.map((one) => (
            <li key={one}>{t(`leave.effects.${one}`)}</li>
          ))}
        </ul>
        <TextInput
          label={t('leave.type', { word })}
          data-autofocus
          autoComplete="off"
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        {call.problem ? <ProblemNote problem={call.problem} /> : null}
        <div className="form-foot">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={!isReady} loading={call.isBusy}>
            {t('leave.submit')}
          </Button>
        </div>
      </EntryForm>
    </Modal>
  );
}

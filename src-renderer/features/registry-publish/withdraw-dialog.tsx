import { useBusy } from '#kit/use-busy.ts';
import { ProblemNote } from '#kit/problem.tsx';
import { EntryForm } from '#kit/entry-form.tsx';
import { Button, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, problemOf } from '../../client.ts';

type WithdrawDialogProps = {
  readonly unheard: readonly number[];
  readonly heard: readonly number[];
  readonly onClose: () => void;
};

/** What withdrawing does to those who have heard: it cannot be taken back, the log remembers that it was said. */
export function WithdrawDialog({ unheard, heard, onClose }: WithdrawDialogProps): JSX.Element {
  const { t } = useTranslation('registry');
  const { run, isBusy, problem } = useBusy(problemOf);
  const withdraw = async (): Promise<void> => {
    const { undoneCount, withdrawnCount } = await client.registry.withdraw({
      billIds: [...unheard, ...heard],
    });
    notifications.show({ message: t('withdraw.done', { count: undoneCount + withdrawnCount }) });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('withdraw.title', { count: unheard.length + heard.length })}
      size={500}
      closeButtonProps={{ 'aria-label': t('close') }}
      transitionProps={{ duration: 0 }}
    >
      <EntryForm
        className="proof"
        onSubmit={(event) => {
          event.preventDefault();
          run(withdraw);
        }}
      >
        <ul className="go__list">
          <li>{t('withdraw.heard', { count: heard.length })}</li>
          {unheard.length > 0 ? <li>{t('withdraw.unheard', { count: unheard.length })}</li> : null}
          <li>{t('withdraw.paid')}</li>
        </ul>
        {problem ? <ProblemNote problem={problem} /> : null}
        <div className="form-foot">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" data-autofocus loading={isBusy}>
            {t('withdraw.submit')}
          </Button>
        </div>
      </EntryForm>
    </Modal>
  );
}

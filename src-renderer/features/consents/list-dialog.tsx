import { EntryForm } from '#kit/entry-form.tsx';
import { ProblemNote, type Problem } from '#kit/problem.tsx';
import { Button, Modal } from '@mantine/core';
import type { FormEvent, JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type ListDialogProps = {
  readonly title: string;
  readonly submit: string;
  readonly isBusy: boolean;
  readonly isReady: boolean;
  readonly problem: Problem | undefined;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** A small form over a list; what the engine refuses stands below its fields. */
export function ListDialog(props: ListDialogProps): JSX.Element {
  const { title, submit, isBusy, isReady, problem, onSubmit, onClose, children } = props;
  const { t } = useTranslation('consents');
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady) onSubmit();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={500}
      closeButtonProps={{ 'aria-label': t('close') }}
      transitionProps={{ duration: 0 }}
    >
      <EntryForm className="consents__form" onSubmit={send}>
        {children}
        {problem ? <ProblemNote problem={problem} /> : null}
        <div className="form-foot">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isReady}>
            {submit}
          </Button>
        </div>
      </EntryForm>
    </Modal>
  );
}

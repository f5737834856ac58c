import { useBusy } from '#kit/use-busy.ts';
import { EntryForm } from '#kit/entry-form.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, problemOf } from '../../client.ts';

const points = ['told', 'undone', 'book'] as const;

/** Giving up what the registry has as open; it cannot be taken back, so that its points are read before. */
export function WriteOffDialog({
  billId,
  onClose,
}: {
  readonly billId: number;
  readonly onClose: () => void;
}): JSX.Element {
  const { t } = useTranslation('registry');
  const { run, isBusy, problem } = useBusy(problemOf);
  const writeOff = async (): Promise<void> => {
    await client.registry.writeOff({ billIds: [billId] });
    notifications.show({ message: t('writeOff.done') });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('writeOff.title')}
      size={500}
      closeButtonProps={{ 'aria-label': t('close') }}
      transitionProps={{ duration: 0 }}
    >
      <EntryForm
        className="proof"
        onSubmit={(event) => {
          event.preventDefault();
          run(writeOff);
        }}
      >
        <ul className="go__list">
          {points.map((one) => (
            <li key={one}>{t(`writeOff.${one}`)}</li>
          ))}
        </ul>
        {problem ? <ProblemNote problem={problem} /> : null}
        <div className="form-foot">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" data-autofocus loading={isBusy}>
            {t('writeOff.submit')}
          </Button>
        </div>
      </EntryForm>
    </Modal>
  );
}

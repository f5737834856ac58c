import { ProblemNote, type Problem } from '#kit/problem.tsx';
import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient } from '../../client.ts';

const REASON_MOST = 200;

type DeclineFormProps = {
  /** What is declined; undefined while the dialog is closed. */
  readonly rowKeys: readonly string[] | undefined;
  readonly onClose: () => void;
};

/** These messages do not leave today; the reason stands in the timeline. */
export function DeclineForm({ rowKeys, onClose }: DeclineFormProps): JSX.Element {
  const { t } = useTranslation('reminders');
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const submit = async (): Promise<void> => {
    if (rowKeys === undefined) return;
    setProblem(undefined);
    try {
      await client.reminders.decline({ rowKeys: [...rowKeys], reason: reason.trim() });
      await queryClient.invalidateQueries({ queryKey: orpc.reminders.key() });
      setReason('');
      onClose();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <Modal
      opened={rowKeys !== undefined}
      onClose={onClose}
      title={t('decline.title', { count: rowKeys?.length ?? 1 })}
      closeButtonProps={{ 'aria-label': t('decline.close') }}
    >
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextInput
          label={t('decline.reason')}
          description={t('decline.hint')}
          data-autofocus
          required
          maxLength={REASON_MOST}
          autoComplete="off"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {problem ? <ProblemNote problem={problem} /> : null}
        <div className="form-foot">
          <Button variant="default" onClick={onClose}>
            {t('edit.cancel')}
          </Button>
          <Button type="submit" disabled={reason.trim() === ''}>
            {t('decline.button')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

import { useBusy } from '#kit/use-busy.ts';
import type { RegistryDispute } from '#contract/engine/registry.ts';
import { disputeClock } from '#domain/registry/visibility.ts';
import { EntryForm } from '#kit/entry-form.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button, Modal, Radio } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, problemOf } from '../../client.ts';
import { AnswerFile } from './answer-file.tsx';
import './registry-disputes.css';

const answers = ['accept', 'contest'] as const;
type Answer = (typeof answers)[number];

type AnswerDialogProps = { readonly dispute: RegistryDispute; readonly onClose: () => void };

/** The owner's answer to a customer's word, with what each answer does. */
export function AnswerDialog({ dispute, onClose }: AnswerDialogProps): JSX.Element {
  const { t } = useTranslation('registry');
  const { disputeId, customerName, reason } = dispute;
  const [answer, setAnswer] = useState<Answer>();
  const [filePath, setFilePath] = useState<string | null>(null);
  const { run, isBusy, problem } = useBusy(problemOf);
  const send = async (): Promise<void> => {
    if (answer === undefined) return;
    await client.registry.answerDispute({
      disputeId,
      answer,
      filePath: answer === 'contest' ? filePath : null,
    });
    notifications.show({ message: t(`answer.done.${answer}`) });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('answer.title', { name: customerName ?? t('disputes.unknown') })}
      size={560}
      closeButtonProps={{ 'aria-label': t('close') }}
      transitionProps={{ duration: 0 }}
    >
      <EntryForm
        className="registry-answer"
        onSubmit={(event) => {
          event.preventDefault();
          run(send);
        }}
      >
        <p className="registry-answer__says">{t(`reasonSays.${reason}`)}</p>
        {reason === 'already_paid' ? <p className="registry-disputes__soft">{t('answer.book')}</p> : null}
        <Radio.Group
          label={t('answer.which')}
          value={answer ?? null}
          onChange={(next) => setAnswer(answers.find((one) => one === next))}
        >
          <div className="registry-answer__choices">
            {answers.map((one) => (
              <Radio
                key={one}
                value={one}
                label={t(`answer.${one}`)}
                description={t(`answer.does.${one}`, { days: disputeClock.shownAfterDays })}
              />
            ))}
          </div>
        </Radio.Group>
        {answer === 'contest' ? <AnswerFile filePath={filePath} onFile={setFilePath} /> : null}
        {problem ? <ProblemNote problem={problem} /> : null}
        <div className="form-foot">
          <span className="form-foot__aside">{t('answer.final')}</span>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={answer === undefined} loading={isBusy}>
            {t('answer.submit')}
          </Button>
        </div>
      </EntryForm>
    </Modal>
  );
}

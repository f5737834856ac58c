import { useBusy } from '#kit/use-busy.ts';
import type { EvidenceGrade } from '#domain/registry/words.ts';
import { EntryForm } from '#kit/entry-form.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button, Modal, Radio } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, queryClient, problemOf } from '../../client.ts';
import { EvidenceFile } from './evidence-file.tsx';
import { EvidenceText } from './evidence-text.tsx';
import { canProve, evidenceWish, gradesInOrder, type EvidenceValues } from './evidence-values.ts';
import './registry-publish.css';

type EvidenceDialogProps = {
  readonly candidate: {
    readonly billId: number;
    readonly number: string | null;
    readonly evidence: EvidenceGrade;
  };
  readonly onClose: () => void;
};

/** What proves a due: the stronger the proof, the more it says in a check. The paper itself stays here. */
export function EvidenceDialog({ candidate, onClose }: EvidenceDialogProps): JSX.Element {
  const { t } = useTranslation('registry');
  const { billId, number, evidence } = candidate;
  const [values, setValues] = useState<EvidenceValues>({
    grade: evidence === 'claim' ? 'irp' : evidence,
    text: '',
    filePath: null,
  });
  const set = (change: Partial<EvidenceValues>): void => setValues((before) => ({ ...before, ...change }));
  const { run, isBusy, problem } = useBusy(problemOf);
  const isReady = canProve(values);
  const save = async (): Promise<void> => {
    const { grade } = await client.registry.setEvidence(evidenceWish(billId, values));
    await queryClient.invalidateQueries({ queryKey: orpc.registry.candidates.key() });
    notifications.show({ message: t('evidence.done', { grade: t(`grade.${grade}`) }) });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('evidence.title', { number: number ?? '' })}
      size={600}
      closeButtonProps={{ 'aria-label': t('close') }}
      transitionProps={{ duration: 0 }}
    >
      <EntryForm
        className="proof"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) run(save);
        }}
      >
        <Radio.Group
          label={t('evidence.grade')}
          value={values.grade}
          onChange={(next) => set({ grade: gradesInOrder.find((one) => one === next) ?? values.grade })}
        >
          <div className="proof__grades">
            {gradesInOrder.map((one) => (
              <Radio key={one} value={one} label={t(`grade.${one}`)} description={t(`gradeNote.${one}`)} />
            ))}
          </div>
        </Radio.Group>
        {values.grade === 'irp' ? <EvidenceText text={values.text} onText={(text) => set({ text })} /> : null}
        {values.grade === 'ack' || values.grade === 'doc' ? (
          <EvidenceFile filePath={values.filePath} onFile={(filePath) => set({ filePath })} />
        ) : null}
        <p className="proof__note">{t('evidence.stays')}</p>
        {problem ? <ProblemNote problem={problem} /> : null}
        <div className="form-foot">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={!isReady} loading={isBusy}>
            {t(values.grade === 'claim' ? 'evidence.remove' : 'evidence.save')}
          </Button>
        </div>
      </EntryForm>
    </Modal>
  );
}

import { useBusy } from '#kit/use-busy.ts';
import type { Candidate } from '#contract/engine/registry.ts';
import { EntryForm } from '#kit/entry-form.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button, Modal, Radio } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, problemOf } from '../../client.ts';
import { EvidenceFile } from './evidence-file.tsx';
import './registry-publish.css';

const grades = ['ack', 'doc'] as const;

type ProveManyDialogProps = { readonly candidates: readonly Candidate[]; readonly onClose: () => void };

/** One paper that names many bills. It stays here; each due gets its fingerprint. */
export function ProveManyDialog({ candidates, onClose }: ProveManyDialogProps): JSX.Element {
  const { t } = useTranslation('registry');
  const [grade, setGrade] = useState<(typeof grades)[number]>('ack');
  const [filePath, setFilePath] = useState<string | null>(null);
  const { run, isBusy, problem } = useBusy(problemOf);
  const save = async (path: string): Promise<void> => {
    const billIds = candidates.map(({ billId }) => billId);
    const { provenCount } = await client.registry.proveMany({ billIds, grade, filePath: path });
    notifications.show({ message: t('evidence.manyDone', { count: provenCount }) });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('evidence.manyTitle', { count: candidates.length })}
      size={600}
      closeButtonProps={{ 'aria-label': t('close') }}
      transitionProps={{ duration: 0 }}
    >
      <EntryForm
        className="proof"
        onSubmit={(event) => {
          event.preventDefault();
          if (filePath !== null) run(async () => save(filePath));
        }}
      >
        <p className="proof__note">{t('evidence.manyNote')}</p>
        <Radio.Group
          label={t('evidence.grade')}
          value={grade}
          onChange={(next) => setGrade(grades.find((one) => one === next) ?? grade)}
        >
          <div className="proof__grades">
            {grades.map((one) => (
              <Radio key={one} value={one} label={t(`grade.${one}`)} description={t(`gradeNote.${one}`)} />
            ))}
          </div>
        </Radio.Group>
        <EvidenceFile filePath={filePath} onFile={setFilePath} />
        <p className="proof__note">{t('evidence.stays')}</p>
        {problem ? <ProblemNote problem={problem} /> : null}
        <div className="form-foot">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={filePath === null} loading={isBusy}>
            {t('evidence.save')}
          </Button>
        </div>
      </EntryForm>
    </Modal>
  );
}

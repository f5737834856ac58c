import { problemOf } from '../../client.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Section } from '#kit/page.tsx';
import { Button, Loader, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { canApprove, useApproveWords } from './approve.ts';
import { CountsTable, WorthTable } from './counts-table.tsx';
import { NotesTable } from './notes-table.tsx';
import { SamplesTable } from './samples-table.tsx';
import { TieOut } from './tie-out.tsx';
import type { DryRun } from './types.ts';
import type { Preview } from './use-wizard.ts';
import type { Drafted } from './wizard.ts';

type CheckPanelProps = {
  readonly drafted: Drafted;
  readonly preview: Preview;
  readonly onApprove: () => void;
  readonly onBack: () => void;
  readonly onRestart: () => void;
};

/** Step three: what the import would do, with the file's totals beside what is taken. */
export function CheckPanel(props: CheckPanelProps): JSX.Element {
  const { t } = useTranslation('imports');
  const { drafted, preview } = props;
  const { dryRun } = preview;
  return (
    <div className="step">
      <div className="step__bar">
        <Text size="sm" fw={600} truncate title={drafted.draft.fileName}>
          {drafted.draft.fileName}
        </Text>
        <Text size="sm" c="dimmed" className="step__grow">
          {t(preview.isStale && dryRun ? 'check.stale' : 'check.nothingYet')}
        </Text>
      </div>
      <div className="step__scroll">
        {drafted.problem ? <ProblemNote problem={drafted.problem} /> : null}
        {preview.error ? <ProblemNote problem={problemOf(preview.error)} onRetry={preview.retry} /> : null}
        {dryRun && !preview.error ? <Figures dryRun={dryRun} isStale={preview.isStale} /> : null}
        {dryRun || preview.error ? null : (
          <Delayed>
            <div className="step__wait" role="status">
              <Loader size="sm" aria-hidden /> {t('check.counting')}
            </div>
          </Delayed>
        )}
      </div>
      <footer className="step__foot">
        <Button
          variant="default"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          onClick={props.onBack}
        >
          {t('check.back')}
        </Button>
        <Approve {...props} />
      </footer>
    </div>
  );
}

function Figures({ dryRun, isStale }: { readonly dryRun: DryRun; readonly isStale: boolean }): JSX.Element {
  const { t } = useTranslation('imports');
  return (
    <div className="check" data-stale={isStale}>
      <Section title={t('check.tieOut')} className="check__wide">
        <TieOut dryRun={dryRun} />
      </Section>
      <Section title={t('check.documents')}>
        <CountsTable dryRun={dryRun} />
      </Section>
      <Section title={t('check.value')}>
        <WorthTable dryRun={dryRun} />
      </Section>
      <Section title={t('check.notTaken')} className="check__wide">
        <NotesTable
          notes={dryRun.notes}
          noteCount={dryRun.rowCounts.refused + dryRun.rowCounts.leftOut}
          emptyWords={t('check.noneNotTaken')}
        />
      </Section>
      <Section title={t('check.samples')} className="check__wide">
        <SamplesTable samples={dryRun.samples} />
      </Section>
    </div>
  );
}

/** The button says what it will do; where there is nothing to do, it leads on instead of standing grey. */
function Approve({ drafted, preview, onApprove, onRestart }: CheckPanelProps): JSX.Element {
  const { t } = useTranslation('imports');
  const { isMoved } = useAsOf();
  const sayApprove = useApproveWords();
  const { dryRun } = preview;
  if (dryRun && !preview.error && !canApprove(dryRun)) {
    const isNothingTaken = dryRun.rowCounts.taken === 0;
    return (
      <>
        <Text size="sm" className="step__grow" ta="end">
          {t(isNothingTaken ? 'check.nothingTaken' : 'check.nothingNew')}
        </Text>
        <Button key={drafted.draft.draftId} onClick={onRestart}>
          {t('check.anotherFile')}
        </Button>
      </>
    );
  }
  return (
    <>
      <Text size="sm" className="step__grow" c="dimmed" ta="end">
        {isMoved ? t('check.asOfMoved') : null}
      </Text>
      <Button
        onClick={onApprove}
        disabled={dryRun === undefined || preview.isStale || preview.error !== null || isMoved}
      >
        {dryRun ? sayApprove(dryRun) : t('check.counting')}
      </Button>
    </>
  );
}

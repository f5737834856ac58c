import { endWork, reportWork } from '#kit/status.ts';
import { Stepper } from '@mantine/core';
import { useEffect, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { canApprove } from './approve.ts';
import { CheckPanel } from './check-panel.tsx';
import { DonePanel } from './done-panel.tsx';
import { DropPanel } from './drop-panel.tsx';
import './facts.css';
import './imports.css';
import './sheet.css';
import { useFileWords } from './file-words.ts';
import { NotesDrawer, PastImports } from './past-imports.tsx';
import type { ImportBatch } from './types.ts';
import { UnderstoodPanel } from './understood-panel.tsx';
import { useStepKeys } from './use-step-keys.ts';
import { usePreview, useWizard, type WizardActions } from './use-wizard.ts';
import type { Drafted, Wizard } from './wizard.ts';
import { WritingPanel } from './writing-panel.tsx';

const STEPS = ['drop', 'understood', 'check', 'done'] as const;

type ImportWizardProps = { readonly baseCurrency: string };

/** Four steps on one page, each of which can be left forwards and backwards. */
export function ImportWizard({ baseCurrency }: ImportWizardProps): JSX.Element {
  const { t } = useTranslation('imports');
  const { wizard, actions } = useWizard();
  const [noted, setNoted] = useState<ImportBatch | null>(null);
  useReportedWork(wizard, actions);
  const active = wizard.step === 'writing' ? 3 : STEPS.indexOf(wizard.step);
  const goBackTo = (index: number): void => {
    if (index === 0) actions.dispatch({ type: 'restart' });
    if (index === 1 || index === 2)
      actions.dispatch({ type: 'go', to: index === 1 ? 'understood' : 'check' });
  };
  return (
    <div className="wizard">
      <Stepper
        className="wizard__steps"
        size="xs"
        iconSize={24}
        active={active}
        onStepClick={goBackTo}
        aria-label={t('steps.label')}
      >
        {STEPS.map((step, index) => (
          <Stepper.Step
            key={step}
            label={t(`steps.${step}`)}
            allowStepSelect={index < active && wizard.step !== 'writing' && wizard.step !== 'done'}
            loading={step === 'done' && wizard.step === 'writing'}
          />
        ))}
      </Stepper>
      <StepBody wizard={wizard} actions={actions} baseCurrency={baseCurrency} onNotes={setNoted} />
      <NotesDrawer batch={noted} onClose={() => setNoted(null)} />
    </div>
  );
}

type StepBodyProps = {
  readonly wizard: Wizard;
  readonly actions: WizardActions;
  readonly baseCurrency: string;
  readonly onNotes: (batch: ImportBatch) => void;
};

function StepBody({ wizard, actions, baseCurrency, onNotes }: StepBodyProps): JSX.Element {
  switch (wizard.step) {
    case 'drop':
      return (
        <div className="wizard__body wizard__body--scroll">
          <DropPanel
            reading={wizard.reading}
            problem={wizard.problem}
            onSource={(source) => void actions.read(source)}
            onStop={actions.stop}
          />
          <PastImports onNotes={onNotes} />
        </div>
      );
    case 'understood':
    case 'check':
      return (
        <DraftSteps
          key={wizard.draft.draftId}
          step={wizard.step}
          drafted={wizard}
          actions={actions}
          baseCurrency={baseCurrency}
        />
      );
    case 'writing':
      return (
        <div className="wizard__body">
          <WritingPanel fileName={wizard.draft.fileName} progress={wizard.progress} onStop={actions.stop} />
        </div>
      );
    case 'done':
      return (
        <div className="wizard__body wizard__body--scroll">
          <DonePanel
            batch={wizard.batch}
            onNotes={() => onNotes(wizard.batch)}
            onRestart={() => actions.dispatch({ type: 'restart' })}
          />
          <PastImports onNotes={onNotes} />
        </div>
      );
  }
}

type DraftStepsProps = {
  readonly step: 'understood' | 'check';
  readonly drafted: Drafted;
  readonly actions: WizardActions;
  readonly baseCurrency: string;
};

/** The two steps with a draft share its dry run, so that going on and back costs nothing. */
function DraftSteps({ step, drafted, actions, baseCurrency }: DraftStepsProps): JSX.Element {
  const preview = usePreview(drafted.draft.draftId, drafted.map);
  const { dryRun } = preview;
  const restart = (): void => actions.dispatch({ type: 'restart' });
  const approve = (): void => {
    if (dryRun && !preview.isStale && !preview.error && canApprove(dryRun)) {
      void actions.commit(drafted, dryRun.currencies);
    }
  };
  const isCheck = step === 'check';
  const goOn = (): void => actions.dispatch({ type: 'go', to: 'check' });
  const goBack = (): void => (isCheck ? actions.dispatch({ type: 'go', to: 'understood' }) : restart());
  const keys = useStepKeys({ step, onNext: isCheck ? approve : goOn, onBack: goBack });
  return (
    // The step takes the keys of all that stands in it: Enter goes on, Esc goes back.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/no-noninteractive-tabindex
    <div className="wizard__body" {...keys} tabIndex={-1}>
      {isCheck ? (
        <CheckPanel
          {...{ drafted, preview, dispatch: actions.dispatch }}
          onApprove={approve}
          onBack={goBack}
          onRestart={restart}
        />
      ) : (
        <UnderstoodPanel {...{ drafted, preview, baseCurrency, actions }} onNext={goOn} onBack={restart} />
      )}
    </div>
  );
}

const WORK_ID = 'import';

/** The status line tells of reading and writing too, for whoever looks elsewhere meanwhile. */
function useReportedWork(wizard: Wizard, { stop }: WizardActions): void {
  const { t } = useTranslation('imports');
  const sayFile = useFileWords();
  const file =
    wizard.step === 'drop'
      ? (wizard.reading?.fileName ?? null)
      : wizard.step === 'writing'
        ? wizard.draft.fileName
        : null;
  const progress =
    wizard.step === 'writing' ? wizard.progress : wizard.step === 'drop' ? wizard.reading : null;
  const phase = wizard.step === 'writing' ? (wizard.progress?.phase ?? 'checking') : 'reading';
  const name = file === null ? '' : sayFile(file);
  useEffect(() => {
    if (file === null) return undefined;
    reportWork({
      id: WORK_ID,
      label: t(phase === 'reading' ? 'drop.reading' : `writing.${phase}`, { file: name }),
      done: progress?.done ?? 0,
      of: progress?.of ?? 0,
      stop: phase === 'reading' || phase === 'checking' ? stop : undefined,
    });
    return () => endWork(WORK_ID);
  }, [file, name, phase, progress, stop, t]);
}

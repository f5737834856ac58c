import { problemOf } from '../../client.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { currencySign, useCurrency, useMoneyWords } from '#kit/money-text.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Section } from '#kit/page.tsx';
import { Button, Checkbox, Loader, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState, type Dispatch, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { canApprove, useApproveWords } from './approve.ts';
import { CountsTable, WorthTable } from './counts-table.tsx';
import { CustomerTieOut } from './customer-tie-out.tsx';
import { useFileWords } from './file-words.ts';
import { FixesList, FixRow } from './fix-row.tsx';
import { NotesTable } from './notes-table.tsx';
import { SameCustomers } from './same-customers.tsx';
import { SamplesTable } from './samples-table.tsx';
import { TieOut } from './tie-out.tsx';
import type { DryRun } from './types.ts';
import type { Preview } from './use-wizard.ts';
import type { Drafted, WizardEvent } from './wizard.ts';

type CheckPanelProps = {
  readonly drafted: Drafted;
  readonly preview: Preview;
  readonly dispatch: Dispatch<WizardEvent>;
  readonly onApprove: () => void;
  readonly onBack: () => void;
  readonly onRestart: () => void;
};

/** Step three: what the import would do, with the file's totals beside what is taken. */
export function CheckPanel(props: CheckPanelProps): JSX.Element {
  const { t } = useTranslation('imports');
  const { drafted, preview } = props;
  const { dryRun } = preview;
  const fileName = useFileWords()(drafted.draft.fileName);
  return (
    <div className="step">
      <div className="step__bar">
        <Text size="sm" fw={600} truncate title={fileName}>
          {fileName}
        </Text>
        <Text size="sm" c="dimmed" className="step__grow">
          {t(preview.isStale && dryRun ? 'check.stale' : 'check.nothingYet')}
        </Text>
      </div>
      <div className="step__scroll">
        {drafted.problem ? <ProblemNote problem={drafted.problem} /> : null}
        {preview.error ? <ProblemNote problem={problemOf(preview.error)} onRetry={preview.retry} /> : null}
        <FixesList drafted={drafted} dispatch={props.dispatch} />
        {dryRun && !preview.error ? (
          <Figures {...{ drafted, dryRun, isStale: preview.isStale, dispatch: props.dispatch }} />
        ) : null}
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

type FiguresProps = {
  readonly drafted: Drafted;
  readonly dryRun: DryRun;
  readonly isStale: boolean;
  readonly dispatch: Dispatch<WizardEvent>;
};

function Figures({ drafted, dryRun, isStale, dispatch }: FiguresProps): JSX.Element {
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
      {dryRun.suggestions.length > 0 ? (
        <Section title={t('same.heading')} aside={t('same.hint')} className="check__wide">
          <SameCustomers {...{ drafted, dispatch, suggestions: dryRun.suggestions }} />
        </Section>
      ) : null}
      {dryRun.vanished.billCount > 0 ? (
        <Section title={t('vanished.heading')} className="check__wide">
          <Vanished {...{ drafted, dryRun, dispatch }} />
        </Section>
      ) : null}
      <Section title={t('check.notTaken')} className="check__wide">
        <NotTaken {...{ drafted, dryRun, dispatch }} />
      </Section>
      <Section title={t('check.byCustomer')} className="check__wide">
        <CustomerTieOut totals={dryRun.customerTotals} />
      </Section>
      <Section title={t('check.samples')} className="check__wide">
        <SamplesTable samples={dryRun.samples} />
      </Section>
    </div>
  );
}

type PartProps = Omit<FiguresProps, 'isStale'>;

/** Open bills of earlier lists that this one lacks: only the user knows whether the list is complete. */
function Vanished({ drafted, dryRun, dispatch }: PartProps): JSX.Element {
  const { t } = useTranslation('imports');
  const sayMoney = useMoneyWords();
  const sign = currencySign(useCurrency());
  const { billCount, openPaise } = dryRun.vanished;
  const { isCompleteList } = drafted.map;
  return (
    <div className="vanished" data-testid="vanished">
      <Text size="sm">
        {t('vanished.said', { count: billCount, amount: `${sign} ${sayMoney(openPaise)}` })}
      </Text>
      <Checkbox
        id="complete-list"
        size="xs"
        label={t('options.completeList')}
        description={t(isCompleteList ? 'vanished.settled' : 'vanished.left')}
        checked={isCompleteList}
        onChange={(event) => dispatch({ type: 'set', part: { isCompleteList: event.currentTarget.checked } })}
      />
    </div>
  );
}

/** Refused rows can be put right in place: Enter on a row opens its cells. */
function NotTaken({ drafted, dryRun, dispatch }: PartProps): JSX.Element {
  const { t } = useTranslation('imports');
  const [fixedRow, setFixedRow] = useState<number | null>(null);
  const note = dryRun.notes.find(({ row, cells }) => row === fixedRow && cells !== undefined);
  return (
    <>
      <NotesTable
        notes={dryRun.notes}
        noteCount={dryRun.rowCounts.refused + dryRun.rowCounts.leftOut}
        emptyWords={t('check.noneNotTaken')}
        onFix={({ row }) => setFixedRow(row)}
      />
      {note ? (
        <FixRow key={note.row} {...{ drafted, note, dispatch }} onClose={() => setFixedRow(null)} />
      ) : null}
    </>
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

import { problemOf } from '../../client.ts';
import { ProblemNote } from '#kit/problem.tsx';
import { Badge, Button, Select, Switch, Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ColumnsList } from './columns-list.tsx';
import { openDoubts } from './doubts.ts';
import { DoubtsList } from './doubts-list.tsx';
import { useFileWords } from './file-words.ts';
import { ReadOptions } from './read-options.tsx';
import { SheetGrid } from './sheet-grid.tsx';
import type { Preview, WizardActions } from './use-wizard.ts';
import type { Drafted } from './wizard.ts';

type UnderstoodPanelProps = {
  readonly drafted: Drafted;
  readonly preview: Preview;
  readonly baseCurrency: string;
  readonly actions: WizardActions;
  readonly onNext: () => void;
  readonly onBack: () => void;
};

/** Step two: what was understood of the sheet, to be put right in place. */
export function UnderstoodPanel(props: UnderstoodPanelProps): JSX.Element {
  const { t } = useTranslation('imports');
  const { drafted, preview, baseCurrency, actions } = props;
  const [isOnlyUsed, setOnlyUsed] = useState(false);
  const { dispatch } = actions;
  const doubts = openDoubts(drafted, preview.dryRun);
  return (
    <div className="step">
      <SheetBar drafted={drafted} actions={actions} isOnlyUsed={isOnlyUsed} onOnlyUsed={setOnlyUsed} />
      <div className="step__columns">
        <SheetGrid
          drafted={drafted}
          isOnlyUsed={isOnlyUsed}
          onMeaning={(column, field) => dispatch({ type: 'meaning', column, field })}
          onConfirm={(column) => dispatch({ type: 'confirm', column })}
          onHeaderRow={(row) => void actions.understand(drafted, drafted.understood.sheet, row)}
        />
        <aside className="step__aside card">
          {drafted.problem ? <ProblemNote problem={drafted.problem} /> : null}
          {preview.error ? <ProblemNote problem={problemOf(preview.error)} onRetry={preview.retry} /> : null}
          <DoubtsList drafted={drafted} doubts={doubts} />
          <h2 className="step__heading">{t('options.heading')}</h2>
          <ReadOptions drafted={drafted} doubts={doubts} baseCurrency={baseCurrency} dispatch={dispatch} />
          <h2 className="step__heading">{t('understood.columns')}</h2>
          <ColumnsList drafted={drafted} />
        </aside>
      </div>
      <footer className="step__foot">
        <Button variant="default" onClick={props.onBack}>
          {t('understood.again')}
        </Button>
        <LiveCounts preview={preview} />
        <Button rightSection={<IconArrowRight size={16} aria-hidden />} onClick={props.onNext}>
          {t('understood.next')}
        </Button>
      </footer>
    </div>
  );
}

type SheetBarProps = {
  readonly drafted: Drafted;
  readonly actions: WizardActions;
  readonly isOnlyUsed: boolean;
  readonly onOnlyUsed: (isOnlyUsed: boolean) => void;
};

function SheetBar({ drafted, actions, isOnlyUsed, onOnlyUsed }: SheetBarProps): JSX.Element {
  const { t } = useTranslation('imports');
  const { draft, understood } = drafted;
  const fileName = useFileWords()(draft.fileName);
  const rowWords = (count: number): string => t('understood.rows', { count });
  const sheets = draft.sheets.map(({ index, name, rowCount }) => ({
    value: String(index),
    label: t('understood.sheetOption', { name, rows: rowWords(rowCount) }),
  }));
  return (
    <div className="step__bar">
      <Text size="sm" fw={600} truncate title={fileName}>
        {fileName}
      </Text>
      <Text size="sm" c="dimmed">
        {rowWords(understood.dataRowCount)}
      </Text>
      <Badge size="sm" variant="default" radius="sm" tt="none">
        {understood.layout === 'list'
          ? t('understood.layoutList')
          : t('understood.layout', {
              layout: t(`layout.${understood.layout}`, { defaultValue: understood.layout }),
            })}
      </Badge>
      {understood.isRemembered ? (
        <Badge size="sm" variant="light" radius="sm" tt="none">
          {t('understood.remembered')}
        </Badge>
      ) : null}
      {sheets.length > 1 ? (
        <Select
          size="xs"
          aria-label={t('understood.sheet')}
          data={sheets}
          value={String(understood.sheet)}
          allowDeselect={false}
          onChange={(value) => void actions.understand(drafted, Number(value), null)}
        />
      ) : null}
      <Text size="sm" c="dimmed" className="step__grow">
        {t('understood.headerHint')}
      </Text>
      <Switch
        size="xs"
        label={t('understood.onlyUsed')}
        checked={isOnlyUsed}
        onChange={(event) => onOnlyUsed(event.currentTarget.checked)}
      />
    </div>
  );
}

/** Counted in the background, so that a choice shows at once what it does. */
function LiveCounts({ preview }: { readonly preview: Preview }): JSX.Element {
  const { t } = useTranslation('imports');
  const counts = preview.dryRun?.rowCounts;
  const text = counts
    ? t('understood.live', counts)
    : t(preview.error ? 'understood.liveNot' : 'understood.liveWait');
  return (
    <Text size="sm" c="dimmed" className="step__grow" ta="end" role="status" data-stale={preview.isStale}>
      {text}
    </Text>
  );
}

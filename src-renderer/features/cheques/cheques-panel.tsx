import type { Cheque } from '#contract/engine/receipts.ts';
import { sumOf } from '#domain/money.ts';
import { DataTable, type Grouping } from '#kit/data-table.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { currencySign, useCurrency } from '#kit/money-text.tsx';
import type { Problem } from '#kit/problem.tsx';
import { reportSelection, useStatusCounts } from '#kit/status.ts';
import { IconCalendarTime } from '@tabler/icons-react';
import { useMemo, type JSX, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useChequeColumns, type ChequeActions } from './cheque-columns.tsx';

type ChequesPanelProps = {
  readonly cheques: readonly Cheque[] | undefined;
  readonly problem: Problem | undefined;
  readonly onRetry: () => void;
  readonly onOpen: (customerId: number) => void;
  /** Left out while nothing may be written. */
  readonly actions: ChequeActions | undefined;
  /** Holds the rows as they are shown, in their order: for the export. */
  readonly shownRef: RefObject<readonly Cheque[]>;
};

const DAYS_A_WEEK = 7;
/** When a cheque may be paid in; the order in which the groups stand. */
const whens = ['today', 'week', 'later', 'past'] as const;

function whenOf({ daysToGo }: Cheque): (typeof whens)[number] {
  if (daysToGo < 0) return 'past';
  if (daysToGo === 0) return 'today';
  return daysToGo <= DAYS_A_WEEK ? 'week' : 'later';
}

/** The register of post-dated cheques: due today, this week, later, and those whose day has come. */
export function ChequesPanel(props: ChequesPanelProps): JSX.Element {
  const { cheques, actions, shownRef } = props;
  const { t } = useTranslation('cheques');
  const columnsOf = useChequeColumns(currencySign(useCurrency()), actions);
  const columns = useMemo(() => columnsOf(cheques ?? []), [columnsOf, cheques]);
  const groups = useMemo(
    (): Grouping<Cheque> => ({
      // The digit keeps the groups in the order of time.
      keysOf: (cheque) => [String(whens.indexOf(whenOf(cheque)))],
      labelOf: (key) => t(`when.${whens[Number(key)] ?? 'later'}`),
      orderBy: (key) => Number(key),
    }),
    [t],
  );
  useStatusCounts(cheques ? t('counts', { count: cheques.length }) : '');
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      rows={cheques}
      keyOf={keyOf}
      initialSort={{ key: 'chequeDay', direction: 'asc' }}
      groups={groups}
      withTotals
      shownRef={shownRef}
      onOpen={(row) => props.onOpen(row.customerId)}
      onSelectionChange={reportRows}
      problem={props.problem}
      onRetry={props.onRetry}
      empty={
        <EmptyState
          icon={<IconCalendarTime size={36} stroke={1.3} />}
          title={t('empty')}
          next={t('emptyNext')}
        />
      }
    />
  );
}

function keyOf(cheque: Cheque): string {
  return String(cheque.receiptId);
}

function reportRows(rows: readonly Cheque[]): void {
  reportSelection(
    rows.length,
    sumOf(rows, (row) => row.amountPaise),
  );
}

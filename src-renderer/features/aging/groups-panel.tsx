import type { AgingGroup } from '#contract/engine/aging.ts';
import type { AgeBy, GroupBy } from '#contract/engine/aging-words.ts';
import { sumOf } from '#domain/money.ts';
import { DataTable } from '#kit/data-table.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { currencySign, useCurrency } from '#kit/money-text.tsx';
import { reportSelection, useStatusCounts } from '#kit/status.ts';
import { useMemo, type JSX, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../client.ts';
import { groupColumns } from './group-columns.tsx';
import { useGroups } from './use-groups.ts';

type GroupsPanelProps = {
  readonly groupBy: GroupBy;
  /** As the book's settings have it where it is left out. */
  readonly by: AgeBy | undefined;
  readonly onOpen: (key: string) => void;
  /** Holds the rows as they are shown, in their order: for the export. */
  readonly shownRef?: RefObject<readonly AgingGroup[]>;
};

/** What is outstanding by salesperson, territory, payer, account group or tag; a row leads to its bills. */
export function GroupsPanel({ groupBy, by, onOpen, shownRef }: GroupsPanelProps): JSX.Element {
  const { t } = useTranslation('aging');
  const sign = currencySign(useCurrency());
  const { groups, error, refetch } = useGroups({ groupBy, by });
  const columns = useMemo(
    () => groupColumns((key, values = {}) => t(key, values), sign, groups, groupBy),
    [t, sign, groups, groupBy],
  );
  useStatusCounts(groups ? t('groups.counts', { count: groups.rows.length }) : '');
  return (
    <DataTable
      label={t('groups.title')}
      columns={columns}
      rows={groups?.rows}
      keyOf={keyOf}
      initialSort={{ key: 'outstanding', direction: 'desc' }}
      withTotals
      {...(shownRef && { shownRef })}
      onOpen={(row) => onOpen(row.key)}
      onSelectionChange={reportRows}
      problem={error ? problemOf(error) : undefined}
      onRetry={() => void refetch()}
      empty={<EmptyState title={t('groups.empty')} next={t(`groups.emptyNext.${groupBy}`)} />}
    />
  );
}

function keyOf({ key }: AgingGroup): string {
  // Customers without a group have the empty key, and a row needs one that is not.
  return `group:${key}`;
}

function reportRows(rows: readonly AgingGroup[]): void {
  reportSelection(
    rows.length,
    sumOf(rows, (row) => row.outstandingPaise),
  );
}

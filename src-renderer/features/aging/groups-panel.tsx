import type { AgingGroup, AgingGroups } from '#contract/engine/aging.ts';
import type { AgeBy, GroupBy } from '#contract/engine/aging-words.ts';
import { sumOf } from '#domain/money.ts';
import { AgingStrip } from '#kit/aging-strip.tsx';
import { useAsOf } from '#kit/as-of.tsx';
import { DataTable, type Column } from '#kit/data-table.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { currencySign, MoneyText, useCurrency } from '#kit/money-text.tsx';
import { reportSelection, useStatusCounts } from '#kit/status.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';

type GroupsPanelProps = {
  readonly groupBy: GroupBy;
  /** As the book's settings have it where it is left out. */
  readonly by: AgeBy | undefined;
  readonly onOpen: (key: string) => void;
};

/** What is outstanding by salesperson, territory, payer, account group or tag; a row leads to its bills. */
export function GroupsPanel({ groupBy, by, onOpen }: GroupsPanelProps): JSX.Element {
  const { t } = useTranslation('aging');
  const { wish } = useAsOf();
  const sign = currencySign(useCurrency());
  const { data, error, refetch } = useQuery(
    orpc.aging.groups.queryOptions({ input: { asOf: wish, by, groupBy } }),
  );
  // The answer of another grouping may stand here for a moment; its columns would be wrong.
  const groups = data?.groupBy === groupBy ? data : undefined;
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

type Words = (key: string, values?: Record<string, string>) => string;

function groupColumns(
  t: Words,
  sign: string,
  groups: AgingGroups | undefined,
  groupBy: GroupBy,
): readonly Column<AgingGroup>[] {
  const nameOf = ({ name }: AgingGroup): string => (name === '' ? t(`groups.none.${groupBy}`) : name);
  const hasPostDated = groups?.rows.some(({ postDatedPaise }) => postDatedPaise !== 0) === true;
  return [
    {
      key: 'name',
      header: t(`groups.by.${groupBy}`),
      width: 180,
      grow: 3,
      sortBy: nameOf,
      cell: nameOf,
      opens: true,
    },
    {
      key: 'customers',
      header: t('groups.customers'),
      align: 'end',
      width: 92,
      sortBy: (row) => row.customerCount,
      sortFirst: 'desc',
      cell: (row) => row.customerCount,
    },
    moneyColumn('outstanding', t('groups.outstanding', { sign }), {
      of: (row) => row.outstandingPaise,
      total: groups?.totals.outstandingPaise,
    }),
    moneyColumn('overdue', t('groups.overdue', { sign }), {
      of: (row) => row.overduePaise,
      total: groups?.totals.overduePaise,
    }),
    ...(hasPostDated
      ? [
          moneyColumn('postDated', t('groups.postDated', { sign }), {
            of: (row) => row.postDatedPaise,
            total: groups.totals.postDatedPaise,
          }),
        ]
      : []),
    {
      key: 'oldest',
      header: t('groups.oldest'),
      align: 'end',
      width: 96,
      sortBy: (row) => row.oldestDays,
      sortFirst: 'desc',
      cell: (row) => row.oldestDays,
    },
    {
      key: 'strip',
      header: t('groups.strip'),
      width: 150,
      grow: 2,
      cell: (row) => <AgingStrip amounts={row.buckets} ranges={groups?.buckets ?? []} />,
      total: groups ? <AgingStrip amounts={groups.totals.buckets} ranges={groups.buckets} /> : undefined,
    },
  ];
}

type MoneyWish = {
  readonly of: (row: AgingGroup) => number;
  readonly total: number | undefined;
};

function moneyColumn(key: string, header: string, { of, total }: MoneyWish): Column<AgingGroup> {
  return {
    key,
    header,
    align: 'end',
    width: 140,
    sortBy: of,
    sortFirst: 'desc',
    cell: (row) => <MoneyText paise={of(row)} />,
    total: total === undefined ? undefined : <MoneyText paise={total} />,
  };
}

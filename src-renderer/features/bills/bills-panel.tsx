import type { OpenItem } from '#contract/engine/bills.ts';
import { sumOf } from '#domain/money.ts';
import { DataTable } from '#kit/data-table.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { currencySign, useCurrency } from '#kit/money-text.tsx';
import { reportSelection, useStatusCounts } from '#kit/status.ts';
import { Button } from '@mantine/core';
import { IconFileInvoice } from '@tabler/icons-react';
import { useMemo, type JSX, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { problemOf } from '../../client.ts';
import { billColumns } from './bill-columns.tsx';
import type { BillsWish } from './bills-wish.ts';
import './bills.css';
import { useBills } from './use-bills.ts';
import { useBookAging } from './use-book-aging.ts';

type BillsPanelProps = {
  readonly wish: BillsWish;
  /** Holds the rows as they are shown, in their order: for the export. */
  readonly shownRef: RefObject<readonly OpenItem[]>;
  /** What stands beside a bill's number, from another part of the window; give a stable function. */
  readonly markOf?: ((billId: number) => ReactNode) | undefined;
};

/** Open items of all customers, of one bucket or group, or behind one figure; each row leads to its customer. */
export function BillsPanel({ wish, shownRef, markOf }: BillsPanelProps): JSX.Element {
  const { t } = useTranslation('bills');
  const [, goTo] = useLocation();
  const sign = currencySign(useCurrency());
  const { rows, asOf, error, refetch } = useBills(wish);
  const { bucket, part, by, group } = wish;
  const { ranges, ageBy } = useBookAging();
  const columns = useMemo(
    () =>
      billColumns((key, values = {}) => t(key, values), {
        sign,
        rows: rows ?? [],
        by: by ?? ageBy,
        asOf,
        bucketCount: ranges.length,
        markOf,
      }),
    [t, sign, rows, asOf, by, ageBy, ranges.length, markOf],
  );
  useStatusCounts(rows ? t('counts', { count: rows.length }) : '');
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      rows={rows}
      keyOf={keyOf}
      initialSort={{ key: 'late', direction: 'desc' }}
      withTotals
      shownRef={shownRef}
      onOpen={(row) => goTo(`/customers/${row.customerId}`)}
      onSelectionChange={reportRows}
      problem={error ? problemOf(error) : undefined}
      onRetry={() => void refetch()}
      empty={<NoBills isFiltered={bucket !== undefined || part !== undefined || group !== undefined} />}
    />
  );
}

function keyOf(row: OpenItem): string {
  return row.key;
}

function reportRows(rows: readonly OpenItem[]): void {
  reportSelection(
    rows.length,
    sumOf(rows, (row) => row.openPaise),
  );
}

function NoBills({ isFiltered }: { readonly isFiltered: boolean }): JSX.Element {
  const { t } = useTranslation('bills');
  const [, goTo] = useLocation();
  if (isFiltered) {
    return (
      <EmptyState
        title={t('empty.filtered')}
        actions={
          <Button variant="default" onClick={() => goTo('/bills')}>
            {t('empty.showAll')}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={<IconFileInvoice size={36} stroke={1.3} />}
      title={t('empty.title')}
      next={t('empty.next')}
      actions={<Button onClick={() => goTo('/imports')}>{t('empty.import')}</Button>}
    />
  );
}

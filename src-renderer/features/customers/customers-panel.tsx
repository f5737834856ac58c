import type { CustomerRow } from '#contract/engine/customers.ts';
import { sumOf } from '#domain/money.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { DataTable } from '#kit/data-table.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { currencySign, useCurrency } from '#kit/money-text.tsx';
import { reportSelection, useStatusCounts } from '#kit/status.ts';
import { Button } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type JSX, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { orpc, problemOf } from '../../client.ts';
import { customerColumns } from './customer-columns.tsx';
import { fits, search, type Show } from './customer-filters.ts';

type CustomersPanelProps = {
  readonly show: Show;
  readonly text: string;
  readonly searchRef: RefObject<HTMLInputElement | null>;
};

/** The customers as a table. Typing in it goes to the search field. */
export function CustomersPanel({ show, text, searchRef }: CustomersPanelProps): JSX.Element {
  const { t } = useTranslation('customers');
  const { wish } = useAsOf();
  const [, goTo] = useLocation();
  const sign = currencySign(useCurrency());
  const { data, error, refetch } = useQuery(orpc.customers.list.queryOptions({ input: { asOf: wish } }));
  const rows = useMemo(
    () => (data ? search(data.rows.filter(fits[show]), text) : undefined),
    [data, show, text],
  );
  const columns = useMemo(
    () => customerColumns((key, values = {}) => t(key, values), sign, rows ?? []),
    [t, sign, rows],
  );
  useStatusCounts(rows && data ? t('counts', { count: data.rows.length, shown: rows.length }) : '');
  const typeToSearch = (event: KeyboardEvent): void => {
    const isText = event.key.length === 1 && event.key !== ' ' && event.key !== '?';
    if (isText && !event.ctrlKey && !event.altKey) searchRef.current?.focus();
  };
  return (
    // Keys reach this box from the table inside it, which has the focus and the role.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="customers" onKeyDown={typeToSearch}>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        keyOf={keyOf}
        initialSort={{ key: 'outstanding', direction: 'desc' }}
        withTotals
        onOpen={(row) => goTo(`/customers/${row.customerId}`)}
        onSelectionChange={reportRows}
        problem={error ? problemOf(error) : undefined}
        onRetry={() => void refetch()}
        empty={<NoCustomers isFiltered={(data?.rows.length ?? 0) > 0} />}
      />
    </div>
  );
}

function keyOf(row: CustomerRow): string {
  return String(row.customerId);
}

function reportRows(rows: readonly CustomerRow[]): void {
  reportSelection(
    rows.length,
    sumOf(rows, (row) => row.outstandingPaise),
  );
}

function NoCustomers({ isFiltered }: { readonly isFiltered: boolean }): JSX.Element {
  const { t } = useTranslation('customers');
  const [, goTo] = useLocation();
  if (isFiltered) return <EmptyState title={t('empty.filtered')} next={t('empty.filteredNext')} />;
  return (
    <EmptyState
      icon={<IconUsers size={36} stroke={1.3} />}
      title={t('empty.title')}
      next={t('empty.next')}
      actions={<Button onClick={() => goTo('/imports')}>{t('empty.import')}</Button>}
    />
  );
}

import { DataTable, type Column } from '#kit/data-table.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { Badge, Text } from '@mantine/core';
import { useMemo, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { RowBox } from './row-box.tsx';
import type { DryRun } from './types.ts';

type CustomerTotal = DryRun['customerTotals'][number];
const ROWS_MOST = 8;
const AMOUNTS = ['inFile', 'taken', 'refused', 'leftOut', 'difference'] as const;

/** File = taken + refused + left out, customer by customer; whoever differs stands on top. */
export function CustomerTieOut({ totals }: { readonly totals: readonly CustomerTotal[] }): JSX.Element {
  const { t } = useTranslation('imports');
  const columns = useColumns();
  if (totals.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('check.noCustomers')}
      </Text>
    );
  return (
    <RowBox rowCount={totals.length} rowsMost={ROWS_MOST}>
      <DataTable
        label={t('check.byCustomer')}
        columns={columns}
        rows={totals}
        keyOf={({ customerName, currency }) => `${currency}:${customerName}`}
      />
    </RowBox>
  );
}

function useColumns(): readonly Column<CustomerTotal>[] {
  const { t } = useTranslation('imports');
  return useMemo(
    () => [
      {
        key: 'customer',
        header: t('check.customer'),
        width: 200,
        grow: 1,
        sortBy: ({ customerName }) => customerName,
        cell: ({ customerName, customerId }) => (
          <span className="tie__customer" title={customerName}>
            {customerName}
            {customerId === null ? (
              <Badge size="xs" variant="default" tt="none" ml={6}>
                {t('check.newCustomer')}
              </Badge>
            ) : null}
          </span>
        ),
      },
      {
        key: 'currency',
        header: t('field.currency'),
        width: 90,
        sortBy: ({ currency }) => currency,
        cell: ({ currency }) => currency,
      },
      ...AMOUNTS.map((amount): Column<CustomerTotal> => ({
        key: amount,
        header: t(`check.${amount}`),
        width: 140,
        align: 'end',
        sortBy: (total) => minorOf(total, amount),
        sortFirst: 'desc',
        cell: (total) => <MoneyText paise={minorOf(total, amount)} currency={total.currency} />,
      })),
    ],
    [t],
  );
}

function minorOf(total: CustomerTotal, amount: (typeof AMOUNTS)[number]): number {
  const { fileMinor, takenMinor, refusedMinor, leftOutMinor } = total;
  switch (amount) {
    case 'inFile':
      return fileMinor;
    case 'taken':
      return takenMinor;
    case 'refused':
      return refusedMinor;
    case 'leftOut':
      return leftOutMinor;
    case 'difference':
      return fileMinor - takenMinor - refusedMinor - leftOutMinor;
  }
}

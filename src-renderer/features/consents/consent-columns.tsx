import type { Consent } from '#contract/engine/consents.ts';
import type { Column } from '#kit/data-table.tsx';
import { DayText } from '#kit/day-text.tsx';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { SaidMark } from './said-mark.tsx';

/** The columns of the consents. */
export function useConsentColumns(): readonly Column<Consent>[] {
  const { t } = useTranslation('consents');
  return useMemo(
    (): readonly Column<Consent>[] => [
      {
        key: 'customer',
        header: t('column.customer'),
        width: 200,
        grow: 2,
        opens: true,
        sortBy: (row) => row.customerName,
        cell: (row) => <span title={row.customerName}>{row.customerName}</span>,
      },
      {
        key: 'said',
        header: t('column.said'),
        width: 130,
        sortBy: (row) => (row.isGranted ? 1 : 0),
        cell: (row) => <SaidMark consent={row} />,
      },
      {
        key: 'channel',
        header: t('column.channel'),
        width: 120,
        sortBy: (row) => row.channel,
        cell: (row) => t(`channel.${row.channel}`),
      },
      {
        key: 'purpose',
        header: t('column.purpose'),
        width: 140,
        sortBy: (row) => row.purpose,
        cell: (row) => t(`purpose.${row.purpose}`),
      },
      {
        key: 'how',
        header: t('column.how'),
        width: 180,
        grow: 2,
        cell: (row) => <span title={row.how}>{row.how}</span>,
      },
      {
        key: 'proof',
        header: t('column.proof'),
        width: 140,
        grow: 1,
        cell: (row) => <span title={row.proof ?? ''}>{row.proof ?? '–'}</span>,
      },
      {
        key: 'day',
        header: t('column.day'),
        width: 110,
        sortBy: (row) => row.day,
        sortFirst: 'desc',
        cell: (row) => <DayText day={row.day} />,
      },
    ],
    [t],
  );
}

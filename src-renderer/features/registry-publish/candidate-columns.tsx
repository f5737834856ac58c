import type { Candidate } from '#contract/engine/registry.ts';
import { sumOf } from '#domain/money.ts';
import { dpdBands, dpdBucket } from '#domain/registry/report.ts';
import { evidenceGrades } from '#domain/registry/words.ts';
import type { Column } from '#kit/data-table.tsx';
import { DayText } from '#kit/day-text.tsx';
import { LateMark } from '#kit/late-label.tsx';
import { currencySign, MoneyText, useCurrency } from '#kit/money-text.tsx';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { barRank } from './fixes.ts';
import { BarsText } from './bars-text.tsx';

/** The columns of what might be published; the last one says what speaks against it. */
export function useCandidateColumns(): readonly Column<Candidate>[] {
  const { t } = useTranslation('registry');
  const sign = currencySign(useCurrency());
  return useMemo(
    (): readonly Column<Candidate>[] => [
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
        key: 'number',
        header: t('column.number'),
        width: 142,
        grow: 1,
        sortBy: (row) => row.number,
        cell: (row) => row.number ?? '–',
      },
      {
        key: 'dueDay',
        header: t('column.dueDay'),
        width: 100,
        sortBy: (row) => row.dueDay,
        cell: (row) => <DayText day={row.dueDay} />,
      },
      {
        key: 'late',
        header: t('column.late'),
        align: 'end',
        width: 94,
        sortBy: (row) => row.daysLate,
        sortFirst: 'desc',
        cell: (row) => (
          <span className="publish__late">
            <LateMark bucket={dpdBucket(row.daysLate)} bucketCount={dpdBands.length} />
            {row.daysLate}
          </span>
        ),
      },
      {
        key: 'open',
        header: t('column.open', { sign }),
        align: 'end',
        width: 142,
        sortBy: (row) => row.openPaise,
        sortFirst: 'desc',
        cell: (row) => <MoneyText paise={row.openPaise} />,
        sum: (rows) => <MoneyText paise={sumOf(rows, (row) => row.openPaise)} />,
      },
      {
        key: 'proof',
        header: t('column.proof'),
        width: 130,
        sortBy: (row) => evidenceGrades.indexOf(row.evidence),
        cell: (row) => t(`grade.${row.evidence}`),
      },
      {
        key: 'bars',
        header: t('column.state'),
        width: 196,
        grow: 3,
        sortBy: barRank,
        cell: (row) => <BarsText bars={row.bars} />,
      },
    ],
    [t, sign],
  );
}

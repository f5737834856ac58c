import type { Column } from '#kit/data-table.tsx';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { microsWords, paiseOfMicros } from '#kit/micros.ts';
import type { MessageCosts } from './use-costs.ts';

export type GatewayCost = MessageCosts['gateways'][number];

/** The columns of the gateways; those of a file are asked with its rows, for their totals. */
export function useGatewayColumns(): (shown: readonly GatewayCost[]) => readonly Column<GatewayCost>[] {
  const { t } = useTranslation('costs');
  return useCallback(
    (shown: readonly GatewayCost[]): readonly Column<GatewayCost>[] => {
      const sumOf = (rows: readonly GatewayCost[], of: (row: GatewayCost) => number): number =>
        rows.reduce((sum, row) => sum + of(row), 0);
      const count = (key: 'count' | 'partCount', width: number): Column<GatewayCost> => ({
        key,
        header: t(`column.${key}`),
        width,
        align: 'end',
        sortBy: (row) => row[key],
        sortFirst: 'desc',
        cell: (row) => t('count', { count: row[key] }),
        sum: (rows) => t('count', { count: sumOf(rows, (row) => row[key]) }),
        export: { kind: 'count', value: (row) => row[key], total: sumOf(shown, (row) => row[key]) },
      });
      const money = (key: 'costMicros' | 'estimateMicros'): Column<GatewayCost> => ({
        key,
        header: t(`column.${key}`),
        width: 150,
        align: 'end',
        sortBy: (row) => row[key],
        sortFirst: 'desc',
        cell: (row) => microsWords(row[key]),
        sum: (rows) => microsWords(sumOf(rows, (row) => row[key])),
        export: {
          kind: 'money',
          currency: 'INR',
          value: (row) => paiseOfMicros(row[key]),
          total: paiseOfMicros(sumOf(shown, (row) => row[key])),
        },
      });
      return [
        {
          key: 'name',
          header: t('column.gateway'),
          width: 200,
          grow: 2,
          sortBy: (row) => row.name,
          cell: (row) => row.name,
          export: { kind: 'text', value: (row) => row.name },
        },
        count('count', 120),
        count('partCount', 120),
        money('estimateMicros'),
        money('costMicros'),
      ];
    },
    [t],
  );
}

import type { AgingRow } from '#contract/engine/aging.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { tableFromColumns, type ExportableColumn, type ShownTable } from '#kit/export-columns.ts';
import { useExportHead } from '#kit/export-head.ts';
import { ExportMenu } from '#kit/export-menu.tsx';
import { useLateWords } from '#kit/late-label.tsx';
import { useCurrency } from '#kit/money-text.tsx';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, writeTable } from '../../client.ts';
import { bucketColumns } from './bucket-columns.ts';

/** The aging report: one row a customer, one column a bucket. Asked for when it is exported, not before. */
export function AgingExport(): JSX.Element {
  const { t } = useTranslation('aging');
  const head = useExportHead();
  const currency = useCurrency();
  const sayRange = useLateWords();
  const { wish } = useAsOf();
  const makeTable = async (): Promise<ShownTable> => {
    const { rows, totals, buckets } = await client.aging.table({ asOf: wish });
    const money = (
      label: string,
      of: (row: Omit<AgingRow, 'customerId' | 'name' | 'code'>) => number,
    ): ExportableColumn<AgingRow> => ({
      header: t(`report.${label}`),
      export: { kind: 'money', value: of, total: of(totals) },
    });
    return tableFromColumns<AgingRow>({
      title: t('report.title'),
      lines: head.lines(),
      columns: [
        { header: t('report.customer'), export: { kind: 'text', value: (row) => row.name } },
        { header: t('report.code'), export: { kind: 'text', value: (row) => row.code } },
        ...bucketColumns<AgingRow>(buckets, totals.buckets, sayRange),
        money('outstanding', (row) => row.outstandingPaise),
        money('overdue', (row) => row.overduePaise),
        { header: t('report.oldest'), export: { kind: 'count', value: (row) => row.oldestDays } },
      ],
      rows,
      currency,
      totalWord: head.totalWord,
    });
  };
  return (
    <ExportMenu
      name={head.nameOf(t('report.title'))}
      label={t('report.export')}
      makeTable={makeTable}
      onWrite={writeTable}
    />
  );
}

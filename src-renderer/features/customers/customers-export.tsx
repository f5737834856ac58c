import type { CustomerRow } from '#contract/engine/customers.ts';
import { limitUse } from '#domain/limits.ts';
import { sumOf, ZERO, type Paise } from '#domain/money.ts';
import type { Day } from '#domain/days.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { dayWords } from '#kit/day-text.tsx';
import {
  tableFromColumns,
  type ExportableColumn,
  type ExportMeta,
  type ShownTable,
} from '#kit/export-columns.ts';
import { ExportMenu } from '#kit/export-menu.tsx';
import { useLateWords, type LateRange } from '#kit/late-label.tsx';
import { useCurrency } from '#kit/money-text.tsx';
import { useQuery } from '@tanstack/react-query';
import type { JSX, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, writeTable } from '../../client.ts';
import type { ColumnKey, CustomersView } from './customer-view.ts';

type CustomersExportProps = {
  readonly view: CustomersView;
  readonly ranges: readonly LateRange[];
  /** The rows as the table shows them, filtered and in their order. */
  readonly shownRef: RefObject<readonly CustomerRow[]>;
  readonly disabled: boolean;
};

/** The table as it is shown, in a file: each bucket in a column of its own instead of the strip. */
export function CustomersExport({ view, ranges, shownRef, disabled }: CustomersExportProps): JSX.Element {
  const { t } = useTranslation('customers');
  const kit = useTranslation('kit').t;
  const sayRange = useLateWords();
  const currency = useCurrency();
  const { day } = useAsOf();
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  const makeTable = (): ShownTable => {
    const rows = shownRef.current;
    const label = (key: ColumnKey): string => t(`column.${key}`, { sign: '' }).trim();
    return tableFromColumns({
      title: t('title'),
      lines: [book?.name ?? '', t('export.asOf', { day: dayWords(day) }), t(`show.${view.filter.show}`)],
      columns: view.columns.flatMap((key): readonly ExportableColumn<CustomerRow>[] =>
        key === 'strip'
          ? ranges.map((range, bucket) => ({ header: sayRange(range), export: bucketMeta(bucket, rows) }))
          : [{ header: label(key), export: metaOf(key, rows) }],
      ),
      rows,
      currency,
      totalWord: kit('table.total'),
    });
  };
  return (
    <ExportMenu
      name={t('export.name', { day: dayWords(day) })}
      makeTable={makeTable}
      disabled={disabled}
      onWrite={writeTable}
    />
  );
}

function bucketMeta(bucket: number, rows: readonly CustomerRow[]): ExportMeta<CustomerRow> {
  return { ...moneyMeta((row) => row.buckets[bucket] ?? null, rows), bucket };
}

function moneyMeta(
  of: (row: CustomerRow) => Paise | null,
  rows: readonly CustomerRow[],
): ExportMeta<CustomerRow> {
  return { kind: 'money', value: of, total: sumOf(rows, (row) => of(row) ?? ZERO) };
}

function metaOf(key: Exclude<ColumnKey, 'strip'>, rows: readonly CustomerRow[]): ExportMeta<CustomerRow> {
  const text = (of: (row: CustomerRow) => string | null): ExportMeta<CustomerRow> => ({
    kind: 'text',
    value: of,
  });
  const day = (of: (row: CustomerRow) => Day | null): ExportMeta<CustomerRow> => ({ kind: 'day', value: of });
  switch (key) {
    case 'name':
      return text((row) => row.name);
    case 'code':
      return text((row) => row.code);
    case 'outstanding':
      return moneyMeta((row) => row.outstandingPaise, rows);
    case 'overdue':
      return moneyMeta((row) => row.overduePaise, rows);
    case 'credits':
      return moneyMeta((row) => row.unallocatedPaise, rows);
    case 'postDated':
      return moneyMeta((row) => row.postDatedPaise, rows);
    case 'limit':
      return {
        kind: 'money',
        value: (row) => limitUse(row, row.outstandingPaise)?.usablePaise ?? null,
      };
    case 'oldest':
      return { kind: 'count', value: (row) => row.oldestDays };
    case 'daysLate':
      return { kind: 'tenths', value: (row) => row.averageDaysLateTenths };
    case 'lastReceipt':
      return day((row) => row.lastReceiptDay);
    case 'salesperson':
      return text((row) => row.salesperson);
    case 'territory':
      return text((row) => row.territory);
    case 'group':
      return text((row) => row.groupPath);
    case 'payer':
      return text((row) => row.parentName);
    case 'tags':
      return text((row) => row.tags.join(', '));
    case 'phone':
      return text((row) => row.phone);
    case 'gstin':
      return text((row) => row.gstin);
  }
}

import type { CustomerRow } from '#contract/engine/customers.ts';
import { limitUse } from '#domain/limits.ts';
import { sumOf, type Paise } from '#domain/money.ts';
import { AgingStrip } from '#kit/aging-strip.tsx';
import type { Column } from '#kit/data-table.tsx';
import { DayText } from '#kit/day-text.tsx';
import type { LateRange } from '#kit/late-label.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { TenthsText } from '#kit/tenths-text.tsx';
import type { ReactNode } from 'react';
import type { ColumnKey } from './customer-view.ts';

export type ColumnWords = (key: string, values?: Record<string, string>) => string;
type Columns = Readonly<Record<ColumnKey, Column<CustomerRow>>>;

/** Every column there is; a view says which are shown. Sums are of the rows that they stand under. */
export function customerColumns(t: ColumnWords, sign: string, ranges: readonly LateRange[]): Columns {
  return { ...moneyColumns(t, sign), ...timeColumns(t, ranges), ...personColumns(t) };
}

type PersonKey =
  'name' | 'code' | 'salesperson' | 'territory' | 'group' | 'payer' | 'tags' | 'phone' | 'gstin';

function personColumns(t: ColumnWords): Pick<Columns, PersonKey> {
  const text = (
    key: ColumnKey,
    width: number,
    of: (row: CustomerRow) => string | null,
  ): Column<CustomerRow> => ({
    key,
    header: t(`column.${key}`),
    width,
    grow: width > 100 ? 1 : 0,
    sortBy: of,
    cell: of,
  });
  return {
    name: { ...text('name', 176, (row) => row.name), grow: 3, opens: true },
    code: text('code', 70, (row) => row.code),
    salesperson: text('salesperson', 120, (row) => row.salesperson),
    territory: text('territory', 110, (row) => row.territory),
    group: text('group', 120, (row) => row.groupPath),
    payer: text('payer', 130, (row) => row.parentName),
    tags: text('tags', 110, (row) => (row.tags.length === 0 ? null : row.tags.join(', '))),
    phone: text('phone', 130, (row) => row.phone),
    gstin: text('gstin', 140, (row) => row.gstin),
  };
}

type MoneyKey = 'outstanding' | 'overdue' | 'credits' | 'postDated' | 'limit';

function moneyColumns(t: ColumnWords, sign: string): Pick<Columns, MoneyKey> {
  const money = (
    key: MoneyKey,
    of: (row: CustomerRow) => Paise,
    more: Partial<Column<CustomerRow>> = {},
  ): Column<CustomerRow> => ({
    key,
    header: t(`column.${key}`, { sign }),
    title: t(`column.${key}Title`),
    align: 'end',
    width: 126,
    sortBy: of,
    sortFirst: 'desc',
    cell: (row) => (of(row) === 0 ? '–' : <MoneyText paise={of(row)} />),
    sum: (rows) => <MoneyText paise={sumOf(rows, of)} />,
    ...more,
  });
  return {
    outstanding: money('outstanding', (row) => row.outstandingPaise, {
      cell: (row) => <MoneyText paise={row.outstandingPaise} />,
    }),
    overdue: money('overdue', (row) => row.overduePaise),
    credits: money('credits', (row) => row.unallocatedPaise, { sortFirst: 'asc' }),
    postDated: money('postDated', (row) => row.postDatedPaise),
    limit: {
      key: 'limit',
      header: t('column.limit', { sign }),
      title: t('column.limitTitle'),
      align: 'end',
      width: 128,
      sortBy: (row) => limitUse(row, row.outstandingPaise)?.usablePaise ?? null,
      sortFirst: 'desc',
      cell: (row) => <LimitText row={row} />,
    },
  };
}

function LimitText({ row }: { readonly row: CustomerRow }): ReactNode {
  const limit = limitUse(row, row.outstandingPaise);
  if (!limit) return '–';
  return limit.isOver ? (
    <strong>
      <MoneyText paise={limit.usablePaise} />
    </strong>
  ) : (
    <MoneyText paise={limit.usablePaise} />
  );
}

type TimeKey = 'oldest' | 'strip' | 'lastReceipt' | 'daysLate';

function timeColumns(t: ColumnWords, ranges: readonly LateRange[]): Pick<Columns, TimeKey> {
  return {
    oldest: {
      key: 'oldest',
      header: t('column.oldest'),
      title: t('column.oldestTitle'),
      align: 'end',
      width: 86,
      sortBy: (row) => row.oldestDays,
      sortFirst: 'desc',
      cell: (row) => (row.oldestDays > 0 ? row.oldestDays : '–'),
    },
    strip: {
      key: 'strip',
      header: t('column.strip'),
      width: 80,
      grow: 1,
      cell: (row) => <AgingStrip amounts={row.buckets} ranges={ranges} />,
      sum: (rows) => <AgingStrip amounts={bucketSums(rows, ranges.length)} ranges={ranges} />,
    },
    lastReceipt: {
      key: 'lastReceipt',
      header: t('column.lastReceipt'),
      width: 100,
      sortBy: (row) => row.lastReceiptDay,
      sortFirst: 'desc',
      cell: (row) => <DayText day={row.lastReceiptDay} />,
    },
    daysLate: {
      key: 'daysLate',
      header: t('column.daysLate'),
      title: t('column.daysLateTitle'),
      align: 'end',
      width: 84,
      sortBy: (row) => row.averageDaysLateTenths,
      sortFirst: 'desc',
      cell: (row) => <TenthsText tenths={row.averageDaysLateTenths} />,
    },
  };
}

function bucketSums(rows: readonly CustomerRow[], count: number): readonly number[] {
  return Array.from({ length: count }, (_, bucket) =>
    rows.reduce((sum, { buckets }) => sum + (buckets[bucket] ?? 0), 0),
  );
}

import type { CustomerRow } from '#contract/engine/customers.ts';
import { limitUse } from '#domain/limits.ts';
import { sumOf, type Paise } from '#domain/money.ts';
import { AgingStrip } from '#kit/aging-strip.tsx';
import type { Column } from '#kit/data-table.tsx';
import { dayWords } from '#kit/day-text.tsx';
import type { LateRange } from '#kit/late-label.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { tenthsWords } from '#kit/tenths-words.ts';
import type { ReactNode } from 'react';
import type { ColumnKey } from './customer-view.ts';

export type ColumnWords = (key: string, values?: Record<string, string>) => string;
/** Amounts in rows are plain text, so that a row is no more than its texts; those in the totals are shown as ever. */
type MoneyWords = (paise: number) => string;
type Money = { readonly sign: string; readonly sayMoney: MoneyWords };
type Columns = Readonly<Record<ColumnKey, Column<CustomerRow>>>;

/** Every column there is; a view says which are shown. Sums are of the rows that they stand under. */
export function customerColumns(
  t: ColumnWords,
  { sign, sayMoney }: Money,
  ranges: readonly LateRange[],
): Columns {
  return { ...moneyColumns(t, { sign, sayMoney }), ...timeColumns(t, ranges), ...personColumns(t) };
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

function moneyColumns(t: ColumnWords, { sign, sayMoney }: Money): Pick<Columns, MoneyKey> {
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
    cell: (row) => (of(row) === 0 ? '–' : sayMoney(of(row))),
    sum: (rows) => <MoneyText paise={sumOf(rows, of)} />,
    ...more,
  });
  return {
    outstanding: money('outstanding', (row) => row.outstandingPaise, {
      cell: (row) => sayMoney(row.outstandingPaise),
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
      cell: (row) => limitText(row, sayMoney),
    },
  };
}

function limitText(row: CustomerRow, sayMoney: MoneyWords): ReactNode {
  const limit = limitUse(row, row.outstandingPaise);
  if (!limit) return '–';
  const text = sayMoney(limit.usablePaise);
  return limit.isOver ? <strong className="money">{text}</strong> : text;
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
      cell: (row) => (row.lastReceiptDay === null ? '–' : dayWords(row.lastReceiptDay)),
    },
    daysLate: {
      key: 'daysLate',
      header: t('column.daysLate'),
      title: t('column.daysLateTitle'),
      align: 'end',
      width: 84,
      sortBy: (row) => row.averageDaysLateTenths,
      sortFirst: 'desc',
      cell: (row) => (row.averageDaysLateTenths === null ? '–' : tenthsWords(row.averageDaysLateTenths)),
    },
  };
}

/** One walk over the rows: they lie about in memory, and walking takes longer than adding. */
function bucketSums(rows: readonly CustomerRow[], count: number): readonly number[] {
  const sums = Array.from({ length: count }, () => 0);
  for (const { buckets } of rows)
    for (let at = 0; at < count; at += 1) sums[at] = (sums[at] ?? 0) + (buckets[at] ?? 0);
  return sums;
}

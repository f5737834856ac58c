import type { CustomerRow } from '#contract/engine/customers.ts';
import { bucketsOf } from '#domain/aging.ts';
import { sumOf } from '#domain/money.ts';
import { AgingStrip } from '#kit/aging-strip.tsx';
import type { Column } from '#kit/data-table.tsx';
import { DayText } from '#kit/day-text.tsx';
import { MoneyText } from '#kit/money-text.tsx';

const ranges = bucketsOf();

type Words = (key: string, values?: Record<string, string>) => string;

/** The table's columns; the totals are of the rows that are shown. */
export function customerColumns(
  t: Words,
  sign: string,
  rows: readonly CustomerRow[],
): readonly Column<CustomerRow>[] {
  return [
    {
      key: 'name',
      header: t('column.name'),
      width: 190,
      grow: 3,
      sortBy: (row) => row.name,
      cell: (row) => row.name,
      opens: true,
    },
    {
      key: 'code',
      header: t('column.code'),
      width: 76,
      sortBy: (row) => row.code,
      cell: (row) => row.code,
    },
    ...moneyColumns(t, sign, rows),
    {
      key: 'lastReceipt',
      header: t('column.lastReceipt'),
      width: 102,
      sortBy: (row) => row.lastReceiptDay,
      sortFirst: 'desc',
      cell: (row) => <DayText day={row.lastReceiptDay} />,
    },
    {
      key: 'salesperson',
      header: t('column.salesperson'),
      width: 120,
      grow: 1,
      sortBy: (row) => row.salesperson,
      cell: (row) => row.salesperson,
    },
  ];
}

function moneyColumns(t: Words, sign: string, rows: readonly CustomerRow[]): readonly Column<CustomerRow>[] {
  return [
    {
      key: 'outstanding',
      header: t('column.outstanding', { sign }),
      title: t('column.outstandingTitle'),
      align: 'end',
      width: 130,
      sortBy: (row) => row.outstandingPaise,
      sortFirst: 'desc',
      cell: (row) => <MoneyText paise={row.outstandingPaise} />,
      total: <MoneyText paise={sumOf(rows, (row) => row.outstandingPaise)} />,
    },
    {
      key: 'overdue',
      header: t('column.overdue', { sign }),
      title: t('column.overdueTitle'),
      align: 'end',
      width: 126,
      sortBy: (row) => row.overduePaise,
      sortFirst: 'desc',
      cell: (row) => (row.overduePaise === 0 ? '–' : <MoneyText paise={row.overduePaise} />),
      total: <MoneyText paise={sumOf(rows, (row) => row.overduePaise)} />,
    },
    {
      key: 'oldest',
      header: t('column.oldest'),
      title: t('column.oldestTitle'),
      align: 'end',
      width: 86,
      sortBy: (row) => row.oldestDays,
      sortFirst: 'desc',
      cell: (row) => (row.oldestDays > 0 ? row.oldestDays : '–'),
    },
    {
      key: 'strip',
      header: t('column.strip'),
      width: 90,
      grow: 1,
      cell: (row) => <AgingStrip amounts={row.buckets} ranges={ranges} />,
    },
    {
      key: 'credits',
      header: t('column.credits', { sign }),
      title: t('column.creditsTitle'),
      align: 'end',
      width: 130,
      sortBy: (row) => row.unallocatedPaise,
      sortFirst: 'asc',
      cell: (row) => (row.unallocatedPaise === 0 ? '–' : <MoneyText paise={row.unallocatedPaise} />),
      total: <MoneyText paise={sumOf(rows, (row) => row.unallocatedPaise)} />,
    },
  ];
}

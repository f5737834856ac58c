import type { AgeBy } from '#contract/engine/aging-words.ts';
import type { OpenItem } from '#contract/engine/bills.ts';
import { daysBetween, type Day } from '#domain/days.ts';
import { plainMoney } from '#domain/exports.ts';
import { sumOf } from '#domain/money.ts';
import type { Column } from '#kit/data-table.tsx';
import { DayText } from '#kit/day-text.tsx';
import { LateMark } from '#kit/late-label.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import type { ReactNode } from 'react';

type Words = (key: string, values?: Record<string, string>) => string;

type ColumnsWish = {
  readonly sign: string;
  readonly rows: readonly OpenItem[];
  /** Age counts from the due day, or from the bill's own. */
  readonly by: AgeBy;
  readonly asOf: Day | undefined;
  readonly bucketCount: number;
  readonly markOf?: ((billId: number) => ReactNode) | undefined;
};

/** The table's columns; the foreign amount has one only where there is any. */
export function billColumns(t: Words, wish: ColumnsWish): readonly Column<OpenItem>[] {
  const { sign, rows, markOf } = wish;
  const hasForeign = rows.some(({ currency }) => currency !== null);
  return [
    {
      key: 'customer',
      header: t('column.customer'),
      width: 170,
      grow: 3,
      sortBy: (row) => row.customerName,
      cell: (row) => row.customerName,
      export: { kind: 'text', value: (row) => row.customerName },
      opens: true,
    },
    {
      key: 'number',
      header: t('column.number'),
      width: markOf ? 236 : 146,
      grow: 1,
      sortBy: (row) => row.number,
      cell: (row) => (markOf ? numberWithMark(row, markOf) : (row.number ?? '–')),
      export: { kind: 'text', value: (row) => row.number },
    },
    {
      key: 'kind',
      header: t('column.kind'),
      width: 96,
      sortBy: (row) => t(`kind.${row.kind}`),
      cell: (row) => t(`kind.${row.kind}`),
      export: { kind: 'text', value: (row) => t(`kind.${row.kind}`) },
    },
    ...dayColumns(t, wish),
    ...(hasForeign ? [foreignColumn(t)] : []),
    ...moneyColumns(t, sign, rows),
  ];
}

function numberWithMark({ key, number }: OpenItem, markOf: (billId: number) => ReactNode): ReactNode {
  const [kind, id] = key.split(':');
  const mark = kind === 'bill' ? markOf(Number(id)) : null;
  return mark === null ? (
    (number ?? '–')
  ) : (
    <>
      {number ?? '–'}
      {mark}
    </>
  );
}

function dayColumns(t: Words, { by, asOf, bucketCount }: ColumnsWish): readonly Column<OpenItem>[] {
  // The engine tells how far the due day is past; the age of a bill is seen from its own day.
  const daysOf = (row: OpenItem): number =>
    by === 'bill' && asOf !== undefined ? daysBetween(row.day, asOf) : row.daysLate;
  return [
    {
      key: 'day',
      header: t('column.day'),
      width: 100,
      sortBy: (row) => row.day,
      cell: (row) => <DayText day={row.day} />,
      export: { kind: 'day', value: (row) => row.day },
    },
    {
      key: 'dueDay',
      header: t('column.dueDay'),
      width: 100,
      sortBy: (row) => row.dueDay,
      cell: (row) => <DayText day={row.dueDay} />,
      export: { kind: 'day', value: (row) => row.dueDay },
    },
    {
      key: 'late',
      header: t(by === 'due' ? 'column.late' : 'column.age'),
      align: 'end',
      width: 98,
      sortBy: daysOf,
      sortFirst: 'desc',
      cell: (row) => (
        <span className="bills__late">
          <LateMark bucket={row.bucket} bucketCount={bucketCount} />
          {by === 'bill' || row.daysLate > 0 ? daysOf(row) : t('notDue')}
        </span>
      ),
      export: { kind: 'count', value: (row) => (by === 'bill' ? daysOf(row) : Math.max(0, row.daysLate)) },
    },
  ];
}

function foreignColumn(t: Words): Column<OpenItem> {
  return {
    key: 'foreign',
    header: t('column.foreign'),
    align: 'end',
    width: 128,
    sortBy: (row) => row.foreignMinor,
    sortFirst: 'desc',
    cell: (row) =>
      row.currency === null || row.foreignMinor === null ? (
        ''
      ) : (
        <>
          {row.currency} <MoneyText paise={row.foreignMinor} currency={row.currency} />
        </>
      ),
    // Several currencies may stand in one column, so that it goes out as text.
    export: {
      kind: 'text',
      value: ({ currency, foreignMinor }) =>
        currency === null || foreignMinor === null
          ? null
          : `${currency} ${plainMoney(foreignMinor, currency)}`,
    },
  };
}

function moneyColumns(t: Words, sign: string, rows: readonly OpenItem[]): readonly Column<OpenItem>[] {
  return [
    {
      key: 'amount',
      header: t('column.amount', { sign }),
      align: 'end',
      width: 118,
      sortBy: (row) => row.amountPaise,
      sortFirst: 'desc',
      cell: (row) => <MoneyText paise={row.amountPaise} />,
      export: { kind: 'money', value: (row) => row.amountPaise },
    },
    {
      key: 'open',
      header: t('column.open', { sign }),
      align: 'end',
      // Its total may be hundreds of crores.
      width: 152,
      sortBy: (row) => row.openPaise,
      sortFirst: 'desc',
      cell: (row) => <MoneyText paise={row.openPaise} />,
      total: <MoneyText paise={sumOf(rows, (row) => row.openPaise)} />,
      export: { kind: 'money', value: (row) => row.openPaise, total: sumOf(rows, (row) => row.openPaise) },
    },
  ];
}

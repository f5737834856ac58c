import type { AgingGroup, AgingGroups } from '#contract/engine/aging.ts';
import type { GroupBy } from '#contract/engine/aging-words.ts';
import { AgingStrip } from '#kit/aging-strip.tsx';
import type { Column } from '#kit/data-table.tsx';
import { MoneyText } from '#kit/money-text.tsx';

type Words = (key: string, values?: Record<string, string>) => string;

/** The table's columns; the strip of a row goes into a file as one column a bucket (groups-export.tsx). */
export function groupColumns(
  t: Words,
  sign: string,
  groups: AgingGroups | undefined,
  groupBy: GroupBy,
): readonly Column<AgingGroup>[] {
  const nameOf = ({ name }: AgingGroup): string => (name === '' ? t(`groups.none.${groupBy}`) : name);
  const hasPostDated = groups?.rows.some(({ postDatedPaise }) => postDatedPaise !== 0) === true;
  return [
    {
      key: 'name',
      header: t(`groups.by.${groupBy}`),
      width: 180,
      grow: 3,
      sortBy: nameOf,
      cell: nameOf,
      export: { kind: 'text', value: nameOf },
      opens: true,
    },
    {
      key: 'customers',
      header: t('groups.customers'),
      align: 'end',
      width: 92,
      sortBy: (row) => row.customerCount,
      sortFirst: 'desc',
      cell: (row) => row.customerCount,
      export: { kind: 'count', value: (row) => row.customerCount },
    },
    moneyColumn('outstanding', t('groups.outstanding', { sign }), {
      of: (row) => row.outstandingPaise,
      total: groups?.totals.outstandingPaise,
    }),
    moneyColumn('overdue', t('groups.overdue', { sign }), {
      of: (row) => row.overduePaise,
      total: groups?.totals.overduePaise,
    }),
    ...(hasPostDated
      ? [
          moneyColumn('postDated', t('groups.postDated', { sign }), {
            of: (row) => row.postDatedPaise,
            total: groups.totals.postDatedPaise,
          }),
        ]
      : []),
    {
      key: 'oldest',
      header: t('groups.oldest'),
      align: 'end',
      width: 96,
      sortBy: (row) => row.oldestDays,
      sortFirst: 'desc',
      cell: (row) => row.oldestDays,
      export: { kind: 'count', value: (row) => row.oldestDays },
    },
    {
      key: 'strip',
      header: t('groups.strip'),
      width: 150,
      grow: 2,
      cell: (row) => <AgingStrip amounts={row.buckets} ranges={groups?.buckets ?? []} />,
      total: groups ? <AgingStrip amounts={groups.totals.buckets} ranges={groups.buckets} /> : undefined,
    },
  ];
}

type MoneyWish = {
  readonly of: (row: AgingGroup) => number;
  readonly total: number | undefined;
};

function moneyColumn(key: string, header: string, { of, total }: MoneyWish): Column<AgingGroup> {
  return {
    key,
    header,
    align: 'end',
    width: 140,
    sortBy: of,
    sortFirst: 'desc',
    cell: (row) => <MoneyText paise={of(row)} />,
    export: { kind: 'money', value: of, total },
    total: total === undefined ? undefined : <MoneyText paise={total} />,
  };
}

import type { OpenItem } from '#contract/engine/bills.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { tableFromColumns, type ShownTable } from '#kit/export-columns.ts';
import { useExportHead } from '#kit/export-head.ts';
import { ExportMenu } from '#kit/export-menu.tsx';
import { useLateWords } from '#kit/late-label.tsx';
import { useCurrency } from '#kit/money-text.tsx';
import { useQuery } from '@tanstack/react-query';
import type { JSX, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, writeTable } from '../../client.ts';
import { billColumns } from './bill-columns.tsx';
import type { BillsWish } from './bills-wish.ts';
import { useBills } from './use-bills.ts';
import { useBookAging } from './use-book-aging.ts';

type BillsExportProps = {
  readonly wish: BillsWish;
  /** The rows as the list shows them, in their order. */
  readonly shownRef: RefObject<readonly OpenItem[]>;
};

/** The open items as they are listed, in a file. */
export function BillsExport({ wish, shownRef }: BillsExportProps): JSX.Element {
  const { t } = useTranslation('bills');
  const head = useExportHead();
  const currency = useCurrency();
  const { rows, asOf } = useBills(wish);
  const { ranges, ageBy } = useBookAging();
  const by = wish.by ?? ageBy;
  const choice = useChoiceWords(wish);
  const makeTable = (): ShownTable => {
    const shown = shownRef.current;
    const look = { sign: '', rows: shown, by, asOf, bucketCount: ranges.length };
    return tableFromColumns({
      title: t('title'),
      lines: head.lines(choice, t(`by.${by}`)),
      columns: billColumns((key, values = {}) => t(key, values), look),
      rows: shown,
      currency,
      totalWord: head.totalWord,
    });
  };
  return (
    <ExportMenu
      name={head.nameOf(t('title'))}
      makeTable={makeTable}
      onWrite={writeTable}
      disabled={!rows?.length}
    />
  );
}

/** Which of all open items are listed, in words; empty where it is all of them. */
function useChoiceWords({ bucket, part, groupBy, group }: BillsWish): string {
  const { t } = useTranslation('bills');
  const { wish: asOf } = useAsOf();
  const sayRange = useLateWords();
  const { ranges } = useBookAging();
  const { data } = useQuery({
    ...orpc.aging.groups.queryOptions({ input: { asOf, groupBy: groupBy ?? 'salesperson' } }),
    enabled: group !== undefined,
  });
  const range = bucket === undefined ? undefined : ranges[bucket];
  const name = group === undefined ? '' : (data?.rows.find(({ key }) => key === group)?.name ?? group);
  return [
    part === undefined ? '' : t(`part.${part}`),
    range ? sayRange(range) : '',
    group === undefined || groupBy === undefined
      ? ''
      : `${t(`group.${groupBy}`)}: ${name === '' ? t('group.none') : name}`,
  ]
    .filter((one) => one !== '')
    .join(' · ');
}

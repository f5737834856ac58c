import type { PublishedDue } from '#contract/engine/registry.ts';
import { dueSaidOf, dueSaids } from '#domain/registry/due-said.ts';
import { sumOf } from '#domain/money.ts';
import type { Column } from '#kit/data-table.tsx';
import { DayText } from '#kit/day-text.tsx';
import { instantDayWords, instantWords } from '#kit/instant-text.ts';
import { currencySign, MoneyText, useCurrency } from '#kit/money-text.tsx';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDueSentence } from './published-say.ts';
import { TimeLeft } from './time-left.tsx';

/** The columns of what was published; the last one says what others see. */
export function usePublishedColumns(): readonly Column<PublishedDue>[] {
  const { t, i18n } = useTranslation('registry');
  const sign = currencySign(useCurrency());
  const say = useDueSentence();
  return useMemo(
    (): readonly Column<PublishedDue>[] => [
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
        key: 'published',
        header: t('column.published'),
        width: 118,
        sortBy: (row) => row.publishedAt,
        sortFirst: 'desc',
        cell: (row) => <span title={instantWords(row.publishedAt)}>{instantDayWords(row.publishedAt)}</span>,
      },
      {
        key: 'said',
        header: t('column.said'),
        width: 214,
        grow: 3,
        sortBy: (row) => dueSaids.indexOf(dueSaidOf(row)),
        cell: (row) => <span title={say(row)}>{say(row)}</span>,
      },
      {
        key: 'undo',
        header: t('column.undo'),
        width: 122,
        sortBy: (row) => row.undoUntil,
        cell: (row) => (row.undoUntil === null ? '' : <TimeLeft until={row.undoUntil} />),
      },
    ],
    // The sentences change with the language alone.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [t, sign, i18n.language],
  );
}

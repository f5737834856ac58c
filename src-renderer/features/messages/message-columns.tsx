import type { MessageRow } from '#contract/engine/messages.ts';
import { AgoText } from '#kit/ago-text.tsx';
import type { Column } from '#kit/data-table.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ChannelIcon } from '#kit/channel-icon.tsx';
import { orpc } from '../../client.ts';
import { paiseOfMicros } from '#kit/micros.ts';
import { instantWords } from '#kit/instant-text.ts';
import { phoneWords } from '#kit/phone-words.ts';
import { withDayWords } from './why-sentence.ts';
import { StateMark } from './state-mark.tsx';

type MessageColumn = Column<MessageRow>;

/** The columns of the outbox; a queue by hand takes the first of them. */
export function useMessageColumns(keys?: readonly string[]): readonly MessageColumn[] {
  const { t, i18n } = useTranslation('messages');
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  const zone = book?.timeZone;
  return useMemo(() => {
    const reason = (row: MessageRow): string =>
      row.reason === null
        ? ''
        : t(`silence.${row.reason}.label`, { ...withDayWords(row.values), ns: 'reminders' });
    const columns: readonly MessageColumn[] = [
      {
        key: 'when',
        header: t('column.when'),
        width: 120,
        sortBy: (row) => row.changedAt,
        sortFirst: 'desc',
        cell: (row) => (
          <span title={instantWords(row.changedAt, { zone })}>
            <AgoText at={row.changedAt} />
          </span>
        ),
      },
      {
        key: 'customer',
        header: t('column.customer'),
        width: 160,
        grow: 2,
        opens: true,
        sortBy: (row) => row.customerName,
        cell: (row) => <span title={row.customerName}>{row.customerName}</span>,
      },
      {
        key: 'channel',
        header: t('column.channel'),
        width: 120,
        sortBy: (row) => row.channel,
        cell: (row) => (
          <span className="message-channel">
            <ChannelIcon channel={row.channel} /> {t(`channel.${row.channel}`, { ns: 'reminders' })}
          </span>
        ),
      },
      {
        key: 'state',
        header: t('column.state'),
        width: 200,
        grow: 1,
        sortBy: (row) => t(`state.${row.state}`),
        cell: (row) => <StateMark state={row.state} />,
      },
      {
        key: 'reason',
        header: t('column.reason'),
        width: 130,
        grow: 1,
        sortBy: reason,
        cell: (row) => <span title={reason(row)}>{reason(row)}</span>,
      },
      {
        key: 'address',
        header: t('column.address'),
        width: 140,
        grow: 1,
        cell: (row) => <span title={row.address}>{phoneWords(row.address)}</span>,
      },
      {
        key: 'bills',
        header: t('column.bills'),
        width: 64,
        align: 'end',
        sortBy: (row) => row.billCount,
        sortFirst: 'desc',
        cell: (row) => row.billCount,
      },
      {
        key: 'balance',
        header: t('column.balance'),
        width: 120,
        align: 'end',
        sortBy: (row) => row.balancePaise,
        sortFirst: 'desc',
        cell: (row) => <MoneyText paise={row.balancePaise} />,
      },
      {
        key: 'cost',
        header: t('column.cost'),
        width: 76,
        align: 'end',
        sortBy: (row) => row.costMicros,
        sortFirst: 'desc',
        cell: (row) => (row.costMicros === null ? '–' : <MoneyText paise={paiseOfMicros(row.costMicros)} />),
      },
    ];
    return keys === undefined ? columns : columns.filter(({ key }) => keys.includes(key));
    // The words change with the language.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [t, i18n.language, zone, keys]);
}

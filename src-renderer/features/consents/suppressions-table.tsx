import type { Suppression } from '#contract/engine/consents.ts';
import { AgoText } from '#kit/ago-text.tsx';
import { DataTable, type Column } from '#kit/data-table.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { useStatusCounts } from '#kit/status.ts';
import { Button } from '@mantine/core';
import { IconBellOff, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import type { ListProps } from './consents-panel.tsx';
import { instantWords } from '#kit/instant-text.ts';
import { phoneWords } from '#kit/phone-words.ts';
import { SuppressDialog } from './suppress-dialog.tsx';
import { TakeOffDialog } from './take-off-dialog.tsx';

/** Addresses that get nothing, why, and since when. */
export function SuppressionsTable({ isShown, isSearched, isOff }: ListProps): JSX.Element {
  const { t } = useTranslation('consents');
  const [isAdding, setAdding] = useState(false);
  const [takenOff, setTakenOff] = useState<Suppression>();
  const columns = useColumns(isOff, setTakenOff);
  const { data, error, refetch } = useQuery(orpc.consents.suppressions.queryOptions());
  useStatusCounts(data ? t('counts.suppressions', { count: data.length }) : '');
  const add = (
    <Button
      variant="default"
      leftSection={<IconPlus size={16} aria-hidden />}
      disabled={isOff}
      onClick={() => setAdding(true)}
    >
      {t('suppress.button')}
    </Button>
  );
  return (
    <>
      <div className="consents__head">
        <p className="consents__note">{t('about.suppressions')}</p>
        {add}
      </div>
      <DataTable
        label={t('list.suppressions')}
        columns={columns}
        rows={data}
        keyOf={keyOf}
        isShown={isShown}
        initialSort={{ key: 'since', direction: 'desc' }}
        problem={error ? problemOf(error) : undefined}
        onRetry={() => void refetch()}
        onOpen={isOff ? undefined : setTakenOff}
        empty={
          <EmptyState
            icon={<IconBellOff size={36} stroke={1.3} />}
            title={t(isSearched ? 'empty.notFound' : 'empty.suppressions')}
            next={isSearched ? undefined : t('empty.suppressionsNext')}
          />
        }
      />
      {isAdding ? <SuppressDialog onClose={() => setAdding(false)} /> : null}
      {takenOff ? <TakeOffDialog suppression={takenOff} onClose={() => setTakenOff(undefined)} /> : null}
    </>
  );
}

function keyOf({ suppressionId }: Suppression): string {
  return String(suppressionId);
}

function useColumns(isOff: boolean, onTakeOff: (row: Suppression) => void): readonly Column<Suppression>[] {
  const { t } = useTranslation('consents');
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  const zone = book?.timeZone;
  return useMemo(
    (): readonly Column<Suppression>[] => [
      {
        key: 'address',
        header: t('column.address'),
        width: 180,
        grow: 1,
        opens: true,
        sortBy: (row) => row.address,
        cell: (row) => <span title={row.address}>{phoneWords(row.address)}</span>,
      },
      {
        key: 'customer',
        header: t('column.customer'),
        width: 180,
        grow: 2,
        sortBy: (row) => row.customerName,
        cell: (row) => <span title={row.customerName ?? undefined}>{row.customerName ?? '–'}</span>,
      },
      {
        key: 'channel',
        header: t('column.channel'),
        width: 120,
        sortBy: (row) => row.channel,
        cell: (row) => t(`channel.${row.channel}`),
      },
      {
        key: 'reason',
        header: t('column.why'),
        width: 200,
        grow: 2,
        sortBy: (row) => row.reason,
        cell: (row) => {
          const why = [t(`suppressed.${row.reason}`), row.detail].filter((part) => part !== null).join(': ');
          return <span title={why}>{why}</span>;
        },
      },
      {
        key: 'since',
        header: t('column.since'),
        width: 120,
        sortBy: (row) => row.at,
        sortFirst: 'desc',
        cell: (row) => (
          <span title={instantWords(row.at, { zone })}>
            <AgoText at={row.at} />
          </span>
        ),
      },
      {
        key: 'actions',
        header: '',
        width: 110,
        align: 'end',
        cell: (row) => (
          <Button
            size="compact-xs"
            variant="default"
            disabled={isOff}
            aria-label={t('takeOff.of', { address: row.address })}
            onClick={() => onTakeOff(row)}
          >
            {t('takeOff.button')}
          </Button>
        ),
      },
    ],
    [t, zone, isOff, onTakeOff],
  );
}

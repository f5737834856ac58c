import type { Pause } from '#contract/engine/consents.ts';
import { AgoText } from '#kit/ago-text.tsx';
import { DataTable, type Column } from '#kit/data-table.tsx';
import { DayText } from '#kit/day-text.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { useStatusCounts } from '#kit/status.ts';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient } from '../../client.ts';
import type { ListProps } from './consents-panel.tsx';
import { instantWords } from '#kit/instant-text.ts';
import { PauseDialog } from './pause-dialog.tsx';

/** Customers and bills whose reminders rest, until when and why. */
export function PausesTable({ isShown, isSearched, isOff }: ListProps): JSX.Element {
  const { t } = useTranslation('consents');
  const [isAdding, setAdding] = useState(false);
  const end = useEndPause();
  const columns = useColumns(isOff, end);
  const { data, error, refetch } = useQuery(orpc.consents.pauses.queryOptions({ input: {} }));
  useStatusCounts(data ? t('counts.pauses', { count: data.length }) : '');
  return (
    <>
      <div className="consents__head">
        <p className="consents__note">{t('about.pauses')}</p>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={isOff}
          onClick={() => setAdding(true)}
        >
          {t('pause.button')}
        </Button>
      </div>
      <DataTable
        label={t('list.pauses')}
        columns={columns}
        rows={data}
        keyOf={keyOf}
        isShown={isShown}
        initialSort={{ key: 'until', direction: 'asc' }}
        problem={error ? problemOf(error) : undefined}
        onRetry={() => void refetch()}
        empty={
          <EmptyState
            icon={<IconPlayerPause size={36} stroke={1.3} />}
            title={t(isSearched ? 'empty.notFound' : 'empty.pauses')}
            next={isSearched ? undefined : t('empty.pausesNext')}
          />
        }
      />
      {isAdding ? <PauseDialog onClose={() => setAdding(false)} /> : null}
    </>
  );
}

function keyOf({ pauseId }: Pause): string {
  return String(pauseId);
}

/** Ends a pause; the way back begins a like one. */
function useEndPause(): (row: Pause) => void {
  const { t } = useTranslation('consents');
  const done = useDone(problemOf);
  const tell = useTellProblem(problemOf);
  const end = async ({
    pauseId,
    customerId,
    customerName,
    billId,
    kind,
    until,
    reason,
  }: Pause): Promise<void> => {
    await client.consents.endPause({ pauseId });
    await queryClient.invalidateQueries({ queryKey: orpc.consents.key() });
    done({
      message: t('pause.ended', { name: customerName }),
      undo: async () => {
        await client.consents.pause({ customerId, billId, kind, until, reason });
        await queryClient.invalidateQueries({ queryKey: orpc.consents.key() });
      },
    });
  };
  return (row) => void end(row).catch(tell);
}

function useColumns(isOff: boolean, end: (row: Pause) => void): readonly Column<Pause>[] {
  const { t } = useTranslation('consents');
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  const zone = book?.timeZone;
  const endCell = useCallback(
    (row: Pause): JSX.Element => (
      <Button
        size="compact-xs"
        variant="default"
        disabled={isOff}
        aria-label={t('pause.endOf', { name: row.customerName })}
        onClick={() => end(row)}
      >
        {t('pause.end')}
      </Button>
    ),
    [t, isOff, end],
  );
  return useMemo(
    (): readonly Column<Pause>[] => [
      {
        key: 'customer',
        header: t('column.customer'),
        width: 200,
        grow: 2,
        sortBy: (row) => row.customerName,
        cell: (row) => <span title={row.customerName}>{row.customerName}</span>,
      },
      {
        key: 'bill',
        header: t('column.bill'),
        width: 120,
        sortBy: (row) => row.billNumber,
        cell: (row) => row.billNumber ?? t('pause.allBills'),
      },
      {
        key: 'kind',
        header: t('column.kind'),
        width: 130,
        sortBy: (row) => row.kind,
        cell: (row) => t(`pauseKind.${row.kind}`),
      },
      {
        key: 'until',
        header: t('column.until'),
        width: 130,
        sortBy: (row) => row.until,
        cell: (row) => (row.until === null ? t('pause.open') : <DayText day={row.until} />),
      },
      {
        key: 'reason',
        header: t('column.why'),
        width: 200,
        grow: 3,
        cell: (row) => <span title={row.reason}>{row.reason}</span>,
      },
      {
        key: 'since',
        header: t('column.since'),
        width: 110,
        sortBy: (row) => row.at,
        cell: (row) => (
          <span title={instantWords(row.at, { zone })}>
            <AgoText at={row.at} />
          </span>
        ),
      },
      { key: 'actions', header: '', width: 90, align: 'end', cell: endCell },
    ],
    [t, zone, endCell],
  );
}

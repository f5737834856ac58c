import { DataTable, type Column } from '#kit/data-table.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { instantWords } from '#kit/instant-text.ts';
import { useStatusCounts } from '#kit/status.ts';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf } from '../../client.ts';

type Look = Awaited<ReturnType<typeof client.registry.looks>>[number];

/** Every look that was taken from this book: asked, looked, opened again, erased. */
export function LooksTable(): JSX.Element {
  const { t } = useTranslation('registry');
  const { data, error, refetch } = useQuery({
    ...orpc.registry.looks.queryOptions(),
    // Opening a result adds a line, and no change is told of it.
    staleTime: 0,
  });
  const columns = useMemo(
    (): readonly Column<Look>[] => [
      {
        key: 'at',
        header: t('looks.at'),
        width: 190,
        sortBy: (row) => row.at,
        sortFirst: 'desc',
        cell: (row) => instantWords(row.at, { withSeconds: true }),
      },
      {
        key: 'what',
        header: t('looks.what'),
        width: 260,
        sortBy: (row) => row.what,
        cell: (row) => t(`look.${row.what}`),
      },
      {
        key: 'name',
        header: t('column.who'),
        width: 200,
        grow: 2,
        sortBy: (row) => row.name,
        cell: (row) => row.name,
      },
      {
        key: 'consent',
        header: t('looks.consent'),
        width: 352,
        cell: (row) => <span className="selectable">{row.consentId}</span>,
      },
    ],
    [t],
  );
  useStatusCounts(data ? t('looks.counts', { count: data.length }) : '');
  return (
    <DataTable
      label={t('checks.view.looks')}
      columns={columns}
      rows={data}
      keyOf={keyOf}
      initialSort={{ key: 'at', direction: 'desc' }}
      problem={error ? problemOf(error) : undefined}
      onRetry={() => void refetch()}
      empty={
        <EmptyState
          icon={<IconHistory size={36} stroke={1.3} />}
          title={t('looks.empty')}
          next={t('looks.emptyNext')}
        />
      }
    />
  );
}

function keyOf({ at, what, consentId }: Look): string {
  return `${at} ${what} ${consentId}`;
}

import type { PublishedDue } from '#contract/engine/registry.ts';
import { sumOf } from '#domain/money.ts';
import { DataTable } from '#kit/data-table.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { reportSelection, useStatusCounts } from '#kit/status.ts';
import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconListCheck, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import { PublishedDrawer } from './published-drawer.tsx';
import { usePublishedColumns } from './published-columns.tsx';
import { isPublishedShown, publishedViews, viewCounts, type PublishedView } from './published-say.ts';
import './registry-publish.css';
import { WithdrawButton } from './withdraw-button.tsx';

const NO_ROWS: readonly PublishedDue[] = [];

type PublishedPanelProps = { readonly isOff: boolean; readonly onPublish: () => void };

/** What others may see of this business's dues, what waits, and what is over. */
export function PublishedPanel({ isOff, onPublish }: PublishedPanelProps): JSX.Element {
  const { t } = useTranslation('registry');
  const { data, error, refetch } = useQuery(orpc.registry.published.queryOptions({ input: {} }));
  const [view, setView] = useState<PublishedView>('all');
  const [text, setText] = useState('');
  const [selected, setSelected] = useState(NO_ROWS);
  const [openedId, setOpenedId] = useState<number>();
  const columns = usePublishedColumns();
  const isShown = useCallback((row: PublishedDue) => isPublishedShown(row, { view, text }), [view, text]);
  const counts = useMemo(() => viewCounts(data ?? NO_ROWS), [data]);
  const select = useCallback((next: readonly PublishedDue[]) => {
    setSelected(next);
    reportSelection(
      next.length,
      sumOf(next, (row) => row.openPaise),
    );
  }, []);
  useStatusCounts(data ? t('published.counts', { count: data.length }) : '');
  return (
    <div className="publish">
      <div className="publish__tools">
        <SegmentedControl
          size="xs"
          aria-label={t('publish.which')}
          value={view}
          data={publishedViews.map((value) => ({
            value,
            label: t(`published.view.${value}`, { count: counts[value] }),
          }))}
          onChange={(next) => setView(publishedViews.find((one) => one === next) ?? 'all')}
        />
        <TextInput
          className="publish__search"
          type="search"
          aria-label={t('publish.search')}
          placeholder={t('publish.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <WithdrawButton className="publish__go" dues={selected} isOff={isOff} />
      </div>
      <DataTable
        label={t('tabs.published')}
        columns={columns}
        rows={data}
        keyOf={keyOf}
        isShown={isShown}
        withTotals
        initialSort={{ key: 'published', direction: 'desc' }}
        onOpen={({ billId }) => setOpenedId(billId)}
        onPeek={({ billId }) => setOpenedId(billId)}
        onSelectionChange={select}
        problem={error ? problemOf(error) : undefined}
        onRetry={() => void refetch()}
        empty={<NothingPublished isAny={(data ?? NO_ROWS).length > 0} onPublish={onPublish} />}
      />
      <PublishedDrawer
        due={data?.find(({ billId }) => billId === openedId)}
        isOff={isOff}
        onClose={() => setOpenedId(undefined)}
      />
    </div>
  );
}

type NothingProps = { readonly isAny: boolean; readonly onPublish: () => void };

function NothingPublished({ isAny, onPublish }: NothingProps): JSX.Element {
  const { t } = useTranslation('registry');
  return (
    <EmptyState
      icon={<IconListCheck size={36} stroke={1.3} />}
      title={t(isAny ? 'publish.empty.filtered' : 'published.empty.title')}
      next={isAny ? undefined : t('published.empty.next')}
      actions={isAny ? undefined : <Button onClick={onPublish}>{t('published.empty.publish')}</Button>}
    />
  );
}

function keyOf({ billId }: PublishedDue): string {
  return String(billId);
}

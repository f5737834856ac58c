import type { MessageRow } from '#contract/engine/messages.ts';
import { channels, type Channel } from '#domain/reminders/words.ts';
import { DataTable } from '#kit/data-table.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { useStatusCounts } from '#kit/status.ts';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { Button, Chip, Select } from '@mantine/core';
import { IconMailbox } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, problemOf } from '../../client.ts';
import { listInPages } from './list-in-pages.ts';
import { useMessageColumns } from './message-columns.tsx';
import { MessageDrawer } from './message-drawer.tsx';
import { outboxViewOf, outboxViews, standingOf } from './message-views.ts';
import './messages.css';

type OutboxPanelProps = {
  readonly askedView: string | null;
  readonly onView: (view: string) => void;
};

const NO_ROWS: readonly never[] = [];
const ROWS_MOST = 5000;

/** Every message with where it stands; one opens with its whole story. */
export function OutboxPanel({ askedView, onView }: OutboxPanelProps): JSX.Element {
  const { t } = useTranslation('messages');
  const view = outboxViewOf(askedView);
  const [channel, setChannel] = useState<Channel | null>(null);
  const [selected, setSelected] = useState<readonly MessageRow[]>(NO_ROWS);
  const [opened, setOpened] = useState<number>();
  const columns = useMessageColumns();
  const { data, error, refetch } = useQuery(
    listInPages({ view, limit: ROWS_MOST, ...(channel === null ? {} : { channel }) }),
  );
  useStatusCounts(data ? t('counts', { count: data.totalCount }) : '');
  return (
    <div className="outbox">
      <div className="outbox__tools">
        <Chip.Group
          value={view}
          onChange={(next) => {
            if (typeof next === 'string') onView(next);
          }}
        >
          <div className="outbox__views" role="radiogroup" aria-label={t('view.label')}>
            {outboxViews.map((one) => (
              <Chip key={one} value={one} size="xs" radius="sm" variant="light">
                {t(`view.${one}`)}
              </Chip>
            ))}
          </div>
        </Chip.Group>
        <Select
          size="xs"
          aria-label={t('column.channel')}
          placeholder={t('anyChannel')}
          clearable
          value={channel}
          onChange={(next) => setChannel(channels.find((one) => one === next) ?? null)}
          data={channels.map((one) => ({ value: one, label: t(`channel.${one}`, { ns: 'reminders' }) }))}
        />
        <CancelMany selected={selected} />
      </div>
      <DataTable
        key={view}
        label={t('outbox')}
        columns={columns}
        rows={data?.rows}
        keyOf={keyOf}
        initialSort={{ key: 'when', direction: 'desc' }}
        onOpen={({ messageId }) => setOpened(messageId)}
        onSelectionChange={setSelected}
        problem={error ? problemOf(error) : undefined}
        onRetry={() => void refetch()}
        empty={
          <EmptyState
            icon={<IconMailbox size={36} stroke={1.3} />}
            title={t(`empty.${view}.title`)}
            next={t(`empty.${view}.next`)}
          />
        }
      />
      <MessageDrawer messageId={opened} onClose={() => setOpened(undefined)} />
    </div>
  );
}

function keyOf({ messageId }: MessageRow): string {
  return String(messageId);
}

/** What has not begun to leave can still be stopped, many at once. */
function CancelMany({ selected }: { readonly selected: readonly MessageRow[] }): JSX.Element | null {
  const { t } = useTranslation('messages');
  const tell = useTellProblem(problemOf);
  const done = useDone(problemOf);
  const waiting = selected.filter(({ state }) => standingOf(state) === 'waiting' || state === 'held');
  if (waiting.length === 0) return null;
  const cancel = async (): Promise<void> => {
    try {
      const { cancelledCount } = await client.messages.cancel({
        messageIds: waiting.map(({ messageId }) => messageId),
      });
      done({ message: t('cancelled', { count: cancelledCount }) });
    } catch (error) {
      tell(error);
    }
  };
  return (
    <Button size="compact-sm" variant="default" onClick={() => void cancel()}>
      {t('cancelMany', { count: waiting.length })}
    </Button>
  );
}

import type { Thread } from '#contract/engine/replies.ts';
import { EmptyState } from '#kit/empty-state.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { useStatusCounts } from '#kit/status.ts';
import { IconChecks, IconInbox } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import { Conversation } from './conversation.tsx';
import './replies.css';
import { ThreadFilters } from './thread-filters.tsx';
import { ThreadList } from './thread-list.tsx';
import { keptOrder, shownThreads, threadKeyOf, type ThreadFilter } from './threads.ts';

const NO_THREADS: readonly Thread[] = [];

type RepliesPanelProps = {
  /** Which conversation the address of the screen asks for, by its key. */
  readonly askedKey: string | undefined;
  readonly onAsk: (thread: Thread) => void;
};

/** Conversations on the left, open ones first; on the right the one that is read and answered. */
export function RepliesPanel({ askedKey, onAsk }: RepliesPanelProps): JSX.Element {
  const { t } = useTranslation('replies');
  const { data, error, refetch } = useQuery(orpc.replies.threads.queryOptions({ input: {} }));
  const [filter, setFilter] = useState<ThreadFilter>('open');
  const [order, setOrder] = useState<readonly string[]>([]);
  const listRef = useRef<HTMLDivElement>(null);
  const all = data ?? NO_THREADS;
  const next = keptOrder(order, all.map(threadKeyOf));
  if (next !== order) setOrder(next);
  const threads = shownThreads(all, { order: next, filter, activeKey: askedKey });
  const active = threads.find((thread) => threadKeyOf(thread) === askedKey) ?? threads[0];
  const openCount = all.filter((thread) => thread.openCount > 0).length;
  useStatusCounts(data ? t('counts', { count: openCount }) : '');
  if (error) return <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (!data) return <div className="inbox" />;
  if (all.length === 0) return <NothingYet />;
  return (
    <div className="inbox">
      <div className="inbox__left">
        <ThreadFilters filter={filter} openCount={openCount} allCount={all.length} onFilter={setFilter} />
        {threads.length === 0 ? (
          <AllAnswered />
        ) : (
          <ThreadList threads={threads} active={active} listRef={listRef} onActive={onAsk} />
        )}
      </div>
      {active ? (
        <Conversation key={threadKeyOf(active)} thread={active} listRef={listRef} />
      ) : (
        <div className="inbox__right card" />
      )}
    </div>
  );
}

function NothingYet(): JSX.Element {
  const { t } = useTranslation('replies');
  return (
    <div className="inbox__empty card">
      <EmptyState
        icon={<IconInbox size={36} stroke={1.3} />}
        title={t('empty.title')}
        next={t('empty.next')}
      />
    </div>
  );
}

function AllAnswered(): JSX.Element {
  const { t } = useTranslation('replies');
  return (
    <div className="inbox__empty card">
      <EmptyState
        icon={<IconChecks size={36} stroke={1.3} />}
        title={t('answered.title')}
        next={t('answered.next')}
      />
    </div>
  );
}

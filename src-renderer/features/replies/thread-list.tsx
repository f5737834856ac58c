import type { Thread } from '#contract/engine/replies.ts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, type JSX, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { ThreadRow } from './thread-row.tsx';
import { movedTo, threadKeyOf } from './threads.ts';

const ROW_HEIGHT = 76;
const OVERSCAN_ROWS = 6;

type ThreadListProps = {
  readonly threads: readonly Thread[];
  readonly active: Thread | undefined;
  readonly listRef: RefObject<HTMLDivElement | null>;
  readonly onActive: (thread: Thread) => void;
};

/** The conversations; arrows move, and what is active is read on the right. */
export function ThreadList({ threads, active, listRef, onActive }: ThreadListProps): JSX.Element {
  const { t } = useTranslation('replies');
  const id = useId();
  const activeKey = active && threadKeyOf(active);
  const activeAt = threads.findIndex((thread) => threadKeyOf(thread) === activeKey);
  // No compiler memoizes this component, which is what the rule warns of.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: threads.length,
    getScrollElement: () => listRef.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN_ROWS,
  });
  const wasFocused = useRef(false);
  useEffect(() => {
    // Whoever comes here goes on by keys at once.
    if (wasFocused.current || document.activeElement?.closest('[role=tab], input, textarea')) return;
    wasFocused.current = true;
    listRef.current?.focus({ preventScroll: true });
  }, [listRef]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey) return;
    const page = Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? 0) / ROW_HEIGHT) - 1);
    const moved = movedTo(event.key, activeAt, { count: threads.length, page });
    const next = moved === undefined ? undefined : threads[moved];
    if (moved === undefined || !next) return;
    onActive(next);
    virtualizer.scrollToIndex(moved);
    event.preventDefault();
  };
  const drawn = virtualizer.getVirtualItems();
  return (
    <div
      ref={listRef}
      className="threads"
      role="listbox"
      aria-label={t('list')}
      tabIndex={0}
      aria-activedescendant={drawn.some(({ index }) => index === activeAt) ? `${id}-${activeAt}` : undefined}
      data-inbox-keys
      onKeyDown={onKeyDown}
    >
      <div className="threads__rows" style={{ height: virtualizer.getTotalSize() }}>
        {drawn.map(({ index, start }) => {
          const thread = threads[index];
          if (!thread) return null;
          return (
            <ThreadRow
              key={threadKeyOf(thread)}
              thread={thread}
              domId={`${id}-${index}`}
              top={start}
              isActive={index === activeAt}
              place={[index + 1, threads.length]}
              onActive={() => onActive(thread)}
            />
          );
        })}
      </div>
    </div>
  );
}

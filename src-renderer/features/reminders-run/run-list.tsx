import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, type JSX, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { isBlocked, moveOf, type RunItem } from './run-items.ts';
import { RunRow } from './run-row.tsx';

const ROW_HEIGHT = 48;
const OVERSCAN_ROWS = 6;

type RunListProps = {
  readonly items: readonly RunItem[];
  readonly activeKey: string | undefined;
  readonly unticked: ReadonlySet<string>;
  readonly isReadOnly: boolean;
  readonly listRef: RefObject<HTMLDivElement | null>;
  readonly onActive: (item: RunItem) => void;
  readonly onTick: (item: RunItem) => void;
  readonly onTickAll: () => void;
  readonly onOpen: (item: RunItem) => void;
  readonly onEdit: () => void;
  readonly onDecline: () => void;
};

/** The messages of the run; arrows move, Space ticks, Enter opens the customer, E changes the text, Delete declines. */
export function RunList(props: RunListProps): JSX.Element {
  const { items, activeKey, unticked, isReadOnly, listRef } = props;
  const { t } = useTranslation('reminders');
  const id = useId();
  const activeAt = items.findIndex(({ row }) => row.rowKey === activeKey);
  // No compiler memoizes this component, which is what the rule warns of.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => listRef.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN_ROWS,
  });
  const hasItems = items.length > 0;
  const wasFocused = useRef(false);
  useEffect(() => {
    // Whoever comes here goes on by keys at once.
    if (!hasItems || wasFocused.current || document.activeElement?.closest('[role=tab], input, textarea'))
      return;
    wasFocused.current = true;
    listRef.current?.focus({ preventScroll: true });
  }, [hasItems, listRef]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey) return;
    const page = Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? 0) / ROW_HEIGHT) - 1);
    const moved = moveOf(event.key, activeAt, { count: items.length, page });
    const active = items[activeAt];
    if (moved !== undefined && !event.ctrlKey) {
      const next = items[moved];
      if (next) props.onActive(next);
      virtualizer.scrollToIndex(moved);
    } else if (event.key === ' ' && active) {
      if (!isReadOnly) props.onTick(active);
    } else if (event.key === 'Enter' && !event.ctrlKey && active) props.onOpen(active);
    else if (event.ctrlKey && event.code === 'KeyA') {
      if (!isReadOnly) props.onTickAll();
    } else if (event.code === 'KeyE' && !event.ctrlKey && active) props.onEdit();
    else if (event.key === 'Delete' && active) props.onDecline();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const drawn = virtualizer.getVirtualItems();
  return (
    <div
      ref={listRef}
      className="run-list"
      role="listbox"
      aria-label={t('run.list')}
      aria-multiselectable
      tabIndex={0}
      aria-activedescendant={drawn.some(({ index }) => index === activeAt) ? `${id}-${activeAt}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div className="run-list__rows" style={{ height: virtualizer.getTotalSize() }}>
        {drawn.map(({ index, start }) => {
          const item = items[index];
          if (!item) return null;
          const { rowKey } = item.row;
          return (
            <RunRow
              key={rowKey}
              item={item}
              domId={`${id}-${index}`}
              top={start}
              isActive={index === activeAt}
              isTicked={!unticked.has(rowKey) && !isBlocked(item.row)}
              isReadOnly={isReadOnly}
              place={[index + 1, items.length]}
              onActive={() => props.onActive(item)}
              onTick={() => props.onTick(item)}
              onOpen={() => props.onOpen(item)}
            />
          );
        })}
      </div>
    </div>
  );
}

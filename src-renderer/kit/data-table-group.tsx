import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMemo, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableItem } from './data-table-items.ts';
import type { Column } from './data-table-model.ts';

type GroupRowProps<T extends object> = {
  readonly columns: readonly Column<T>[];
  readonly group: Extract<TableItem<T>, { readonly kind: 'group' }>;
  readonly index: number;
  readonly domId: string;
  readonly top: number;
  readonly isActive: boolean;
  readonly onFold: (key: string) => void;
};

/** The heading of a group: its name, how many it holds, and the sums of each column. */
export function GroupRow<T extends object>(props: GroupRowProps<T>): JSX.Element {
  const { columns, group, index, isActive } = props;
  const { t } = useTranslation('kit');
  const Chevron = group.isOpen ? IconChevronDown : IconChevronRight;
  const { rows } = group;
  const sums = useMemo(() => columns.map(({ sum }) => sum?.(rows)), [columns, rows]);
  return (
    // The grid itself takes the keys: a row is never focused, so it needs no key handler of its own.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      role="row"
      id={props.domId}
      aria-level={1}
      aria-expanded={group.isOpen}
      aria-rowindex={index + 2}
      className={`data-table__row data-table__row--body data-table__row--group${isActive ? ' data-table__row--active' : ''}`}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={() => props.onFold(group.key)}
    >
      {columns.map((column, at) => (
        <div
          key={column.key}
          role="gridcell"
          className={`data-table__cell data-table__cell--${column.align ?? 'start'}`}
        >
          {at === 0 ? (
            <span className="data-table__fold">
              <Chevron size={14} aria-hidden />
              <span className="data-table__text">{group.label}</span>
              <span className="data-table__count">{t('table.groupCount', { count: rows.length })}</span>
            </span>
          ) : (
            <span className="data-table__text">{sums[at]}</span>
          )}
        </div>
      ))}
    </div>
  );
}

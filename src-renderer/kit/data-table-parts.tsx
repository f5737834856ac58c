import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useMemo, type JSX, type MouseEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column, TableModel, TableRow } from './data-table-model.ts';

const SORT_WORDS = { asc: 'ascending', desc: 'descending' } as const;

type HeadProps<T extends object> = {
  readonly columns: readonly Column<T>[];
  readonly table: TableModel<T>;
};

/** The sticky header: each column that sorts is a button, so Enter and Space sort too. */
export function TableHead<T extends object>({ columns, table }: HeadProps<T>): JSX.Element {
  return (
    <div role="rowgroup" className="data-table__head">
      <div role="row" aria-rowindex={1} className="data-table__row">
        {columns.map((column) => (
          <HeadCell key={column.key} column={column} table={table} />
        ))}
      </div>
    </div>
  );
}

function HeadCell<T extends object>({
  column,
  table,
}: {
  readonly column: Column<T>;
  readonly table: TableModel<T>;
}): JSX.Element {
  const model = table.getColumn(column.key);
  const sorted = model?.getIsSorted() ?? false;
  const Arrow = sorted === 'asc' ? IconChevronUp : IconChevronDown;
  return (
    <div
      role="columnheader"
      aria-sort={column.sortBy ? (sorted ? SORT_WORDS[sorted] : 'none') : undefined}
      className={`data-table__cell data-table__cell--${column.align ?? 'start'}`}
      title={column.title}
    >
      {column.sortBy && model ? (
        <button type="button" className="data-table__sort" onClick={() => model.toggleSorting()}>
          <span className="data-table__text">{column.header}</span>
          {sorted ? <Arrow size={14} aria-hidden /> : null}
        </button>
      ) : (
        <span className={column.header === '' ? 'unseen' : 'data-table__text'}>
          {column.header === '' ? column.title : column.header}
        </span>
      )}
    </div>
  );
}

type BodyRowProps<T extends object> = {
  readonly columns: readonly Column<T>[];
  readonly row: TableRow<T>;
  readonly index: number;
  readonly domId: string;
  readonly top: number;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly onClick: (index: number, event: MouseEvent) => void;
  readonly onOpen: ((row: T) => void) | undefined;
};

/** One row. Its place comes from the virtualizer, its keys are the grid's (aria-activedescendant). */
export function BodyRow<T extends object>(props: BodyRowProps<T>): JSX.Element {
  const { columns, row, index, isActive, isSelected, onClick, onOpen } = props;
  // Scrolling moves and replaces rows many times a second: what a row says is made once.
  const cells = useMemo(
    () =>
      columns.map((column) => (
        <BodyCell key={column.key} column={column} row={row.original} onOpen={onOpen} />
      )),
    [columns, row, onOpen],
  );
  const state = `${isActive ? ' data-table__row--active' : ''}${isSelected ? ' data-table__row--selected' : ''}`;
  return (
    // The grid itself takes the keys: a row is never focused, so it needs no key handler of its own.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      role="row"
      id={props.domId}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={`data-table__row data-table__row--body${state}`}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={(event) => onClick(index, event)}
      onDoubleClick={() => onOpen?.(row.original)}
    >
      {cells}
    </div>
  );
}

type BodyCellProps<T> = {
  readonly column: Column<T>;
  readonly row: T;
  readonly onOpen: ((row: T) => void) | undefined;
};

/** A plain text stands in the cell itself: one box less to be laid out for each of the hundreds that scroll by. */
function BodyCell<T>({ column, row, onOpen }: BodyCellProps<T>): JSX.Element {
  const content = column.cell(row);
  const align = `data-table__cell data-table__cell--${column.align ?? 'start'}`;
  const opens = column.opens === true && onOpen !== undefined;
  const isPlain = !opens && (content === null || typeof content === 'string' || typeof content === 'number');
  return (
    <div role="gridcell" className={isPlain ? `${align} data-table__cell--plain` : align}>
      {isPlain ? (
        content
      ) : opens ? (
        <button
          type="button"
          tabIndex={-1}
          className="data-table__open data-table__text"
          onClick={(event) => {
            if (event.ctrlKey || event.shiftKey) return;
            event.stopPropagation();
            onOpen(row);
          }}
        >
          {content}
        </button>
      ) : (
        <span className="data-table__text">{content}</span>
      )}
    </div>
  );
}

/** The sticky totals row; its first empty cell bears the word. */
export function TableFoot<T>({
  columns,
  totals,
  rowIndex,
}: {
  readonly columns: readonly Column<T>[];
  /** One a column. */
  readonly totals: readonly ReactNode[];
  readonly rowIndex: number;
}): JSX.Element {
  const { t } = useTranslation('kit');
  return (
    <div role="rowgroup" className="data-table__foot">
      <div role="row" aria-rowindex={rowIndex} className="data-table__row">
        {columns.map((column, index) => (
          <div
            key={column.key}
            role="gridcell"
            className={`data-table__cell data-table__cell--${column.align ?? 'start'}`}
          >
            <span className="data-table__text">
              {totals[index] ?? (index === 0 ? t('table.total') : null)}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}

const SKELETON_ROWS = 24;

/** The final layout in grey while the rows are on their way. */
export function SkeletonRows<T>({ columns }: { readonly columns: readonly Column<T>[] }): JSX.Element {
  return (
    <div aria-hidden className="data-table__skeleton">
      {Array.from({ length: SKELETON_ROWS }, (_, row) => (
        <div key={row} className="data-table__row">
          {columns.map((column, index) => (
            <div key={column.key} className="data-table__cell">
              <span
                className="data-table__bone"
                style={{ width: `${45 + ((row * 7 + index * 13) % 40)}%` }}
              />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

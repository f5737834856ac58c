import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import {
  useEffect,
  useId,
  useMemo,
  useRef,
  type CSSProperties,
  type JSX,
  type ReactNode,
  type Ref,
  type RefObject,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useItems, type Grouping, type TableItem } from './data-table-items.ts';
import { useCursor, useSelectionReport } from './data-table-keys.ts';
import { useTableModel, type Column, type Sort, type TableModel } from './data-table-model.ts';
import { BodyRow, SkeletonRows, TableFoot, TableHead } from './data-table-parts.tsx';
import { GroupRow } from './data-table-group.tsx';
import './data-table.css';
import { Delayed } from './delayed.tsx';
import { ProblemNote, type Problem } from './problem.tsx';

export type { Grouping } from './data-table-items.ts';
export type { Column, Sort } from './data-table-model.ts';

export const ROW_HEIGHT = 30;
const HEAD_HEIGHT = 32;
const OVERSCAN_ROWS = 4;
/** Rows are taken up again for others in steps of so many: what is drawn grows and shrinks by a row as one scrolls. */
const POOL_STEP = 16;

export type DataTableProps<T extends object> = {
  /** What the table is, for a screen reader. */
  readonly label: string;
  readonly columns: readonly Column<T>[];
  /** undefined while they are loading. */
  readonly rows: readonly T[] | undefined;
  readonly keyOf: (row: T) => string;
  readonly initialSort?: Sort;
  /** The sort is kept outside, for example in a saved view; give both or neither. */
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
  /** Leaves rows out after they are sorted, so that typing in a search sorts nothing; give a stable function. */
  readonly isShown?: ((row: T) => boolean) | undefined;
  /** Puts rows together under headings with sums; give a stable value. */
  readonly groups?: Grouping<T> | undefined;
  readonly withTotals?: boolean;
  readonly onOpen?: (row: T) => void;
  readonly onPeek?: (row: T) => void;
  /** The keyboard or the mouse has come to a row. */
  readonly onActive?: (row: T) => void;
  /** Called with the selected rows; give a stable function. */
  readonly onSelectionChange?: (rows: readonly T[]) => void;
  /** Drawn when there are no rows. */
  readonly empty?: ReactNode;
  readonly problem?: Problem | undefined;
  readonly onRetry?: () => void;
  readonly gridRef?: Ref<HTMLDivElement>;
  /** Holds the rows as they are shown, filtered and in their order: for an export. */
  readonly shownRef?: RefObject<readonly T[]>;
};

/** A dense table for up to 50,000 rows: sorts, selects, opens; all by mouse and all by keys. */
export function DataTable<T extends object>(props: DataTableProps<T>): JSX.Element {
  const { columns, rows, problem } = props;
  const table = useTableModel(props);
  const [sorting] = table.state.sorting;
  const sort = useMemo(
    (): Sort | undefined =>
      sorting ? { key: sorting.id, direction: sorting.desc ? 'desc' : 'asc' } : undefined,
    [sorting],
  );
  const { items, shown, toggle } = useItems({
    rows: table.getRowModel().rows,
    columns,
    sort,
    isShown: props.isShown,
    groups: props.groups,
  });
  const scroller = useRef<HTMLDivElement | null>(null);
  const gridId = useId();
  const hasFoot = props.withTotals === true && items.length > 0;
  // No compiler memoizes this component, which is what the rule warns of.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN_ROWS,
    scrollPaddingEnd: HEAD_HEIGHT + (hasFoot ? ROW_HEIGHT : 0),
  });
  const cursor = useCursor({
    table,
    items,
    pageRows: () => Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? 0) / ROW_HEIGHT) - 3),
    scrollTo: (index) => virtualizer.scrollToIndex(index),
    onOpen: props.onOpen,
    onPeek: props.onPeek,
    onActive: props.onActive,
    onFold: toggle,
  });
  useSelectionReport(table, shown, { keyOf: props.keyOf, report: props.onSelectionChange });
  const drawn = virtualizer.getVirtualItems();
  const { shownRef } = props;
  useEffect(() => {
    if (shownRef) shownRef.current = shown;
  }, [shown, shownRef]);
  const isActiveDrawn = drawn.some((item) => item.index === cursor.activeIndex);
  const template = useTemplate(columns);
  const totals = useTotals(shown, { columns, rows, isShown: props.isShown, isWanted: hasFoot });
  if (problem) return <ProblemNote problem={problem} onRetry={props.onRetry} />;
  return (
    <div className="data-table card" style={template}>
      {/* It is always one of the two grids. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        ref={(element) => {
          scroller.current = element;
          assignRef(props.gridRef, element);
        }}
        role={props.groups ? 'treegrid' : 'grid'}
        tabIndex={0}
        className="data-table__grid"
        aria-label={props.label}
        aria-rowcount={items.length + 1 + (hasFoot ? 1 : 0)}
        aria-multiselectable
        aria-busy={rows === undefined}
        aria-activedescendant={isActiveDrawn ? rowId(gridId, cursor.activeIndex) : undefined}
        onKeyDown={cursor.onKeyDown}
      >
        <TableHead columns={columns} table={table} />
        {rows === undefined ? (
          <Delayed>
            <SkeletonRows columns={columns} />
          </Delayed>
        ) : null}
        <Body
          {...{ gridId, columns, table, drawn, items, cursor, onOpen: props.onOpen }}
          onFold={toggle}
          height={virtualizer.getTotalSize()}
        />
        {hasFoot ? <TableFoot columns={columns} totals={totals} rowIndex={items.length + 2} /> : null}
      </div>
      {rows !== undefined && items.length === 0 ? (
        <div className="data-table__empty">{props.empty ?? <NothingHere />}</div>
      ) : null}
    </div>
  );
}

type BodyProps<T extends object> = {
  readonly gridId: string;
  readonly columns: readonly Column<T>[];
  readonly table: TableModel<T>;
  readonly items: readonly TableItem<T>[];
  readonly drawn: readonly VirtualItem[];
  readonly height: number;
  readonly cursor: ReturnType<typeof useCursor<T>>;
  readonly onOpen: ((row: T) => void) | undefined;
  readonly onFold: (key: string) => void;
};

function Body<T extends object>(props: BodyProps<T>): JSX.Element {
  const { table, items, cursor, columns, gridId } = props;
  // A row that scrolls out is taken up again for one that scrolls in: changing texts is cheaper than making boxes.
  const pool = Math.ceil(props.drawn.length / POOL_STEP) * POOL_STEP;
  return (
    <div role="rowgroup" className="data-table__body" style={{ height: props.height }}>
      {props.drawn.map(({ index, start }) => {
        const item = items[index];
        if (!item) return null;
        const place = {
          index,
          domId: rowId(gridId, index),
          top: start,
          isActive: index === cursor.activeIndex,
        };
        return item.kind === 'group' ? (
          <GroupRow
            key={`group ${index % pool}`}
            {...place}
            columns={columns}
            group={item}
            onFold={props.onFold}
          />
        ) : (
          <BodyRow
            key={index % pool}
            {...place}
            columns={columns}
            row={item.row}
            isSelected={table.state.rowSelection[item.row.id] === true}
            onClick={cursor.onRowClick}
            onOpen={props.onOpen}
          />
        );
      })}
    </div>
  );
}

type TotalsWish<T> = {
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[] | undefined;
  readonly isShown: ((row: T) => boolean) | undefined;
  readonly isWanted: boolean;
};

const NO_TOTALS: readonly ReactNode[] = [];

/** What stands under each column. Sorting changes no sum, and adding 50,000 rows up takes as long as sorting them. */
function useTotals<T>(shown: readonly T[], wish: TotalsWish<T>): readonly ReactNode[] {
  const { columns, rows, isShown, isWanted } = wish;
  return useMemo(
    () => (isWanted ? columns.map(({ total, sum }) => total ?? sum?.(shown)) : NO_TOTALS),
    // The order of the rows is left out on purpose.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [columns, rows, isShown, isWanted],
  );
}

function NothingHere(): JSX.Element {
  const { t } = useTranslation('kit');
  return <p className="data-table__nothing">{t('table.empty')}</p>;
}

function rowId(gridId: string, index: number): string {
  return `${gridId}-row-${index}`;
}

function assignRef(ref: Ref<HTMLDivElement> | undefined, element: HTMLDivElement | null): void {
  if (typeof ref === 'function') ref(element);
  else if (ref) ref.current = element;
}

/** The columns' widths as one grid template that header, rows and totals share. */
function useTemplate<T>(columns: readonly Column<T>[]): CSSProperties {
  return useMemo(() => {
    const tracks = columns.map(({ width, grow = 0 }) =>
      grow > 0 ? `minmax(${width}px, ${grow}fr)` : `${width}px`,
    );
    const least = columns.reduce((sum, { width }) => sum + width, 0);
    return {
      '--columns': tracks.join(' '),
      '--least-width': `${least}px`,
    } satisfies Record<`--${string}`, string>;
  }, [columns]) as CSSProperties;
}

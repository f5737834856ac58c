import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { useId, useMemo, useRef, type CSSProperties, type JSX, type ReactNode, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useCursor, useSelectionReport } from './data-table-keys.ts';
import { useTableModel, type Column, type Sort, type TableModel, type TableRow } from './data-table-model.ts';
import { BodyRow, SkeletonRows, TableFoot, TableHead } from './data-table-parts.tsx';
import './data-table.css';
import { Delayed } from './delayed.tsx';
import { ProblemNote, type Problem } from './problem.tsx';

export type { Column, Sort } from './data-table-model.ts';

export const ROW_HEIGHT = 30;
const HEAD_HEIGHT = 32;
const OVERSCAN_ROWS = 12;

export type DataTableProps<T extends object> = {
  /** What the table is, for a screen reader. */
  readonly label: string;
  readonly columns: readonly Column<T>[];
  /** undefined while they are loading. */
  readonly rows: readonly T[] | undefined;
  readonly keyOf: (row: T) => string;
  readonly initialSort?: Sort;
  readonly withTotals?: boolean;
  readonly onOpen?: (row: T) => void;
  readonly onPeek?: (row: T) => void;
  /** Called with the selected rows; give a stable function. */
  readonly onSelectionChange?: (rows: readonly T[]) => void;
  /** Drawn when there are no rows. */
  readonly empty?: ReactNode;
  readonly problem?: Problem | undefined;
  readonly onRetry?: () => void;
  readonly gridRef?: Ref<HTMLDivElement>;
};

/** A dense table for up to 50,000 rows: sorts, selects, opens; all by mouse and all by keys. */
export function DataTable<T extends object>(props: DataTableProps<T>): JSX.Element {
  const { columns, rows, problem } = props;
  const table = useTableModel(props);
  const sorted = table.getRowModel().rows;
  const scroller = useRef<HTMLDivElement | null>(null);
  const gridId = useId();
  const hasFoot = props.withTotals === true && sorted.length > 0;
  // No compiler memoizes this component, which is what the rule warns of.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN_ROWS,
    scrollPaddingEnd: HEAD_HEIGHT + (hasFoot ? ROW_HEIGHT : 0),
  });
  const cursor = useCursor({
    table,
    rows: sorted,
    pageRows: () => Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? 0) / ROW_HEIGHT) - 3),
    scrollTo: (index) => virtualizer.scrollToIndex(index),
    onOpen: props.onOpen,
    onPeek: props.onPeek,
  });
  useSelectionReport(table, sorted, props.onSelectionChange);
  const items = virtualizer.getVirtualItems();
  const isActiveDrawn = items.some((item) => item.index === cursor.activeIndex);
  const template = useTemplate(columns);
  if (problem) return <ProblemNote problem={problem} onRetry={props.onRetry} />;
  return (
    <div className="data-table card" style={template}>
      <div
        ref={(element) => {
          scroller.current = element;
          assignRef(props.gridRef, element);
        }}
        role="grid"
        tabIndex={0}
        className="data-table__grid"
        aria-label={props.label}
        aria-rowcount={sorted.length + 1 + (hasFoot ? 1 : 0)}
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
          {...{ gridId, columns, table, items, rows: sorted, cursor, onOpen: props.onOpen }}
          height={virtualizer.getTotalSize()}
        />
        {hasFoot ? <TableFoot columns={columns} rowIndex={sorted.length + 2} /> : null}
      </div>
      {rows !== undefined && sorted.length === 0 ? (
        <div className="data-table__empty">{props.empty ?? <NothingHere />}</div>
      ) : null}
    </div>
  );
}

type BodyProps<T extends object> = {
  readonly gridId: string;
  readonly columns: readonly Column<T>[];
  readonly table: TableModel<T>;
  readonly rows: readonly TableRow<T>[];
  readonly items: readonly VirtualItem[];
  readonly height: number;
  readonly cursor: ReturnType<typeof useCursor<T>>;
  readonly onOpen: ((row: T) => void) | undefined;
};

function Body<T extends object>(props: BodyProps<T>): JSX.Element {
  const { table, rows, cursor } = props;
  return (
    <div role="rowgroup" className="data-table__body" style={{ height: props.height }}>
      {props.items.map((item) => {
        const row = rows[item.index];
        return row ? (
          <BodyRow
            key={row.id}
            columns={props.columns}
            row={row}
            index={item.index}
            domId={rowId(props.gridId, item.index)}
            top={item.start}
            isActive={item.index === cursor.activeIndex}
            isSelected={table.state.rowSelection[row.id] === true}
            onClick={cursor.onRowClick}
            onOpen={props.onOpen}
          />
        ) : null;
      })}
    </div>
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

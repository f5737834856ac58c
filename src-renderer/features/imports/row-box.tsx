import { ROW_HEIGHT } from '#kit/data-table.tsx';
import type { JSX, ReactNode } from 'react';

/** The table is never lower than this. */
const ROWS_LEAST = 3;
const HEAD_ROWS = 1.3;

type RowBoxProps = {
  /** undefined while they are loading. */
  readonly rowCount: number | undefined;
  readonly rowsMost: number;
  readonly children: ReactNode;
};

/** As high as the rows of the table in it, up to a number of rows; beyond that the table scrolls by itself. */
export function RowBox({ rowCount = ROWS_LEAST, rowsMost, children }: RowBoxProps): JSX.Element {
  const rows = Math.min(rowsMost, Math.max(ROWS_LEAST, rowCount)) + HEAD_ROWS;
  return (
    <div className="tall" style={{ height: Math.ceil(rows * ROW_HEIGHT) }}>
      {children}
    </div>
  );
}

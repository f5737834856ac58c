import { tableFromColumns, type ExportableColumn } from '#kit/export-columns.ts';
import { useExportHead } from '#kit/export-head.ts';
import { ExportMenu } from '#kit/export-menu.tsx';
import { useCurrency } from '#kit/money-text.tsx';
import type { JSX, RefObject } from 'react';
import { writeTable } from '../../client.ts';

type TableExportProps<T> = {
  readonly title: string;
  readonly columns: readonly ExportableColumn<T>[];
  /** The rows as the table shows them, in their order. */
  readonly shownRef: RefObject<readonly T[]>;
};

/** Past imports, or the rows that were not taken, in a file. */
export function TableExport<T>({ title, columns, shownRef }: TableExportProps<T>): JSX.Element {
  const head = useExportHead();
  const currency = useCurrency();
  const { totalWord } = head;
  return (
    <ExportMenu
      name={head.nameOf(title)}
      size="compact-sm"
      makeTable={() =>
        tableFromColumns({ title, lines: head.lines(), columns, rows: shownRef.current, currency, totalWord })
      }
      onWrite={writeTable}
    />
  );
}

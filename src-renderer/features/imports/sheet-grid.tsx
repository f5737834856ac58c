import { UnstyledButton } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { MeaningHead } from './meaning-head.tsx';
import { LOOKS } from './meanings.ts';
import type { ImportField } from './types.ts';
import { meaningOf, type Drafted } from './wizard.ts';

const ROWS_SHOWN = 25;
const ROWS_UNDER_HEADER = 12;
/** A guess below this is shown as a doubt. */
const SURE_FROM = 60;

type SheetGridProps = {
  readonly drafted: Drafted;
  readonly isOnlyUsed: boolean;
  readonly onMeaning: (column: number, field: ImportField | null) => void;
  readonly onConfirm: (column: number) => void;
  readonly onHeaderRow: (row: number) => void;
};

/** The first rows of the sheet as the file has them, with the meaning of each column over it. */
export function SheetGrid(props: SheetGridProps): JSX.Element {
  const { t } = useTranslation('imports');
  const { drafted, onHeaderRow } = props;
  const { understood, map } = drafted;
  const columns = shownColumns(drafted, props.isOnlyUsed);
  const rows = understood.grid.slice(0, Math.max(ROWS_SHOWN, understood.headerRow + ROWS_UNDER_HEADER));
  const groups = new Map(columns.map((column) => [column, groupOf(drafted, column)]));
  return (
    // It scrolls both ways, so the keyboard must be able to stand on it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="sheet" role="region" aria-label={t('understood.grid')} tabIndex={0}>
      <table className="sheet__table">
        <thead>
          <tr>
            <td className="sheet__corner" aria-hidden />
            {columns.map((column) => (
              <MeaningHead
                key={column}
                column={column}
                columns={map.columns}
                field={meaningOf(map, column)}
                confidence={doubtOf(drafted, column)}
                onMeaning={(field) => props.onMeaning(column, field)}
                onConfirm={() => props.onConfirm(column)}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            // oxlint-disable-next-line react/no-array-index-key -- A row of the sheet is its place in it.
            <tr key={row} className={rowClass(row, understood.headerRow)}>
              <th scope="row" className="sheet__number">
                <RowNumber row={row} headerRow={understood.headerRow} onHeaderRow={onHeaderRow} />
              </th>
              {columns.map((column) => (
                <td key={column} data-group={groups.get(column)} title={cells[column]}>
                  {cells[column]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowNumberProps = {
  readonly row: number;
  readonly headerRow: number;
  readonly onHeaderRow: (row: number) => void;
};

function RowNumber({ row, headerRow, onHeaderRow }: RowNumberProps): JSX.Element {
  const { t } = useTranslation('imports');
  const isHeader = row === headerRow;
  const said = t(isHeader ? 'understood.isHeader' : 'understood.makeHeader', { row: row + 1 });
  return (
    <UnstyledButton
      className="sheet__pick"
      title={said}
      aria-label={said}
      aria-pressed={isHeader}
      onClick={() => (isHeader ? undefined : onHeaderRow(row))}
    >
      {row + 1}
    </UnstyledButton>
  );
}

function rowClass(row: number, headerRow: number): string {
  if (row === headerRow) return 'sheet__row sheet__row--header';
  return row < headerRow ? 'sheet__row sheet__row--above' : 'sheet__row';
}

function shownColumns({ understood, map }: Drafted, isOnlyUsed: boolean): readonly number[] {
  const widest = Math.max(understood.headers.length, ...understood.grid.map((cells) => cells.length));
  const all = Array.from({ length: widest }, (_, column) => column);
  return isOnlyUsed ? all.filter((column) => meaningOf(map, column) !== null) : all;
}

function groupOf({ map }: Drafted, column: number): string | undefined {
  const field = meaningOf(map, column);
  return field === null ? undefined : LOOKS[field].group;
}

/** How sure a guess is that the user should look at; null where there is no doubt or he has looked. */
export function doubtOf({ understood, map, settled }: Drafted, column: number): number | null {
  const field = meaningOf(map, column);
  if (field === null || settled.includes(column)) return null;
  const guess = understood.guesses.find((one) => one.column === column && one.field === field);
  return guess && guess.confidence < SURE_FROM ? guess.confidence : null;
}

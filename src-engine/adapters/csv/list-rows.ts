import type { Cell } from '#domain/imports/cells.ts';
import { failedFile, type FailedFile } from '../ports.ts';
import type { ScannedRows } from './scan.ts';

export const ROWS_MOST = 1_000_000;
export const COLUMNS_MOST = 16_384;
/** Places of cells in the whole list. */
export const SLOTS_MOST = 20_000_000;
/** A single cell longer than this is no value of a list: an unclosed quote has swallowed the rest of the file. */
export const CELL_LETTERS_MOST = 32_767;

/** Takes the rows of a list as they are read, in pieces; they are the taker's from then on. */
export type TakeList = {
  readonly rows: (rows: readonly (readonly Cell[])[]) => void;
  readonly scanned: (rows: ScannedRows) => void;
};

export type ListRows = {
  rowCount: number;
  /** What makes the list unreadable; rows that come after it are dropped. */
  failure: FailedFile | null;
  readonly add: (rows: readonly (readonly string[])[]) => void;
  readonly addScanned: (rows: ScannedRows) => void;
  /** Told that all rows were added: a failure when none of them holds anything. */
  readonly end: () => FailedFile | null;
};

const NO_CELLS: readonly Cell[] = [];

/** Hands rows on within limits, and holds blank rows back until one follows that is none. */
export function listRows(take: TakeList): ListRows {
  let slots = 0;
  let filledCount = 0;
  const handBlanks = (): void => {
    const count = list.rowCount - filledCount;
    if (count > 0) take.rows(Array.from({ length: count }, () => NO_CELLS));
  };
  const list: ListRows = {
    rowCount: 0,
    failure: null,
    add: (some) => {
      const rows = some.map(cellsOf);
      some.forEach((row, at) => {
        slots += row.length;
        list.failure ??= failureOf(list.rowCount + at, rows[at] ?? NO_CELLS, slots);
      });
      const filled = rows.findLastIndex((row) => row.length > 0) + 1;
      if (filled > 0 && list.failure === null) {
        handBlanks();
        take.rows(rows.slice(0, filled));
        filledCount = list.rowCount + filled;
      }
      list.rowCount += some.length;
    },
    addScanned: (some) => {
      slots += some.slots;
      list.failure ??= failureOfScanned(list.rowCount, some, slots);
      const filled = some.widths.findLastIndex((width) => width > 0) + 1;
      if (filled > 0 && list.failure === null) {
        handBlanks();
        take.scanned({ ...some, widths: some.widths.slice(0, filled) });
        filledCount = list.rowCount + filled;
      }
      list.rowCount += some.widths.length;
    },
    end: () =>
      filledCount > 0 ? null : failedFile('empty', 'The file has no rows: it holds nothing but blanks.'),
  };
  return list;
}

/** The rows of a list as an array that grows while it is read. */
export function keepRows(rows: (readonly Cell[])[]): TakeList {
  return {
    rows: (some) => {
      for (const row of some) rows.push(row);
    },
    scanned: ({ text, widths, bounds }) => {
      let at = 0;
      for (const width of widths) {
        const row: Cell[] = [];
        for (const end = at + 2 * width; at < end; at += 2) {
          const [from, to] = [bounds[at] ?? 0, bounds[at + 1] ?? 0];
          row.push(from === to ? null : text.slice(from, to));
        }
        rows.push(row);
      }
    },
  };
}

function cellsOf(data: readonly string[]): readonly Cell[] {
  const cells: Cell[] = [];
  let filled = 0;
  for (const text of data) {
    const trimmed = text.trim();
    if (trimmed === '') cells.push(null);
    else filled = cells.push(trimmed);
  }
  if (filled < cells.length) cells.length = filled;
  return cells;
}

function failureOf(row: number, cells: readonly Cell[], slots: number): FailedFile | null {
  if (row >= ROWS_MOST) return tooManyRows();
  if (cells.length > COLUMNS_MOST || slots > SLOTS_MOST) return tooWide(row);
  for (const cell of cells) {
    if (typeof cell === 'string' && cell.length > CELL_LETTERS_MOST) return openQuote(row);
  }
  return null;
}

function failureOfScanned(row: number, { widths, bounds }: ScannedRows, slots: number): FailedFile | null {
  if (row + widths.length > ROWS_MOST) return tooManyRows();
  let slot = 0;
  for (const [at, width] of widths.entries()) {
    if (width > COLUMNS_MOST) return tooWide(row + at);
    for (const end = slot + 2 * width; slot < end; slot += 2) {
      if ((bounds[slot + 1] ?? 0) - (bounds[slot] ?? 0) > CELL_LETTERS_MOST) return openQuote(row + at);
    }
  }
  return slots > SLOTS_MOST ? tooWide(row + widths.length - 1) : null;
}

function tooManyRows(): FailedFile {
  return failedFile('too-large', `The file has more than ${ROWS_MOST} rows. Split it into several files.`);
}

function tooWide(row: number): FailedFile {
  return failedFile(
    'too-large',
    `At row ${row + 1} the list has more columns than can be read. Take away those that hold nothing.`,
  );
}

export function openQuote(row: number): FailedFile {
  return failedFile(
    'unreadable',
    `A quotation mark is opened at about row ${row + 1} and never closed, so the rows after it cannot be told apart.`,
  );
}

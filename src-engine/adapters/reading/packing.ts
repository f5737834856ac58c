import type { Cell, SheetGrid } from '#domain/imports/cells.ts';
import { day, type Day } from '#domain/days.ts';
import { knownPlaces, type KnownPlaces } from './known-places.ts';

// A grid as it crosses from the reading process: a few flat arrays for some thousand rows, which are handed over instead
// of being copied cell by cell. A text that comes again is sent once, and is one and the same string on the other side.

/** Some rows of one sheet, in their order. */
export type PackedRows = {
  readonly sheet: number;
  readonly widths: Uint32Array<ArrayBuffer>;
  /** One for each place: nothing, a number, or a text or day by its number in the file's list. */
  readonly codes: Uint32Array<ArrayBuffer>;
  readonly numbers: Float64Array<ArrayBuffer>;
  /** What texts that were not met before are cut from, and two places for each: where it begins and where it ends. */
  readonly texts: string;
  readonly textBounds: Uint32Array<ArrayBuffer>;
};

const NOTHING = 0;
const NUMBER = 1;
const FIRST_TEXT = 2;
/** Rows in one piece, unless they are wide. */
const PIECE_ROWS = 5000;
const PIECE_SLOTS = 200_000;

/** Packs rows in the order in which they are read. One for a whole file. */
export type Packing = {
  readonly pack: (sheet: number, rows: SheetGrid['rows']) => Iterable<PackedRows>;
  /** Rows of nothing but texts, as places in one text; see knownPlaces. */
  readonly packScanned: (sheet: number, rows: RowPlaces) => PackedRows;
};

/** Cells of rows as places in a text: two for each, where it begins and where it ends; the same twice is no cell. */
export type RowPlaces = {
  readonly text: string;
  readonly widths: Uint32Array<ArrayBuffer>;
  readonly bounds: Uint32Array<ArrayBuffer>;
};

/** Texts of one column that were sent before; null once most of them turn out to come but once. */
type Known = { texts: Map<string, number> | null; met: number };

type Piece = {
  readonly codes: Uint32Array<ArrayBuffer>;
  readonly numbers: number[];
  readonly texts: string[];
  readonly lengths: number[];
};

const TRIED_CELLS = 4096;

export function openPacking(): Packing {
  let sent = 0;
  const columns: Known[] = [];
  const places: KnownPlaces[] = [];
  const send = (piece: Piece, text: string): number => {
    piece.texts.push(text);
    piece.lengths.push(text.length);
    sent += 1;
    return sent - 1;
  };
  const textNumber = (piece: Piece, column: number, text: string): number => {
    const known = (columns[column] ??= { texts: new Map(), met: 0 });
    if (known.texts === null) return send(piece, text);
    known.met += 1;
    const before = known.texts.get(text);
    if (before !== undefined) return before;
    // Looking up a million texts that never come again costs more than sending them.
    if (known.met > TRIED_CELLS && known.texts.size > known.met / 2) known.texts = null;
    const number = send(piece, text);
    known.texts?.set(text, number);
    return number;
  };
  const codeOf = (piece: Piece, column: number, cell: Cell): number => {
    if (cell === null) return NOTHING;
    if (typeof cell === 'string') return FIRST_TEXT + textNumber(piece, column, cell) * 2;
    if (typeof cell === 'number') {
      piece.numbers.push(cell);
      return NUMBER;
    }
    // A day and a text of the same letters are two things: the lowest bit tells them apart.
    return FIRST_TEXT + textNumber(piece, column, cell.day) * 2 + 1;
  };
  return {
    pack: function* (sheet, rows) {
      for (let from = 0; from < rows.length;) {
        const { to, slots } = pieceOf(rows, from);
        const widths = new Uint32Array(to - from);
        const piece: Piece = { codes: new Uint32Array(slots), numbers: [], texts: [], lengths: [] };
        let slot = 0;
        for (let at = from; at < to; at += 1) {
          const row = rows[at] ?? [];
          widths[at - from] = row.length;
          for (let column = 0; column < row.length; column += 1) {
            piece.codes[slot] = codeOf(piece, column, row[column] ?? null);
            slot += 1;
          }
        }
        yield packed(sheet, widths, piece);
        from = to;
      }
    },
    packScanned: (sheet, { text, widths, bounds }) => {
      const codes = new Uint32Array(bounds.length / 2);
      const textBounds = new Uint32Array(bounds.length);
      let isNew = 0;
      let slot = 0;
      for (const width of widths) {
        for (let column = 0; column < width; column += 1, slot += 1) {
          const from = bounds[2 * slot] ?? 0;
          const to = bounds[2 * slot + 1] ?? 0;
          if (from === to) continue;
          const number = (places[column] ??= knownPlaces()).numberOf({ text, from, to }, sent);
          codes[slot] = FIRST_TEXT + number * 2;
          if (number < sent) continue;
          textBounds[isNew] = from;
          textBounds[isNew + 1] = to;
          isNew += 2;
          sent += 1;
        }
      }
      const numbers = new Float64Array(0);
      return { sheet, widths, codes, numbers, texts: text, textBounds: textBounds.slice(0, isNew) };
    },
  };
}

function packed(
  sheet: number,
  widths: PackedRows['widths'],
  { codes, numbers, texts, lengths }: Piece,
): PackedRows {
  const textBounds = new Uint32Array(2 * lengths.length);
  let end = 0;
  for (const [at, length] of lengths.entries()) {
    textBounds[2 * at] = end;
    end += length;
    textBounds[2 * at + 1] = end;
  }
  return { sheet, widths, codes, numbers: Float64Array.from(numbers), texts: texts.join(''), textBounds };
}

function pieceOf(rows: SheetGrid['rows'], from: number): { readonly to: number; readonly slots: number } {
  let slots = 0;
  let to = from;
  while (to < rows.length && to - from < PIECE_ROWS && slots < PIECE_SLOTS) {
    slots += rows[to]?.length ?? 0;
    to += 1;
  }
  return { to, slots };
}

/** The arrays of a piece that are handed over and not copied. */
export function handedOver({ widths, codes, numbers, textBounds }: PackedRows): readonly ArrayBuffer[] {
  return [widths.buffer, codes.buffer, numbers.buffer, textBounds.buffer];
}

export type Unpacking = {
  readonly take: (piece: PackedRows) => void;
  /** What was taken, under the names of the sheets in their order. */
  readonly sheets: (names: readonly string[]) => readonly SheetGrid[];
};

const NO_CELLS: readonly Cell[] = [];

/** Puts the pieces together again, in the order in which they were packed. */
export function unpackSheets(): Unpacking {
  const texts: string[] = [];
  const days: ({ readonly day: Day } | undefined)[] = [];
  const rowsOf: (readonly Cell[])[][] = [];
  const dayCell = (number: number): Cell => {
    const known = days[number];
    if (known !== undefined) return known;
    const made = { day: day(texts[number] ?? '') };
    days[number] = made;
    return made;
  };
  const cellOf = (code: number): Cell => {
    const number = (code - FIRST_TEXT) >>> 1;
    return code % 2 === 1 ? dayCell(number) : (texts[number] ?? '');
  };
  const take = (piece: PackedRows): void => {
    takeTexts(piece, texts);
    const rows = (rowsOf[piece.sheet] ??= []);
    takeRows(piece, rows, cellOf);
  };
  return { take, sheets: (names) => names.map((name, at) => ({ name, rows: rowsOf[at] ?? [] })) };
}

function takeTexts(piece: PackedRows, texts: string[]): void {
  const { textBounds } = piece;
  for (let at = 0; at < textBounds.length; at += 2)
    texts.push(piece.texts.slice(textBounds[at], textBounds[at + 1]));
}

function takeRows(
  { widths, codes, numbers }: PackedRows,
  rows: (readonly Cell[])[],
  cellOf: (code: number) => Cell,
): void {
  const blank: Cell[][] = [];
  let slot = 0;
  let numberAt = 0;
  for (const width of widths) {
    if (width === 0) {
      rows.push(NO_CELLS);
      continue;
    }
    // A copy of an array has no room to grow; one that grew cell by cell would keep it.
    const row = (blank[width] ??= Array.from({ length: width }, () => null)).slice();
    for (let column = 0; column < width; column += 1, slot += 1) {
      const code = codes[slot] ?? NOTHING;
      if (code === NUMBER) {
        row[column] = numbers[numberAt] ?? 0;
        numberAt += 1;
      } else if (code !== NOTHING) row[column] = cellOf(code);
    }
    rows.push(row);
  }
}

import type { Buffer } from 'node:buffer';
import type { Cell } from '#domain/imports/cells.ts';
import { fillMerges, type Merge } from '#domain/imports/merged-cells.ts';
import { PLAIN_FORMAT, textCell, type NumberFormat } from '#domain/imports/number-formats.ts';
import { bytesNumber } from './bytes-number.ts';
import { addressOf, readCell, valueTypes, type CellPlace } from './cell-tag.ts';
import { WorkbookFault } from './fault.ts';
import { joined } from './strings.ts';
import { attributesText, eachTag, nameCode, tagName, type TagKind, type Tags } from './tags.ts';
import { attribute, cellText } from './xml.ts';

/** What the sheets of one workbook have in common, and what they may still take up in memory. */
export type BookCells = {
  readonly strings: readonly Cell[];
  readonly formats: readonly NumberFormat[];
  readonly numberCell: (value: number, format: NumberFormat) => Cell;
  /** Places of cells, blank ones between others counted too. */
  slotsLeft: number;
};

/** Rows that hold something in one sheet; more than that is read from CSV. */
export const ROWS_MOST = 500_000;
const COLUMNS_MOST = 16_384;
const LAST_ROW_MOST = 1_048_576;
const MERGES_MOST = 100_000;
const NO_CELLS: Cell[] = [];

const ROW = nameCode('row');
const CELL = nameCode('c');
const VALUE = nameCode('v');
const TEXT = nameCode('t');
const INLINE = nameCode('is');
const FORMULA = nameCode('f');
const PHONETIC = nameCode('rPh');

type Sheet = {
  readonly name: string;
  readonly book: BookCells;
  readonly rows: Cell[][];
  readonly merges: Merge[];
  /** Where in the part the walk is: before, in or after the cells; 'no-sheet' is a chart or the like. */
  room: 'start' | 'head' | 'cells' | 'extension' | 'tail' | 'no-sheet';
  rowCount: number;
  filledRows: number;
  /** Values that stand where this reader knows none. */
  strayCount: number;
  row: number;
  isRowStated: boolean;
  cells: Cell[];
  readonly place: CellPlace;
  column: number;
  inside: 'row' | 'cell' | 'value' | 'inline' | 'text' | 'formula' | 'phonetic';
  text: string;
  value: Cell;
};

/** Reads the rows of a sheet as they are unpacked; null when the part is no sheet of cells. */
export async function readSheet(
  name: string,
  pieces: AsyncIterable<Buffer>,
  book: BookCells,
): Promise<Cell[][] | null> {
  const sheet: Sheet = {
    name,
    book,
    rows: [],
    merges: [],
    room: 'start',
    rowCount: 0,
    filledRows: 0,
    strayCount: 0,
    row: -1,
    isRowStated: false,
    cells: [],
    place: { row: -1, column: -1, style: 0, type: valueTypes.number },
    column: -1,
    inside: 'row',
    text: '',
    value: null,
  };
  await eachTag(pieces, (tags, kind) => takeTag(sheet, tags, kind));
  if (sheet.room === 'no-sheet') return null;
  // The part ends amid the cells, or never began.
  if (sheet.room === 'cells' || sheet.room === 'start') throw new WorkbookFault('damaged', name);
  if (sheet.strayCount > 0) throw new WorkbookFault('odd', name, sheet.rowCount);
  if (!fillMerges(sheet.rows, sheet.merges)) throw new WorkbookFault('too-large', name);
  return sheet.rows;
}

function takeTag(sheet: Sheet, tags: Tags, kind: TagKind): void {
  if (sheet.room !== 'cells') {
    if (kind !== 'raw' && kind !== 'skipped') takeOutside(sheet, tags, kind);
    return;
  }
  if (kind === 'raw' || kind === 'skipped') {
    if (sheet.inside === 'value' || sheet.inside === 'text') sheet.text = joined(sheet.text, tags, kind);
    return;
  }
  switch (tags.code) {
    case CELL:
      return takeCell(sheet, tags, kind);
    case VALUE:
      return takeValue(sheet, tags, kind);
    case TEXT:
      return takeText(sheet, tags, kind);
    case ROW:
      return takeRow(sheet, tags, kind);
    case INLINE:
      if (sheet.inside === 'cell' && kind === 'open') sheet.inside = 'inline';
      else if (sheet.inside === 'inline' && kind === 'close') endInline(sheet);
      return;
    case FORMULA:
      if (sheet.inside === 'cell' && kind === 'open') sheet.inside = 'formula';
      else if (sheet.inside === 'formula' && kind === 'close') sheet.inside = 'cell';
      return;
    case PHONETIC:
      if (sheet.inside === 'inline' && kind === 'open') sheet.inside = 'phonetic';
      else if (sheet.inside === 'phonetic' && kind === 'close') sheet.inside = 'inline';
      return;
    case -1:
      return takeLongName(sheet, tags, kind);
    default:
      takeUnknown(sheet, tags);
  }
}

/** Before and after the cells only the part's own name, its merged ranges and the cells' begin and end matter. */
function takeOutside(sheet: Sheet, tags: Tags, kind: TagKind): void {
  const name = tags.code === -1 ? tagName(tags) : '';
  if (sheet.room === 'start') {
    sheet.room = name === 'worksheet' ? 'head' : 'no-sheet';
  } else if (sheet.room === 'extension') {
    if (name === 'extLst' && kind === 'close') sheet.room = 'cells';
  } else if (name === 'sheetData' && sheet.room === 'head') {
    sheet.room = kind === 'open' ? 'cells' : 'tail';
  } else if (name === 'mergeCell' && kind !== 'close') {
    const merge = mergeOf(attribute(attributesText(tags), 'ref') ?? '');
    if (merge !== null) sheet.merges.push(merge);
    if (sheet.merges.length > MERGES_MOST) throw new WorkbookFault('too-large', sheet.name);
  } else if (tags.code === ROW || name === 'sheetData') {
    // Rows outside the cells, or cells twice.
    sheet.strayCount += 1;
  }
}

function takeLongName(sheet: Sheet, tags: Tags, kind: TagKind): void {
  const name = tagName(tags);
  if (name === 'sheetData' && kind === 'close') {
    endRow(sheet);
    sheet.room = 'tail';
  } else if (name === 'extLst' && kind === 'open') {
    sheet.room = 'extension';
  } else takeUnknown(sheet, tags);
}

function takeRow(sheet: Sheet, tags: Tags, kind: TagKind): void {
  if (kind === 'close') return endRow(sheet);
  endRow(sheet);
  sheet.rowCount += 1;
  readCell(tags, sheet.place);
  sheet.isRowStated = sheet.place.row >= 0;
  sheet.row = sheet.isRowStated ? sheet.place.row : sheet.row + 1;
  sheet.column = -1;
  if (sheet.row >= LAST_ROW_MOST) throw new WorkbookFault('damaged', sheet.name);
}

function takeCell(sheet: Sheet, tags: Tags, kind: TagKind): void {
  if (kind === 'close') return endCell(sheet);
  if (sheet.inside !== 'row') throw new WorkbookFault('damaged', sheet.name);
  const { place } = sheet;
  readCell(tags, place);
  // Cells may leave their address out; they then follow the one before.
  sheet.column = place.column < 0 ? sheet.column + 1 : place.column;
  if (!sheet.isRowStated && place.row >= 0) {
    sheet.row = place.row;
    sheet.isRowStated = true;
  }
  sheet.value = null;
  if (kind === 'open') sheet.inside = 'cell';
}

function takeValue(sheet: Sheet, tags: Tags, kind: TagKind): void {
  if (kind === 'open' && sheet.inside === 'cell') {
    sheet.inside = 'value';
    sheet.text = '';
  } else if (kind === 'close' && sheet.inside === 'value') {
    sheet.value =
      sheet.text === '' ? bytesValue(sheet, tags) : textValue(sheet, joined(sheet.text, tags, kind));
    sheet.inside = 'cell';
  } else takeUnknown(sheet, tags);
}

function takeText(sheet: Sheet, tags: Tags, kind: TagKind): void {
  if (kind === 'open' && sheet.inside === 'inline') {
    sheet.inside = 'text';
  } else if (kind === 'close' && sheet.inside === 'text') {
    sheet.text = joined(sheet.text, tags, kind);
    sheet.inside = 'inline';
  } else if (sheet.inside !== 'phonetic') takeUnknown(sheet, tags);
}

function endInline(sheet: Sheet): void {
  sheet.value = textCell(cellText(sheet.text));
  sheet.text = '';
  sheet.inside = 'cell';
}

/** A value straight from its bytes: most cells are numbers, and most of the others numbers of strings. */
function bytesValue(sheet: Sheet, tags: Tags): Cell {
  const { bytes, textFrom, textTo } = tags;
  const { type, style } = sheet.place;
  if (type === valueTypes.shared || type === valueTypes.number) {
    const number = bytesNumber(bytes, textFrom, textTo);
    if (number === number)
      return type === valueTypes.shared ? sharedCell(sheet, number) : numberCell(sheet, number, style);
  }
  return textFrom === textTo ? null : textValue(sheet, joined('', tags, 'close'));
}

function textValue(sheet: Sheet, xml: string): Cell {
  const text = cellText(xml).trim();
  switch (sheet.place.type) {
    case valueTypes.shared:
      return text === '' ? null : sharedCell(sheet, Number(text));
    case valueTypes.number: {
      const number = Number(text);
      // What says that it is a number and is none stays as it is written.
      return text === '' || Number.isNaN(number)
        ? textCell(text)
        : numberCell(sheet, number, sheet.place.style);
    }
    case valueTypes.boolean:
      return text === '' ? null : text === '1' || text.toLowerCase() === 'true' ? 'TRUE' : 'FALSE';
    case valueTypes.text:
      return textCell(text);
    default:
      return sheet.place.type satisfies never;
  }
}

function numberCell({ book }: Sheet, number: number, style: number): Cell {
  return book.numberCell(number, book.formats[style] ?? PLAIN_FORMAT);
}

function sharedCell({ book, name }: Sheet, index: number): Cell {
  const cell = book.strings[index];
  // A number without a string: what the cell said is lost, and nobody may guess it.
  if (cell === undefined) throw new WorkbookFault('damaged', name);
  return cell;
}

function endCell(sheet: Sheet): void {
  if (sheet.inside !== 'cell') throw new WorkbookFault('damaged', sheet.name);
  sheet.inside = 'row';
  const { value, column, cells } = sheet;
  if (value === null) return;
  if (column >= COLUMNS_MOST) throw new WorkbookFault('damaged', sheet.name);
  while (cells.length < column) cells.push(null);
  if (column === cells.length) cells.push(value);
  else if (cells[column] === null) cells[column] = value;
  else throw new WorkbookFault('damaged', sheet.name);
}

function endRow(sheet: Sheet): void {
  if (sheet.inside !== 'row') throw new WorkbookFault('damaged', sheet.name);
  if (sheet.cells.length === 0) return;
  const { rows, row, book } = sheet;
  const cells = sheet.cells.slice();
  sheet.cells.length = 0;
  sheet.filledRows += 1;
  book.slotsLeft -= cells.length + Math.max(0, row - rows.length);
  if (sheet.filledRows > ROWS_MOST) throw new WorkbookFault('too-many-rows', sheet.name, sheet.filledRows);
  if (book.slotsLeft < 0) throw new WorkbookFault('too-large', sheet.name);
  while (rows.length < row) rows.push(NO_CELLS);
  if (row === rows.length) rows.push(cells);
  else if (rows[row]?.length === 0) rows[row] = cells;
  // Two rows of one number: one of them would be lost.
  else throw new WorkbookFault('damaged', sheet.name);
}

/** Text where this reader knows none is counted: the sheet is not believed then. */
function takeUnknown(sheet: Sheet, tags: Tags): void {
  if (sheet.inside === 'formula' || sheet.inside === 'phonetic') return;
  for (let at = tags.textFrom; at < tags.textTo; at += 1) {
    if ((tags.bytes[at] ?? 0) > 0x20) {
      sheet.strayCount += 1;
      return;
    }
  }
}

function mergeOf(ref: string): Merge | null {
  const [from, to] = ref.split(':');
  const start = from === undefined ? null : addressOf(from);
  const end = to === undefined ? null : addressOf(to);
  return start === null || end === null
    ? null
    : { top: start.row, left: start.column, bottom: end.row, right: end.column };
}

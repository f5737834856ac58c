import type { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Cell, SheetGrid } from '#domain/imports/cells.ts';
import { fillMerges } from '#domain/imports/merged-cells.ts';
import { numberCells, numberFormat, PLAIN_FORMAT, textCell } from '#domain/imports/number-formats.ts';
import { read, type CellObject, type ParsingOptions, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { failedFile, type FailedFile, type ReadFile } from '../ports.ts';
import type { SheetKind } from './kinds.ts';
import { hasEntityTrick, isCutMarkup, markupText } from './markup.ts';
import { isLockedBiff, oleFile } from './ole.ts';

/** Places of cells in all sheets together. */
export const SLOTS_MOST = 20_000_000;
const COLUMNS_MOST = 16_384;
const SHEETS_MOST = 256;
const ERRORS: ReadonlyMap<unknown, string> = new Map([
  [0, '#NULL!'],
  [7, '#DIV/0!'],
  [15, '#VALUE!'],
  [23, '#REF!'],
  [29, '#NAME?'],
  [36, '#NUM!'],
  [42, '#N/A'],
]);

// Days come as serial numbers: a date made by the library may be a day off in India. Text is never guessed at.
const OPTIONS: ParsingOptions = {
  dense: true,
  cellDates: false,
  cellNF: true,
  cellText: false,
  cellHTML: false,
  cellFormula: false,
  raw: true,
};

export type SheetFile = {
  readonly bytes: Buffer;
  readonly fileName: string;
  /** 'zip': .xlsb or .ods, unpacked within its limits by whoever hands it over. */
  readonly kind: SheetKind | 'zip';
};

/**
 * Reads .xls, .xlsb, .ods, .fods, the XML of Excel 2003 and tables of a page. The library runs to its end once it is
 * begun: whoever calls this must be able to kill the process it runs in.
 */
export function readSheets(
  { bytes, fileName, kind }: SheetFile,
  original: { readonly byteCount: number; readonly sha256: string } = fingerprint(bytes),
): ReadFile {
  const opened = openBook(bytes, kind);
  if (!opened.ok) return opened;
  const sheets = gridsOf(opened.book);
  if (sheets === null) {
    return failedFile(
      'too-large',
      'The workbook holds more than can be read. Save the sheet with the list as .csv and choose that file.',
    );
  }
  if (sheets.every(({ rows }) => rows.length === 0)) {
    return failedFile(
      'reads-as-empty',
      'No rows were found in the file. If it holds some, open it in Excel and save it again as .xlsx.',
    );
  }
  return { ok: true, value: { sheets, fileName, ...original } };
}

function fingerprint(bytes: Buffer): { readonly byteCount: number; readonly sha256: string } {
  return { byteCount: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

type OpenedBook = { readonly ok: true; readonly book: WorkBook } | FailedFile;

function openBook(bytes: Buffer, kind: SheetFile['kind']): OpenedBook {
  try {
    if (kind === 'ole') {
      const file = oleFile(bytes);
      if (file === null || file.isCut) return truncated();
      if (file.isLocked) return locked();
      if (!file.hasWorkbook) return noWorkbook();
    }
    if (kind === 'biff' && isLockedBiff(bytes)) return locked();
    if (kind === 'ole' || kind === 'biff' || kind === 'zip') {
      return { ok: true, book: read(bytes, { ...OPTIONS, type: 'buffer' }) };
    }
    const text = markupText(bytes);
    if (text === null || hasEntityTrick(text, kind)) return damaged();
    if (isCutMarkup(text, kind)) return truncated();
    return { ok: true, book: read(text, { ...OPTIONS, type: 'string' }) };
  } catch {
    // Whatever the library throws, it could not read the file; it has no codes to tell more by.
    return kind === 'html' ? noWorkbook() : damaged();
  }
}

function gridsOf(book: WorkBook): readonly SheetGrid[] | null {
  const numberCell = numberCells(book.Workbook?.WBProps?.date1904 === true);
  const formats = new Map<string, ReturnType<typeof numberFormat>>();
  const toCell = ({ t, v, z }: CellObject): Cell => {
    if (v === undefined || v === null || t === 'z') return null;
    if (t === 'e') return ERRORS.get(v) ?? '#N/A';
    if (typeof v === 'boolean') return v ? 'TRUE' : 'FALSE';
    if (typeof v === 'string') return textCell(v);
    if (typeof v !== 'number') return null;
    if (z === undefined) return numberCell(v, PLAIN_FORMAT);
    const code = String(z);
    const format = formats.get(code) ?? numberFormat(code);
    formats.set(code, format);
    return numberCell(v, format);
  };
  const limits = { slotsLeft: SLOTS_MOST };
  const sheets: SheetGrid[] = [];
  for (const name of book.SheetNames.slice(0, SHEETS_MOST)) {
    const sheet = book.Sheets[name];
    const rows = sheet === undefined ? [] : rowsOf(sheet, toCell, limits);
    if (rows === null) return null;
    sheets.push({ name, rows });
  }
  return sheets;
}

function rowsOf(
  sheet: WorkSheet,
  toCell: (cell: CellObject) => Cell,
  limits: { slotsLeft: number },
): Cell[][] | null {
  const rows: Cell[][] = [];
  const data = sheet['!data'] ?? [];
  // Cells count where they stand: a stated range is never looked at.
  for (let at = 0; at < data.length; at += 1) {
    const cells: Cell[] = [];
    data[at]?.forEach((cell, column) => {
      const value = column < COLUMNS_MOST ? toCell(cell) : null;
      if (value === null) return;
      while (cells.length < column) cells.push(null);
      cells.push(value);
    });
    limits.slotsLeft -= 1 + cells.length;
    if (limits.slotsLeft < 0) return null;
    rows.push(cells);
  }
  while (rows.at(-1)?.length === 0) rows.pop();
  const merges = (sheet['!merges'] ?? []).map(({ s, e }) => ({
    top: s.r,
    left: s.c,
    bottom: e.r,
    right: e.c,
  }));
  return fillMerges(rows, merges) ? rows : null;
}

function truncated(): FailedFile {
  return failedFile(
    'truncated',
    'The end of the file is missing. Copy or download it again, then choose it once more.',
    true,
  );
}

function locked(): FailedFile {
  return failedFile(
    'password',
    'The file is locked with a password. Open it in Excel, remove the password and save it again.',
  );
}

function noWorkbook(): FailedFile {
  return failedFile(
    'not-a-workbook',
    'This file holds no table. Open it in Excel, save it as .xlsx and choose that file.',
  );
}

function damaged(): FailedFile {
  return failedFile(
    'unreadable',
    'The file is damaged or is no workbook. Open it in Excel and save it again as .xlsx.',
  );
}

import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Cell, SheetGrid } from '#domain/imports/cells.ts';
import type { Workbook, Worksheet } from 'exceljs';
import type { FileFailure, ReadFile } from '../ports.ts';
import { cellOf } from './cell.ts';
import { plainWorkbook, workbookParts, type SheetPart, type WorkbookParts } from './parts.ts';
import { openZip, ZipFault } from './zip.ts';

export const FILE_BYTES_MOST = 100_000_000;
/** What a workbook may unpack to. A hundred thousand rows of twelve columns are about 60 MB. */
export const UNPACKED_BYTES_MOST = 400_000_000;
/** Rows that hold something; more than that is read from CSV. */
export const ROWS_MOST = 300_000;
export const COLUMNS_MOST = 1_000;
/** The last row a grid reaches down to, however far below a lone cell may stand. */
export const LAST_ROW_MOST = 1_048_576;

const ZIP = [0x50, 0x4b] as const;
const OLE = [0xd0, 0xcf, 0x11, 0xe0] as const;

/** Whether the first bytes are those of an .xlsx or of the old format, which gets a sentence of its own. */
export function canRead(head: Uint8Array): boolean {
  return startsWith(head, ZIP) || startsWith(head, OLE);
}

export async function readWorkbook(path: string, signal?: AbortSignal): Promise<ReadFile> {
  const file = await bytesOf(path, signal);
  if (!file.ok) return file;
  const { bytes } = file;
  if (startsWith(bytes, OLE)) return oleFailure(bytes);
  if (!startsWith(bytes, ZIP)) {
    return failed('not-a-workbook', 'This is not an Excel file. Save it as .xlsx or .csv and try again.');
  }
  try {
    const parts = workbookParts(openZip(bytes, UNPACKED_BYTES_MOST));
    const tooMany = parts.sheets.find(({ rowCount }) => rowCount > ROWS_MOST);
    if (tooMany !== undefined) return tooManyRows(tooMany);
    signal?.throwIfAborted();
    const sheets = await gridsOf(parts, signal);
    const lost = parts.sheets.find((part, at) => hasValues(part) && sheets[at]?.rows.length === 0);
    if (lost !== undefined) return lostRows(lost);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { ok: true, value: { sheets, fileName: basename(path), byteCount: bytes.length, sha256 } };
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return error instanceof ZipFault && error.code === 'too-large' ? tooLarge() : damaged();
  }
}

async function bytesOf(
  path: string,
  signal: AbortSignal | undefined,
): Promise<{ ok: true; bytes: Buffer } | { ok: false; failure: FileFailure }> {
  try {
    const { size } = await stat(path);
    if (size === 0) return failed('empty', 'The file is empty: it has no bytes at all.');
    if (size > FILE_BYTES_MOST) return tooLarge();
    return { ok: true, bytes: await readFile(path, { signal }) };
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return failed('not-found', `The file “${basename(path)}” cannot be opened. Is it still there?`, true);
  }
}

async function gridsOf(parts: WorkbookParts, signal: AbortSignal | undefined): Promise<SheetGrid[]> {
  // Loaded on the first import only: it is large, and starting the app must not wait for it.
  const { default: exceljs } = await import('exceljs');
  const book: Workbook = new exceljs.Workbook();
  const plain = plainWorkbook(parts);
  await book.xlsx.load(
    plain.buffer.slice(plain.byteOffset, plain.byteOffset + plain.byteLength) as ArrayBuffer,
  );
  signal?.throwIfAborted();
  return parts.sheets.map((part, at) => gridOf(book.worksheets[at], part, parts.is1904));
}

function gridOf(sheet: Worksheet | undefined, part: SheetPart, is1904: boolean): SheetGrid {
  const rows: Cell[][] = [];
  sheet?.eachRow({ includeEmpty: false }, (row, number) => {
    if (number > LAST_ROW_MOST) return;
    const cells: Cell[] = [];
    row.eachCell({ includeEmpty: false }, (cell, column) => {
      if (column > COLUMNS_MOST) return;
      const value = cellOf(cell.value, cell.numFmt ?? '', is1904);
      if (value === null) return;
      while (cells.length < column - 1) cells.push(null);
      cells.push(value);
    });
    if (cells.length === 0) return;
    while (rows.length < number - 1) rows.push([]);
    rows.push(cells);
  });
  fillMerges(rows, part);
  return { name: part.name, rows };
}

/**
 * A name or a date merged over several rows holds for each of them; a merged amount stands once, or it would be
 * counted as often as there are rows.
 */
function fillMerges(rows: Cell[][], { merges }: SheetPart): void {
  for (const { top, left, bottom } of merges) {
    const value = rows[top]?.[left] ?? null;
    if (value === null || typeof value === 'number') continue;
    for (let at = top + 1; at <= Math.min(bottom, rows.length - 1); at += 1) {
      const row = rows[at] ?? [];
      // A row that holds nothing else stays blank.
      if (row.length === 0) continue;
      while (row.length <= left) row.push(null);
      row[left] ??= value;
    }
  }
}

function hasValues({ cellsXml }: SheetPart): boolean {
  return /<v>[^<\s]|<t(?:\s[^>]*)?>[^<\s]/.test(cellsXml);
}

function startsWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, at) => bytes[at] === byte);
}

function oleFailure(bytes: Buffer): ReadFile {
  // Both names stand in the file's directory as UTF-16.
  const isLocked = bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'));
  return isLocked
    ? failed(
        'password',
        'The file is locked with a password. Open it in Excel, remove the password and save it again.',
      )
    : failed(
        'not-a-workbook',
        'This is a file of the old Excel format (.xls). Open it in Excel and save it as .xlsx.',
      );
}

function tooManyRows({ name, rowCount }: SheetPart): ReadFile {
  return failed(
    'too-large',
    `The sheet “${name}” has ${rowCount} rows; at most ${ROWS_MOST} can be read from a workbook. Save it as .csv instead.`,
  );
}

function lostRows({ name, rowCount }: SheetPart): ReadFile {
  return failed(
    'unreadable',
    `The sheet “${name}” holds ${rowCount} rows, but none could be read. Open the file in Excel and save it again as .xlsx.`,
  );
}

function tooLarge(): { ok: false; failure: FileFailure } {
  return failed('too-large', `The file is too large: at most ${FILE_BYTES_MOST / 1_000_000} MB can be read.`);
}

function damaged(): ReadFile {
  return failed(
    'unreadable',
    'The file is damaged or is not an Excel workbook. Open it in Excel and save it again as .xlsx.',
  );
}

function failed(
  code: FileFailure['code'],
  sentence: string,
  retryable = false,
): { ok: false; failure: FileFailure } {
  return { ok: false, failure: { code, sentence, retryable } };
}

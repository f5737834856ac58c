import type { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { SheetGrid } from '#domain/imports/cells.ts';
import { numberCells } from '#domain/imports/number-formats.ts';
import { failedFile, type FailedFile, type ReadFile, type ReadOptions } from '../ports.ts';
import { readBook } from './book.ts';
import { WorkbookFault } from './fault.ts';
import { faultFile } from './fault-words.ts';
import { readSheet, type BookCells } from './sheet.ts';
import { readStrings } from './strings.ts';
import { inUtf8 } from './xml.ts';
import { openZip, type Parts } from './zip.ts';

export const FILE_BYTES_MOST = 100_000_000;
/** What a workbook may unpack to. A hundred thousand rows of twelve columns are about 60 MB. */
export const UNPACKED_BYTES_MOST = 400_000_000;
/** Places of cells in all sheets together. */
export const SLOTS_MOST = 20_000_000;

const ZIP = [0x50, 0x4b] as const;

/** Whether the first bytes are those of a zip, which every workbook of this format is. */
export function canRead(head: Uint8Array): boolean {
  return ZIP.every((byte, at) => head[at] === byte);
}

/**
 * Reads every sheet of an .xlsx or .xlsm, hidden ones too. Its stated dimensions are never looked at: rows count as they
 * come. Rejects when it is aborted; everything else is a failure with a sentence.
 */
export async function readWorkbook(path: string, options: ReadOptions = {}): Promise<ReadFile> {
  const file = await workbookBytes(path, options.signal);
  return file.ok ? readWorkbookBytes(file.bytes, basename(path), options) : file;
}

export async function readWorkbookBytes(
  bytes: Buffer,
  fileName: string,
  options: ReadOptions = {},
): Promise<ReadFile> {
  if (!canRead(bytes)) {
    return failedFile('not-a-workbook', 'This is not an Excel file. Save it as .xlsx or .csv and try again.');
  }
  try {
    const sheets = await gridsOf(openZip(bytes, UNPACKED_BYTES_MOST), bytes.length, options);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { ok: true, value: { sheets, fileName, byteCount: bytes.length, sha256 } };
  } catch (error) {
    if (error instanceof WorkbookFault) return faultFile(error);
    throw error;
  }
}

/** The whole file, or why there is none. */
export async function workbookBytes(
  path: string,
  signal?: AbortSignal,
): Promise<{ readonly ok: true; readonly bytes: Buffer } | FailedFile> {
  try {
    const { size } = await stat(path);
    if (size === 0) return failedFile('empty', 'The file is empty: it has no bytes at all.');
    if (size > FILE_BYTES_MOST) {
      const most = FILE_BYTES_MOST / 1_000_000;
      return failedFile('too-large', `The file is too large: at most ${most} MB can be read.`);
    }
    return { ok: true, bytes: await readFile(path, { signal }) };
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return failedFile('not-found', `The file “${basename(path)}” cannot be opened. Is it still there?`, true);
  }
}

async function gridsOf(
  zip: Parts,
  byteCount: number,
  { signal, onProgress }: ReadOptions,
): Promise<readonly SheetGrid[]> {
  const book = await readBook(zip, signal);
  let done = 0;
  const told = async function* (path: string): AsyncGenerator<Buffer> {
    const share = zip.packedBytes(path) / Math.max(1, zip.unpackedBytes(path));
    for await (const piece of zip.stream(path, signal)) {
      yield piece;
      done += piece.length * share;
      onProgress?.(Math.min(byteCount, Math.round(done)), byteCount);
    }
  };
  const strings = book.stringsPath === null ? [] : await readStrings(inUtf8(told(book.stringsPath)));
  const cells: BookCells = {
    strings,
    formats: book.formats,
    numberCell: numberCells(book.is1904),
    slotsLeft: SLOTS_MOST,
  };
  const sheets: SheetGrid[] = [];
  for (const { name, path } of book.sheets) {
    const rows = await readSheet(name, inUtf8(told(path)), cells);
    if (rows !== null) sheets.push({ name, rows });
  }
  if (sheets.length === 0) throw new WorkbookFault('damaged');
  return sheets;
}

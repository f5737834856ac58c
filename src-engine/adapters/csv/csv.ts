import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { TextDecoder } from 'node:util';
import type { Cell, SheetGrid } from '#domain/imports/cells.ts';
import Papa from 'papaparse';
import { failedFile, type FailedFile, type ReadFile, type ReadOptions } from '../ports.ts';
import { encodingOfHead, isText, isUtf8, type Encoding } from './encoding.ts';

export const FILE_BYTES_MOST = 300_000_000;
export const ROWS_MOST = 1_000_000;
export const COLUMNS_MOST = 16_384;
/** Places of cells in the whole list. */
export const SLOTS_MOST = 20_000_000;
/** What is pasted has come through the clipboard and the window; more than that is saved as a file. */
export const PASTED_LETTERS_MOST = 50_000_000;
/** A single cell longer than this is no value of a list: an unclosed quote has swallowed the rest of the file. */
export const CELL_LETTERS_MOST = 32_767;

const CHUNK_BYTES = 1 << 20;
const HEAD_BYTES = 64 * 1024;
const DELIMITERS = [',', ';', '\t', '|'];

/** Anything that is text can be a list; archives and pictures give themselves away by their zero bytes. */
export function canRead(head: Uint8Array): boolean {
  return head.length > 0 && isText(head);
}

/** Takes the rows of a list as they are read, in pieces; they are the taker's from then on. */
export type TakeRows = (rows: readonly (readonly Cell[])[]) => void;

/**
 * Streams the file through the parser. All cells stay text, so that leading zeros live. With `take` the rows are handed
 * on piece by piece, and the sheet of the answer is empty: nothing holds for them until the answer is `ok`.
 */
export async function readCsv(path: string, options: ReadOptions = {}, take?: TakeRows): Promise<ReadFile> {
  const fileName = basename(path);
  const file = await open(path, 'r').catch(() => null);
  if (file === null) {
    return failedFile('not-found', `The file “${fileName}” cannot be opened. Is it still there?`, true);
  }
  try {
    const { size } = await file.stat();
    if (!(await stat(path)).isFile()) return failedFile('not-found', `“${fileName}” is not a file.`);
    if (size === 0) return failedFile('empty', 'The file is empty: it has no bytes at all.');
    if (size > FILE_BYTES_MOST) return tooLarge();
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = buffer.subarray(0, bytesRead);
    if (!canRead(head)) {
      const sentence = 'This is not a list of text. Save it as .xlsx or .csv and try again.';
      return failedFile('not-a-workbook', sentence);
    }
    const rows: (readonly Cell[])[] = [];
    const keep: TakeRows = (some) => {
      for (const row of some) rows.push(row);
    };
    const gathered = await gatherFile({ file, size, head }, options, openRows(take ?? keep));
    if (!gathered.ok) return gathered;
    const sheet: SheetGrid = { name: fileName, rows };
    return { ok: true, value: { sheets: [sheet], fileName, byteCount: size, sha256: gathered.sha256 } };
  } finally {
    await file.close();
  }
}

/**
 * Rows as a spreadsheet puts them on the clipboard: columns by tabs, and cells that hold lines in quotation marks. Text
 * without tabs is read by whichever of the other delimiters it is cut by. `fileName` is 'pasted'.
 */
export function readPasted(text: string): ReadFile {
  if (text.length > PASTED_LETTERS_MOST) {
    return failedFile('too-large', 'This is too much to paste. Save it as a file and choose that.');
  }
  const plain = text.replace(/^\uFEFF/, '');
  const newline = plain.includes('\n') ? '\n' : '\r';
  const delimiter = plain.includes('\t') ? '\t' : delimiterOf(plain.slice(0, HEAD_BYTES), newline);
  const rows: (readonly Cell[])[] = [];
  const list = openRows((some) => void rows.push(...some));
  parsePiece(plain, { delimiter, newline, isLast: true }, list);
  const failure = list.failure ?? list.end();
  if (failure !== null) return failure;
  const bytes = Buffer.from(text);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const sheets: readonly SheetGrid[] = [{ name: 'pasted', rows }];
  return { ok: true, value: { sheets, fileName: 'pasted', byteCount: bytes.length, sha256 } };
}

type Opened = { readonly file: FileHandle; readonly size: number; readonly head: Uint8Array };

async function gatherFile(
  { file, size, head }: Opened,
  { signal, onProgress }: ReadOptions,
  list: Rows,
): Promise<{ ok: true; sha256: string } | FailedFile> {
  const hash = createHash('sha256');
  const guess = encodingOfHead(head);
  const isWindows = guess === 'utf-8' && !(await isUtf8(chunksOf(file, signal)));
  let done = 0;
  const onBytes = (bytes: Uint8Array): void => {
    hash.update(bytes);
    done += bytes.length;
    onProgress?.(done, size);
  };
  const encoding = isWindows ? 'windows-1252' : guess;
  const failure = await gather(chunksOf(file, signal), { head, encoding, onBytes }, list);
  return failure ?? { ok: true, sha256: hash.digest('hex') };
}

/** The file piece by piece; unlike a stream it may be left early without closing the file. */
async function* chunksOf(file: FileHandle, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  for (let at = 0; ;) {
    signal?.throwIfAborted();
    const { bytesRead, buffer } = await file.read(new Uint8Array(CHUNK_BYTES), 0, CHUNK_BYTES, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

type Wish = {
  readonly head: Uint8Array;
  readonly encoding: Encoding;
  readonly onBytes: (bytes: Uint8Array) => void;
};

async function gather(
  bytes: AsyncIterable<Uint8Array>,
  { head, encoding, onBytes }: Wish,
  list: Rows,
): Promise<FailedFile | null> {
  const decoder = new TextDecoder(encoding);
  const sample = new TextDecoder(encoding).decode(head, { stream: true });
  const { text: first, delimiter: stated } = statedDelimiter(sample);
  const newline = sample.includes('\n') ? '\n' : '\r';
  const delimiter = stated ?? delimiterOf(first, newline);
  let rest = '';
  let isFirst = true;
  for await (const chunk of bytes) {
    onBytes(chunk);
    let text = rest + decoder.decode(chunk, { stream: true });
    if (isFirst) text = statedDelimiter(text.replace(/^\uFEFF/, '')).text;
    isFirst = false;
    rest = parsePiece(text, { delimiter, newline, isLast: false }, list);
    if (list.failure !== null) return list.failure;
    if (rest.length > SWALLOWED_MOST) return openQuote(list.rowCount);
  }
  parsePiece(rest + decoder.decode(), { delimiter, newline, isLast: true }, list);
  return list.failure ?? list.end();
}

const SWALLOWED_MOST = 8 * CHUNK_BYTES;

type Rows = {
  rowCount: number;
  /** What makes the list unreadable; rows that come after it are dropped. */
  failure: FailedFile | null;
  readonly add: (rows: readonly (readonly string[])[]) => void;
  /** Told that all rows were added: a failure when none of them holds anything. */
  readonly end: () => FailedFile | null;
};

/** Makes cells of the parser's rows, within limits, and holds blank rows back until one follows that is none. */
function openRows(take: TakeRows): Rows {
  let slots = 0;
  let blankCount = 0;
  let filledCount = 0;
  const list: Rows = {
    rowCount: 0,
    failure: null,
    add: (some) => {
      const rows: (readonly Cell[])[] = [];
      for (const data of some) {
        const cells = cellsOf(data);
        slots += data.length;
        list.failure ??= failureOf(list.rowCount, { cells, slots });
        list.rowCount += 1;
        blankCount = cells.length === 0 ? blankCount + 1 : 0;
        if (blankCount > 0) continue;
        while (filledCount < list.rowCount - 1) {
          rows.push(NO_CELLS);
          filledCount += 1;
        }
        rows.push(cells);
        filledCount += 1;
      }
      if (list.failure === null) take(rows);
    },
    end: () =>
      filledCount > 0 ? null : failedFile('empty', 'The file has no rows: it holds nothing but blanks.'),
  };
  return list;
}

const NO_CELLS: readonly Cell[] = [];

type Added = { readonly cells: readonly Cell[]; readonly slots: number };

function failureOf(row: number, { cells, slots }: Added): FailedFile | null {
  if (row >= ROWS_MOST) return tooManyRows();
  if (cells.length > COLUMNS_MOST || slots > SLOTS_MOST) return tooWide(row);
  for (const cell of cells) {
    if (typeof cell === 'string' && cell.length > CELL_LETTERS_MOST) return openQuote(row);
  }
  return null;
}

type Parsing = {
  readonly delimiter: string;
  /** "\n" also ends the lines of Windows: the "\r" before it is trimmed off the last cell. */
  readonly newline: '\n' | '\r';
  readonly isLast: boolean;
};

/** Parses the whole rows of a text; gives back the last one, which may go on in the next piece. */
function parsePiece(text: string, { delimiter, newline, isLast }: Parsing, list: Rows): string {
  const parser = new Papa.Parser({ delimiter, newline });
  const parsed: Parsed = parser.parse(text, 0, !isLast);
  list.add(parsed.data);
  return isLast ? '' : text.slice(parsed.meta.cursor);
}

type Parsed = {
  readonly data: readonly (readonly string[])[];
  readonly meta: { readonly cursor: number };
};

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

/** Excel's own first line "sep=;" states the delimiter and is no row. */
function statedDelimiter(text: string): { readonly text: string; readonly delimiter: string | null } {
  const match = /^\uFEFF?sep=(.)\r?\n/.exec(text);
  return match === null
    ? { text, delimiter: null }
    : { text: text.slice(match[0].length), delimiter: match[1] ?? ',' };
}

/** The delimiter that cuts the first rows into the most columns of one and the same number. */
function delimiterOf(sample: string, newline: '\n' | '\r'): string {
  let best = { delimiter: ',', worth: 0 };
  for (const delimiter of DELIMITERS) {
    const { data } = Papa.parse<string[]>(sample, { delimiter, newline, preview: 100, skipEmptyLines: true });
    const widths = new Map<number, number>();
    for (const row of data) widths.set(row.length, (widths.get(row.length) ?? 0) + 1);
    const [width = 1, rows = 0] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [];
    const worth = width > 1 ? rows / Math.max(data.length, 1) + width / 1000 : 0;
    if (worth > best.worth) best = { delimiter, worth };
  }
  return best.delimiter;
}

function tooLarge(): FailedFile {
  const most = FILE_BYTES_MOST / 1_000_000;
  return failedFile('too-large', `The file is too large: at most ${most} MB can be read.`);
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

function openQuote(row: number): FailedFile {
  return failedFile(
    'unreadable',
    `A quotation mark is opened at about row ${row + 1} and never closed, so the rows after it cannot be told apart.`,
  );
}

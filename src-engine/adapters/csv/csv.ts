import { createHash } from 'node:crypto';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { TextDecoder } from 'node:util';
import type { Cell, SheetGrid } from '#domain/imports/cells.ts';
import Papa from 'papaparse';
import type { FileFailure, ReadFile } from '../ports.ts';
import { encodingOfHead, isText, isUtf8, type Encoding } from './encoding.ts';

export const FILE_BYTES_MOST = 300_000_000;
export const ROWS_MOST = 1_000_000;
export const COLUMNS_MOST = 1_000;
/** A single cell longer than this is no value of a list: an unclosed quote has swallowed the rest of the file. */
export const CELL_LETTERS_MOST = 32_767;

const CHUNK_BYTES = 1 << 20;
const HEAD_BYTES = 64 * 1024;
const DELIMITERS = [',', ';', '\t', '|'];

/** Anything that is text can be a list; archives and pictures give themselves away by their zero bytes. */
export function canRead(head: Uint8Array): boolean {
  return head.length > 0 && isText(head);
}

/** Streams the file through the parser. All cells stay text, so that leading zeros live. */
export async function readCsv(path: string, signal?: AbortSignal): Promise<ReadFile> {
  const fileName = basename(path);
  const file = await open(path, 'r').catch(() => null);
  if (file === null) {
    return failed('not-found', `The file “${fileName}” cannot be opened. Is it still there?`, true);
  }
  try {
    const { size } = await file.stat();
    if (!(await stat(path)).isFile()) return failed('not-found', `“${fileName}” is not a file.`);
    if (size === 0) return failed('empty', 'The file is empty: it has no bytes at all.');
    if (size > FILE_BYTES_MOST) {
      return failed(
        'too-large',
        `The file is too large: at most ${FILE_BYTES_MOST / 1_000_000} MB can be read.`,
      );
    }
    const head = new Uint8Array(HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
    if (!canRead(head.subarray(0, bytesRead))) {
      return failed('not-a-workbook', 'This is not a list of text. Save it as .xlsx or .csv and try again.');
    }
    const hash = createHash('sha256');
    const guess = encodingOfHead(head.subarray(0, bytesRead));
    const encoding = guess === 'utf-8' && !(await isUtf8(chunksOf(file, signal))) ? 'windows-1252' : guess;
    const gathered = await gather(chunksOf(file, signal), {
      head: head.subarray(0, bytesRead),
      encoding,
      onBytes: (bytes) => void hash.update(bytes),
    });
    if (!gathered.ok) return gathered;
    const sheet: SheetGrid = { name: fileName, rows: gathered.rows };
    return { ok: true, value: { sheets: [sheet], fileName, byteCount: size, sha256: hash.digest('hex') } };
  } finally {
    await file.close();
  }
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
type Gathered = { ok: true; rows: Cell[][] } | { ok: false; failure: FileFailure };

async function gather(
  bytes: AsyncIterable<Uint8Array>,
  { head, encoding, onBytes }: Wish,
): Promise<Gathered> {
  const decoder = new TextDecoder(encoding);
  const sample = new TextDecoder(encoding).decode(head, { stream: true });
  const { text: first, delimiter: stated } = statedDelimiter(sample);
  const newline = sample.includes('\n') ? '\n' : '\r';
  const delimiter = stated ?? delimiterOf(first, newline);
  const rows: Cell[][] = [];
  let rest = '';
  let isFirst = true;
  for await (const chunk of bytes) {
    onBytes(chunk);
    let text = rest + decoder.decode(chunk, { stream: true });
    if (isFirst) text = statedDelimiter(text.replace(/^\uFEFF/, '')).text;
    isFirst = false;
    rest = takeRows(text, { delimiter, newline, rows, isLast: false });
    const failure =
      rows.length > ROWS_MOST ? tooManyRows() : rest.length > SWALLOWED_MOST ? openQuote(rows.length) : null;
    if (failure !== null) return failure;
  }
  takeRows(rest + decoder.decode(), { delimiter, newline, rows, isLast: true });
  const swallowed = rows.findIndex((row) =>
    row.some((cell) => typeof cell === 'string' && cell.length > CELL_LETTERS_MOST),
  );
  if (swallowed >= 0) return openQuote(swallowed);
  while (rows.length > 0 && rows.at(-1)?.length === 0) rows.pop();
  if (rows.length === 0) return failed('empty', 'The file has no rows: it holds nothing but blanks.');
  return { ok: true, rows };
}

const SWALLOWED_MOST = 8 * CHUNK_BYTES;

type Parsing = {
  readonly delimiter: string;
  /** "\n" also ends the lines of Windows: the "\r" before it is trimmed off the last cell. */
  readonly newline: '\n' | '\r';
  readonly rows: Cell[][];
  readonly isLast: boolean;
};

/** Parses the whole rows of a text into `rows`; gives back the last one, which may go on in the next piece. */
function takeRows(text: string, { delimiter, newline, rows, isLast }: Parsing): string {
  let cut = isLast ? text.length : 0;
  Papa.parse<string[]>(text, {
    delimiter,
    newline,
    skipEmptyLines: false,
    step: ({ data, meta }) => {
      // The last row of a piece is left for the next one: nobody knows yet whether it is whole.
      if (!isLast && meta.cursor >= text.length) return;
      cut = Math.max(cut, meta.cursor);
      rows.push(cellsOf(data));
    },
  });
  return text.slice(cut);
}

function cellsOf(data: readonly string[]): Cell[] {
  const cells: Cell[] = data.slice(0, COLUMNS_MOST).map((text) => {
    const trimmed = text.trim();
    return trimmed === '' ? null : trimmed;
  });
  while (cells.length > 0 && cells.at(-1) === null) cells.pop();
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

function tooManyRows(): { ok: false; failure: FileFailure } {
  return failed('too-large', `The file has more than ${ROWS_MOST} rows. Split it into several files.`);
}

function openQuote(row: number): { ok: false; failure: FileFailure } {
  return failed(
    'unreadable',
    `A quotation mark is opened at about row ${row + 1} and never closed, so the rows after it cannot be told apart.`,
  );
}

function failed(
  code: FileFailure['code'],
  sentence: string,
  retryable = false,
): { ok: false; failure: FileFailure } {
  return { ok: false, failure: { code, sentence, retryable } };
}

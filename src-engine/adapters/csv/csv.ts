import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { TextDecoder } from 'node:util';
import type { Cell, SheetGrid } from '#domain/imports/cells.ts';
import Papa from 'papaparse';
import { failedFile, type FailedFile, type ReadFile, type ReadOptions } from '../ports.ts';
import { decoderOf, encodingOfHead, isText, isUtf8, type Encoding } from './encoding.ts';
import { keepRows, listRows, openQuote, type ListRows, type TakeList } from './list-rows.ts';
import { scanRows } from './scan.ts';

export const FILE_BYTES_MOST = 300_000_000;
/** What is pasted has come through the clipboard and the window; more than that is saved as a file. */
const PASTED_LETTERS_MOST = 50_000_000;

const CHUNK_BYTES = 1 << 20;
const HEAD_BYTES = 64 * 1024;
const DELIMITERS = [',', ';', '\t', '|'];

/** Anything that is text can be a list; archives and pictures give themselves away by their zero bytes. */
export function canRead(head: Uint8Array): boolean {
  return head.length > 0 && isText(head);
}

/**
 * Streams the file through the parser. All cells stay text, so that leading zeros live. With `take` the rows are handed
 * on piece by piece, and the sheet of the answer is empty: nothing holds for them until the answer is `ok`.
 */
export async function readCsv(path: string, options: ReadOptions = {}, take?: TakeList): Promise<ReadFile> {
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
    const gathered = await gatherFile({ file, size, head }, options, listRows(take ?? keepRows(rows)));
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
  const list = listRows(keepRows(rows));
  takePiece(plain, { delimiter, newline, isLast: true }, list);
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
  list: ListRows,
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

/**
 * The file piece by piece, each written over by the next; unlike a stream it may be left early without closing the file.
 */
async function* chunksOf(file: FileHandle, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(CHUNK_BYTES);
  for (let at = 0; ;) {
    signal?.throwIfAborted();
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, at);
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
  list: ListRows,
): Promise<FailedFile | null> {
  const decoder = decoderOf(encoding);
  const sample = new TextDecoder(encoding).decode(head, { stream: true });
  const { text: first, delimiter: stated } = statedDelimiter(sample);
  const newline = sample.includes('\n') ? '\n' : '\r';
  const delimiter = stated ?? delimiterOf(first, newline);
  let rest = '';
  let isFirst = true;
  for await (const chunk of bytes) {
    onBytes(chunk);
    let text = rest + decoder.decode(chunk);
    if (isFirst) text = statedDelimiter(text.replace(/^\uFEFF/, '')).text;
    isFirst = false;
    rest = takePiece(text, { delimiter, newline, isLast: false }, list);
    if (list.failure !== null) return list.failure;
    if (rest.length > SWALLOWED_MOST) return openQuote(list.rowCount);
  }
  takePiece(rest + decoder.end(), { delimiter, newline, isLast: true }, list);
  return list.failure ?? list.end();
}

const SWALLOWED_MOST = 8 * CHUNK_BYTES;

type Parsing = {
  readonly delimiter: string;
  /** "\n" also ends the lines of Windows: the "\r" before it is trimmed off the last cell. */
  readonly newline: '\n' | '\r';
  readonly isLast: boolean;
};

/** Takes the whole rows of a text; gives back the last one, which may go on in the next piece. */
function takePiece(text: string, parsing: Parsing, list: ListRows): string {
  const { rows, end, isOdd } = scanRows(text, parsing);
  list.addScanned(rows);
  const rest = text.slice(end);
  return isOdd || parsing.isLast ? parsePiece(rest, parsing, list) : rest;
}

/** The same by the parser, which knows what to make of stray quotation marks. */
function parsePiece(text: string, { delimiter, newline, isLast }: Parsing, list: ListRows): string {
  const parser = new Papa.Parser({ delimiter, newline });
  const parsed: Parsed = parser.parse(text, 0, !isLast);
  list.add(parsed.data);
  return isLast ? '' : text.slice(parsed.meta.cursor);
}

type Parsed = {
  readonly data: readonly (readonly string[])[];
  readonly meta: { readonly cursor: number };
};

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

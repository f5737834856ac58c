import { Buffer } from 'node:buffer';

/** Whole rows of a list, as places in its text: no cell is a string of its own yet. */
export type ScannedRows = {
  readonly text: string;
  /** Cells of each row, without the blank ones at its end. */
  readonly widths: Uint32Array<ArrayBuffer>;
  /** Two for each cell, trimmed: where it begins and where it ends. The same place twice is a blank cell. */
  readonly bounds: Uint32Array<ArrayBuffer>;
  /** Places of all cells, those at the ends of rows too. */
  readonly slots: number;
};

export type Scan = {
  readonly rows: ScannedRows;
  /** Where the first row begins that is not whole, or that is odd. */
  readonly end: number;
  /** The row at the end has a quotation mark where none should be: what it means is for the parser to say. */
  readonly isOdd: boolean;
};

export type ScanWish = { readonly delimiter: string; readonly newline: '\n' | '\r' };

const QUOTE = 0x22;
const RETURN = 0x0d;
const NOT_WHOLE = -1;
const ODD = -2;

type Scanner = {
  readonly text: string;
  /** The letters of the text: an array of numbers is read several times as fast as a string. */
  readonly codes: Uint16Array;
  readonly length: number;
  readonly delimiter: number;
  readonly newline: number;
  bounds: Uint32Array<ArrayBuffer>;
  /** Numbers in `bounds` that are in use. */
  used: number;
  /** Cells whose doubled quotation marks are single again; they stand behind the text. */
  readonly added: string[];
  addedLength: number;
};

// Written over by every piece of a list: making room anew costs more than the scan.
let boundsRoom: Uint32Array<ArrayBuffer> = new Uint32Array(1 << 18);
let codesRoom = Buffer.alloc(0);

/** Finds the cells of all whole rows. A row counts as whole when its line break stands in the text. */
export function scanRows(text: string, { delimiter, newline }: ScanWish): Scan {
  const scanner: Scanner = {
    text,
    codes: codesOf(text),
    length: text.length,
    delimiter: delimiter.charCodeAt(0),
    newline: newline.charCodeAt(0),
    bounds: boundsRoom,
    used: 0,
    added: [],
    addedLength: 0,
  };
  const widths: number[] = [];
  let slots = 0;
  let end = 0;
  let isOdd = delimiter.length !== 1 || '"\r\n\uFEFF'.includes(delimiter);
  let before = 0;
  for (let at = 0; at < text.length && !isOdd;) {
    at = rowAt(scanner, at);
    isOdd = at === ODD;
    if (at < 0) break;
    slots += (scanner.used - before) / 2;
    dropBlankEnd(scanner, before);
    widths.push((scanner.used - before) / 2);
    before = scanner.used;
    end = at;
  }
  boundsRoom = scanner.bounds;
  const whole = scanner.added.length === 0 ? text : text + scanner.added.join('');
  const bounds = scanner.bounds.slice(0, before);
  return { rows: { text: whole, widths: Uint32Array.from(widths), bounds, slots }, end, isOdd };
}

function codesOf(text: string): Uint16Array {
  if (codesRoom.length < 2 * text.length) codesRoom = Buffer.from(new ArrayBuffer(4 * text.length));
  codesRoom.write(text, 'utf16le');
  return new Uint16Array(codesRoom.buffer, 0, text.length);
}

/** Adds the cells of the row that begins here; where the next one begins. */
function rowAt(scanner: Scanner, start: number): number {
  const { codes, length, delimiter, newline } = scanner;
  for (let from = start; from < length;) {
    let to = from;
    if (codes[from] === QUOTE) {
      to = quotedAt(scanner, from);
      if (to < 0) return to;
    } else {
      while (to < length && codes[to] !== delimiter && codes[to] !== newline) to += 1;
      if (to === length) return NOT_WHOLE;
      addCell(scanner, from, to);
    }
    from = to + 1;
    if (codes[to] === newline) return from;
  }
  return NOT_WHOLE;
}

/** Adds the cell whose quotation mark stands here; the place of what ends it. */
function quotedAt(scanner: Scanner, at: number): number {
  const { text, codes, length, delimiter, newline } = scanner;
  let close = codes.indexOf(QUOTE, at + 1);
  let hasDoubled = false;
  while (close >= 0 && codes[close + 1] === QUOTE) {
    hasDoubled = true;
    close = codes.indexOf(QUOTE, close + 2);
  }
  if (close < 0) return NOT_WHOLE;
  let next = close + 1;
  if (codes[next] === RETURN && newline !== RETURN) next += 1;
  if (next >= length) return NOT_WHOLE;
  const code = codes[next];
  if (code !== newline && code !== delimiter) return ODD;
  if (hasDoubled)
    addText(
      scanner,
      text
        .slice(at + 1, close)
        .replaceAll('""', '"')
        .trim(),
    );
  else addCell(scanner, at + 1, close);
  return next;
}

function addText(scanner: Scanner, cell: string): void {
  const from = scanner.length + scanner.addedLength;
  scanner.added.push(cell);
  scanner.addedLength += cell.length;
  put(scanner, from, from + cell.length);
}

function addCell(scanner: Scanner, from: number, to: number): void {
  const { codes } = scanner;
  let first = from;
  let last = to;
  while (first < last && isBlank(codes[first] ?? 0)) first += 1;
  while (last > first && isBlank(codes[last - 1] ?? 0)) last -= 1;
  put(scanner, first, last);
}

function put(scanner: Scanner, from: number, to: number): void {
  const { used } = scanner;
  if (used + 2 > scanner.bounds.length) {
    const larger = new Uint32Array(scanner.bounds.length * 2);
    larger.set(scanner.bounds);
    scanner.bounds = larger;
  }
  scanner.bounds[used] = from;
  scanner.bounds[used + 1] = to;
  scanner.used = used + 2;
}

function dropBlankEnd(scanner: Scanner, least: number): void {
  const { bounds } = scanner;
  while (scanner.used > least && bounds[scanner.used - 2] === bounds[scanner.used - 1]) scanner.used -= 2;
}

/** As String's own trim sees it. */
function isBlank(code: number): boolean {
  if (code > 0x20 && code < 0xa0) return false;
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return code === 0xa0 || code === 0xfeff || (code >= 0x1680 && /\s/.test(String.fromCharCode(code)));
}

import type { ReplyEnd, ReplyReader } from './reply.ts';
import type { Doubts } from './row-values.ts';
import { scannerOf } from './scanner.ts';
import type { Found, Shape, WantedRow } from './shapes.ts';

/** Where the rows of a collection stand. CMPINFO's counters, which bear the names of rows, do not stand there. */
export const IN_COLLECTION = ['ENVELOPE', 'BODY', 'DATA', 'COLLECTION'] as const;

export type RowTaker = {
  readonly paths: readonly (readonly string[])[];
  readonly shape: Shape;
  /** Whether it is one of the rows that were asked for, and counts as one. */
  readonly isCounted: boolean;
  /** Doubts that it notes make the row an unread one: it must not hand on what it doubts. */
  readonly take: (found: Found, doubts: Doubts) => void;
};

const OWN_TEXT: Shape = { tag: '', texts: ['.'] };
const STATUS: WantedRow = { path: ['ENVELOPE', 'HEADER', 'STATUS'], shape: OWN_TEXT };
const RESPONSE: WantedRow = { path: ['RESPONSE'], shape: { tag: 'RESPONSE', texts: ['.', 'LINEERROR'] } };
const LINE_ERRORS: readonly WantedRow[] = [
  ['ENVELOPE', 'LINEERROR'],
  ['ENVELOPE', 'BODY', 'LINEERROR'],
  ['ENVELOPE', 'BODY', 'DATA', 'LINEERROR'],
  ['ENVELOPE', 'BODY', 'DATA', 'IMPORTRESULT', 'LINEERROR'],
].map((path) => ({ path, shape: OWN_TEXT }));
const SAID: readonly WantedRow[] = [STATUS, RESPONSE, ...LINE_ERRORS];

type Said = { status: number | null; lineError: string | null; response: string | null };

/** A reader of the rows of some shapes, and of what a reply says about itself. */
export function replyReader(takers: readonly RowTaker[], atEnd?: (doubts: Doubts) => void): ReplyReader {
  const wanted = takers.flatMap((taker) => taker.paths.map((path) => ({ path, shape: taker.shape, taker })));
  const said: Said = { status: null, lineError: null, response: null };
  const counts = { rowCount: 0, unreadCount: 0 };
  let firstUnread: string | null = null;
  const judged = (take: (doubts: Doubts) => void): void => {
    const doubts: Doubts = { first: null };
    take(doubts);
    if (doubts.first === null) return;
    counts.unreadCount += 1;
    firstUnread ??= doubts.first;
  };
  const scanner = scannerOf([...SAID, ...wanted], (row, found) => {
    const taker = wanted[row - SAID.length]?.taker;
    if (taker === undefined) return note(said, row, found);
    if (taker.isCounted) counts.rowCount += 1;
    judged((doubts) => taker.take(found, doubts));
  });
  return {
    push: scanner.push,
    end: (): ReplyEnd => {
      const end = scanner.end();
      if (atEnd !== undefined && end.isWhole) judged(atEnd);
      return { ...end, ...said, ...counts, firstUnread };
    },
  };
}

function note(said: Said, row: number, found: Found): void {
  const text = found.texts[0] ?? '';
  if (SAID[row] === STATUS) said.status ??= /^\d{1,9}$/.test(text) ? Number(text) : null;
  else if (SAID[row] !== RESPONSE) said.lineError ??= text;
  else {
    said.response = text === '' ? null : text;
    said.lineError ??= found.texts[1] ?? null;
  }
}

/** Rows of one kind in a collection. A row that is null after reading is left out by rule, not by doubt. */
export function collectionRows<T>(
  shape: Shape,
  read: (found: Found, doubts: Doubts) => T | null,
  take: (row: T) => void,
): RowTaker {
  return { paths: [[...IN_COLLECTION, shape.tag]], shape, isCounted: true, take: taking(read, take) };
}

/** Hands on what is read, unless something of it is in doubt. */
export function taking<T>(
  read: (found: Found, doubts: Doubts) => T | null,
  take: (row: T) => void,
): RowTaker['take'] {
  return (found, doubts) => {
    const row = read(found, doubts);
    if (row !== null && doubts.first === null) take(row);
  };
}

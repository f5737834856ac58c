import type { Buffer } from 'node:buffer';
import { CFB } from '@e965/xlsx';

const FILE_PASS = 0x2f;
const END_OF_FILE = 0x0a;
const RECORDS_LOOKED_AT = 10_000;
export type OleFile = {
  /** Its end is missing. */
  readonly isCut: boolean;
  readonly isLocked: boolean;
  readonly hasWorkbook: boolean;
};

/**
 * What the container of an old Excel file (or of a locked new one) tells before its cells are read; null where its
 * tables point to where there is nothing, as they do when a copy was broken off.
 */
export function oleFile(bytes: Buffer): OleFile | null {
  const file = partsOf(bytes);
  if (file === null) return null;
  const names = file.FullPaths.map((path) => path.replace(/^.*?\//s, '').toLowerCase());
  const book = file.FileIndex[names.findIndex((name) => name === 'workbook' || name === 'book')];
  const isLocked = names.includes('encryptedpackage') || (book !== undefined && isLockedBiff(book.content));
  const isCut = file.FileIndex.some(({ content, size }) => content !== undefined && content.length < size);
  return { isCut, isLocked, hasWorkbook: book !== undefined };
}

function partsOf(bytes: Buffer): OleParts | null {
  try {
    return CFB.read(bytes, { type: 'buffer' }) satisfies OleParts;
  } catch {
    return null;
  }
}

type OleParts = {
  readonly FullPaths: readonly string[];
  /** A part whose end is missing has less content than its size says. */
  readonly FileIndex: readonly { readonly content: Uint8Array; readonly size: number }[];
};

/** Whether the records of an old workbook say that what follows them is locked with a password. */
export function isLockedBiff(records: Uint8Array): boolean {
  const view = new DataView(records.buffer, records.byteOffset, records.length);
  let at = 0;
  for (let count = 0; count < RECORDS_LOOKED_AT && at + 4 <= records.length; count += 1) {
    const kind = view.getUint16(at, true);
    if (kind === FILE_PASS) return true;
    if (kind === END_OF_FILE) return false;
    at += 4 + view.getUint16(at + 2, true);
  }
  return false;
}

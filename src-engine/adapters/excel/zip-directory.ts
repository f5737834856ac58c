import type { Buffer } from 'node:buffer';
import { WorkbookFault } from './fault.ts';

export type ZipEntry = {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly sum: number;
  /** Where its local header stands. */
  readonly at: number;
  readonly isLocked: boolean;
};

const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_64_PLACE = 0x07064b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_LENGTH = 22;
const END_64_PLACE_LENGTH = 20;
const COMMENT_MOST = 0xffff;
const ENTRIES_MOST = 20_000;
const FULL_16 = 0xffff;
const FULL_32 = 0xffffffff;
const EXTRA_64 = 1;
const FLAG_LOCKED = 1;

type End = { readonly at: number; readonly count: number; readonly size: number; readonly directory: number };

/**
 * The entries of a zip (zip64 too) by their names in small letters, as its directory at the end states them: sizes in
 * the local headers may be missing and are not believed. Names are looked up and never written to, so "../" is harmless.
 */
export function directoryOf(file: Buffer): ReadonlyMap<string, ZipEntry> {
  try {
    const end = endOf(file);
    if (end.count > ENTRIES_MOST) throw new WorkbookFault('too-large');
    // Bytes that some program put before the zip shift every place in it by as much.
    const shift = end.at - end.size - end.directory;
    return entriesOf(file, { ...end, directory: end.directory + shift }, shift);
  } catch (error) {
    // Reading beyond the end of the bytes: the directory points to where there is nothing.
    throw error instanceof RangeError ? new WorkbookFault('damaged') : error;
  }
}

/** Where the packed bytes of an entry begin. */
export function bodyAt(file: Buffer, { at }: ZipEntry): number {
  if (at < 0 || at + 30 > file.length || file.readUInt32LE(at) !== LOCAL) throw new WorkbookFault('damaged');
  return at + 30 + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28);
}

function entriesOf(file: Buffer, end: End, shift: number): ReadonlyMap<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>();
  let at = end.directory;
  for (let index = 0; index < end.count; index += 1) {
    if (file.readUInt32LE(at) !== DIRECTORY) throw new WorkbookFault('damaged');
    const nameLength = file.readUInt16LE(at + 28);
    const extraLength = file.readUInt16LE(at + 30);
    const name = file
      .toString('utf8', at + 46, at + 46 + nameLength)
      .replace(/\\/g, '/')
      .replace(/^\/+/, '');
    const extra = file.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    entries.set(name.toLowerCase(), {
      name,
      isLocked: (file.readUInt16LE(at + 8) & FLAG_LOCKED) !== 0,
      method: file.readUInt16LE(at + 10),
      sum: file.readUInt32LE(at + 16),
      ...sizesOf(file, at, { extra, shift }),
    });
    at += 46 + nameLength + extraLength + file.readUInt16LE(at + 32);
  }
  return entries;
}

type Around = { readonly extra: Buffer; readonly shift: number };

/** A size or place that does not fit its field stands in an extra one, in this order. */
function sizesOf(
  file: Buffer,
  at: number,
  { extra, shift }: Around,
): Pick<ZipEntry, 'size' | 'packed' | 'at'> {
  const stated = [file.readUInt32LE(at + 24), file.readUInt32LE(at + 20), file.readUInt32LE(at + 42)];
  if (stated.includes(FULL_32)) {
    let from = extraAt(extra, EXTRA_64);
    for (let field = 0; field < stated.length && from >= 0; field += 1) {
      if (stated[field] !== FULL_32) continue;
      stated[field] = Number(extra.readBigUInt64LE(from));
      from += 8;
    }
  }
  const [size = 0, packed = 0, local = 0] = stated;
  return { size, packed, at: local + shift };
}

function extraAt(extra: Buffer, id: number): number {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === id) return at + 4;
  }
  return -1;
}

function endOf(file: Buffer): End {
  const least = Math.max(0, file.length - END_LENGTH - COMMENT_MOST);
  for (let at = file.length - END_LENGTH; at >= least; at -= 1) {
    if (file.readUInt32LE(at) !== END) continue;
    const count = file.readUInt16LE(at + 10);
    const size = file.readUInt32LE(at + 12);
    const directory = file.readUInt32LE(at + 16);
    const is64 = count === FULL_16 || size === FULL_32 || directory === FULL_32;
    return (is64 ? wideEndOf(file, at) : null) ?? { at, count, size, directory };
  }
  throw new WorkbookFault('truncated');
}

function wideEndOf(file: Buffer, end: number): End | null {
  const place = end - END_64_PLACE_LENGTH;
  if (place < 0 || file.readUInt32LE(place) !== END_64_PLACE) return null;
  const stated = Number(file.readBigUInt64LE(place + 8));
  // Its record usually stands right before; a shifted zip has it there and not where it is stated.
  const at = [stated, place - 56].find(
    (one) => one >= 0 && one + 56 <= file.length && file.readUInt32LE(one) === END_64,
  );
  if (at === undefined) throw new WorkbookFault('damaged');
  return {
    at,
    count: Number(file.readBigUInt64LE(at + 32)),
    size: Number(file.readBigUInt64LE(at + 40)),
    directory: Number(file.readBigUInt64LE(at + 48)),
  };
}

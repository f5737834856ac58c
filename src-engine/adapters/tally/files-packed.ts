import { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { crc32, createGunzip, createInflateRaw } from 'node:zlib';
import type { FailedFile } from '../ports.ts';
import { failedFile } from '../ports.ts';

/** A run of bytes of a file and how they are packed. */
export type Packed = {
  readonly name: string;
  readonly method: 'plain' | 'deflate' | 'gzip';
  readonly at: number;
  readonly packed: number;
  /** The check sum of what it unpacks to; null where none is stated. */
  readonly sum: number | null;
};

const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_LENGTH = 22;
const COMMENT_MOST = 0xffff;
const DIRECTORY_MOST = 16 * 1024 ** 2;
const FULL_16 = 0xffff;
const FULL_32 = 0xffffffff;
const METHODS: Readonly<Record<number, Packed['method']>> = { 0: 'plain', 8: 'deflate' };

/** The check sum of what was unpacked is not the stated one. */
class DamagedError extends Error {
  readonly code = 'Z_DATA_ERROR';
}

/** The pieces of what is packed, one at a time. */
export async function* unpacked(source: Readable, { method, sum }: Packed): AsyncGenerator<Buffer> {
  const through =
    method === 'plain' ? source : source.pipe(method === 'gzip' ? createGunzip() : createInflateRaw());
  source.on('error', (error) => through.destroy(error));
  let found = 0;
  for await (const chunk of through) {
    if (!Buffer.isBuffer(chunk)) throw new Error('Bytes were expected.');
    if (sum !== null) found = crc32(chunk, found);
    yield chunk;
  }
  if (sum !== null && found !== sum) throw new DamagedError('The check sum differs.');
}

/** The XML files of a zip as its directory states them, masters first: they say what the vouchers' types are. */
export async function packedIn(file: FileHandle, size: number): Promise<Packed[] | FailedFile> {
  const tail = await bytesAt(file, Math.max(0, size - END_LENGTH - COMMENT_MOST), size);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + END_LENGTH > tail.length || tail.readUInt32LE(end) !== END) return cut();
  const count = tail.readUInt16LE(end + 10);
  const length = tail.readUInt32LE(end + 12);
  const at = tail.readUInt32LE(end + 16);
  if (count === FULL_16 || at === FULL_32 || length > DIRECTORY_MOST) return tooWide();
  const listed = entriesOf(await bytesAt(file, at, at + length), count);
  if (!Array.isArray(listed)) return listed;
  if (listed.some(({ name }) => name.toLowerCase() === '[content_types].xml'))
    return failedFile(
      'unreadable',
      'This is a workbook, not an XML export of Tally. Import it as a list of bills.',
    );
  const entries = listed.filter(({ name }) => /\.xml$/i.test(name));
  if (entries.length === 0) return failedFile('unreadable', 'The zip holds no XML file of Tally.');
  if (entries.some(({ isLocked }) => isLocked))
    return failedFile('password', 'The zip is locked with a password. Unpack it first.');
  const parts: Packed[] = [];
  for (const entry of entries.toSorted(mastersFirst)) {
    const { method } = entry;
    if (!method)
      return failedFile('unreadable', 'The zip is packed in a way that is not known. Unpack it first.');
    const head = await bytesAt(file, entry.at, entry.at + 30);
    if (head.length < 30 || head.readUInt32LE(0) !== LOCAL) return cut();
    const body = entry.at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
    if (body + entry.packed > size) return cut();
    if (entry.packed > 0) parts.push({ ...entry, method, at: body });
  }
  return parts;
}

type Entry = Omit<Packed, 'method'> & {
  readonly method: Packed['method'] | undefined;
  readonly isLocked: boolean;
};

function entriesOf(directory: Buffer, count: number): Entry[] | FailedFile {
  const entries: Entry[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== DIRECTORY) return cut();
    const nameLength = directory.readUInt16LE(at + 28);
    const packed = directory.readUInt32LE(at + 20);
    const place = directory.readUInt32LE(at + 42);
    if (packed === FULL_32 || place === FULL_32) return tooWide();
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: METHODS[directory.readUInt16LE(at + 10)],
      isLocked: (directory.readUInt16LE(at + 8) & 1) !== 0,
      sum: directory.readUInt32LE(at + 16),
      packed,
      at: place,
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

function mastersFirst(a: Entry, b: Entry): number {
  return Number(/master/i.test(b.name)) - Number(/master/i.test(a.name));
}

async function bytesAt(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, to - from));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
  return buffer.subarray(0, bytesRead);
}

function cut(): FailedFile {
  return failedFile(
    'truncated',
    'The end of the zip is missing, or it is damaged. Export it from Tally again.',
    true,
  );
}

function tooWide(): FailedFile {
  return failedFile('too-large', 'The zip is larger than 4 GB. Unpack it first.');
}

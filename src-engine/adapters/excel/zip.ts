import { Buffer } from 'node:buffer';
import { crc32, inflateRawSync } from 'node:zlib';

/** A part of a workbook that cannot be read as it says it is; `code` tells the reader which sentence to say. */
export class ZipFault extends Error {
  readonly code: 'damaged' | 'too-large';
  constructor(code: 'damaged' | 'too-large') {
    super(code);
    this.code = code;
  }
}

type Entry = { readonly method: number; readonly packed: number; readonly size: number; readonly at: number };

export type Parts = {
  readonly names: readonly string[];
  readonly has: (name: string) => boolean;
  /** The bytes of a part, never more than the budget that is left. */
  readonly bytes: (name: string) => Buffer;
};

const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_LENGTH = 22;
const COMMENT_MOST = 0xffff;
const ENTRIES_MOST = 20_000;
const STORED = 0;
const DEFLATED = 8;

/** Opens the directory of a zip file. What is unpacked over its life may not exceed `bytesMost`: bombs stop there. */
export function openZip(file: Buffer, bytesMost: number): Parts {
  const entries = directoryOf(file);
  let bytesLeft = bytesMost;
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    bytes: (name) => {
      const entry = entries.get(name);
      if (entry === undefined) throw new ZipFault('damaged');
      if (entry.size > bytesLeft) throw new ZipFault('too-large');
      const bytes = unpack(file, entry);
      bytesLeft -= bytes.length;
      return bytes;
    },
  };
}

/** A zip of the parts as they are, without packing them again. */
export function storedZip(parts: readonly (readonly [string, Buffer])[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, bytes] of parts) {
    const nameBytes = Buffer.from(name);
    const sum = crc32(bytes);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(LOCAL, 0);
    local.writeUInt16LE(20, 4);
    writeSizes(local, 14, { sum, size: bytes.length, nameLength: nameBytes.length });
    const central = Buffer.alloc(46);
    central.writeUInt32LE(DIRECTORY, 0);
    central.writeUInt16LE(20, 4);
    central.writeUInt16LE(20, 6);
    writeSizes(central, 16, { sum, size: bytes.length, nameLength: nameBytes.length });
    central.writeUInt32LE(at, 42);
    bodies.push(local, nameBytes, bytes);
    directory.push(central, nameBytes);
    at += local.length + nameBytes.length + bytes.length;
  }
  const length = directory.reduce((sum, piece) => sum + piece.length, 0);
  const end = Buffer.alloc(END_LENGTH);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}

type Sizes = { readonly sum: number; readonly size: number; readonly nameLength: number };

function writeSizes(header: Buffer, at: number, { sum, size, nameLength }: Sizes): void {
  header.writeUInt32LE(sum, at);
  header.writeUInt32LE(size, at + 4);
  header.writeUInt32LE(size, at + 8);
  header.writeUInt16LE(nameLength, at + 12);
}

function directoryOf(file: Buffer): ReadonlyMap<string, Entry> {
  const end = endOf(file);
  const count = file.readUInt16LE(end + 10);
  let at = file.readUInt32LE(end + 16);
  const entries = new Map<string, Entry>();
  if (count > ENTRIES_MOST) throw new ZipFault('too-large');
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== DIRECTORY) throw new ZipFault('damaged');
    const nameLength = file.readUInt16LE(at + 28);
    const name = file
      .toString('utf8', at + 46, at + 46 + nameLength)
      .replace(/\\/g, '/')
      .replace(/^\/+/, '');
    entries.set(name, {
      method: file.readUInt16LE(at + 10),
      packed: file.readUInt32LE(at + 20),
      size: file.readUInt32LE(at + 24),
      at: file.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries;
}

function endOf(file: Buffer): number {
  const least = Math.max(0, file.length - END_LENGTH - COMMENT_MOST);
  for (let at = file.length - END_LENGTH; at >= least; at -= 1) {
    if (file.readUInt32LE(at) === END) return at;
  }
  throw new ZipFault('damaged');
}

function unpack(file: Buffer, entry: Entry): Buffer {
  const { at, packed, size, method } = entry;
  if (at + 30 > file.length || file.readUInt32LE(at) !== LOCAL) throw new ZipFault('damaged');
  const from = at + 30 + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28);
  const body = file.subarray(from, from + packed);
  if (body.length !== packed) throw new ZipFault('damaged');
  if (method === STORED) return body;
  if (method !== DEFLATED) throw new ZipFault('damaged');
  try {
    // A part that grows beyond its stated size lies about it: that is how bombs hide.
    return inflateRawSync(body, { maxOutputLength: Math.max(size, 1) });
  } catch {
    throw new ZipFault('damaged');
  }
}

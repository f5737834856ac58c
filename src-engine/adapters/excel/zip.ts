import { Buffer } from 'node:buffer';
import { crc32, createInflateRaw } from 'node:zlib';
import { WorkbookFault } from './fault.ts';
import { bodyAt, directoryOf, type ZipEntry } from './zip-directory.ts';

export type Parts = {
  readonly names: readonly string[];
  readonly has: (name: string) => boolean;
  /** Bytes that the part takes up in the file. */
  readonly packedBytes: (name: string) => number;
  /** Bytes that the part says it unpacks to; it is never unpacked to more. */
  readonly unpackedBytes: (name: string) => number;
  /** The part piece by piece, never more in all than the budget that is left. */
  readonly stream: (name: string, signal?: AbortSignal) => AsyncGenerator<Buffer>;
  /** The whole part, for small ones. */
  readonly bytes: (name: string, signal?: AbortSignal) => Promise<Buffer>;
};

const PIECE_BYTES = 1 << 18;
const STORED = 0;
const DEFLATED = 8;

type Opened = { readonly file: Buffer; bytesLeft: number };

/** Opens the directory of a zip file. What is unpacked over its life may not exceed `bytesMost`: bombs stop there. */
export function openZip(file: Buffer, bytesMost: number): Parts {
  const entries = directoryOf(file);
  const opened: Opened = { file, bytesLeft: bytesMost };
  const entryOf = (name: string): ZipEntry => {
    const entry = entries.get(name.toLowerCase());
    if (entry === undefined) throw new WorkbookFault('damaged');
    return entry;
  };
  const stream = (name: string, signal?: AbortSignal): AsyncGenerator<Buffer> =>
    unpack(opened, entryOf(name), signal);
  return {
    names: [...entries.values()].map(({ name }) => name),
    has: (name) => entries.has(name.toLowerCase()),
    packedBytes: (name) => entryOf(name).packed,
    unpackedBytes: (name) => entryOf(name).size,
    stream,
    bytes: async (name, signal) => {
      const pieces: Buffer[] = [];
      for await (const piece of stream(name, signal)) pieces.push(piece);
      return Buffer.concat(pieces);
    },
  };
}

/** Every part of a zip unpacked within a budget and put together again without packing, for readers that keep none. */
export async function plainZip(file: Buffer, bytesMost: number, signal?: AbortSignal): Promise<Buffer> {
  const zip = openZip(file, bytesMost);
  const parts: (readonly [string, Buffer])[] = [];
  for (const name of zip.names) {
    // Pictures and the like hold no rows.
    if (/(?:^|\/)(?:media|pictures|thumbnails|embeddings)\/|\/$/i.test(name)) continue;
    parts.push([name, await zip.bytes(name, signal)]);
  }
  return storedZip(parts);
}

async function* unpack(
  opened: Opened,
  entry: ZipEntry,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  if (entry.isLocked) throw new WorkbookFault('password');
  if (entry.size > opened.bytesLeft) throw new WorkbookFault('too-large');
  const from = bodyAt(opened.file, entry);
  const body = opened.file.subarray(from, from + entry.packed);
  if (body.length !== entry.packed) throw new WorkbookFault('truncated');
  if (entry.method !== STORED && entry.method !== DEFLATED) throw new WorkbookFault('odd');
  let size = 0;
  let sum = 0;
  for await (const piece of entry.method === STORED ? piecesOf(body) : inflated(body)) {
    signal?.throwIfAborted();
    size += piece.length;
    opened.bytesLeft -= piece.length;
    // A part that grows beyond its stated size lies about it: that is how bombs hide.
    if (size > entry.size) throw new WorkbookFault('damaged');
    sum = crc32(piece, sum);
    yield piece;
  }
  if (size !== entry.size || sum !== entry.sum) throw new WorkbookFault('damaged');
}

function* piecesOf(body: Buffer): Generator<Buffer> {
  for (let at = 0; at < body.length; at += PIECE_BYTES) yield body.subarray(at, at + PIECE_BYTES);
}

async function* inflated(body: Buffer): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: PIECE_BYTES });
  inflate.end(body);
  try {
    for await (const piece of inflate) yield piece;
  } catch {
    // Only the unpacker's own errors come here: what a consumer throws ends the generator at its yield.
    throw new WorkbookFault('damaged');
  } finally {
    inflate.destroy();
  }
}

/** A zip of the parts as they are, without packing them. */
export function storedZip(parts: readonly (readonly [string, Buffer])[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, bytes] of parts) {
    const nameBytes = Buffer.from(name);
    const sizes = { sum: crc32(bytes), size: bytes.length, nameLength: nameBytes.length };
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    writeSizes(local, 14, sizes);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 4);
    central.writeUInt16LE(20, 6);
    writeSizes(central, 16, sizes);
    central.writeUInt32LE(at, 42);
    bodies.push(local, nameBytes, bytes);
    directory.push(central, nameBytes);
    at += local.length + nameBytes.length + bytes.length;
  }
  const length = directory.reduce((sum, piece) => sum + piece.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
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

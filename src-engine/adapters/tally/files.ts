import type { Buffer } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { FailedFile, ReadOptions, TallyFileContent, TallyFiles, TallyFileTakers } from '../ports.ts';
import { failedFile } from '../ports.ts';
import { type Packed, packedIn, unpacked } from './files-packed.ts';
import { fileReader } from './readers.ts';
import { HostileReplyError, type ReplyEnd, type ReplyReader } from './reply.ts';
import { voucherKinds, type VoucherKinds } from './voucher-kinds.ts';

/** Of what a zip unpacks to; Tally's export of a large company is far below. */
const UNPACKED_MOST = 8 * 1024 ** 3;
const ZIP = 0x04034b50;
const GZIP = 0x8b1f;

type ReadTallyFile = Awaited<ReturnType<TallyFiles['read']>>;

/** Tally's own exports (masters, day book), plain, zipped or packed with gzip, never held whole. */
export const tallyFiles: TallyFiles = { read };

type Reading = {
  readonly takers: TallyFileTakers;
  readonly options: ReadOptions;
  readonly kinds: VoucherKinds;
  readonly byteCount: number;
  /** Ledgers and vouchers that were handed on. */
  rowCount: number;
  unpackedCount: number;
  doneCount: number;
  companyName: string | null;
};

async function read(
  filePath: string,
  takers: TallyFileTakers,
  options: ReadOptions = {},
): Promise<ReadTallyFile> {
  options.signal?.throwIfAborted();
  const file = await opened(filePath);
  if (!file) return notThere();
  try {
    const found = await file.stat();
    if (!found.isFile()) return notThere();
    const { size } = found;
    if (size === 0) return failedFile('empty', 'The file is empty.');
    const reading: Reading = {
      takers,
      options,
      kinds: voucherKinds(),
      byteCount: size,
      rowCount: 0,
      unpackedCount: 0,
      doneCount: 0,
      companyName: null,
    };
    return (await readParts(filePath, file, reading)) ?? content(filePath, reading);
  } finally {
    await file.close();
  }
}

function content(filePath: string, { rowCount, byteCount, companyName }: Reading): ReadTallyFile {
  if (rowCount === 0) {
    return failedFile(
      'reads-as-empty',
      'The file holds no ledgers and no vouchers. In Tally, export “Masters” or “Day Book” as XML.',
    );
  }
  const value: TallyFileContent = { fileName: path.basename(filePath), byteCount, companyName };
  return { ok: true, value };
}

async function opened(filePath: string): Promise<FileHandle | null> {
  try {
    return await open(filePath, 'r');
  } catch {
    return null;
  }
}

async function readParts(filePath: string, file: FileHandle, reading: Reading): Promise<FailedFile | null> {
  const parts = await partsOf(file, reading.byteCount);
  if (!Array.isArray(parts)) return parts;
  for (const part of parts) {
    const failure = await readPart(filePath, part, reading);
    if (failure) return failure;
  }
  return null;
}

async function partsOf(file: FileHandle, size: number): Promise<Packed[] | FailedFile> {
  const { buffer, bytesRead } = await file.read({ buffer: new Uint8Array(4), position: 0 });
  const first = new DataView(buffer.buffer);
  if (bytesRead === 4 && first.getUint32(0, true) === ZIP) return packedIn(file, size);
  const method = first.getUint16(0, true) === GZIP ? 'gzip' : 'plain';
  return [{ name: '', method, at: 0, packed: size, sum: null }];
}

async function readPart(filePath: string, part: Packed, reading: Reading): Promise<FailedFile | null> {
  const reader = fileReader(ownTakers(reading), reading.kinds.kindOf);
  const { signal } = reading.options;
  const source = createReadStream(filePath, { start: part.at, end: part.at + part.packed - 1, signal });
  source.on('data', (chunk) => {
    reading.doneCount += chunk.length;
    reading.options.onProgress?.(Math.min(reading.doneCount, reading.byteCount), reading.byteCount);
  });
  try {
    for await (const chunk of unpacked(source, part)) {
      const failure = take(reader, chunk, reading);
      if (failure) return failure;
    }
    return judged(reader.end());
  } catch (error) {
    signal?.throwIfAborted();
    return faultOf(error);
  } finally {
    source.destroy();
  }
}

function take(reader: ReplyReader, chunk: Buffer, reading: Reading): FailedFile | null {
  reading.unpackedCount += chunk.length;
  if (reading.unpackedCount > UNPACKED_MOST)
    return failedFile(
      'too-large',
      'The file is larger than 8 GB when it is unpacked. Export a shorter period.',
    );
  reader.push(chunk);
  return null;
}

function ownTakers(reading: Reading): Parameters<typeof fileReader>[0] {
  const { takers, kinds } = reading;
  return {
    company: (name) => {
      reading.companyName ??= name;
    },
    group: takers.group,
    voucherType: kinds.learn,
    ledger: (ledger) => {
      reading.rowCount += 1;
      takers.ledger(ledger);
    },
    voucher: (voucher) => {
      reading.rowCount += 1;
      takers.voucher(voucher);
    },
  };
}

function judged(end: ReplyEnd): FailedFile | null {
  if (end.root === null || end.response !== null) {
    return failedFile('unreadable', 'The file is not an XML export of Tally.');
  }
  if (!end.isWhole)
    return failedFile('truncated', 'The end of the file is missing. Export it from Tally again.', true);
  if (end.unreadCount === 0) return null;
  return failedFile(
    'unreadable',
    `${end.unreadCount} of its rows hold a value that cannot be read (${end.firstUnread ?? 'unknown'}).`,
  );
}

/** What a taker throws is a bug of ours and goes on; the file's own faults have their sentences. */
function faultOf(error: unknown): FailedFile {
  if (error instanceof HostileReplyError)
    return failedFile('unreadable', 'The file declares entities, which no export of Tally does.');
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'Z_BUF_ERROR')
    return failedFile('truncated', 'The end of the file is missing. Export it from Tally again.', true);
  if (code.startsWith('Z_'))
    return failedFile('unreadable', 'The file is damaged. Export it from Tally again.');
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EBUSY' || code === 'EPERM' || code === 'EISDIR')
    return notThere();
  throw error;
}

function notThere(): FailedFile {
  return failedFile('not-found', 'The file is not there any more, or it cannot be opened.', true);
}

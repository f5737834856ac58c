import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type { SheetGrid } from '#domain/imports/cells.ts';
import * as csv from './adapters/csv/csv.ts';
import type { TakeList } from './adapters/csv/list-rows.ts';
import { WorkbookFault } from './adapters/excel/fault.ts';
import { faultFile } from './adapters/excel/fault-words.ts';
import * as excel from './adapters/excel/workbook.ts';
import { openZip, plainZip } from './adapters/excel/zip.ts';
import { failedFile, type ReadFile, type ReadOptions } from './adapters/ports.ts';
import type { FromReader, ReadingWish } from './adapters/reading/messages.ts';
import { handedOver, openPacking, type PackedRows } from './adapters/reading/packing.ts';
import { holdsSheets, isMarkup, kindOf, type SheetKind } from './adapters/sheets/kinds.ts';

// The entry of the reading process: a file of anyone's making is parsed where it can be killed.

const HEAD_BYTES = 64 * 1024;

/** The reader is chosen by what the file holds, not by what it is called. */
async function readAny(path: string, options: ReadOptions, take: TakeList): Promise<ReadFile> {
  const head = await headOf(path);
  if (head === null) {
    return failedFile('not-found', `There is no readable file at ${path}. Choose it again.`);
  }
  if (excel.canRead(head)) return readZip(path, options);
  const kind = kindOf(head);
  if (kind !== null) return readOther(path, kind);
  if (isMarkup(head)) {
    const sentence = 'This is an XML file that holds no table. Choose a workbook or a list.';
    return failedFile('not-a-workbook', sentence);
  }
  return csv.readCsv(path, options, take);
}

async function readZip(path: string, options: ReadOptions): Promise<ReadFile> {
  const file = await excel.workbookBytes(path);
  if (!file.ok) return file;
  const { bytes } = file;
  const fileName = basename(path);
  try {
    const zip = openZip(bytes, excel.UNPACKED_BYTES_MOST);
    if (!holdsSheets(zip.names)) return await excel.readWorkbookBytes(bytes, fileName, options);
    const manifest = 'META-INF/manifest.xml';
    // An OpenDocument whose parts are locked says so there.
    if (zip.has(manifest) && (await zip.bytes(manifest)).includes('encryption-data'))
      return faultFile(new WorkbookFault('password'));
    const plain = await plainZip(bytes, OTHERS_UNPACKED_BYTES_MOST);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { readSheets } = await import('./adapters/sheets/workbook.ts');
    return readSheets({ bytes: plain, fileName, kind: 'zip' }, { byteCount: bytes.length, sha256 });
  } catch (error) {
    if (error instanceof WorkbookFault) return faultFile(error);
    throw error;
  }
}

/** The library for the other formats holds a whole file in memory several times over. */
const OTHERS_UNPACKED_BYTES_MOST = 150_000_000;

async function readOther(path: string, kind: SheetKind): Promise<ReadFile> {
  const file = await excel.workbookBytes(path);
  if (!file.ok) return file;
  const { readSheets } = await import('./adapters/sheets/workbook.ts');
  return readSheets({ bytes: file.bytes, fileName: basename(path), kind });
}

async function headOf(path: string): Promise<Uint8Array | null> {
  const file = await open(path).catch(() => null);
  if (file === null) return null;
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } catch {
    // A folder opens and cannot be read.
    return null;
  } finally {
    await file.close();
  }
}

async function main(port: MessagePort, { path }: ReadingWish): Promise<void> {
  const say = (message: FromReader, handed: readonly ArrayBuffer[] = []): void =>
    port.postMessage(message, [...handed]);
  say({ type: 'begun' });
  const packing = openPacking();
  const hand = (rows: PackedRows): void => say({ type: 'rows', rows }, handedOver(rows));
  const send = (sheet: number, rows: SheetGrid['rows']): void => {
    for (const packed of packing.pack(sheet, rows)) hand(packed);
  };
  // A list has but one sheet.
  const take: TakeList = {
    rows: (rows) => send(0, rows),
    scanned: (rows) => hand(packing.packScanned(0, rows)),
  };
  const onProgress = (done: number, of: number): void => say({ type: 'progress', done, of });
  const read = await readAny(path, { onProgress }, take);
  if (!read.ok) return say({ type: 'failed', failure: read.failure });
  const { sheets, fileName, byteCount, sha256 } = read.value;
  for (const [at, { rows }] of sheets.entries()) send(at, rows);
  say({ type: 'done', names: sheets.map(({ name }) => name), fileName, byteCount, sha256 });
}

if (parentPort !== null) await main(parentPort, workerData as ReadingWish);

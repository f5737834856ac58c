import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { realpath, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { addAbortSignal, type Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { WriteFailure, WrittenFile } from '../ports.ts';

/**
 * Writes a file whole or not at all: into a file beside it, which is flushed to the disk and then takes its place. What
 * stood there before stays as it was until that moment, whatever happens. `fill` writes the content and ends the sink.
 */
export async function writeWhole(
  target: string,
  fill: (sink: Writable) => Promise<void>,
  signal?: AbortSignal,
): Promise<WrittenFile> {
  signal?.throwIfAborted();
  const partial = `${target}.partial-${randomUUID().slice(0, 8)}`;
  try {
    const byteCount = await writePartial(partial, fill, signal);
    signal?.throwIfAborted();
    await rename(partial, target);
    return { ok: true, byteCount };
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    signal?.throwIfAborted();
    const failure = failureOf(error, path.basename(target));
    if (failure === null) throw error;
    return { ok: false, failure };
  }
}

async function writePartial(
  partial: string,
  fill: (sink: Writable) => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<number> {
  const sink = createWriteStream(partial, { flags: 'wx', flush: true });
  if (signal) addAbortSignal(signal, sink);
  const closed = finished(sink);
  try {
    await Promise.all([fill(sink), closed]);
  } finally {
    // Windows removes no file that is still open.
    sink.destroy();
    await closed.catch(() => undefined);
  }
  return sink.bytesWritten;
}

type FailureWords = Omit<WriteFailure, 'sentence'> & { readonly say: (name: string) => string };

const folderGone: FailureWords = {
  code: 'export-folder-gone',
  say: (name) => `The folder for “${name}” is not there any more. Choose another one.`,
  retryable: false,
};
const fileOpen: FailureWords = {
  code: 'export-file-open',
  say: (name) => `“${name}” is open in another program. Close it there and try again.`,
  retryable: true,
};
const notAllowed: FailureWords = {
  code: 'export-not-allowed',
  say: (name) => `“${name}” cannot be written: the folder is protected. Choose another one.`,
  retryable: false,
};
const diskFull: FailureWords = {
  code: 'export-disk-full',
  say: (name) => `The disk is full, so “${name}” was not written. Free some space and try again.`,
  retryable: true,
};
const notWritten: FailureWords = {
  code: 'export-not-written',
  say: (name) => `“${name}” could not be written there. Choose another place or another name.`,
  retryable: true,
};

/** Null for what is no fault of the world: a bug of ours goes on as it is. */
function failureOf(error: unknown, name: string): WriteFailure | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  if (!('syscall' in error)) return null;
  const { code, say, retryable } = wordsFor(error.code, error.syscall === 'rename');
  return { code, sentence: say(name), retryable };
}

// Windows answers EPERM, EACCES or EBUSY when the file that is to be replaced is open in Excel.
function wordsFor(systemCode: string, isReplacing: boolean): FailureWords {
  switch (systemCode) {
    case 'ENOENT':
    case 'ENOTDIR':
      return folderGone;
    case 'EBUSY':
    case 'ETXTBSY':
      return fileOpen;
    case 'EPERM':
    case 'EACCES':
      return isReplacing ? fileOpen : notAllowed;
    case 'EROFS':
      return notAllowed;
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull;
    default:
      return notWritten;
  }
}

/** Whether a file lies, or would lie, somewhere under a folder: links are followed, and case as the system sees it. */
export async function isWithin(file: string, folder: string): Promise<boolean> {
  const from = path.relative(await realFolder(folder), await realFolder(path.dirname(path.resolve(file))));
  return from === '' || (!path.isAbsolute(from) && from.split(path.sep)[0] !== '..');
}

/** The real path of a folder, of which the last parts need not be there yet. */
async function realFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch {
    const parent = path.dirname(folder);
    return parent === folder ? folder : path.join(await realFolder(parent), path.basename(folder));
  }
}

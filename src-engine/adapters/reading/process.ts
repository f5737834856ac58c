import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { failedFile, type FailedFile, type ReadFile, type ReadOptions } from '../ports.ts';
import type { FromReader, ReadingWish } from './messages.ts';
import { unpackSheets } from './packing.ts';

/** What reading one file may cost before it is ended, whatever it is doing. */
export type ReadingLimits = {
  /** Milliseconds without a word of progress. */
  readonly quietMs: number;
  readonly overallMs: number;
  /** What the reader's own objects may take up. */
  readonly heapMb: number;
  /** What this whole process may grow by while the reader runs: unpacked bytes are no objects. */
  readonly growthBytes: number;
};

export const READING_LIMITS: ReadingLimits = {
  quietMs: 10_000,
  overallMs: 120_000,
  heapMb: 640,
  growthBytes: 800_000_000,
};

const LOOKED_AT_MS = 100;

/**
 * Reads a file in a thread of its own, which is killed when it is called off or costs too much. Rejects with the signal's
 * reason when it is aborted, and with a bug of the reader; everything else is a failure with a sentence.
 */
export async function readApart(
  path: string,
  options: ReadOptions = {},
  limits: ReadingLimits = READING_LIMITS,
): Promise<ReadFile> {
  options.signal?.throwIfAborted();
  const worker = startReader(path, limits);
  if (worker === null) return notStarted();
  try {
    return await finished(worker, options, limits);
  } finally {
    // Not awaited: a disk that never answers would hold the thread, and with it whoever waits here.
    worker.unref();
    void worker.terminate();
  }
}

function startReader(path: string, { heapMb }: ReadingLimits): Worker | null {
  const script = readerScript();
  if (script === null) return null;
  try {
    return new Worker(script, {
      workerData: { path } satisfies ReadingWish,
      execArgv: [],
      // Libraries that print are not heard.
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 24 },
    });
  } catch {
    return null;
  }
}

/** The reader's entry: its source beside the sources, or its build beside or above the piece that this became. */
function readerScript(): URL | null {
  const here = import.meta.url;
  const places = here.endsWith('.ts') ? ['../../reader.ts'] : ['reader.js', '../reader.js'];
  return places.map((place) => new URL(place, here)).find((url) => existsSync(fileURLToPath(url))) ?? null;
}

function finished(
  worker: Worker,
  { signal, onProgress }: ReadOptions,
  limits: ReadingLimits,
): Promise<ReadFile> {
  return new Promise((resolve, reject) => {
    const unpacking = unpackSheets();
    let hasBegun = false;
    const watch = watchCost(limits, (failure) => end(() => resolve(failure)));
    const onAbort = (): void => end(() => reject(abortReason(signal)));
    const end = (settle: () => void): void => {
      watch.stop();
      signal?.removeEventListener('abort', onAbort);
      worker.removeAllListeners('message');
      settle();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    worker.stdout.resume();
    worker.stderr.resume();
    worker.on('message', (message: FromReader) => {
      hasBegun = true;
      watch.heard();
      if (message.type === 'progress') onProgress?.(message.done, message.of);
      if (message.type === 'rows') unpacking.take(message.rows);
      if (message.type === 'failed') end(() => resolve({ ok: false, failure: message.failure }));
      if (message.type !== 'done') return;
      const { names, fileName, byteCount, sha256 } = message;
      const sheets = unpacking.sheets(names);
      end(() => resolve({ ok: true, value: { sheets, fileName, byteCount, sha256 } }));
    });
    worker.once('error', (error) => {
      if (isOutOfMemory(error)) end(() => resolve(tooMuchMemory()));
      // What stops it before its first word is where it stands, not what it reads.
      else if (!hasBegun) end(() => resolve(notStarted()));
      else end(() => reject(error));
    });
    worker.once('exit', () => end(() => resolve(ended())));
  });
}

type Watch = { readonly heard: () => void; readonly stop: () => void };

function watchCost(limits: ReadingLimits, onCostly: (failure: FailedFile) => void): Watch {
  const startBytes = process.memoryUsage.rss();
  const startedAt = performance.now();
  let heardAt = startedAt;
  const timer = setInterval(() => {
    const now = performance.now();
    if (process.memoryUsage.rss() - startBytes > limits.growthBytes) onCostly(tooMuchMemory());
    else if (now - heardAt > limits.quietMs || now - startedAt > limits.overallMs) onCostly(tooSlow());
  }, LOOKED_AT_MS);
  return {
    heard: () => {
      heardAt = performance.now();
    },
    stop: () => clearInterval(timer),
  };
}

function abortReason(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new DOMException('The reading was called off.', 'AbortError');
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function tooMuchMemory(): FailedFile {
  return failedFile(
    'too-much-memory',
    'Reading the file needs more memory than it may take. Save the sheet with the list as .csv and choose that file.',
  );
}

function tooSlow(): FailedFile {
  return failedFile(
    'too-slow',
    'Reading the file takes too long, so it was stopped. Save the sheet with the list as .csv and choose that file.',
    true,
  );
}

function notStarted(): FailedFile {
  return failedFile(
    'reader-failed',
    'The part of Baaki that reads files could not be started. Close Baaki, open it again and choose the file once more.',
    true,
  );
}

function ended(): FailedFile {
  return failedFile(
    'reader-failed',
    'The part of Baaki that reads files ended before it was done. Choose the file once more.',
    true,
  );
}

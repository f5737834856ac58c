import type { Paper } from '#domain/papers/paper.ts';
import type { PaperFailure, PaperFiles, PaperPrinter } from '../../adapters/paper-ports.ts';
import type { WriteFailure } from '../../adapters/ports.ts';

/** One file to be written. */
export type BatchEntry = { readonly customerId: number; readonly fileName: string };

export type BatchWish = {
  readonly printer: PaperPrinter;
  readonly files: PaperFiles;
  readonly folder: string;
  readonly entries: readonly BatchEntry[];
  /** The customer's paper, made when its turn comes; null = there is nothing to write to him. */
  readonly paperOf: (customerId: number) => Paper | null;
  /** Goes on with a batch that was stopped: a file that is there is whole, and stays as it is. */
  readonly keepsExisting: boolean;
  /** UTC milliseconds. */
  readonly now: () => number;
  readonly signal?: AbortSignal | undefined;
};

export type BatchProgress = {
  /** Written, skipped ones too. */
  readonly done: number;
  readonly of: number;
  /** Customers with nothing to write to, and files that were there. */
  readonly skipped: number;
  /** Whole papers; null until the first second has passed. */
  readonly perSecond: number | null;
};

export type BatchEnd = BatchProgress & {
  /** What stopped it; what was written before stays. */
  readonly failure: (PaperFailure | WriteFailure) | null;
};

/** Enough that a thread never waits for a file to be written. */
const AHEAD = 2;

/**
 * Writes one paper after the other into a folder, each file whole, and tells after each how far it is. Throws the
 * signal's reason when it is aborted; what is written stays.
 */
export async function* writePapers(wish: BatchWish): AsyncGenerator<BatchProgress, BatchEnd> {
  const { entries, signal, printer } = wish;
  const there = new Set(wish.keepsExisting ? await wish.files.names(wish.folder) : []);
  const startedAt = wish.now();
  const under = new Map<number, Promise<Done>>();
  let [next, done, skipped] = [0, 0, 0];
  const progress = (): BatchProgress => ({
    done,
    of: entries.length,
    skipped,
    perSecond: rateOf(done - skipped, wish.now() - startedAt),
  });
  try {
    while (done < entries.length) {
      signal?.throwIfAborted();
      while (next < entries.length && under.size < printer.sideBySide + AHEAD) {
        const entry = entries[next];
        if (entry !== undefined)
          under.set(next, one(wish, { entry, at: next, isThere: there.has(entry.fileName) }));
        next += 1;
      }
      const ended = await Promise.race(under.values());
      under.delete(ended.at);
      if (ended.outcome !== 'written' && ended.outcome !== 'skipped') {
        return { ...progress(), failure: ended.outcome };
      }
      done += 1;
      if (ended.outcome === 'skipped') skipped += 1;
      yield progress();
    }
    return { ...progress(), failure: null };
  } finally {
    // However it ends: no file is still being written when the caller hears of it.
    await Promise.allSettled(under.values());
  }
}

type Done = {
  readonly at: number;
  readonly outcome: 'written' | 'skipped' | PaperFailure | WriteFailure;
};

async function one(
  { printer, files, folder, paperOf, signal }: BatchWish,
  { entry, at, isThere }: { readonly entry: BatchEntry; readonly at: number; readonly isThere: boolean },
): Promise<Done> {
  const paper = isThere ? null : paperOf(entry.customerId);
  if (paper === null) return { at, outcome: 'skipped' };
  const printed = await printer.print(paper, signal);
  if (!printed.ok) return { at, outcome: printed.failure };
  const written = await files.write(files.pathIn(folder, entry.fileName), printed.bytes, signal);
  return { at, outcome: written.ok ? 'written' : written.failure };
}

function rateOf(count: number, elapsedMs: number): number | null {
  return elapsedMs < 1000 ? null : Math.floor((count * 1000) / elapsedMs);
}

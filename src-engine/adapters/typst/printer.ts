import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Paper } from '#domain/papers/paper.ts';
import type { PaperPrinter, PrintedPaper } from '../paper-ports.ts';
import type { PrintingStart } from './messages.ts';
import { paperPlaces } from './places.ts';
import { openThread, printerFailed, type PrintingThread } from './thread.ts';

/** As much of it as is used here; the language's own types know it only among those of a window. */
declare const WebAssembly: { readonly compile: (bytes: Uint8Array) => Promise<object> };

export type PrinterLimits = {
  /** Threads at most. */
  readonly sideBySide: number;
  /** A thread that prints nothing for so long is ended: it holds some 100 MB. */
  readonly idleMs: number;
};

/** Each holds up to 320 MB. */
const THREADS_MOST = 3;
const THREADS_LEAST = 2;

/** One core is left for everything else; on a small machine two threads share what there is. */
export const PRINTER_LIMITS: PrinterLimits = {
  sideBySide: Math.max(THREADS_LEAST, Math.min(THREADS_MOST, availableParallelism() - 1)),
  idleMs: 30_000,
};

/** Prints with typst, in threads that are started when the first paper is asked for and ended when none was for a while. */
export function openTypstPrinter(limits: PrinterLimits = PRINTER_LIMITS): PaperPrinter {
  const free: PrintingThread[] = [];
  const waiting: ((thread: PrintingThread | null) => void)[] = [];
  let [running, isClosed] = [0, false];
  let start: Promise<PrintingStart | null> | undefined;
  let idle: NodeJS.Timeout | undefined;

  const opened = async (): Promise<PrintingThread | null> => {
    start ??= startOf();
    const known = await start;
    return known === null || isClosed ? null : openThread(known);
  };
  const taken = async (): Promise<PrintingThread | null> => {
    clearTimeout(idle);
    const one = free.pop();
    if (one !== undefined && !one.isSpent()) return one;
    if (one !== undefined) running -= 1;
    if (running >= limits.sideBySide) return new Promise((resolve) => waiting.push(resolve));
    running += 1;
    const made = await opened();
    if (made === null) running -= 1;
    return made;
  };
  const given = async (thread: PrintingThread): Promise<void> => {
    if (thread.isSpent() || isClosed) {
      void thread.end();
      const next = waiting.shift();
      const made = next === undefined ? null : await opened();
      if (made === null) running -= 1;
      next?.(made);
      return;
    }
    const next = waiting.shift();
    if (next !== undefined) return next(thread);
    thread.hold(false);
    free.push(thread);
    idle = setTimeout(() => void emptied(), limits.idleMs).unref();
  };
  const emptied = async (): Promise<void> => {
    const ended = free.splice(0);
    running -= ended.length;
    await Promise.all(ended.map((thread) => thread.end()));
  };
  const printMany = async (papers: readonly Paper[], signal?: AbortSignal): Promise<PrintedPaper> => {
    signal?.throwIfAborted();
    const thread = await taken();
    if (thread === null) return { ok: false, failure: printerFailed };
    try {
      signal?.throwIfAborted();
      thread.hold(true);
      const printed = await thread.print(papers);
      // What is called off meanwhile is drawn to its end, some hundredths of a second, and thrown away.
      signal?.throwIfAborted();
      return printed;
    } finally {
      void given(thread);
    }
  };
  const close = async (): Promise<void> => {
    isClosed = true;
    clearTimeout(idle);
    await emptied();
  };
  const print: PaperPrinter['print'] = (paper, signal) => printMany([paper], signal);
  return { print, printMany, sideBySide: limits.sideBySide, close };
}

/** Null where the compiler, the template or a font is missing. */
export async function startOf(): Promise<PrintingStart | null> {
  const places = paperPlaces();
  if (places === null) return null;
  const module = await WebAssembly.compile(await readFile(places.compiler));
  return { module, template: places.template, fonts: places.fonts };
}

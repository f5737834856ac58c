import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Paper } from '#domain/papers/paper.ts';
import type { PaperFailure, PrintedPaper } from '../paper-ports.ts';
import type { FromPrinting, PrintingStart, ToPrinting } from './messages.ts';

/** One thread that prints one file at a time. Once `isSpent`, it is ended and another takes its place. */
export type PrintingThread = {
  /** Rejects with a fault of the template. */
  readonly print: (papers: readonly Paper[]) => Promise<PrintedPaper>;
  readonly isSpent: () => boolean;
  /** While it is held, the process stays for it. */
  readonly hold: (isHeld: boolean) => void;
  readonly end: () => Promise<void>;
};

/** A paper of 200 lines takes 0.2 s; the first of a thread that starts on a slow machine a few seconds. */
const ONE_PAPER_MS_MOST = 30_000;
/** Of a file of many papers. */
const MORE_MS_EACH = 1000;
/** The compiler keeps what it laid out and gives no memory back: a thread is replaced when it has grown to this. */
const MEMORY_BYTES_MOST = 320_000_000;

export const printerFailed: PaperFailure = {
  code: 'paper-printer-failed',
  sentence: 'The part of Baaki that makes PDFs could not be started, or ended by itself. Try again.',
  retryable: true,
};
const tooSlow: PaperFailure = {
  code: 'paper-too-slow',
  sentence: 'Making this PDF takes too long, so it was stopped.',
  retryable: false,
};

/** Null where its script is not there. */
export function openThread(start: PrintingStart): PrintingThread | null {
  const script = threadScript();
  if (script === null) return null;
  const worker = new Worker(script, { workerData: start, execArgv: [], stdout: true, stderr: true });
  worker.stdout.resume();
  worker.stderr.resume();
  let isSpent = false;
  worker.once('exit', () => {
    isSpent = true;
  });
  // Who waits for a paper hears of it; between papers nobody has to.
  worker.on('error', () => {
    isSpent = true;
  });
  const isReady = new Promise<boolean>((resolve) => {
    worker.once('message', () => resolve(true));
    worker.once('exit', () => resolve(false));
  });
  const end = async (): Promise<void> => {
    isSpent = true;
    await worker.terminate();
  };
  const print = async (papers: readonly Paper[]): Promise<PrintedPaper> => {
    if (!(await isReady)) return { ok: false, failure: printerFailed };
    const heard = await answerTo(worker, papers);
    if (heard === 'ended' || heard === 'slow') {
      await end();
      return { ok: false, failure: heard === 'slow' ? tooSlow : printerFailed };
    }
    if (heard.type !== 'printed')
      throw new Error(`The template of the papers is at fault: ${sentence(heard)}`);
    if (heard.memoryBytes > MEMORY_BYTES_MOST) isSpent = true;
    return { ok: true, bytes: heard.bytes, pageCount: heard.pageCount };
  };
  const hold = (isHeld: boolean): void => (isHeld ? worker.ref() : worker.unref());
  return { print, isSpent: () => isSpent, hold, end };
}

function sentence(heard: FromPrinting): string {
  return heard.type === 'fault' ? heard.message : heard.type;
}

function answerTo(worker: Worker, papers: readonly Paper[]): Promise<FromPrinting | 'ended' | 'slow'> {
  return new Promise((resolve) => {
    const settle = (heard: FromPrinting | 'ended' | 'slow'): void => {
      clearTimeout(timer);
      worker.off('message', settle);
      worker.off('exit', onExit);
      resolve(heard);
    };
    const onExit = (): void => settle('ended');
    const timer = setTimeout(() => settle('slow'), ONE_PAPER_MS_MOST + papers.length * MORE_MS_EACH);
    worker.on('message', settle);
    worker.once('exit', onExit);
    worker.postMessage({ papers } satisfies ToPrinting);
  });
}

/** The thread's entry: its source beside this one, or its build beside or above the piece that this became. */
function threadScript(): URL | null {
  const here = import.meta.url;
  const places = here.endsWith('.ts') ? ['worker.ts'] : ['papers.js', '../papers.js'];
  return places.map((place) => new URL(place, here)).find((url) => existsSync(fileURLToPath(url))) ?? null;
}

import type { Paper } from '#domain/papers/paper.ts';
import type { PaperPrinter, PrintedPaper } from '#engine/adapters/paper-ports.ts';

export type FakePrinter = PaperPrinter & {
  readonly drawn: Paper[];
  /** Done while the next paper is drawn. */
  meanwhile: (() => void) | null;
};

/** Prints at once what it was handed, as JSON of its papers. */
export function fakePrinter(): FakePrinter {
  const drawn: Paper[] = [];
  const printMany = async (papers: readonly Paper[], signal?: AbortSignal): Promise<PrintedPaper> => {
    await Promise.resolve();
    signal?.throwIfAborted();
    drawn.push(...papers);
    const work = printer.meanwhile;
    printer.meanwhile = null;
    work?.();
    return { ok: true, bytes: new TextEncoder().encode(JSON.stringify(papers)), pageCount: papers.length };
  };
  const printer: FakePrinter = {
    drawn,
    meanwhile: null,
    printMany,
    print: (paper, signal) => printMany([paper], signal),
    sideBySide: 2,
    close: () => Promise.resolve(),
  };
  return printer;
}

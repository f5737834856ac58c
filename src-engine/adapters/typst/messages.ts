import type { Paper } from '#domain/papers/paper.ts';

/** What a printing thread is started with. */
export type PrintingStart = {
  /** The compiler, made ready once: a WebAssembly.Module, which threads take over as it is. */
  readonly module: object;
  readonly template: string;
  readonly fonts: readonly string[];
};

/** Papers of one file, each on pages of its own. */
export type ToPrinting = { readonly papers: readonly Paper[] };

/** What a printing thread says: once 'ready', then one answer for each paper. */
export type FromPrinting =
  | { readonly type: 'ready' }
  | {
      readonly type: 'printed';
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly pageCount: number;
      /** What the compiler's memory has grown to: it gives none back. */
      readonly memoryBytes: number;
    }
  /** A fault of the template, hence ours. */
  | { readonly type: 'fault'; readonly message: string };

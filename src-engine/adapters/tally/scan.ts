import type { Buffer } from 'node:buffer';
import type { Gather } from './gather.ts';
import type { Interned } from './interned.ts';
import type { Kernel } from './leaves-kernel.ts';

export const DEPTH_MOST = 256;

/**
 * All that a scan in progress knows. Units are UTF-16, or of other encodings bytes as units of their own; one kernel
 * reads both. Plain and mutable: this is the loop that every byte of a Tally passes.
 */
export type Scan = {
  /** Null on the plain way, which small replies go: a kernel and its memory take a millisecond to set up. */
  kernel: Kernel | null;
  bytes: Buffer;
  units: Uint16Array;
  isWide: boolean;
  /** Units that are filled; the next one to look at; up to where no `<` was found. */
  fill: number;
  at: number;
  searched: number;
  /** No more will come: what waits for its end has none. */
  isLast: boolean;
  /** The tag at hand: the place of its name, and where its > stands. */
  name: number;
  nameEnd: number;
  tagEnd: number;
  /** Hashes of the names of all open elements. */
  readonly names: Int32Array;
  depth: number;
  /** Open elements that nobody wants, with all they hold. */
  skipped: number;
  /** Whether text that stands here is wanted. */
  isHeard: boolean;
  root: string | null;
  isBare: boolean;
  isClosed: boolean;
  /** Tags that do not match, or something beside the root: nothing of it can be trusted any more. */
  isBroken: boolean;
  readonly gather: Gather;
  known: Interned;
  readonly knownTags: Interned;
};

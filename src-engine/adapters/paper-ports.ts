import type { Paper } from '#domain/papers/paper.ts';
import type { WrittenFile } from './ports.ts';

/** The closed list of what can go wrong while a paper is drawn. */
export type PaperFailure = {
  readonly code:
    /** The printing part of Baaki could not be started, or ended by itself. */
    | 'paper-printer-failed'
    /** It took longer than one paper may take. */
    | 'paper-too-slow';
  readonly sentence: string;
  readonly retryable: boolean;
};

/** A PDF, A4. */
export type PrintedPaper =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer>; readonly pageCount: number }
  | { readonly ok: false; readonly failure: PaperFailure };

/** Draws papers as PDF, away from the engine's own loop. Rejects with the signal's reason when it is aborted. */
export type PaperPrinter = {
  readonly print: (paper: Paper, signal?: AbortSignal) => Promise<PrintedPaper>;
  /** All of them in one file, in their order, each on pages of its own. */
  readonly printMany: (papers: readonly Paper[], signal?: AbortSignal) => Promise<PrintedPaper>;
  /** How many papers it draws side by side. */
  readonly sideBySide: number;
  readonly close: () => Promise<void>;
};

/** Where finished papers go: files of this machine, each whole or not there at all. */
export type PaperFiles = {
  readonly write: (path: string, bytes: Uint8Array, signal?: AbortSignal) => Promise<WrittenFile>;
  /** Names in a folder; none where it cannot be read. */
  readonly names: (folder: string) => Promise<readonly string[]>;
  readonly pathIn: (folder: string, name: string) => string;
};

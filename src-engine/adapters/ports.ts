import type { SheetGrid } from '#domain/imports/cells.ts';

/** What a reader found in a file. Nothing of it is trusted: rules check every cell. */
export type FileContent = {
  readonly sheets: readonly SheetGrid[];
  readonly fileName: string;
  readonly byteCount: number;
  readonly sha256: string;
};

/** The closed list of what can go wrong with a file, with a sentence that says what to do next. */
export type FileFailure = {
  readonly code: 'not-found' | 'too-large' | 'empty' | 'not-a-workbook' | 'password' | 'unreadable';
  readonly sentence: string;
  readonly retryable: boolean;
};

export type ReadFile =
  { readonly ok: true; readonly value: FileContent } | { readonly ok: false; readonly failure: FileFailure };

/** Reads a list of bills from a file of this machine. */
export type WorkbookSource = {
  /** Whether the first bytes of a file look like something this source reads. */
  readonly canRead: (head: Uint8Array) => boolean;
  readonly read: (path: string, signal?: AbortSignal) => Promise<ReadFile>;
};

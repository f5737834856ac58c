import type { ExportFormat, ExportTable } from '#domain/exports.ts';
import type { SheetGrid } from '#domain/imports/cells.ts';

/** What a reader found in a file. Nothing of it is trusted: rules check every cell. */
export type FileContent = {
  readonly sheets: readonly SheetGrid[];
  readonly fileName: string;
  readonly byteCount: number;
  readonly sha256: string;
};

/** The closed list of what can go wrong with a file. */
export type FileFailureCode =
  | 'not-found'
  | 'too-large'
  | 'empty'
  | 'not-a-workbook'
  | 'password'
  | 'unreadable'
  /** The end of the file is missing. */
  | 'truncated'
  /** One cell holds more text than a cell of a list can. */
  | 'cell-too-long'
  /** The file holds rows, yet none could be read. */
  | 'reads-as-empty'
  | 'too-slow'
  | 'too-much-memory'
  /** The reading process could not be started or ended by itself. */
  | 'reader-failed';

/** What went wrong with a file, with a sentence that says what to do next. */
export type FileFailure = {
  readonly code: FileFailureCode;
  readonly sentence: string;
  readonly retryable: boolean;
};

export type FailedFile = { readonly ok: false; readonly failure: FileFailure };

export type ReadFile = { readonly ok: true; readonly value: FileContent } | FailedFile;

export type ReadOptions = {
  readonly signal?: AbortSignal | undefined;
  /** Bytes of the file that are read so far, and of how many. */
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
};

/** Reads a list of bills from a file of this machine or from the clipboard. */
export type WorkbookSource = {
  /** Rejects with the signal's reason when it is aborted. */
  readonly read: (path: string, options?: ReadOptions) => Promise<ReadFile>;
  /** Rows as a spreadsheet puts them on the clipboard: columns by tabs, cells with lines in quotation marks. */
  readonly readPasted: (text: string) => ReadFile;
};

export function failedFile(code: FileFailureCode, sentence: string, retryable = false): FailedFile {
  return { ok: false, failure: { code, sentence, retryable } };
}

/** The closed list of what can go wrong while a file is written. */
export type WriteFailure = {
  readonly code:
    | 'export-folder-gone'
    | 'export-file-open'
    | 'export-not-allowed'
    | 'export-disk-full'
    | 'export-not-written';
  readonly sentence: string;
  readonly retryable: boolean;
};

export type WrittenFile =
  { readonly ok: true; readonly byteCount: number } | { readonly ok: false; readonly failure: WriteFailure };

export type WriteWish = {
  readonly path: string;
  readonly format: ExportFormat;
  readonly table: ExportTable;
  readonly signal?: AbortSignal | undefined;
};

/** Writes tables to files of this machine, whole or not at all. */
export type TableWriter = {
  readonly write: (wish: WriteWish) => Promise<WrittenFile>;
  /** Whether a file lies, or would lie, somewhere under a folder. */
  readonly isWithin: (file: string, folder: string) => Promise<boolean>;
};

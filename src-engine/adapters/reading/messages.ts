import type { FileFailure } from '../ports.ts';
import type { PackedRows } from './packing.ts';

/** What the reading process is started with. */
export type ReadingWish = { readonly path: string };

/** What the reading process says, in this order: begun, progress, then rows and done, or failed. */
export type FromReader =
  | { readonly type: 'begun' }
  | { readonly type: 'progress'; readonly done: number; readonly of: number }
  | { readonly type: 'rows'; readonly rows: PackedRows }
  | {
      readonly type: 'done';
      readonly names: readonly string[];
      readonly fileName: string;
      readonly byteCount: number;
      readonly sha256: string;
    }
  | { readonly type: 'failed'; readonly failure: FileFailure };

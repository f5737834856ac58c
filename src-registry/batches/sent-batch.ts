import type { Caller } from '../api/verify.ts';
import type { NewChange } from '../store/feed.ts';
import type { SenderRow } from '../store/submissions.ts';
import type { ItemError, ReadBatch } from './read-batch.ts';
import type { SealedContact } from './sealed-contacts.ts';

export type Sent = {
  readonly caller: Caller;
  readonly read: ReadBatch;
  readonly bytes: Uint8Array;
  readonly contacts: readonly SealedContact[];
  readonly at: number;
};

export type ApplyWish = Sent & {
  readonly sender: SenderRow;
  /** No batch of the device is missing before this one. */
  readonly isWhole: boolean;
};

export type Applied = {
  readonly appliedCount: number;
  readonly staleCount: number;
  readonly errors: readonly ItemError[];
  readonly questioned: readonly string[];
  readonly changes: readonly NewChange[];
};

export const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64url');

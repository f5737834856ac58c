import type { Day } from '../days.ts';
import { fromBase64Url, joinBytes, toBase64Url, utf8, type Hash } from './bytes.ts';
import { dueStates, type BatchKind, type DueState, type ItemErrorCode } from './words.ts';
import { itemText, type Due } from './dues.ts';
import { leafHash, rootOf } from './merkle.ts';

export const ITEMS_MOST = 500;

/** What a device signs, and what stands in the public log: no amounts, no tokens, only the root over them. */
export type BatchHeader = {
  /** The log's name, so that a signature for one registry is none for another. */
  readonly origin: string;
  readonly member: string;
  readonly device: string;
  readonly epoch: number;
  /** Counts up by one for each batch of a device and epoch. */
  readonly seq: number;
  /** Root of the batch before; empty for the first. */
  readonly prev: string;
  readonly kind: BatchKind;
  readonly fullId: string | null;
  readonly asOf: Day;
  readonly keyVersion: string;
  readonly itemCount: number;
  readonly root: string;
};

/** One line of UTF-8; its bytes are what is signed and the log's leaf. */
export function headerLine(header: BatchHeader): string {
  const fields = [
    'reg/batch/v1',
    header.origin,
    header.member,
    header.device,
    header.epoch,
    header.seq,
    header.prev,
    header.kind,
    header.fullId ?? '',
    header.asOf,
    header.keyVersion,
    header.itemCount,
    header.root,
  ];
  return fields.join('|');
}

/** Salted, so that nobody who sees the hash alone can try out whom it is about. */
export function itemLeaf(hash: Hash, due: Due): Uint8Array {
  const salt = fromBase64Url(due.salt) ?? new Uint8Array(0);
  return leafHash(hash, joinBytes(salt, utf8(itemText(due))));
}

/**
 * Of what is no due: one that the registry cannot read, or a row of a full reconcile, which needs no salt because its
 * reference can be tried out by nobody.
 */
export function plainLeaf(hash: Hash, item: readonly unknown[]): Uint8Array {
  const salt = typeof item[1] === 'string' ? fromBase64Url(item[1]) : null;
  return leafHash(hash, joinBytes(salt ?? new Uint8Array(0), utf8(JSON.stringify(item))));
}

/** A row of a full reconcile: what the member has, so that both sides see where they differ. */
export type FullItem = readonly [dueRef: string, ver: number, state: DueState, openPaise: number];

export function readFullItem(item: readonly unknown[]): FullItem | ItemErrorCode {
  const [dueRef, ver, state, open] = item;
  const known = dueStates.find((one) => one === state);
  const isRead = item.length === 4 && typeof dueRef === 'string' && /^[A-Za-z0-9_-]{22}$/.test(dueRef);
  if (!isRead || known === undefined || !isCount(ver) || !isCount(open)) return 'bad_item';
  return [dueRef, ver, known, open];
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** base64url of the Merkle root over the items in their order. */
export function batchRoot(hash: Hash, leaves: readonly Uint8Array[]): string {
  return toBase64Url(rootOf(hash, leaves));
}

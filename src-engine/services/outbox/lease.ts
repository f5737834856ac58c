import { leaseRow, putLease, type LeaseRow } from '../../storage/outbox-lease.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import type { BookContext } from '../door.ts';

// Which process may send from a book. Two engines on one folder must not both send, and a copy of a book must not send at
// all until somebody says that it is the book now (docs/gateways.md 8.3).

export const LEASE_MS = 30_000;
export const RENEWED_EVERY_MS = 10_000;
/** A lease that ends later than any could: the clock was set back since. */
const SANE_MS = 2 * LEASE_MS;

export type Who = {
  /** A random id of this process. */
  readonly owner: string;
  readonly home: string;
  readonly name: string;
};

export type LeaseState =
  | { readonly kind: 'mine' }
  | { readonly kind: 'other'; readonly owner: string; readonly until: number }
  /** The book sends from another machine or folder. */
  | { readonly kind: 'copy'; readonly owner: string };

export function whoOf({ homeOf, bookId }: Pick<BookContext, 'homeOf' | 'bookId'>, owner: string): Who {
  return { owner, ...homeOf(bookId) };
}

export function leaseState(tx: ReadTx, who: Who, now: number): LeaseState {
  return stateOf(leaseRow(tx), who, now);
}

function stateOf(row: LeaseRow | undefined, who: Who, now: number): LeaseState {
  if (row === undefined) return { kind: 'mine' };
  if (row.home !== who.home) return { kind: 'copy', owner: row.ownerName };
  const isOver = row.until <= now || row.until > now + SANE_MS;
  if (row.owner === who.owner || isOver) return { kind: 'mine' };
  return { kind: 'other', owner: row.ownerName, until: row.until };
}

/** Takes the lease or renews it, where nobody else has it. */
export function takeLease(tx: WriteTx, who: Who, now: number): LeaseState {
  const state = leaseState(tx, who, now);
  if (state.kind === 'mine') putLease(tx, rowOf(who, now + LEASE_MS));
  return state;
}

/** Whether this process holds it now: asked inside every transaction that lets something leave. */
export function holdsLease(tx: ReadTx, who: Who, now: number): boolean {
  const row = leaseRow(tx);
  return row !== undefined && row.owner === who.owner && row.home === who.home && row.until > now;
}

/** The next process need not wait until it is over. */
export function releaseLease(tx: WriteTx, who: Who, now: number): void {
  const row = leaseRow(tx);
  if (row?.owner === who.owner && row.home === who.home) putLease(tx, { ...row, until: now });
}

/** Says where a book is at home as soon as it has something to send with, so that a copy of it is known for one. */
export function settleHome(tx: WriteTx, who: Who, now: number): void {
  if (leaseRow(tx) === undefined) putLease(tx, rowOf(who, now));
}

/** "Send from here": the book was moved, and this is its home from now on. */
export function takeHome(tx: WriteTx, who: Who, now: number): void {
  const row = leaseRow(tx);
  if (row?.home !== who.home) putLease(tx, rowOf(who, now));
}

function rowOf({ owner, home, name }: Who, until: number): LeaseRow {
  return { owner, ownerName: name, home, until };
}

import { isStandIn } from '#domain/tally/derive.ts';
import type { DerivedDocuments } from '#domain/tally/party.ts';
import type { WriteTx } from './database.ts';
import { editWriter, fieldChanges, type EditWriter } from './edits.ts';
import { mirrorAllocations, type MirrorAllocations } from './tally-allocations.ts';
import {
  DAY_FIELD,
  sideRows,
  SIDES,
  wishedOf,
  type DocumentFacts,
  type Side,
  type SideRows,
  type StoredDocument,
  type WishedDocument,
} from './tally-rows.ts';

/** Documents added, changed (or restored) and voided, and people's applications that no longer fit, taken back. */
export type AppliedCounts = {
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
  readonly undone: number;
};

export type DocumentWriter = {
  /** Brings the book's documents of one customer to what was derived, each customer at most once. */
  readonly apply: (customerId: number, derived: DerivedDocuments) => AppliedCounts;
  /** Writes what still waits, and sums up. Nothing of the writer may be used after it. */
  readonly flush: () => AppliedCounts;
};

export type ApplyOptions = {
  /** UTC milliseconds. */
  readonly now: number;
  /**
   * False where Baaki has come to know more and Tally says nothing new (the history was read): then no old values are
   * kept, for nobody has changed anything.
   */
  readonly keepsOldValues?: boolean;
  /** False where no ledger can have become another customer's: then nobody else's documents are looked through. */
  readonly looksElsewhere?: boolean;
};

/** Why a document is void that Tally no longer has; it comes back with it. */
export const GONE_FROM_TALLY = 'Gone from Tally.';

type Writers = {
  readonly rows: Readonly<Record<Side, SideRows>>;
  readonly allocations: MirrorAllocations;
  readonly keep: EditWriter;
  readonly now: number;
  /** What stood in for vouchers that are known now: it goes without a trace, unless a person's work rests on it. */
  readonly standIns: { readonly side: Side; readonly id: number }[];
};

/** For many customers in one write; nothing else may write documents until it is flushed. */
export function documentWriter(
  tx: WriteTx,
  { now, keepsOldValues = true, looksElsewhere = true }: ApplyOptions,
): DocumentWriter {
  const wish = { now, looksElsewhere };
  const rows = {
    bill: sideRows(tx, 'bill', wish),
    receipt: sideRows(tx, 'receipt', wish),
    credit: sideRows(tx, 'credit', wish),
  };
  const flushDocuments = (): void => SIDES.forEach((side) => rows[side].flush());
  const allocations = mirrorAllocations(tx, { ...wish, flushDocuments });
  const keep = keepsOldValues ? editWriter(tx) : () => undefined;
  const standIns: Writers['standIns'] = [];
  const writers: Writers = { rows, allocations, keep, now, standIns };
  let sum: AppliedCounts = { added: 0, changed: 0, gone: 0, undone: 0 };
  return {
    apply: (customerId, derived) => {
      const counts = applyOne(writers, customerId, derived);
      sum = added(sum, counts);
      return counts;
    },
    flush: () => {
      flushDocuments();
      allocations.flush();
      for (const { side, id } of standIns.splice(0)) rows[side].drop(id);
      return sum;
    },
  };
}

/** One customer in one write. */
export function applyDerived(
  tx: WriteTx,
  {
    customerId,
    derived,
    ...options
  }: ApplyOptions & { readonly customerId: number; readonly derived: DerivedDocuments },
): AppliedCounts {
  const writer = documentWriter(tx, options);
  writer.apply(customerId, derived);
  return writer.flush();
}

function added(a: AppliedCounts, b: AppliedCounts): AppliedCounts {
  return {
    added: a.added + b.added,
    changed: a.changed + b.changed,
    gone: a.gone + b.gone,
    undone: a.undone + b.undone,
  };
}

type Tally = { added: number; changed: number; gone: number };

function applyOne(writers: Writers, customerId: number, derived: DerivedDocuments): AppliedCounts {
  const counts: Tally = { added: 0, changed: 0, gone: 0 };
  const wished = wishedOf(derived);
  const ids = {
    bill: new Map<string, number>(),
    receipt: new Map<string, number>(),
    credit: new Map<string, number>(),
  };
  let isNew = true;
  for (const side of SIDES) {
    const stored = new Map(writers.rows[side].ofCustomer(customerId).map((row) => [row.sourceKey, row]));
    if (stored.size > 0) isNew = false;
    for (const document of wished[side]) {
      const { sourceKey } = document;
      const own = stored.get(sourceKey);
      stored.delete(sourceKey);
      const row = own ?? writers.rows[side].ofKey(sourceKey);
      if (row) isNew = false;
      ids[side].set(sourceKey, row ? row.id : writers.rows[side].add(customerId, document));
      if (!row) counts.added += 1;
      else if (change(writers, side, { row, document, customerId })) counts.changed += 1;
    }
    for (const row of stored.values()) if (voidGone(writers, side, row)) counts.gone += 1;
  }
  const undone = writers.allocations.apply({ customerId, isNew, ids, wished: derived.allocations });
  return { ...counts, undone };
}

/** Brings a row up to date, whosever it was; false where it says the same already. */
function change(
  { rows, keep, now }: Writers,
  side: Side,
  {
    row,
    document,
    customerId,
  }: { readonly row: StoredDocument; readonly document: WishedDocument; readonly customerId: number },
): boolean {
  const isBack = row.voidReason === GONE_FROM_TALLY;
  const was = { customerId: row.customerId, ...editFields(side, row) };
  const changes = fieldChanges<Readonly<Record<string, string | number | null>>>(was, {
    customerId,
    ...editFields(side, document),
  });
  if (changes.length === 0 && !isBack && row.narration === document.narration) return false;
  const voided = isBack ? { voidedAt: null, voidReason: null } : row;
  const { voidedAt, voidReason } = voided;
  rows[side].change(row, { ...document, id: row.id, customerId, voidedAt, voidReason });
  const of = { noun: side, rowId: row.id, editedAt: now, importBatchId: null, byTally: true } as const;
  keep({ ...of, customerId }, changes);
  if (isBack) keep({ ...of, customerId }, [{ field: 'voidReason', before: row.voidReason, after: null }]);
  // One that went to another customer is told of with both.
  if (row.customerId !== customerId) {
    const moved = changes.filter(({ field }) => field === 'customerId');
    keep({ ...of, customerId: row.customerId }, moved);
  }
  return true;
}

function editFields(side: Side, { kind, number, day, dueDay, amountPaise }: DocumentFacts) {
  return { kind, number, [DAY_FIELD[side]]: day, dueDay, amountPaise };
}

/** One that a person has voided stays as he left it; a stand-in is no document that anybody would miss. */
function voidGone({ rows, keep, now, standIns }: Writers, side: Side, row: StoredDocument): boolean {
  if (row.voidedAt !== null) return false;
  const { id, customerId } = row;
  rows[side].change(row, { ...row, voidedAt: now, voidReason: GONE_FROM_TALLY });
  const of = { noun: side, rowId: id, customerId, editedAt: now, importBatchId: null } as const;
  if (isStandIn(row.sourceKey)) {
    standIns.push({ side, id });
    return false;
  }
  keep({ ...of, byTally: true }, [{ field: 'voidReason', before: null, after: GONE_FROM_TALLY }]);
  return true;
}

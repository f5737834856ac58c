import { nouns } from '#contract/engine/changes.ts';
import { judgeRevert, type BatchTraces } from '#domain/import-revert.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import { deleteAliasesOf } from '../../storage/aliases.ts';
import { crossSettledOf, deleteAllocationsOfBatch } from '../../storage/allocations.ts';
import { deleteBillsOfBatch } from '../../storage/bills.ts';
import { deleteCreditsOfBatch } from '../../storage/credits.ts';
import { deleteIdleCustomersOfBatch } from '../../storage/customers.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import {
  batchById,
  documentTraces,
  editedCount,
  markReverted,
  repeatedLaterCount,
  type BatchRow,
} from '../../storage/imports.ts';
import { deleteReceiptsOfBatch } from '../../storage/receipts.ts';
import { refused, type BookContext } from '../door.ts';

/** Takes back all that one import added, or nothing of it. The batch and its notes stay as the record. */
export function revertBatch(context: BookContext, batchId: number): BatchRow {
  const now = context.now();
  const made = context.db.write((tx): Result<BatchRow> => {
    const batch = batchById(tx, batchId);
    if (!batch) {
      const sentence = `There is no import ${batchId} in this book.`;
      return refuse('no-batch', sentence, { field: 'batchId', values: { batchId } });
    }
    const judged = judgeRevert(tracesOf(tx, batch));
    if (!judged.ok) return judged;
    takeOut(tx, batch);
    return ok(markReverted(tx, batchId, now));
  });
  if (!made.ok) throw refused(made.refusal);
  context.changed(...nouns);
  context.log('import.reverted', { batch: batchId });
  return made.value;
}

function tracesOf(tx: ReadTx, batch: BatchRow): BatchTraces {
  const bills = documentTraces(tx, 'bills', batch);
  const others = [documentTraces(tx, 'receipts', batch), documentTraces(tx, 'credits', batch)];
  const all = [bills, ...others];
  return {
    isReverted: batch.revertedAt !== null,
    // A bill that a still later import has changed again no longer bears this batch; its own count knows.
    changedCount: batch.changedBillCount + others.reduce((sum, { changedCount }) => sum + changedCount, 0),
    repeatedLaterCount: repeatedLaterCount(tx, batch.id),
    changedLaterCount: all.reduce((sum, { changedLaterCount }) => sum + changedLaterCount, 0),
    voidedCount: all.reduce((sum, { voidedCount }) => sum + voidedCount, 0),
    editedCount: editedCount(tx, batch.id),
    ...crossSettledOf(tx, batch.id),
  };
}

/** Rows go, they are not voided: the same file must be able to come again under its own keys (decision 9). */
function takeOut(tx: WriteTx, { id: batchId, importedAt }: BatchRow): void {
  deleteAllocationsOfBatch(tx, batchId);
  deleteReceiptsOfBatch(tx, batchId);
  deleteCreditsOfBatch(tx, batchId);
  deleteBillsOfBatch(tx, batchId);
  deleteAliasesOf(tx, importedAt);
  deleteIdleCustomersOfBatch(tx, batchId);
}

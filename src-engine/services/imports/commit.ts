import { laterDay } from '#domain/days.ts';
import { firstDayOfRoom } from '#domain/import-change.ts';
import { savedPart } from '#domain/imports/saved-map.ts';
import { refuse } from '#domain/result.ts';
import { saveAlias } from '../../storage/aliases.ts';
import { billSides } from '../../storage/allocation-sides.ts';
import { withIndexesAfter } from '../../storage/bulk.ts';
import type { WriteTx } from '../../storage/database.ts';
import { saveMapJson } from '../../storage/import-maps.ts';
import {
  insertBatch,
  insertNotes,
  lastImportedAt,
  type BatchRow,
  type NewBatch,
} from '../../storage/imports.ts';
import { refused, type BookContext } from '../door.ts';
import type { Draft } from './drafts.ts';
import { notesOf, openOf, rowCounts } from './dry-run.ts';
import { planAgain, stillHolds, type Planned } from './plan.ts';
import { rowWriter, type Batch } from './write-rows.ts';
import { writePlan } from './write.ts';

const SETTLED = 'Absent from a complete list of open bills.';

/** Writes a plan, or nothing of it. A book that somebody changed since is looked at anew, inside the transaction. */
export function writeBatch(context: BookContext, draft: Draft, made: Planned): BatchRow {
  return context.db.write((tx) => {
    const planned = stillHolds(context, draft, made) ? made : planAgain(context, draft, made);
    if (planned.plan.documents.length === 0) throw refused(nothingToTake(planned));
    // Every batch has an instant of its own, so that what it added can be told from what it changed.
    const now = Math.max(context.now(), (lastImportedAt(tx) ?? 0) + 1);
    const batch = insertBatch(tx, { ...batchFacts(draft, planned), importedAt: now });
    const of = { importBatchId: batch.id, now };
    const { bills, receipts, credits } = planned.plan.counts;
    const sizes = [
      { table: 'bills', newRows: bills.added },
      { table: 'receipts', newRows: receipts.added },
      { table: 'allocations', newRows: receipts.added },
      { table: 'credits', newRows: credits.added },
    ] as const;
    withIndexesAfter(tx, sizes, () => writePlan(tx, planned.plan, of));
    if (planned.map.isCompleteList) settleVanished(context, tx, { planned, of });
    remember(tx, planned, now);
    const notes = notesOf(planned).map(({ row, outcome, reason, excerpt }) => ({
      row,
      outcome: outcome === 'left-out' ? outcome : ('refused' as const),
      reasonJson: JSON.stringify(reason),
      excerpt,
    }));
    insertNotes(tx, batch.id, notes);
    return batch;
  });
}

export function nothingToTake({ rows }: Planned): ReturnType<typeof refuse>['refusal'] {
  const sentence = `None of the ${rows.fileRowCount} rows can be taken. See the reasons beside the rows.`;
  return refuse('nothing-to-take', sentence, { values: { rows: rows.fileRowCount } }).refusal;
}

/** Bills that a complete list lacks are settled since: by a receipt of its own each, on the day the list holds for. */
function settleVanished(
  { today }: BookContext,
  tx: WriteTx,
  { planned, of }: { readonly planned: Planned; readonly of: Batch },
): void {
  const rows = rowWriter(tx, of);
  const on = planned.map.balancesDay ?? today;
  const sides = billSides(tx, { ids: planned.vanished.map(({ billId }) => billId) });
  for (const bill of planned.vanished) {
    const { billId, customerId, currency, rateE6, openPaise, openForeignMinor } = bill;
    const wish = { day: laterDay(on, bill.billDay), amountPaise: openPaise };
    const side = sides.get(billId);
    // On that day it may have been paid by money that was taken back later.
    const day = (side && firstDayOfRoom(side, wish)) ?? wish.day;
    rows.settle({
      billId,
      customerId,
      sourceKey: `${bill.sourceKey}|settled|${of.importBatchId}`,
      day,
      amountPaise: openPaise,
      ...foreignPart({ currency, rateE6, openForeignMinor }),
      narration: SETTLED,
    });
  }
  rows.flush();
}

type ForeignOpen = {
  readonly currency: string | null;
  readonly rateE6: number | null;
  readonly openForeignMinor: number | null;
};

/** Where earlier payments in base currency leave no foreign amount, the rest is settled in the book's own. */
function foreignPart({ currency, rateE6, openForeignMinor }: ForeignOpen) {
  return openForeignMinor === null || openForeignMinor <= 0
    ? { currency: null, foreignMinor: null, rateE6: null }
    : { currency, foreignMinor: openForeignMinor, rateE6 };
}

function remember(tx: WriteTx, { map, fingerprint }: Planned, now: number): void {
  saveMapJson(tx, { fingerprint, mapJson: JSON.stringify(savedPart(map)), savedAt: now });
  for (const [nameKey, customerId] of Object.entries(map.sameCustomers)) {
    saveAlias(tx, { nameKey, customerId, createdAt: now });
  }
}

function batchFacts(draft: Draft, planned: Planned): Omit<NewBatch, 'importedAt'> {
  const { plan, map, layout, kind } = planned;
  const counts = rowCounts(planned);
  const { fileName, sha256 } = draft.file;
  return {
    fileName,
    fileSha256: sha256,
    layout,
    mapJson: JSON.stringify({ ...map, kind }),
    takenRowCount: counts.taken,
    refusedRowCount: counts.refused,
    leftOutRowCount: counts.leftOut,
    addedBillCount: plan.counts.bills.added,
    changedBillCount: plan.counts.bills.changed,
    billPaise: plan.billPaise,
    receiptPaise: plan.receiptPaise,
    creditPaise: plan.creditPaise,
    openPaise: openOf(plan),
  };
}

import { desc, eq, max } from 'drizzle-orm';
import type { ReadTx, WriteTx } from './database.ts';
import { importBatches, importNotes } from './schema.ts';

export type BatchRow = typeof importBatches.$inferSelect;
export type NewBatch = typeof importBatches.$inferInsert;
export type NoteRow = typeof importNotes.$inferSelect;

export function insertBatch(tx: WriteTx, batch: NewBatch): BatchRow {
  return tx.orm.insert(importBatches).values(batch).returning().get();
}

export function batchRows(tx: ReadTx): readonly BatchRow[] {
  return tx.orm
    .select()
    .from(importBatches)
    .orderBy(desc(importBatches.importedAt), desc(importBatches.id))
    .all();
}

export type NewNote = {
  readonly row: number;
  readonly outcome: 'refused' | 'left-out';
  readonly reasonJson: string;
  readonly excerpt: string;
};

export function insertNotes(tx: WriteTx, importBatchId: number, notes: Iterable<NewNote>): void {
  const insert = tx.sqlite.prepare<NewNote & { importBatchId: number }>(
    `insert into import_notes (import_batch_id, row, outcome, reason_json, excerpt)
     values (@importBatchId, @row, @outcome, @reasonJson, @excerpt)`,
  );
  for (const note of notes) insert.run({ ...note, importBatchId });
}

export function noteRows(tx: ReadTx, importBatchId: number): readonly NoteRow[] {
  return tx.orm
    .select()
    .from(importNotes)
    .where(eq(importNotes.importBatchId, importBatchId))
    .orderBy(importNotes.row, importNotes.id)
    .all();
}

export function batchById(tx: ReadTx, batchId: number): BatchRow | undefined {
  return tx.orm.select().from(importBatches).where(eq(importBatches.id, batchId)).get();
}

export function lastImportedAt(tx: ReadTx): number | null {
  return (
    tx.orm
      .select({ at: max(importBatches.importedAt) })
      .from(importBatches)
      .get()?.at ?? null
  );
}

export function markReverted(tx: WriteTx, batchId: number, revertedAt: number): BatchRow {
  return tx.orm
    .update(importBatches)
    .set({ revertedAt })
    .where(eq(importBatches.id, batchId))
    .returning()
    .get();
}

export type DocumentTraces = {
  /** Of earlier batches, written over by this one. */
  readonly changedCount: number;
  /** Added by this one, written over by a later one. */
  readonly changedLaterCount: number;
  readonly voidedCount: number;
};

/**
 * A document bears the batch that wrote it last and the instant at which it was made, which is its first batch's own
 * (no two batches share one): where the two do not belong together, it was changed.
 */
export function documentTraces(
  tx: ReadTx,
  table: 'bills' | 'receipts' | 'credits',
  batch: Pick<BatchRow, 'id' | 'importedAt'>,
): DocumentTraces {
  const row = tx.sqlite
    .prepare<{ id: number; importedAt: number }, DocumentTraces>(
      `select count(*) filter (where import_batch_id = @id and created_at <> @importedAt) as changedCount,
              count(*) filter (where import_batch_id <> @id and created_at = @importedAt) as changedLaterCount,
              count(*) filter (where import_batch_id = @id and voided_at is not null) as voidedCount
         from ${table} where import_batch_id = @id or created_at = @importedAt`,
    )
    .get({ id: batch.id, importedAt: batch.importedAt });
  return row ?? { changedCount: 0, changedLaterCount: 0, voidedCount: 0 };
}

/**
 * Documents in the files of later imports that those imports did not write, because the book had them already. Whose
 * they were is not kept, so they count against every earlier import; a count that is too high only refuses.
 */
export function repeatedLaterCount(tx: ReadTx, batchId: number): number {
  const written = (table: 'bills' | 'receipts' | 'credits'): string =>
    `(select count(*) from ${table} where import_batch_id = later.id and source_key not like '%|paid|%'
        and source_key not like '%|settled|%')`;
  return Number(
    tx.sqlite
      .prepare<[number]>(
        `select coalesce(sum(max(0, taken_row_count
                  - ${written('bills')} - ${written('receipts')} - ${written('credits')})), 0)
           from import_batches later where later.id > ? and later.reverted_at is null`,
      )
      .pluck()
      .get(batchId),
  );
}

/** Documents of an import that were changed by hand since, or bear notes. */
export function editedCount(tx: ReadTx, batchId: number): number {
  const edited = (table: string, noun: string): string =>
    `(select count(*) from ${table} d where d.import_batch_id = @batchId
        and exists (select 1 from edits e where e.noun = '${noun}' and e.row_id = d.id and e.import_batch_id is null))`;
  const noted = `(select count(*) from bills d where d.import_batch_id = @batchId
        and exists (select 1 from notes n where n.bill_id = d.id))`;
  return Number(
    tx.sqlite
      .prepare<{ batchId: number }>(
        `select ${edited('bills', 'bill')} + ${edited('receipts', 'receipt')} + ${edited('credits', 'credit')} + ${noted}`,
      )
      .pluck()
      .get({ batchId }),
  );
}

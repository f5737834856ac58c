import { desc, eq } from 'drizzle-orm';
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

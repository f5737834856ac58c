import { eq } from 'drizzle-orm';
import type { ReadTx, WriteTx } from './database.ts';
import { notes } from './schema-by-hand.ts';

export type NoteRow = typeof notes.$inferSelect;
export type NewNote = Omit<typeof notes.$inferInsert, 'id' | 'removedAt'>;

export function insertNote(tx: WriteTx, note: NewNote): number {
  return tx.orm.insert(notes).values(note).returning({ id: notes.id }).get().id;
}

export function noteById(tx: ReadTx, noteId: number): NoteRow | undefined {
  return tx.orm.select().from(notes).where(eq(notes.id, noteId)).get();
}

/** Null brings a removed note back. */
export function setNoteRemoved(tx: WriteTx, noteId: number, removedAt: number | null): void {
  tx.orm.update(notes).set({ removedAt }).where(eq(notes.id, noteId)).run();
}

/** Whether a bill is of a customer: a note about another's bill would stand in the wrong timeline. */
export function isBillOf(tx: ReadTx, billId: number, customerId: number): boolean {
  return (
    tx.sqlite
      .prepare<[number, number]>('select 1 from bills where id = ? and customer_id = ?')
      .get(billId, customerId) !== undefined
  );
}

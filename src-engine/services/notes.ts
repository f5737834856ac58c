import { ok, refuse, type Result } from '#domain/result.ts';
import { customerById } from '../storage/customers.ts';
import { insertNote, isBillOf, noteById, setNoteRemoved } from '../storage/notes.ts';
import { customerGone } from './customers/save.ts';
import { bookDoor, refused, type BookContext } from './door.ts';

const add = bookDoor.notes.add.handler(({ context, input }) => {
  const now = context.now();
  const made = context.db.write((tx): Result<number> => {
    if (!customerById(tx, input.customerId)) return customerGone();
    if (input.billId !== null && !isBillOf(tx, input.billId, input.customerId)) {
      return refuse('bill-gone', 'This bill is no longer in the book.', { field: 'billId' });
    }
    return ok(insertNote(tx, { ...input, createdAt: now }));
  });
  if (!made.ok) throw refused(made.refusal);
  context.changed('notes');
  return { noteId: made.value };
});

const remove = bookDoor.notes.remove.handler(({ context, input: { noteId } }) => {
  putAway(context, noteId, context.now());
  return {};
});

const restore = bookDoor.notes.restore.handler(({ context, input: { noteId } }) => {
  putAway(context, noteId, null);
  return {};
});

function putAway(context: BookContext, noteId: number, removedAt: number | null): void {
  const isThere = context.db.write((tx) => {
    const note = noteById(tx, noteId);
    if (note && (note.removedAt === null) !== (removedAt === null)) setNoteRemoved(tx, noteId, removedAt);
    return note !== undefined;
  });
  if (!isThere) throw refused(refuse('note-gone', 'This note is no longer in the book.').refusal);
  context.changed('notes');
}

export const notes = { add, remove, restore };

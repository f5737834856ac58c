import type { Book } from '#contract/engine/books.ts';
import { bookCounts } from '../storage/books.ts';
import type { ListedBook } from '../storage/shelf.ts';
import { door, refused } from './door.ts';

/** A book as the door shows it. */
export function showBook({ bookId, book }: ListedBook): Book {
  const { name, baseCurrency, timeZone, isDemo, createdAt, openedAt } = book;
  return { bookId, name, baseCurrency, timeZone, isDemo, createdAt, openedAt };
}

const list = door.books.list.handler(({ context: { shelf } }) => shelf.list().map(showBook));

const current = door.books.current.handler(({ context: { shelf, now, dayAt } }) => {
  const open = shelf.current();
  if (!open) return null;
  return { ...showBook(open), today: dayAt(now(), open.book.timeZone), ...open.db.read(bookCounts) };
});

const create = door.books.create.handler(({ context, input }) => {
  const now = context.now();
  const facts = { ...input, bookKey: context.newId(), isDemo: false, createdAt: now, openedAt: now };
  const made = context.shelf.create(facts);
  context.changed('books', 'customers', 'bills', 'receipts', 'credits', 'imports', 'aging');
  return showBook(made);
});

const open = door.books.open.handler(({ context, input: { bookId, remember } }) => {
  const opened = context.shelf.open(bookId, remember ? context.now() : null);
  if (!opened.ok) throw refused(opened.refusal);
  context.changed('books', 'customers', 'bills', 'receipts', 'credits', 'imports', 'aging');
  return showBook(opened.value);
});

export const books = { list, current, create, open };

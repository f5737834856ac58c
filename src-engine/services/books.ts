import type { Book } from '#contract/engine/books.ts';
import { nouns } from '#contract/engine/changes.ts';
import { countProblems, keepCheck, lastCheck, type BookCheck } from '../storage/book-check.ts';
import { bookCounts, bookRow } from '../storage/books.ts';
import type { BookFile } from '../storage/database.ts';
import type { ListedBook } from '../storage/shelf.ts';
import { bookDoor, door, refused, type Context } from './door.ts';

/** A book as the door shows it. */
export function showBook({ bookId, book }: ListedBook): Book {
  const { name, baseCurrency, timeZone, isDemo, createdAt, openedAt } = book;
  return { bookId, name, baseCurrency, timeZone, isDemo, createdAt, openedAt };
}

const list = door.books.list.handler(({ context: { shelf } }) => shelf.list().map(showBook));

const current = door.books.current.handler(({ context: { shelf, now, dayAt } }) => {
  const open = shelf.current();
  if (!open) return null;
  // The row is read anew: another process may have given the book another name.
  const { book, counts, checked } = open.db.read((tx) => {
    return { book: bookRow(tx), counts: bookCounts(tx), checked: lastCheck(tx) };
  });
  const { checkedAt, isSound } = showCheck(checked);
  const today = dayAt(now(), book.timeZone);
  return { ...showBook({ bookId: open.bookId, book }), today, ...counts, checkedAt, isSound };
});

function showCheck(checked: BookCheck | null): { checkedAt: number | null; isSound: boolean | null } {
  if (!checked) return { checkedAt: null, isSound: null };
  return { checkedAt: checked.checkedAt, isSound: checked.problemCount === 0 };
}

const create = door.books.create.handler(({ context, input }) => {
  const now = context.now();
  const facts = { ...input, bookKey: context.newId(), isDemo: false, createdAt: now, openedAt: now };
  const made = context.shelf.create(facts);
  context.changed(...nouns);
  return showBook(made);
});

const open = door.books.open.handler(({ context, input: { bookId, remember } }) => {
  const opened = context.shelf.open(bookId, remember ? context.now() : null);
  if (!opened.ok) throw refused(opened.refusal);
  context.changed(...nouns);
  return showBook(opened.value);
});

const rename = door.books.rename.handler(({ context, input: { bookId, name } }) => {
  const renamed = context.shelf.rename(bookId, name);
  if (!renamed.ok) throw refused(renamed.refusal);
  context.changed('books');
  return showBook(renamed.value);
});

const discardEmpty = door.books.discardEmpty.handler(({ context, input: { bookId } }) => {
  const gone = context.shelf.discardEmpty(bookId);
  if (!gone.ok) throw refused(gone.refusal);
  context.changed(...nouns);
  return {};
});

const close = door.books.close.handler(({ context }) => {
  context.shelf.putAway();
  context.changed(...nouns);
  return {};
});

const check = bookDoor.books.check.handler(async ({ context }) => {
  const { checkedAt, problemCount } = await checkFile(context, context.db);
  return { isSound: problemCount === 0, checkedAt, problemCount };
});

async function checkFile(context: Context, db: BookFile): Promise<BookCheck> {
  const problemCount = await countProblems(db.file);
  const checked = { checkedAt: context.now(), problemCount };
  // Meanwhile the user may have gone to another book.
  if (context.shelf.current()?.db === db) keepResult(context, db, checked);
  context.log('book.checked', { problems: problemCount });
  return checked;
}

function keepResult(context: Context, db: BookFile, checked: BookCheck): void {
  try {
    db.write((tx) => keepCheck(tx, checked));
  } catch (error) {
    // A sound file must take the result. A broken one may not be able to, and the user must hear of it all the same.
    if (checked.problemCount === 0) throw error;
    context.logBug(error);
  }
  context.changed('books');
}

const CHECKED_EVERY_MS = 7 * 24 * 60 * 60 * 1000;
const underWay = new WeakSet<BookFile>();

/** The weekly check of the open book, when it is due; to be asked now and then. */
export async function checkIfDue(context: Context): Promise<void> {
  const open = context.shelf.current();
  if (!open || underWay.has(open.db)) return;
  const since = open.db.read(lastCheck)?.checkedAt ?? open.book.createdAt;
  if (context.now() - since < CHECKED_EVERY_MS) return;
  underWay.add(open.db);
  try {
    await checkFile(context, open.db);
  } finally {
    underWay.delete(open.db);
  }
}

export const books = { list, current, create, open, rename, discardEmpty, close, check };

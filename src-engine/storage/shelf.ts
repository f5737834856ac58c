import { mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { ok, refuse, type Result } from '#domain/result.ts';
import {
  bookIdsIn,
  bookPath,
  bookRow,
  insertBook,
  markOpened,
  peekBook,
  renameBook,
  rowCount,
  type BookRow,
} from './books.ts';
import { NewerBookError, openDatabase, removeDatabase, type BookFile } from './database.ts';
import { isPutAway, setPutAway } from './shelf-state.ts';

export type OpenedBook = { readonly bookId: string; readonly book: BookRow; readonly db: BookFile };
export type ListedBook = { readonly bookId: string; readonly book: BookRow };

/** The books of a data folder, of which at most one is open. */
export type Shelf = {
  readonly folder: string;
  readonly list: () => readonly ListedBook[];
  /**
   * The open book; the one opened last is taken up again after a start. Null when there is none, or when the user has
   * put his book away.
   */
  readonly current: () => OpenedBook | null;
  readonly open: (bookId: string, openedAt: number | null) => Result<OpenedBook>;
  /** Gives a book another name; its file and id stay. */
  readonly rename: (bookId: string, name: string) => Result<ListedBook>;
  /** Closes the open book, and none is taken up again until one is opened. */
  readonly putAway: () => void;
  /** Takes a book away, file and all, into which nothing was ever put; refused for any other. */
  readonly discardEmpty: (bookId: string) => Result<null>;
  readonly create: (facts: Omit<BookRow, 'id'>) => OpenedBook;
  /** A new file beside the books, filled by the caller before it takes its place among them. */
  readonly draft: (facts: Omit<BookRow, 'id'>) => DraftBook;
  /** Moves when another process has written into the open book; null when none is open. */
  readonly writtenByOthers: () => string | null;
  readonly close: () => void;
};

export type DraftBook = {
  readonly db: BookFile;
  /** Puts the file in the place of the book of that id, and opens it. */
  readonly place: (bookId: string, now: number) => OpenedBook;
  readonly discard: () => void;
};

export function openShelf(dataFolder: string): Shelf {
  const folder = path.join(dataFolder, 'books');
  const backups = path.join(dataFolder, 'backups');
  mkdirSync(folder, { recursive: true });
  let opened: OpenedBook | null = null;

  const list = (): readonly ListedBook[] =>
    bookIdsIn(folder)
      .map((bookId) => ({ bookId, book: peekBook(bookPath(folder, bookId)) }))
      .filter((one): one is ListedBook => one.book !== null)
      .toSorted((a, b) => b.book.openedAt - a.book.openedAt);

  const close = (): void => {
    opened?.db.close();
    opened = null;
  };

  const take = (bookId: string, now: number | null): OpenedBook => {
    const db = openDatabase(bookPath(folder, bookId), backups);
    if (now !== null) {
      db.write((tx) => markOpened(tx, now));
      setPutAway(dataFolder, false);
    }
    close();
    opened = { bookId, db, book: db.read(bookRow) };
    return opened;
  };

  const known = <T>(bookId: string, use: () => T): Result<T> => {
    if (!bookIdsIn(folder).includes(bookId)) {
      return refuse('no-book', `There is no book “${bookId}”.`, { field: 'bookId', values: { bookId } });
    }
    try {
      return ok(use());
    } catch (error) {
      if (!(error instanceof NewerBookError)) throw error;
      return refuse('book-newer', 'This book was made by a newer Baaki. Update Baaki, then open it again.');
    }
  };

  const open = (bookId: string, openedAt: number | null): Result<OpenedBook> =>
    known(bookId, () => take(bookId, openedAt));

  const rename = (bookId: string, name: string): Result<ListedBook> =>
    known(bookId, () => {
      const own = opened?.bookId === bookId ? opened : null;
      const db = own?.db ?? openDatabase(bookPath(folder, bookId), backups);
      try {
        const book = db.write((tx) => renameBook(tx, name));
        if (own) opened = { ...own, book };
        return { bookId, book };
      } finally {
        if (!own) db.close();
      }
    });

  const putAway = (): void => {
    setPutAway(dataFolder, true);
    close();
  };

  const discardEmpty = (bookId: string): Result<null> => {
    const found = open(bookId, null);
    if (!found.ok) return found;
    const heldCount = found.value.db.read(rowCount);
    if (heldCount > 0) {
      const sentence = `The book “${found.value.book.name}” holds ${heldCount} entries. Only an empty book can be taken away.`;
      return refuse('book-not-empty', sentence, {
        values: { name: found.value.book.name, count: heldCount },
      });
    }
    close();
    removeDatabase(bookPath(folder, bookId));
    return ok(null);
  };

  const current = (): OpenedBook | null => {
    if (opened) return opened;
    if (isPutAway(dataFolder)) return null;
    const last = list()[0];
    if (!last) return null;
    try {
      return take(last.bookId, null);
    } catch (error) {
      // Listed still; opening it by hand says why it cannot be opened.
      if (error instanceof NewerBookError) return null;
      throw error;
    }
  };

  const create = (facts: Omit<BookRow, 'id'>): OpenedBook => {
    const made = draft(facts);
    return made.place(freeId(folder, facts.name), facts.openedAt);
  };

  const draft = (facts: Omit<BookRow, 'id'>): DraftBook => {
    const file = path.join(folder, `.${facts.bookKey}.draft`);
    removeDatabase(file);
    const db = openDatabase(file, backups);
    db.write((tx) => insertBook(tx, facts));
    const discard = (): void => {
      db.close();
      removeDatabase(file);
    };
    const place = (bookId: string, now: number): OpenedBook => {
      db.close();
      if (opened?.bookId === bookId) close();
      removeDatabase(bookPath(folder, bookId));
      renameSync(file, bookPath(folder, bookId));
      return take(bookId, now);
    };
    return { db, place, discard };
  };

  const writtenByOthers = (): string | null =>
    opened ? `${opened.bookId}:${opened.db.writtenByOthers()}` : null;

  return {
    folder,
    list,
    current,
    open,
    rename,
    putAway,
    discardEmpty,
    create,
    draft,
    writtenByOthers,
    close,
  };
}

/** "Sharma Traders" → 'sharma-traders', and 'sharma-traders-2' where that is taken; other scripts become 'book'. */
function freeId(folder: string, name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  const base = plain === '' ? 'book' : plain;
  const taken = new Set(bookIdsIn(folder));
  if (!taken.has(base)) return base;
  let next = 2;
  while (taken.has(`${base}-${next}`)) next += 1;
  return `${base}-${next}`;
}

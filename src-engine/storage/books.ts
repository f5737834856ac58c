import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { count, isNull, max } from 'drizzle-orm';
import type { ReadTx, WriteTx } from './database.ts';
import { bills, book, customers, importBatches } from './schema.ts';

const BOOK_SUFFIX = '.baaki';

export type BookRow = typeof book.$inferSelect;
export type NewBook = Omit<BookRow, 'id'>;

export function insertBook(tx: WriteTx, facts: NewBook): void {
  tx.orm
    .insert(book)
    .values({ id: 1, ...facts })
    .run();
}

export function bookRow(tx: ReadTx): BookRow {
  const row = tx.orm.select().from(book).get();
  if (!row) throw new Error('A book file without its book row');
  return row;
}

export function markOpened(tx: WriteTx, openedAt: number): void {
  tx.orm.update(book).set({ openedAt }).run();
}

export function renameBook(tx: WriteTx, name: string): BookRow {
  return tx.orm.update(book).set({ name }).returning().get();
}

export function bookCounts(tx: ReadTx): {
  readonly customerCount: number;
  readonly billCount: number;
  readonly lastImportAt: number | null;
} {
  return {
    customerCount: tx.orm.select({ n: count() }).from(customers).get()?.n ?? 0,
    billCount: tx.orm.select({ n: count() }).from(bills).get()?.n ?? 0,
    lastImportAt:
      tx.orm
        .select({ at: max(importBatches.importedAt) })
        .from(importBatches)
        .where(isNull(importBatches.revertedAt))
        .get()?.at ?? null,
  };
}

const HELD = ['customers', 'bills', 'receipts', 'credits', 'import_batches'] as const;

/** How many customers, documents and imports a book holds, the voided and the reverted too. */
export function rowCount(tx: ReadTx): number {
  const counts = HELD.map((table) => `(select count(*) from ${table})`);
  return (
    tx.sqlite
      .prepare<[], number>(`select ${counts.join(' + ')}`)
      .pluck()
      .get() ?? 0
  );
}

/** The ids (file names without suffix) of the books in a folder. */
export function bookIdsIn(folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder)
    .filter((name) => name.endsWith(BOOK_SUFFIX) && !name.startsWith('.'))
    .map((name) => name.slice(0, -BOOK_SUFFIX.length))
    .toSorted();
}

export function bookPath(folder: string, bookId: string): string {
  return path.join(folder, bookId + BOOK_SUFFIX);
}

/** The book row of a file that is not open, read without changing it; null when the file is no readable book. */
export function peekBook(file: string): BookRow | null {
  let sqlite: Database.Database | null = null;
  try {
    sqlite = new Database(file, { readonly: true, fileMustExist: true });
    const row = sqlite
      .prepare<[], Omit<BookRow, 'isDemo'> & { isDemo: number }>(
        `select id, book_key as bookKey, name, base_currency as baseCurrency, time_zone as timeZone,
                is_demo as isDemo, created_at as createdAt, opened_at as openedAt from book`,
      )
      .get();
    return row ? { ...row, isDemo: row.isDemo === 1 } : null;
  } catch {
    // A stray or foreign file in the folder is not a book; it is simply not listed.
    return null;
  } finally {
    sqlite?.close();
  }
}

import { mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import journal from './migrations/meta/_journal.json';
import * as schema from './schema.ts';

/** A function that only reads takes ReadTx; one that writes takes WriteTx. Both are the one connection of a book. */
export type ReadTx = {
  readonly sqlite: Database.Database;
  readonly orm: BetterSQLite3Database<typeof schema>;
};
export type WriteTx = ReadTx & { readonly mayWrite: true };

export type BookFile = {
  readonly file: string;
  readonly read: <T>(work: (tx: ReadTx) => T) => T;
  /** One transaction: all of it or nothing. Never await inside. */
  readonly write: <T>(work: (tx: WriteTx) => T) => T;
  /** A write that takes something away for good: SQLite would keep it in the free space of the file and in its log. */
  readonly erase: <T>(work: (tx: WriteTx) => T) => T;
  /** Moves whenever the facts may have changed, by this connection or by another process. */
  readonly version: () => string;
  /** Inside of a write: what is read may yet be rolled back, and is not to be kept. */
  readonly isWriting: () => boolean;
  /** SQLite's data_version: moves when another connection has committed. */
  readonly writtenByOthers: () => string;
  /** False once it was closed, e.g. because another book was opened. */
  readonly isOpen: () => boolean;
  readonly close: () => void;
};

/** The file was made by a newer Baaki than this one; opening it would lose what we do not know of. */
export class NewerBookError extends Error {}

// Bundled as text: no files to find at run time.
const MIGRATIONS = import.meta.glob<string>('./migrations/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const BUSY_TIMEOUT_MS = 5000;
const CACHE_KIB = 65_536;

/** Statements that bring a file from the schema of its place in the list to the next one. */
export type Migration = { readonly tag: string; readonly sql: string };

/** In order: a file whose user_version is n has the first n behind it. */
export const shippedMigrations: readonly Migration[] = journal.entries.map(({ tag }) => {
  const sql = MIGRATIONS[`./migrations/${tag}.sql`];
  if (sql === undefined) throw new Error(`Missing migration ${tag}`);
  return { tag, sql };
});

/** Opens or makes a book file and brings it to this version's schema, backed up before it is changed. */
export function openDatabase(
  file: string,
  backupFolder: string,
  migrations: readonly Migration[] = shippedMigrations,
): BookFile {
  const sqlite = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = NORMAL');
    sqlite.pragma('foreign_keys = ON');
    sqlite.pragma(`cache_size = -${CACHE_KIB}`);
    migrate(sqlite, backupFolder, migrations);
  } catch (error) {
    sqlite.close();
    throw error;
  }
  return bookFile(file, sqlite);
}

function bookFile(file: string, sqlite: Database.Database): BookFile {
  const tx: ReadTx = { sqlite, orm: drizzle(sqlite, { schema }) };
  let writes = 0;
  let depth = 0;
  const write: BookFile['write'] = (work) => {
    depth += 1;
    try {
      const made = sqlite.transaction(() => work({ ...tx, mayWrite: true })).immediate();
      writes += 1;
      return made;
    } finally {
      depth -= 1;
    }
  };
  return {
    file,
    read: (work) => sqlite.transaction(() => work(tx)).deferred(),
    write,
    erase: (work) => {
      sqlite.pragma('secure_delete = ON');
      try {
        return write(work);
      } finally {
        sqlite.pragma('secure_delete = OFF');
        // Where another process reads just now the log is emptied with the next of these, or when the book is closed.
        sqlite.pragma('wal_checkpoint(TRUNCATE)');
      }
    },
    isWriting: () => depth > 0,
    version: () => `${writes}:${dataVersion(sqlite)}`,
    writtenByOthers: () => dataVersion(sqlite),
    isOpen: () => sqlite.open,
    close: () => {
      if (sqlite.open) sqlite.close();
    },
  };
}

function dataVersion(sqlite: Database.Database): string {
  return String(sqlite.pragma('data_version', { simple: true }));
}

/** Every missing migration in one transaction: a file is of the old schema or of the new, never between. */
function migrate(sqlite: Database.Database, backupFolder: string, migrations: readonly Migration[]): void {
  const version = Number(sqlite.pragma('user_version', { simple: true }));
  if (version > migrations.length) {
    throw new NewerBookError(`schema ${version}, this program knows ${migrations.length}`);
  }
  if (version === migrations.length) return;
  if (version > 0) backUp(sqlite, backupFolder, version);
  sqlite
    .transaction(() => {
      for (const { sql } of migrations.slice(version)) {
        for (const statement of sql.split('--> statement-breakpoint')) sqlite.exec(statement);
      }
      sqlite.pragma(`user_version = ${migrations.length}`);
    })
    .immediate();
}

/** A whole, consistent copy; written under another name first, so that half a copy is never taken for one. */
export function backUp(sqlite: Database.Database, folder: string, version: number): string {
  mkdirSync(folder, { recursive: true });
  const copy = path.join(
    folder,
    `${path.basename(sqlite.name, '.baaki')}-before-schema-${version + 1}.baaki`,
  );
  const partial = `${copy}.partial`;
  rmSync(partial, { force: true });
  sqlite.prepare('vacuum into ?').run(partial);
  renameSync(partial, copy);
  return copy;
}

/** Removes a book file together with SQLite's own side files. */
export function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
}

/** SQLite's own version, for diagnostics. */
export function sqliteVersion(): string {
  const sqlite = new Database(':memory:');
  try {
    return String(sqlite.prepare('select sqlite_version()').pluck().get());
  } finally {
    sqlite.close();
  }
}

import type Database from 'better-sqlite3';
import type { ReadTx } from './database.ts';

/**
 * Statements that are asked thousands of times in a row: prepared once for a connection, since preparing one costs more
 * than many a read. A statement must not be given another form (pluck, raw) by whoever gets it.
 */
export function oncePrepared<T>(prepare: (sqlite: Database.Database) => T): (tx: ReadTx) => T {
  const prepared = new WeakMap<Database.Database, T>();
  return ({ sqlite }) => {
    const known = prepared.get(sqlite);
    if (known !== undefined) return known;
    const made = prepare(sqlite);
    prepared.set(sqlite, made);
    return made;
  };
}

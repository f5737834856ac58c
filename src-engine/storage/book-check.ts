import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { ReadTx, WriteTx } from './database.ts';

export type BookCheck = {
  /** UTC milliseconds. */
  readonly checkedAt: number;
  readonly problemCount: number;
};

const KEY = 'file-check';
/** What SQLite lists at most; a file with so many problems is past counting. */
const PROBLEMS_MOST = 100;

/**
 * Looks a book file through from beside the engine, because a large one takes many seconds: its pages, indexes,
 * constraints and search tables, and every foreign key. A file too broken to be looked through is a problem found and no
 * failure. The text of a program and not a module, so that it needs no place of its own in each bundle.
 */
const CHECKER = `
const { parentPort, workerData } = require('node:worker_threads');
const { library, file, most } = workerData;
const Database = require(library);
let count = 0;
try {
  const sqlite = new Database(file, { readonly: true, fileMustExist: true });
  const said = sqlite.pragma('integrity_check(' + most + ')', { simple: false });
  count += said.filter((line) => line.integrity_check !== 'ok').length;
  for (const row of sqlite.prepare('pragma foreign_key_check').iterate()) {
    if (count >= most) break;
    count += row === undefined ? 0 : 1;
  }
  sqlite.close();
} catch (error) {
  const code = String(error.code);
  if (!code.startsWith('SQLITE_CORRUPT') && code !== 'SQLITE_NOTADB') throw error;
  count = Math.max(1, count);
}
parentPort.postMessage(count);
`;

/** How many problems SQLite finds in a book file, counted up to a hundred. The engine goes on meanwhile. */
export function countProblems(file: string): Promise<number> {
  const library = createRequire(import.meta.url).resolve('better-sqlite3');
  return new Promise((resolve, reject) => {
    const worker = new Worker(CHECKER, { eval: true, workerData: { library, file, most: PROBLEMS_MOST } });
    worker.once('message', (count: unknown) => resolve(Number(count)));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The check of a book ended without a result.')));
  });
}

/** The last check; null when there was none yet. */
export function lastCheck(tx: ReadTx): BookCheck | null {
  const json = tx.sqlite
    .prepare<[string], string>('select value_json from settings where key = ?')
    .pluck()
    .get(KEY);
  const kept: unknown = json === undefined ? null : JSON.parse(json);
  if (typeof kept !== 'object' || kept === null) return null;
  if (!('checkedAt' in kept) || !('problemCount' in kept)) return null;
  const { checkedAt, problemCount } = kept;
  return typeof checkedAt === 'number' && typeof problemCount === 'number'
    ? { checkedAt, problemCount }
    : null;
}

/** Keeps the result; a file that is too broken to take it is told of by the next check again. */
export function keepCheck(tx: WriteTx, check: BookCheck): void {
  tx.sqlite
    .prepare(
      `insert into settings (key, value_json) values (?, ?)
       on conflict (key) do update set value_json = excluded.value_json`,
    )
    .run(KEY, JSON.stringify(check));
}

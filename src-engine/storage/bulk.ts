import type Database from 'better-sqlite3';
import type { WriteTx } from './database.ts';

export type BulkValue = string | number | null;

/** Rows of one table, written some at a time; `flush` writes the last ones. */
export type BulkInsert = {
  /** One row: its id, then its values in the order of the columns. The array is the writer's from then on. */
  readonly add: (row: readonly BulkValue[]) => void;
  readonly flush: () => void;
};

export type BulkTable = 'customers' | 'bills' | 'receipts' | 'credits' | 'allocations';
/** What Tally says, as it says it. */
export type MirrorTable = 'tally_vouchers' | 'tally_lines';
type AnyTable = BulkTable | MirrorTable;

export type BulkColumns = {
  readonly columns: readonly string[];
  /** What is the same in every row is bound once for a statement and not once for a row. */
  readonly same: Readonly<Record<string, BulkValue>>;
};

// One statement of many rows saves most of what a statement costs; more than about twenty no longer pay.
const ROWS_PER_STATEMENT = 20;
/** Statements kept for one table; rows of still more kinds are written with all their columns. */
const STATEMENTS_MOST = 24;

type Insert = Database.Statement<[readonly BulkValue[], BulkColumns['same']]>;

/**
 * Rows with ids of their own (see nextId), so that what refers to them is known before they are written. Binding a value
 * costs as much as storing it, so columns that are null in all rows of a statement are left out of it.
 */
export function bulkInsert(tx: WriteTx, table: AnyTable, { columns, same }: BulkColumns): BulkInsert {
  const statements = new Map<string, Insert>();
  const names = ['id', ...columns];
  const all = names.map((_, at) => at);
  const write = (rows: readonly (readonly BulkValue[])[]): void => {
    const filled = all.filter((at) => rows.some((row) => row[at] !== null));
    const mayAdd = statements.size < STATEMENTS_MOST;
    const key = `${rows.length}:${filled.join()}`;
    const known = statements.get(key);
    const used = known !== undefined || mayAdd ? filled : all;
    const statement =
      known ?? tx.sqlite.prepare(insertText({ table, names, used, same, rowCount: rows.length }));
    if (known === undefined && mayAdd) statements.set(key, statement);
    const values: BulkValue[] = [];
    for (const row of rows) for (const at of used) values.push(row[at] ?? null);
    statement.run(values, same);
  };
  let waiting: (readonly BulkValue[])[] = [];
  return {
    add: (row) => {
      waiting.push(row);
      if (waiting.length < ROWS_PER_STATEMENT) return;
      write(waiting);
      waiting = [];
    },
    flush: () => {
      if (waiting.length > 0) write(waiting);
      waiting = [];
    },
  };
}

type InsertWish = {
  readonly table: AnyTable;
  readonly names: readonly string[];
  /** Places of the names that are bound for each row. */
  readonly used: readonly number[];
  readonly same: BulkColumns['same'];
  readonly rowCount: number;
};

function insertText({ table, names, used, same, rowCount }: InsertWish): string {
  const constant = Object.keys(same);
  const row = `(${[...used.map(() => '?'), ...constant.map((name) => `@${name}`)].join(', ')})`;
  const into = [...used.map((at) => names[at] ?? ''), ...constant].join(', ');
  return `insert into ${table} (${into}) values ${Array.from({ length: rowCount }, () => row).join(', ')}`;
}

/** From so many new rows on, and where they outnumber those that are there, indexes are cheaper made anew. */
const INDEXES_ANEW_FROM = 20_000;
/** Without indexes rows are only added at the end, and pages that are full need not be kept in memory. */
const CACHE_KIB = 16_384;

/**
 * Runs a large write with the indexes of a table taken away, and makes them anew behind it: sorting once is cheaper than
 * finding a place for every row. All inside the caller's transaction, so no book is ever seen without them.
 */
export function withIndexesAfter<T>(
  tx: WriteTx,
  tables: readonly { readonly table: AnyTable; readonly newRows: number }[],
  write: () => T,
): T {
  const indexes = tables.filter((one) => isMostlyNew(tx, one)).flatMap(({ table }) => indexesOf(tx, table));
  if (indexes.length === 0) return write();
  const before = Number(tx.sqlite.pragma('cache_size', { simple: true }));
  tx.sqlite.pragma(`cache_size = -${CACHE_KIB}`);
  try {
    for (const { name } of indexes) tx.sqlite.exec(`drop index "${name}"`);
    const made = write();
    for (const { sql } of indexes) tx.sqlite.exec(sql);
    return made;
  } finally {
    tx.sqlite.pragma(`cache_size = ${before}`);
  }
}

function isMostlyNew(
  tx: WriteTx,
  { table, newRows }: { readonly table: AnyTable; readonly newRows: number },
): boolean {
  if (newRows < INDEXES_ANEW_FROM) return false;
  const last = tx.sqlite.prepare<[], number>(`select coalesce(max(id), 0) from ${table}`).pluck().get() ?? 0;
  return last < newRows;
}

function indexesOf(tx: WriteTx, table: AnyTable): readonly { readonly name: string; readonly sql: string }[] {
  return tx.sqlite
    .prepare<[string], { name: string; sql: string }>(
      `select name, sql from sqlite_schema where type = 'index' and tbl_name = ? and sql is not null order by name`,
    )
    .all(table);
}

/** Hands out ids behind the last row of a table; nothing else may write to it meanwhile. */
export function nextId(tx: WriteTx, table: AnyTable): () => number {
  const last = tx.sqlite.prepare<[], number>(`select coalesce(max(id), 0) from ${table}`).pluck().get() ?? 0;
  let id = last;
  return () => {
    id += 1;
    return id;
  };
}

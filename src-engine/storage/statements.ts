import type Database from 'better-sqlite3';
import { getTableColumns, getTableName, type InferSelectModel, type Table } from 'drizzle-orm';
import type { ReadTx, WriteTx } from './database.ts';

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

type Named = { readonly names: readonly string[]; readonly bound: readonly unknown[] };

/** Columns and what is bound for them; what is undefined is left out, as if it had not been named. */
function namedOf(columns: ReturnType<typeof getTableColumns>, fields: object): Named {
  const names: string[] = [];
  const bound: unknown[] = [];
  for (const [key, value] of Object.entries(fields)) {
    const column = columns[key];
    if (column === undefined || value === undefined) continue;
    names.push(column.name);
    bound.push(value === null ? null : column.mapToDriverValue(value));
  }
  return { names, bound };
}

type StatementOf = (names: readonly string[]) => Database.Statement<unknown[]>;

/** One statement for each set of columns. */
function byColumns(write: (names: readonly string[]) => string): (tx: ReadTx) => StatementOf {
  return oncePrepared((sqlite) => {
    const known = new Map<string, Database.Statement<unknown[]>>();
    return (names) => {
      const key = names.join();
      const statement = known.get(key) ?? sqlite.prepare<unknown[]>(write(names));
      known.set(key, statement);
      return statement;
    };
  });
}

/** Sets some columns of the row with an id; each set of columns is prepared once. Answers how many rows there were. */
export function rowPatcher<Fields extends object>(
  table: Table,
): (tx: WriteTx, id: number, fields: Fields) => number {
  const columns = getTableColumns(table);
  const statementOf = byColumns(
    (names) =>
      `update ${getTableName(table)} set ${names.map((name) => `"${name}" = ?`).join()} where id = ?`,
  );
  return (tx, id, fields) => {
    const { names, bound } = namedOf(columns, fields);
    return names.length === 0 ? 0 : statementOf(tx)(names).run(...bound, id).changes;
  };
}

/** Adds a row; each set of columns is prepared once. Null = a row with one of its keys is there already. */
export function rowInserter<Fields extends object>(
  table: Table,
): (tx: WriteTx, fields: Fields) => number | null {
  const columns = getTableColumns(table);
  const statementOf = byColumns(
    (names) => `insert into ${getTableName(table)} (${names.map((name) => `"${name}"`).join()})
       values (${names.map(() => '?').join()}) on conflict do nothing`,
  );
  return (tx, fields) => {
    const { names, bound } = namedOf(columns, fields);
    const { changes, lastInsertRowid } = statementOf(tx)(names).run(...bound);
    return changes === 0 ? null : Number(lastInsertRowid);
  };
}

/** Whole rows of a table; `rest` is what stands after its name, with a mark for each value that is bound. */
export function rowReader<T extends Table, Bound extends unknown[] = []>(
  table: T,
  rest: string,
): (tx: ReadTx, ...bound: Bound) => readonly InferSelectModel<T>[] {
  const columns = Object.entries(getTableColumns(table));
  const list = columns.map(([, column]) => `"${column.name}"`).join();
  const statement = oncePrepared((sqlite) =>
    sqlite.prepare<Bound, unknown[]>(`select ${list} from ${getTableName(table)} ${rest}`).raw(),
  );
  const rowOf = (values: readonly unknown[]): InferSelectModel<T> =>
    Object.fromEntries(
      columns.map(([key, column], at) => {
        const value = values[at];
        return [key, value === null ? null : column.mapFromDriverValue(value)];
      }),
    ) as InferSelectModel<T>;
  return (tx, ...bound) =>
    statement(tx)
      .all(...bound)
      .map(rowOf);
}

/**
 * Rows of some customers, or of everybody (null); `write` is given the condition. A list of any length is one value to
 * bind.
 */
export function ofCustomers<Row>(
  column: string,
  write: (isAsked: string) => string,
  isRaw = false,
): (tx: ReadTx, customerIds: readonly number[] | null) => readonly Row[] {
  const every = oncePrepared((sqlite) => sqlite.prepare<[], Row>(write('true')).raw(isRaw));
  const some = oncePrepared((sqlite) =>
    sqlite.prepare<[string], Row>(write(`${column} in (select value from json_each(?))`)).raw(isRaw),
  );
  return (tx, ids) => (ids === null ? every(tx).all() : some(tx).all(JSON.stringify(ids)));
}

import pg from 'pg';
import { AwayError } from '../away.ts';

// One way to every PostgreSQL: plain statements with parameters, READ COMMITTED, no wish that a distributed engine refuses.

/** A statement's rows. Statements with a name are prepared once per connection. */
export type Query = {
  readonly text: string;
  readonly values?: readonly unknown[];
  readonly name?: string;
};

export type Tx = {
  readonly rows: <Row extends object>(query: Query) => Promise<readonly Row[]>;
};

export type Store = Tx & {
  /**
   * Statements whose commit nobody waits for: what they wrote is seen by all at once, but a crash of the database may undo the
   * last half second of it, unless something was written through the store itself after it.
   */
  readonly soon: Tx;
  /** All or nothing. Run again where the engine asks for it (deadlock, lost serialisation): the work must be repeatable. */
  readonly transaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** How many asks of the same kind may be one statement (together.ts); one where tables are spread over machines. */
  readonly togetherMost: number;
  readonly close: () => Promise<void>;
  /** Connections in use and people waiting for one. */
  readonly load: () => { readonly used: number; readonly waiting: number };
};

export type StoreWish = {
  readonly url: string;
  readonly connectionsMost?: number;
  readonly togetherMost?: number;
  /** A connection that broke while nobody used it. Without a listener it would end the process. */
  readonly onTrouble: (error: Error) => void;
};

const CONNECTIONS = 10;
const TOGETHER = 32;
/** A prepared statement is planned once, and not for each of its values anew: of a check's time that was a third. */
const PLANNED_ONCE = '-c plan_cache_mode=force_generic_plan';
const WAIT_MS = 5_000;
const STATEMENT_MS = 30_000;
const TRIES_MOST = 4;
/** How long a transaction may stand open while nothing is asked in it. */
const IDLE_IN_TRANSACTION_MS = 30_000;
/** serialization_failure, deadlock_detected. */
const AGAIN = new Set(['40001', '40P01']);
/** Shutting down, crashed, starting up, no connection free; and the whole class 08 (connection). */
const AWAY = /^(?:57P0[123]|53300|08.{3})$/;

/** Whole numbers up to 2^53 as numbers, days as texts, instants as UTC milliseconds. */
function readers(): pg.CustomTypesConfig {
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text));
  types.setTypeParser(pg.types.builtins.DATE, (text) => text);
  types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => Date.parse(text));
  return types;
}

export function openStore(wish: StoreWish): Store {
  const { url, connectionsMost = CONNECTIONS, togetherMost = TOGETHER, onTrouble } = wish;
  const poolOf = (most: number, options: string): pg.Pool => {
    const pool = new pg.Pool({
      connectionString: url,
      max: most,
      options,
      connectionTimeoutMillis: WAIT_MS,
      statement_timeout: STATEMENT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
      types: readers(),
    });
    pool.on('error', onTrouble);
    // A connection that breaks while it is taken tells so by its query, too; this event alone would end the process.
    pool.on('connect', (client) => client.on('error', () => undefined));
    return pool;
  };
  const pool = poolOf(connectionsMost, PLANNED_ONCE);
  const soon = poolOf(Math.ceil(connectionsMost / 2), `${PLANNED_ONCE} -c synchronous_commit=off`);
  return {
    rows: (query) => rowsOnce(pool, query),
    soon: { rows: (query) => rowsOnce(soon, query) },
    transaction: (work) => inTransaction(pool, work),
    togetherMost,
    close: async () => void (await Promise.all([pool.end(), soon.end()])),
    load: () => ({
      used: pool.totalCount - pool.idleCount + soon.totalCount - soon.idleCount,
      waiting: pool.waitingCount + soon.waitingCount,
    }),
  };
}

async function rowsOnce<Row extends object>(pool: pg.Pool, query: Query): Promise<readonly Row[]> {
  const client = await taken(pool);
  let broken: Error | undefined;
  try {
    return await rowsOf<Row>(client, query);
  } catch (error) {
    broken = error instanceof AwayError ? error : undefined;
    throw error;
  } finally {
    client.release(broken);
  }
}

async function taken(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (cause) {
    throw new AwayError('There is no connection to the database.', { cause });
  }
}

async function rowsOf<Row extends object>(client: pg.PoolClient, query: Query): Promise<readonly Row[]> {
  try {
    const { rows } = await client.query<Row>({ ...query, values: [...(query.values ?? [])] });
    return rows;
  } catch (error) {
    // What the engine itself says has a code of its own; anything else is a connection that broke.
    if (error instanceof pg.DatabaseError && !AWAY.test(error.code ?? '')) throw error;
    throw new AwayError('The database went away.', { cause: error });
  }
}

async function inTransaction<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const client = await taken(pool);
    const tx: Tx = { rows: (query) => rowsOf(client, query) };
    let broken: Error | undefined;
    try {
      await tx.rows({ text: 'BEGIN' });
      const made = await work(tx);
      await tx.rows({ text: 'COMMIT' });
      return made;
    } catch (error) {
      broken = await undone(client);
      if (attempt >= TRIES_MOST || !AGAIN.has(codeOf(error))) throw error;
    } finally {
      client.release(broken);
    }
  }
}

/** A connection that cannot even go back is thrown away. */
async function undone(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error('The connection is gone.');
  }
}

/** The engine itself refused it, so that nothing of it was done; not so where the connection broke meanwhile. */
export function isUndone(error: unknown): boolean {
  return error instanceof pg.DatabaseError;
}

function codeOf(error: unknown): string {
  return error instanceof pg.DatabaseError ? (error.code ?? '') : '';
}

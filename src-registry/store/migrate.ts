import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Store, Tx } from './database.ts';

const FOLDER = path.join(import.meta.dirname, 'migrations');
/** Any number that nobody else takes: two servers that start at once wait for each other. */
const LOCK = 7_236_154;

/** Brings the tables up to date; files are run in order of their names, each once and in a transaction of its own. */
export async function migrate(store: Store): Promise<readonly string[]> {
  // Even "if not exists" fails for one of two who make the same table at the same time.
  await store.transaction(async (tx) => {
    await lock(tx);
    await tx.rows({
      text: 'CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())',
    });
  });
  const names = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sql'))
    .toSorted();
  const ran: string[] = [];
  for (const name of names) {
    const isNew = await store.transaction(async (tx) => {
      await lock(tx);
      const known = await tx.rows({ text: 'SELECT name FROM migration WHERE name = $1', values: [name] });
      if (known.length > 0) return false;
      await tx.rows({ text: readFileSync(path.join(FOLDER, name), 'utf8') });
      await tx.rows({ text: 'INSERT INTO migration (name) VALUES ($1)', values: [name] });
      return true;
    });
    if (isNew) ran.push(name);
  }
  return ran;
}

async function lock(tx: Tx): Promise<void> {
  await tx.rows({ text: 'SELECT pg_advisory_xact_lock($1)', values: [LOCK] });
}

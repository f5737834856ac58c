import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openStore, type Store } from '#registry/store/database.ts';

// One PostgreSQL for a whole run of tests: the first test file that needs it starts it, all the others connect, and its
// keeper ends it when the run's own process is gone. Which one: BAAKI_POSTGRES=packaged is npm's, otherwise the system's.

const KEEPER = path.join(import.meta.dirname, 'keep-postgres.ts');
const STARTED_WITHIN_MS = 90_000;

/** The parent of every test file's process is the run. */
function runFolder(): string {
  return path.join(os.tmpdir(), `baaki-registry-tests-${process.ppid}`);
}

/** For programs that a test starts: what the first had to compile, the others find. Goes with the run. */
export function compiledBefore(): Readonly<Record<string, string>> {
  return { NODE_COMPILE_CACHE: `${runFolder()}-compiled` };
}

/** The address of the run's server, with its database 'postgres'. */
export async function postgresUrl(): Promise<string> {
  const folder = runFolder();
  if (isFirst(folder)) {
    spawn(process.execPath, [KEEPER, folder, String(process.ppid)], {
      detached: true,
      stdio: 'ignore',
    }).unref();
  }
  const told = path.join(folder, 'url');
  const until = Date.now() + STARTED_WITHIN_MS;
  while (!existsSync(told)) {
    if (existsSync(path.join(folder, 'failed'))) {
      throw new Error(readFileSync(path.join(folder, 'failed'), 'utf8'));
    }
    if (Date.now() > until) throw new Error('The PostgreSQL of the tests did not start.');
    // Another process tells by a file; there is no event to wait for.
    await pause(50);
  }
  return readFileSync(told, 'utf8');
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

export type TempDatabase = { readonly url: string; readonly drop: () => Promise<void> };

let made = 0;

/** With the registry's tables, empty ones: made once for a run, and copied. */
export const WITH_TABLES = 'with_tables';

/** A database of its own on the run's server: empty, unless it is to have the tables. */
export async function tempDatabase(
  like: typeof WITH_TABLES | 'template1' = 'template1',
): Promise<TempDatabase> {
  const url = await postgresUrl();
  made += 1;
  const name = `t_${process.pid}_${made}`;
  await onServer(url, `CREATE DATABASE ${name} TEMPLATE ${like}`);
  return {
    url: url.replace('/postgres?', `/${name}?`),
    drop: () => onServer(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** A backup brought back: the same content under another name. Nobody may be connected to the first meanwhile. */
export async function copyOfDatabase(url: string): Promise<TempDatabase> {
  const server = await postgresUrl();
  made += 1;
  const name = `t_${process.pid}_${made}`;
  const source = /\/(t_\d+_\d+)\?/.exec(url)?.[1] ?? '';
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${source}`);
  return {
    url: url.replace(`/${source}?`, `/${name}?`),
    drop: () => onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function onServer(url: string, text: string): Promise<void> {
  const store: Store = openStore({ url, connectionsMost: 1, onTrouble: () => undefined });
  await store.rows({ text });
  await store.close();
}

// Started by postgres.ts: keeps the PostgreSQL of one run of tests, and takes it away when the run's process is gone.
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { packagedPostgres, startPostgres, systemPostgres } from '#registry/postgres/start-postgres.ts';
import { openStore, type Store } from '#registry/store/database.ts';
import { migrate } from '#registry/store/migrate.ts';
import { WITH_TABLES } from './postgres.ts';

const [folder = '', run = ''] = process.argv.slice(2);
const isPackaged = process.env['BAAKI_POSTGRES'] === 'packaged';

try {
  const programs = (isPackaged ? null : systemPostgres()) ?? packagedPostgres();
  if (programs === null) throw new Error('There is no PostgreSQL: neither npm’s nor the system’s.');
  const postgres = await startPostgres({
    programs,
    folder: path.join(folder, 'pg'),
    // Lives for minutes and is thrown away: what must survive a crash is tested on a server of its own.
    settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'],
  });
  await makeTables(postgres.url);
  writeFileSync(path.join(folder, 'url.new'), postgres.url);
  renameSync(path.join(folder, 'url.new'), path.join(folder, 'url'));
  while (isThere(Number(run))) await pause(500);
  await postgres.stop('immediate');
  for (const one of [folder, `${folder}-compiled`]) rmSync(one, { recursive: true, force: true });
} catch (error) {
  writeFileSync(path.join(folder, 'failed'), error instanceof Error ? error.message : String(error));
}

async function makeTables(url: string): Promise<void> {
  const at = (address: string): Store =>
    openStore({ url: address, connectionsMost: 1, onTrouble: () => undefined });
  const server = at(url);
  await server.rows({ text: `CREATE DATABASE ${WITH_TABLES}` });
  await server.close();
  const store = at(url.replace('/postgres?', `/${WITH_TABLES}?`));
  await migrate(store);
  await store.close();
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

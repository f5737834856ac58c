import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { day } from '#domain/days.ts';
import { openDatabase, shippedMigrations } from '#engine/storage/database.ts';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tempEngine } from '../builders/temp-engine.ts';

// A book as the released version 0.1.0 wrote it: its demo of 10 customers until 2026-11-22.
const RELEASED = path.resolve(import.meta.dirname, '../fixtures/released/schema-1.baaki');
const AS_OF = day('2026-11-22');
const TOTALS_BEFORE = {
  outstandingPaise: 281485204,
  overduePaise: 81389987,
  unallocatedPaise: -7700000,
  buckets: [207795217, 38934176, 28505196, 2245304, 0, 4005311],
  openBillCount: 23,
};

function copyOfReleased(): { readonly folder: string; readonly file: string } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-released-'));
  const file = path.join(folder, 'old.baaki');
  copyFileSync(RELEASED, file);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, file };
}

/** Looked at as SQLite sees it, without our migrating. */
function seen<T>(file: string, look: (sqlite: Database.Database) => T): T {
  const sqlite = new Database(file);
  try {
    return look(sqlite);
  } finally {
    sqlite.close();
  }
}

const schemaOf = (file: string): number =>
  seen(file, (sqlite) => Number(sqlite.pragma('user_version', { simple: true })));
const customersOf = (file: string): unknown =>
  seen(file, (sqlite) => sqlite.prepare('select id, name, code, phone from customers order by id').all());

describe('a book of schema 1', () => {
  it('is one indeed, and knows nothing of what came later', () => {
    const { file } = copyOfReleased();
    expect(schemaOf(file)).toBe(1);
    const later = `select name from sqlite_schema where name in ('contacts', 'customers_fts')`;
    expect(seen(file, (sqlite) => sqlite.prepare(later).all())).toEqual([]);
  });

  it('is migrated when it is opened: backed up first, the same figures, sound, and its customers are found', async () => {
    const engine = await tempEngine();
    const books = path.join(engine.dataFolder, 'books');
    mkdirSync(books, { recursive: true });
    copyFileSync(RELEASED, path.join(books, 'old.baaki'));
    await engine.client.books.open({ bookId: 'old' });
    const backups = path.join(engine.dataFolder, 'backups');
    expect(readdirSync(backups)).toEqual(['old-before-schema-2.baaki']);
    const backup = path.join(backups, 'old-before-schema-2.baaki');
    expect(schemaOf(backup)).toBe(1);
    expect(customersOf(backup)).toEqual(customersOf(RELEASED));
    const { totals } = await engine.client.aging.table({ asOf: AS_OF });
    expect(totals).toMatchObject(TOTALS_BEFORE);
    expect(await engine.client.books.check()).toMatchObject({ isSound: true, problemCount: 0 });
    const { rows } = await engine.client.customers.list({ asOf: AS_OF });
    expect(rows).toHaveLength(10);
    for (const { customerId, name } of rows) {
      const found = await engine.client.customers.search({ text: name.slice(2) });
      expect(found.map((one) => one.customerId)).toContain(customerId);
    }
  });

  it('stays of schema 1, whole, when the migration fails at any of its statements', () => {
    const [first, second] = shippedMigrations;
    if (!first || !second) throw new Error('There should be two migrations.');
    const statements = second.sql.split('--> statement-breakpoint');
    expect(statements.length).toBeGreaterThan(10);
    for (let at = 0; at <= statements.length; at += 4) {
      const broken = [...statements.slice(0, at), 'nonsense;'].join('--> statement-breakpoint');
      const { folder, file } = copyOfReleased();
      expect(() => openDatabase(file, folder, [first, { tag: 'broken', sql: broken }])).toThrow(/syntax/);
      expect(schemaOf(file)).toBe(1);
      expect(customersOf(file)).toEqual(customersOf(RELEASED));
      const objects = 'select count(*) from sqlite_schema';
      const count = (of: string) => seen(of, (sqlite) => sqlite.prepare(objects).pluck().get());
      expect(count(file)).toBe(count(RELEASED));
    }
  });

  it('stays of schema 1, whole, when the program is killed half way through the migration', () => {
    const { folder, file } = copyOfReleased();
    const second = shippedMigrations[1];
    if (!second) throw new Error('There should be two migrations.');
    const half = second.sql.split('--> statement-breakpoint').slice(0, 12);
    // The same transaction as in database.ts, in a process that is killed before it can commit.
    const program = `
      const Database = require('better-sqlite3');
      const sqlite = new Database(${JSON.stringify(file)});
      sqlite.pragma('journal_mode = WAL');
      // So small a cache writes into the log before the commit.
      sqlite.pragma('cache_size = 5');
      sqlite.exec('begin immediate');
      for (const statement of ${JSON.stringify(half)}) sqlite.exec(statement);
      process.kill(process.pid, 'SIGKILL');`;
    const ended = spawnSync(process.execPath, ['-e', program], {
      cwd: path.resolve(import.meta.dirname, '../..'),
    });
    expect(ended.signal).toBe('SIGKILL');
    expect(existsSync(`${file}-wal`)).toBe(true);
    expect(schemaOf(file)).toBe(1);
    expect(customersOf(file)).toEqual(customersOf(RELEASED));
    const again = openDatabase(file, folder);
    onTestFinished(again.close);
    expect(again.read(({ sqlite }) => sqlite.pragma('user_version', { simple: true }))).toBe(
      shippedMigrations.length,
    );
  });
});

import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { builtCli } from './run-cli.ts';

// An import is all or nothing: a book that is killed at any moment of it is as before or as after, never between.

const BILLS = 3000;
const KILLS = Number(process.env['BAAKI_KILLS'] ?? 24);
const LANES = 2;
const file = [
  'Customer,Bill No,Bill Date,Due Date,Amount,Pending Amount',
  ...Array.from(
    { length: BILLS },
    (_, at) => `Party ${at % 250},B-${at},2026-03-01,2026-04-01,${at + 1}.50,${at + 1}`,
  ),
].join('\n');

const cli = builtCli('all tests');

/** Starts an import into a copy of the book, ends it after a while with SIGKILL, and says how it ended. */
async function importAndKill(
  data: string,
  source: string,
  killAfterMs: number,
): Promise<'killed' | 'finished'> {
  const words = [cli.program(), 'import', source, '--book', 'killed', '--yes', '--format', 'json'];
  const env = { ...process.env, BAAKI_DATA: data };
  const child = spawn(process.execPath, words, { env, stdio: 'ignore' });
  const timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const signal = await new Promise((resolve) => child.on('exit', (_code, by) => resolve(by)));
  clearTimeout(timer);
  return signal === 'SIGKILL' ? 'killed' : 'finished';
}

/** What stands in a book's file, and whether the file is whole. */
function factsOf(data: string): object {
  const sqlite = new Database(path.join(data, 'books/killed.baaki'));
  try {
    const count = (table: string): unknown => sqlite.prepare(`select count(*) from ${table}`).pluck().get();
    return {
      isWhole: sqlite.pragma('integrity_check', { simple: true }),
      dangling: sqlite.pragma('foreign_key_check'),
      customers: count('customers'),
      bills: count('bills'),
      receipts: count('receipts'),
      allocations: count('allocations'),
      batches: count('import_batches'),
      openPaise: sqlite
        .prepare(
          'select (select sum(amount_paise) from bills) - (select coalesce(sum(amount_paise), 0) from allocations)',
        )
        .pluck()
        .get(),
      indexes: sqlite.prepare(`select count(*) from sqlite_schema where type = 'index'`).pluck().get(),
    };
  } finally {
    sqlite.close();
  }
}

it('leaves a book as before or as after when the import is killed at any moment', async () => {
  const source = cli.file('bills.csv', file);
  const one = cli.file('one.csv', 'Customer,Bill No,Bill Date,Amount\nParty 0,First,2026-03-01,7');
  expect((await cli.run('import', one, '--book', 'killed', '--yes')).code).toBe(0);
  const start = path.join(cli.folder, 'data');
  const before = factsOf(start);
  const copies = mkdtempSync(path.join(tmpdir(), 'baaki-killed-'));
  const copyTo = (name: string): string => {
    const data = path.join(copies, name);
    cpSync(start, data, { recursive: true });
    return data;
  };

  const whole = copyTo('whole');
  const startedAt = performance.now();
  expect(await importAndKill(whole, source, 60_000)).toBe('finished');
  const wholeMs = performance.now() - startedAt;
  const after = factsOf(whole);
  expect(after).toMatchObject({ bills: BILLS + 1, openPaise: 700 + (BILLS * (BILLS + 1) * 100) / 2 });

  const ended: string[] = [];
  const lane = async (first: number): Promise<void> => {
    for (let at = first; at < KILLS; at += LANES) {
      const data = copyTo(`kill-${at}`);
      // Spread over the later part, where reading and writing happen; the earlier part is starting up.
      ended.push(await importAndKill(data, source, wholeMs * (0.3 + (0.8 * at) / KILLS)));
      expect([before, after]).toContainEqual(factsOf(data));
      expect(readdirSync(path.join(data, 'books')).filter((name) => name.includes('draft'))).toEqual([]);
      rmSync(data, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, at) => lane(at)));
  rmSync(copies, { recursive: true, force: true });
  expect(ended.filter((how) => how === 'killed').length).toBeGreaterThan(KILLS / 2);
  expect((await cli.run('import', source, '--book', 'killed', '--yes')).code).toBe(0);
  expect(factsOf(start)).toEqual(after);
}, 120_000);

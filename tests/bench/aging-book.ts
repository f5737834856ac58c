// Books of any size for the aging bench, written by SQLite itself: the schema as it is shipped, indexes and all.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { BookFile, ReadTx } from '#engine/storage/database.ts';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';

const MIGRATIONS = path.resolve(import.meta.dirname, '../../src-engine/storage/migrations');

export const FIRST_DAY = '2023-01-01';
export const SPAN_DAYS = 1100;

export type BenchBook = Pick<BookFile, 'read' | 'write' | 'version' | 'writtenByOthers'> & {
  readonly sqlite: Database.Database;
};

export type BookSize = { readonly bills: number; readonly allocations: number; readonly customers: number };

/**
 * Receipts are applied whole on their own day. Of the bills that meet two, all are closed; of those that meet one, three
 * of four. Every ten thousandth bill is in two instalments.
 */
export function makeBook(file: string, size: BookSize): BenchBook {
  const sqlite = new Database(file);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = OFF');
  sqlite.pragma('cache_size = -262144');
  for (const name of readdirSync(MIGRATIONS).toSorted()) {
    if (!name.endsWith('.sql')) continue;
    const text = readFileSync(path.join(MIGRATIONS, name), 'utf8');
    for (const statement of text.split('--> statement-breakpoint')) sqlite.exec(statement);
  }
  const indexes = sqlite
    .prepare<[], { name: string; sql: string }>(
      `select name, sql from sqlite_schema where type = 'index' and sql is not null
          and tbl_name in ('bills', 'receipts', 'allocations')`,
    )
    .all();
  for (const { name } of indexes) sqlite.exec(`drop index ${name}`);
  sqlite.transaction(() => fill(sqlite, size))();
  for (const { sql } of indexes) sqlite.exec(sql);
  sqlite.exec('analyze');
  return bookOf(sqlite);
}

/** Numbers that look thrown, and are the same in every run. */
const thrown = (factor: number, below: number | string): string =>
  `((n.i * ${factor} + n.i / 7 * 7919) % (${below}))`;
const count = (most: number): string =>
  `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${most})`;

function fill(sqlite: Database.Database, { bills, allocations, customers }: BookSize): void {
  // The first of two takes half, the second the rest; a lone one takes all or, of every fourth bill, half.
  const paid = `case when n.i > ${bills} then bills.amount_paise - bills.amount_paise / 2
                     when n.i <= ${allocations - bills} or n.i % 4 = 0 then bills.amount_paise / 2
                     else bills.amount_paise end`;
  sqlite.exec(`
    ${count(customers)} insert into customers (id, name, name_key, created_at, source, source_key)
      select i, 'Customer ' || i, 'customer' || i, 0, 'bench', i from n;
    create temp table days as ${count(SPAN_DAYS + 400)}
      select i - 200 as at, date('${FIRST_DAY}', (i - 200) || ' days') as day from n;
    create unique index temp.days_at on days (at);
    create unique index temp.days_day on days (day);
    ${count(bills)} insert into bills
      (id, customer_id, kind, number, bill_day, due_day, amount_paise, created_at, source, source_key)
      select n.i, 1 + ${thrown(4799, customers)}, 'invoice', 'INV/' || n.i, billed.day, due.day,
             10000 + ${thrown(104729, 49_990_000)}, 0, 'bench', n.i
        from n join days billed on billed.at = ${thrown(331, SPAN_DAYS)}
               join days due on due.at = billed.at + ${thrown(17, 91)};
    insert into instalments (bill_id, position, due_day, amount_paise)
      select id, 1, bill_day, amount_paise / 2 from bills where id % 10000 = 0
      union all select id, 2, due_day, amount_paise - amount_paise / 2 from bills where id % 10000 = 0;
    ${count(allocations)} insert into receipts
      (id, customer_id, receipt_day, amount_paise, created_at, source, source_key)
      select n.i, bills.customer_id, paid.day, ${paid}, 0, 'bench', n.i
        from n join bills on bills.id = 1 + (n.i % ${bills})
               join days due on due.day = bills.due_day
               join days paid on paid.at = due.at - 20 + ${thrown(53, 81)};
    insert into allocations (id, bill_id, receipt_id, allocation_day, amount_paise, created_at, source, source_key)
      select id, 1 + (id % ${bills}), id, receipt_day, amount_paise, 0, 'bench', id from receipts;
    drop table days;`);
}

function bookOf(sqlite: Database.Database): BenchBook {
  const tx = { sqlite, orm: drizzle(sqlite) } as unknown as ReadTx;
  let writes = 0;
  const writtenByOthers = (): string => String(sqlite.pragma('data_version', { simple: true }));
  return {
    sqlite,
    read: (work) => sqlite.transaction(() => work(tx)).deferred(),
    write: (work) => {
      const made = sqlite.transaction(() => work({ ...tx, mayWrite: true })).immediate();
      writes += 1;
      return made;
    },
    version: () => `${writes}:${writtenByOthers()}`,
    writtenByOthers,
  };
}

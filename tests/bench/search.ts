// Search while typing, over 100,000 customers and 1,000,000 bills: how long the product's own functions take, beside the
// same question asked by a plain scan in the same run. Run: node tests/bench/search.ts
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { day } from '#domain/days.ts';
import { billsByPart, billsByPrefix, billsOfNumber, fillBillSearch } from '#engine/storage/bill-search.ts';
import { ledgerOfCustomers } from '#engine/storage/customer-ledger.ts';
import { customerIdsMatching, searchCustomers } from '#engine/storage/customers.ts';
import type { WriteTx } from '#engine/storage/database.ts';
import * as schema from '#engine/storage/schema.ts';
import { timelineRows } from '#engine/storage/timeline.ts';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';

const CUSTOMERS = 100_000;
const BILLS = 1_000_000;
const ROUNDS = 15;
const MOST = 50;
const MIGRATIONS = path.resolve(import.meta.dirname, '../../src-engine/storage/migrations');

const FIRST =
  'Sharma,Gupta,Patel,Iyer,Khan,Reddy,Das,Mehta,Nair,Bose,Joshi,Kulkarni,Singh,Yadav,Chopra,Agarwal,Jain,Shah,Rao,Pillai';
const SECOND =
  'Traders,Stores,Agencies,Textiles,Steel,Electricals,Pharma,Foods,Hardware,Enterprises,Brothers,Mills,Motors,Papers';

function buildBook(file: string): WriteTx {
  const sqlite = new Database(file);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = NORMAL');
  sqlite.pragma('cache_size = -65536');
  const names = readdirSync(MIGRATIONS).filter((name) => name.endsWith('.sql'));
  for (const name of names.toSorted())
    sqlite.exec(readFileSync(path.join(MIGRATIONS, name), 'utf8').replaceAll('--> statement-breakpoint', ''));
  // Numbers that jump about, the same in every run.
  const spread = (times: number, most: number): string => `((n * ${times}) % ${most})`;
  sqlite.exec('create temp table word (at integer primary key, first text, second text)');
  const words = sqlite.prepare('insert into word values (?, ?, ?)');
  FIRST.split(',').forEach((first, at) => words.run(at, first, SECOND.split(',')[at % 14]));
  sqlite.exec(`begin;
    with recursive counted (n) as (select 1 union all select n + 1 from counted where n < ${CUSTOMERS})
    insert into customers (id, name, name_key, code, phone, gstin, created_at, source, source_key)
    select n, first || ' ' || second || ' ' || ${spread(7919, 99991)},
           lower(first || second) || ${spread(7919, 99991)}, 'C' || n,
           '+91 ' || (70000 + ${spread(104729, 29989)}) || ' ' || (10000 + ${spread(15485863, 89989)}),
           printf('%02dAAP%s%04dF1Z%d', 1 + n % 36, substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 1 + n % 24, 2), ${spread(31, 9973)}, n % 10),
           0, 'bench', n
      from counted join word on word.at = ${spread(48271, 20)};
    with recursive counted (n) as (select 1 union all select n + 1 from counted where n < ${BILLS})
    insert into bills (id, customer_id, kind, number, bill_day, due_day, amount_paise, created_at, source, source_key)
    select n, 1 + ${spread(7919, CUSTOMERS)}, 'invoice',
           'INV/' || (2023 + n % 4) || '-' || (24 + n % 4) || '/' || printf('%06d', ${spread(611953, 999983)}),
           '2026-01-01', '2026-01-31', 100, 0, 'bench', n from counted;
    commit;`);
  const tx = { sqlite, orm: drizzle(sqlite, { schema }), mayWrite: true as const };
  fillBillSearch(tx, BILLS);
  return tx;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Milliseconds of each question: its median over the rounds; then the median and the worst of all questions. */
function measure(questions: readonly string[], ask: (text: string) => readonly unknown[] | null) {
  let hits = 0;
  const each = questions.map((text) => {
    const rounds = Array.from({ length: ROUNDS }, () => {
      const startedAt = performance.now();
      hits += ask(text)?.length ?? 0;
      return performance.now() - startedAt;
    });
    return median(rounds);
  });
  if (hits === 0) throw new Error(`Nothing was found by any of: ${questions.join(', ')}`);
  const round3 = (ms: number): number => Math.round(ms * 1000) / 1000;
  const worst = Math.max(...each);
  const worstText = questions[each.indexOf(worst)] ?? '';
  return { medianMs: round3(median(each)), worstMs: round3(worst), worstText };
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-bench-'));
try {
  const file = path.join(folder, 'bench.baaki');
  const startedAt = performance.now();
  const tx = buildBook(file);
  const buildMs = Math.round(performance.now() - startedAt);
  const names = [
    'sharma',
    'arm',
    'iyer mills',
    'mills iyer',
    'kulkarnitex',
    'steel 123',
    'ers 99',
    'Gup',
    'zzzz',
  ];
  const phones = ['98765', '9876512345', '+91 71234', '81112', '12345'];
  const gstins = ['27AAP', 'AAPCD', '0042F1Z', 'CD0031'];
  const numbers = ['INV/2023-24/000123', 'INV/2024-25/611953', 'INV/2026-27/999000', 'INV/2025-26/500001'];
  const parts = ['611953', '1953', '/0001', '-25/9', '12345', 'inv/2024-25/61', '999'];
  const scan = tx.sqlite
    .prepare<[string, string, string]>(
      `select id from customers where name like ? or phone like ? or gstin like ? limit 50`,
    )
    .pluck();
  const scanBills = tx.sqlite.prepare<[string]>('select id from bills where number like ? limit 50').pluck();
  const like = (text: string): string => `%${text}%`;
  const checkStartedAt = performance.now();
  tx.sqlite.pragma('integrity_check');
  const checkMs = performance.now() - checkStartedAt;
  const today = day('2026-11-22');
  const ids = ['1', '777', '50000', '99999'];
  const customers = [...names, ...phones, ...gstins];
  const report = {
    customers: CUSTOMERS,
    bills: BILLS,
    buildMs,
    fileMb: Math.round(statSync(file).size / 1e6),
    integrityCheckMs: Math.round(checkMs),
    searchByName: measure(names, (text) => searchCustomers(tx, text)),
    searchByPhone: measure(phones, (text) => searchCustomers(tx, text)),
    searchByGstin: measure(gstins, (text) => searchCustomers(tx, text)),
    searchByOneOrTwoLetters: measure(['s', 'sh', 'k'], (text) => searchCustomers(tx, text)),
    allIdsMatching: measure(customers, (text) => customerIdsMatching(tx, text)),
    customersByPlainScan: measure(customers, (text) => scan.all(like(text), like(text), like(text))),
    customerPage: measure(ids, (id) => ledgerOfCustomers(tx, [Number(id)]).ledger.bills),
    timeline: measure(ids, (id) => timelineRows(tx, { customerId: Number(id), today, most: 500 })),
    billExact: measure(numbers, (text) => billsOfNumber(tx, { text, most: MOST })),
    billPrefix: measure(['INV/2024-25/61', 'INV/2023'], (text) => billsByPrefix(tx, { text, most: MOST })),
    billPart: measure(parts, (text) => billsByPart(tx, { text, most: MOST })),
    billsByPlainScan: measure(parts, (text) => scanBills.all(like(text))),
  };
  const results = path.resolve(import.meta.dirname, '../../test-results/bench');
  mkdirSync(results, { recursive: true });
  writeFileSync(path.join(results, 'search.json'), JSON.stringify(report, null, 2));
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  tx.sqlite.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

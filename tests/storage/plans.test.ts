import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { day } from '#domain/days.ts';
import { contactsOf } from '#engine/storage/contacts.ts';
import { ledgerOfCustomers } from '#engine/storage/customer-ledger.ts';
import { childrenOf, levelsBelow, payersOf } from '#engine/storage/customer-tree.ts';
import { customerById, namesakeOf, searchCustomers } from '#engine/storage/customers.ts';
import { openDatabase, type ReadTx } from '#engine/storage/database.ts';
import * as schema from '#engine/storage/schema.ts';
import { tagsOf } from '#engine/storage/tags.ts';
import { timelineRows } from '#engine/storage/timeline.ts';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { aBill, aCustomer, moneyIn } from '../builders/facts.ts';

/** A book with a customer, and a connection to it that remembers what it was asked. */
function watchedBook(): { readonly tx: ReadTx; readonly asked: string[] } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-plans-'));
  const file = path.join(folder, 'test.baaki');
  const db = openDatabase(file, folder);
  db.write((tx) => {
    const customerId = aCustomer(tx);
    const billId = aBill(tx, customerId, { amount: 10, billDay: '2026-01-01' });
    moneyIn(tx, customerId, { amount: 10, day: '2026-01-02', allocated: new Map([[billId, 5]]) });
  });
  db.close();
  const asked: string[] = [];
  const sqlite = new Database(file, { verbose: (sql) => asked.push(String(sql)) });
  onTestFinished(() => {
    sqlite.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { tx: { sqlite, orm: drizzle(sqlite, { schema }) }, asked };
}

const today = day('2026-11-22');

it.each<[string, (tx: ReadTx) => unknown]>([
  ['the facts of his page', (tx) => ledgerOfCustomers(tx, [1, 2])],
  ['his timeline', (tx) => timelineRows(tx, { customerId: 1, today, most: 500 })],
  ['himself', (tx) => customerById(tx, 1)],
  ['his contacts', (tx) => contactsOf(tx, 1)],
  ['his tags', (tx) => tagsOf(tx, 1)],
  ['those whom he pays for', (tx) => [childrenOf(tx, 1), payersOf(tx, 1), levelsBelow(tx, 1)]],
  ['his namesake', (tx) => namesakeOf(tx, { nameKey: 'asha', exceptId: 1 })],
  ['customers by the beginning and a part of a name', (tx) => searchCustomers(tx, 'asha stores')],
])('reads %s through indexes: no table of the book is walked through', (_what, read) => {
  const { tx, asked } = watchedBook();
  read(tx);
  const seen = [...asked];
  expect(seen.length).toBeGreaterThan(0);
  for (const sql of seen) {
    const plan = tx.sqlite
      .prepare<[], { readonly detail: string }>(`explain query plan ${sql}`)
      .all()
      .map((step) => step.detail);
    // What is walked through is what was chosen by an index before, a list of ids, or the search table by its trigrams.
    const walked = plan.filter((step) =>
      /^SCAN (?!own\b|below\b|payers\b|json_each\b|customers_fts VIRTUAL TABLE INDEX \d+:L|\(|CONSTANT)/.test(
        step,
      ),
    );
    expect({ sql, walked }).toEqual({ sql, walked: [] });
  }
});

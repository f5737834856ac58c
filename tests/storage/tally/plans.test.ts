import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { day } from '#domain/days.ts';
import { openDatabase, type WriteTx } from '#engine/storage/database.ts';
import * as schema from '#engine/storage/schema.ts';
import { putTallyCustomer } from '#engine/storage/tally-customers.ts';
import { applyDerived } from '#engine/storage/tally-documents.ts';
import { ledgerRow, openBillsOf, putLedgers } from '#engine/storage/tally-masters.ts';
import { partyFactsOf, partyLines } from '#engine/storage/tally-parties.ts';
import {
  forgetVouchers,
  marksOf,
  putVouchers,
  touchedLedgers,
  voucherWriter,
} from '#engine/storage/tally-vouchers.ts';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  aDerivedBill,
  aDerivedReceipt,
  aLedger,
  aLine,
  aTallyCustomer,
  aVoucher,
  COMPANY,
  connection,
  emptyBook,
  nothing,
  NOW,
  settled,
} from './tally-book.ts';

const wish = { companyGuid: COMPANY, ledgerIdOf: () => 1 };
const derived = {
  ...nothing,
  bills: [aDerivedBill('B1', 10)],
  receipts: [aDerivedReceipt('R1', 10)],
  allocations: [settled('B1', 'R1', { amount: 10 })],
};

/** A book with a party and its voucher, and a connection to it that remembers what it was asked. */
function watchedBook(): { readonly tx: WriteTx; readonly asked: string[] } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-plans-'));
  const file = path.join(folder, 'test.baaki');
  const db = openDatabase(file, folder);
  db.write((tx) => {
    putLedgers(tx, [aLedger(1)]);
    putVouchers(tx, [aVoucher(1, { lines: [aLine(0, 'Party 1', 10)] })], wish);
    const customerId = putTallyCustomer(tx, aTallyCustomer(1), NOW);
    applyDerived(tx, { customerId, derived, now: NOW });
  });
  db.close();
  const asked: string[] = [];
  const sqlite = new Database(file, { verbose: (sql) => asked.push(String(sql)) });
  onTestFinished(() => {
    sqlite.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { tx: { sqlite, orm: drizzle(sqlite, { schema }), mayWrite: true }, asked };
}

const year = { from: day('2026-01-01'), to: day('2026-12-31'), companyGuid: COMPANY };

it.each<[string, (tx: WriteTx) => unknown]>([
  ['the lines of a party', (tx) => partyLines(tx, 1)],
  ['all facts of a party', (tx) => partyFactsOf(tx, 1, connection)],
  ['a ledger by its customer', (tx) => ledgerRow(tx, { customerId: 1 })],
  ['a ledger by its GUID', (tx) => ledgerRow(tx, { guid: 'x' })],
  ['the open bills of a ledger', (tx) => openBillsOf(tx, 1)],
  ['the vouchers of a period', (tx) => marksOf(tx, year)],
  ['the ledgers of vouchers', (tx) => touchedLedgers(tx, [1])],
  ['a voucher that is forgotten', (tx) => forgetVouchers(tx, [1])],
  [
    'a voucher of another company’s',
    (tx) => {
      const writer = voucherWriter(tx, wish);
      writer.put(aVoucher(1, { guid: 'foreign' }));
      return writer.flush();
    },
  ],
  ['a customer who changes', (tx) => putTallyCustomer(tx, aTallyCustomer(1, { phone: '1' }), NOW)],
  [
    'the documents of a customer',
    (tx) =>
      applyDerived(tx, { customerId: 1, derived: { ...derived, bills: [aDerivedBill('B1', 12)] }, now: NOW }),
  ],
])('finds %s through indexes and sorts nothing: no table of the book is walked through', (_what, read) => {
  const { tx, asked } = watchedBook();
  read(tx);
  const seen = asked.filter((sql) => /^\s*(select|with|update|delete)/i.test(sql));
  expect(seen.length).toBeGreaterThan(0);
  for (const sql of seen) {
    const plan = tx.sqlite
      .prepare<[], { readonly detail: string }>(`explain query plan ${sql}`)
      .all()
      .map((step) => step.detail);
    const walked = plan.filter(
      (step) =>
        /^SCAN (?!wish\b|own\b|json_each\b|\(|CONSTANT)/.test(step) ||
        /TEMP B-TREE FOR (ORDER|RIGHT)/.test(step),
    );
    expect({ sql, walked }).toEqual({ sql, walked: [] });
  }
});

describe('the mirror refuses', () => {
  it.each([
    [
      'a second connection',
      `insert into tally_connection select 2, origin, host, port, product, company_guid,
       company_number, company_name, books_from, is_educational, is_connected, options_json, is_paused, master_counter,
       voucher_counter, voucher_shape, as_of_day, synced_at, in_step_at, history_from, is_history_shown, failure_json
       from (select 'live' as origin, 'h' as host, 1 as port, 'prime' as product, 'g' as company_guid,
       null as company_number, 'n' as company_name, null as books_from, 0 as is_educational, 1 as is_connected,
       '{}' as options_json, 0 as is_paused, null as master_counter, null as voucher_counter, null as voucher_shape,
       null as as_of_day, null as synced_at, null as in_step_at, null as history_from, 0 as is_history_shown,
       null as failure_json)`,
    ],
    [
      'an open bill of nothing',
      `insert into tally_open_bills values (1, 'A', '2026-01-01', '2026-01-01', 0)`,
    ],
    [
      'an offer of something else',
      `insert into contact_offers (customer_id, field, value, offered_at) values (1, 'pan', 'x', 0)`,
    ],
    [
      'a run that ended otherwise',
      `insert into sync_runs values (1, 'first', 0, 1, 'perhaps', null, 0, 0, 0, 0, 0, 0, 0, 0, 0, null)`,
    ],
    [
      'an edit that is half Tally’s',
      `insert into edits (noun, row_id, customer_id, field, edited_at, by_tally) values ('bill', 1, 1, 'x', 0, 2)`,
    ],
  ])('%s', (_what, sql) => {
    const db = emptyBook();
    db.write((tx) => putTallyCustomer(tx, aTallyCustomer(1), NOW));
    expect(() => db.write((tx) => tx.sqlite.exec(sql))).toThrow('CHECK constraint failed');
  });
});

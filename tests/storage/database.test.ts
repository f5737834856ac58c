import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bookRow, insertBook, peekBook } from '#engine/storage/books.ts';
import {
  backUp,
  NewerBookError,
  openDatabase,
  shippedMigrations,
  type BookFile,
} from '#engine/storage/database.ts';
import { ledgerOf } from '#engine/storage/ledger.ts';
import { expect, it, onTestFinished } from 'vitest';
import { aBill, aCustomer, moneyIn } from '../builders/facts.ts';

function temporary(): { readonly folder: string; readonly file: string; readonly db: BookFile } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-storage-'));
  const file = path.join(folder, 'test.baaki');
  const db = openDatabase(file, path.join(folder, 'backups'));
  onTestFinished(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { folder, file, db };
}

it('makes every table STRICT, in WAL, with foreign keys on and the schema version set', () => {
  const { db } = temporary();
  db.read(({ sqlite }) => {
    const tables = sqlite
      .prepare<[], { name: string; strict: number }>(
        `select name, strict from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite%'`,
      )
      .all();
    expect(tables.map((table) => table.name).toSorted()).toEqual([
      'allocations',
      'attempts',
      'bills',
      'book',
      'cadence_assignments',
      'cadences',
      'consents',
      'contact_offers',
      'contacts',
      'credits',
      'customer_aliases',
      'customer_tags',
      'customers',
      'domain_rates',
      'edits',
      'gateways',
      'import_batches',
      'import_maps',
      'import_notes',
      'instalments',
      'message_bills',
      'message_events',
      'message_templates',
      'messages',
      'notes',
      'outbox_lease',
      'pay_links',
      'payment_claims',
      'plan_edits',
      'rate_buckets',
      'receipts',
      'registry_batches',
      'registry_checks',
      'registry_consents',
      'registry_disputes',
      'registry_do_not_publish',
      'registry_do_not_publish_bills',
      'registry_dues',
      'registry_evidence',
      'registry_looks',
      'registry_membership',
      'registry_outbox',
      'registry_tokens',
      'reminder_pauses',
      'reminder_runs',
      'replies',
      'reply_attachments',
      'settings',
      'suppressions',
      'sync_runs',
      'tally_connection',
      'tally_differences',
      'tally_groups',
      'tally_ledgers',
      'tally_lines',
      'tally_open_bills',
      'tally_opening_bills',
      'tally_vouchers',
      'tally_windows',
    ]);
    expect(tables.filter((table) => table.strict !== 1)).toEqual([]);
    expect(sqlite.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(sqlite.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(sqlite.pragma('user_version', { simple: true })).toBe(shippedMigrations.length);
  });
});

const BILL = `insert into bills (customer_id, kind, bill_day, due_day, amount_paise, currency, foreign_minor, rate_e6,
  created_at, source, source_key) values `;

it.each([
  ['half a paisa', `${BILL} (1, 'invoice', '2026-01-01', '2026-01-31', 10.5, null, null, null, 0, 't', 'a')`],
  [
    'a bill of nothing',
    `${BILL} (1, 'invoice', '2026-01-01', '2026-01-31', 0, null, null, null, 0, 't', 'a')`,
  ],
  [
    'a negative bill',
    `${BILL} (1, 'invoice', '2026-01-01', '2026-01-31', -5, null, null, null, 0, 't', 'a')`,
  ],
  ['a day in words', `${BILL} (1, 'invoice', '1 Jan 2026', '2026-01-31', 5, null, null, null, 0, 't', 'a')`],
  [
    'a kind nobody knows',
    `${BILL} (1, 'bribe', '2026-01-01', '2026-01-31', 5, null, null, null, 0, 't', 'a')`,
  ],
  [
    'a customer who is not there',
    `${BILL} (9, 'invoice', '2026-01-01', '2026-01-31', 5, null, null, null, 0, 't', 'a')`,
  ],
  [
    'a currency without its amount',
    `${BILL} (1, 'invoice', '2026-01-01', '2026-01-31', 5, 'USD', null, null, 0, 't', 'a')`,
  ],
  [
    'a second row with the same source key',
    `${BILL} (1, 'invoice', '2026-01-01', '2026-01-31', 5, null, null, null, 0, 't', 'k'),
    (1, 'invoice', '2026-01-01', '2026-01-31', 5, null, null, null, 0, 't', 'k')`,
  ],
  ['a second book row', `insert into book values (2, 'k', 'B', 'INR', 'Asia/Kolkata', 0, 0, 0)`],
  [
    'an allocation of both a receipt and a credit',
    `insert into allocations (bill_id, receipt_id, credit_id, allocation_day,
    amount_paise, created_at, source, source_key) values (1, 1, 1, '2026-01-01', 5, 0, 't', 'a')`,
  ],
  [
    'a negative allocation that reverses none',
    `insert into allocations (bill_id, receipt_id, allocation_day, amount_paise,
    created_at, source, source_key) values (1, 1, '2026-01-01', -5, 0, 't', 'a')`,
  ],
  ['a contact without anything', `insert into contacts values (1, 1, 'owner', ' ', null, null, 0, null)`],
  [
    'a contact in a role nobody knows',
    `insert into contacts values (1, 1, 'cousin', 'Ravi', null, null, 0, null)`,
  ],
  ['a contact of nobody', `insert into contacts values (1, 9, 'owner', 'Ravi', null, null, 0, null)`],
  ['an empty note', `insert into notes values (1, 1, null, '  ', 0, null)`],
  ['a note about a bill that is not there', `insert into notes values (1, 1, 99, 'Called.', 0, null)`],
  ['an empty tag', `insert into customer_tags values (1, ' ')`],
  ['the same tag twice', `insert into customer_tags values (1, 'VIP'), (1, 'VIP')`],
  ['one other name for two customers', `insert into customer_aliases values ('asha', 1, 0), ('asha', 1, 1)`],
  [
    'an edit of a noun nobody knows',
    `insert into edits values (1, 'book', 1, 1, 'name', 'A', 'B', 0, null, 0)`,
  ],
  [
    'an edit of an import that is not there',
    `insert into edits values (1, 'bill', 1, 1, 'x', 'A', 'B', 0, 77, 0)`,
  ],
  ['a setting twice', `insert into settings values ('a', '1'), ('a', '2')`],
  ['a customer who pays for himself', `update customers set parent_id = id`],
  ['a payer who is not there', `update customers set parent_id = 99`],
  ['an insured limit below nought', `update customers set insured_limit_paise = -1`],
  ['half a paisa of insured limit', `update customers set insured_limit_paise = 0.5`],
  ['a limit that neither warns nor blocks', `update customers set on_limit = 'shout'`],
])('refuses %s in the file itself', (_what, sql) => {
  const { db } = temporary();
  db.write((tx) => {
    const customerId = aCustomer(tx);
    aBill(tx, customerId, { amount: 10, billDay: '2026-01-01' });
    moneyIn(tx, customerId, { amount: 10, day: '2026-01-02' });
    moneyIn(tx, customerId, { amount: 10, day: '2026-01-02', kind: 'credit-note' });
  });
  expect(() => db.write(({ sqlite }) => sqlite.exec(sql))).toThrow(/constraint|cannot store|datatype/i);
});

it('writes all of a transaction or nothing', () => {
  const { db } = temporary();
  expect(() =>
    db.write((tx) => {
      aBill(tx, aCustomer(tx), { amount: 10, billDay: '2026-01-01' });
      throw new Error('stop');
    }),
  ).toThrow('stop');
  expect(db.read(ledgerOf).bills).toEqual([]);
});

it('counts a cheque from its own day and a receipt from the day it came', () => {
  const { db } = temporary();
  db.write((tx) => {
    const customerId = aCustomer(tx);
    moneyIn(tx, customerId, { amount: 1, day: '2026-01-10' });
    moneyIn(tx, customerId, { amount: 1, day: '2026-01-10', chequeDay: '2026-02-10' });
    moneyIn(tx, customerId, { amount: 1, day: '2026-01-10', chequeDay: '2026-01-02' });
  });
  expect(db.read(ledgerOf).moneyIn.map((one) => one.effectiveDay)).toEqual([
    '2026-01-10',
    '2026-02-10',
    '2026-01-10',
  ]);
});

it('finds the bills of a customer and a bill by its number through an index', () => {
  const { db } = temporary();
  db.read(({ sqlite }) => {
    const planOf = (sql: string): string =>
      JSON.stringify(sqlite.prepare(`explain query plan ${sql}`).all()).toLowerCase();
    const byCustomer = planOf('select id from bills where customer_id = 1 order by due_day');
    expect(byCustomer).toContain('using covering index bills_customer');
    expect(byCustomer).not.toContain('temp b-tree');
    expect(planOf(`select id from bills where number = 'A-1'`)).toContain('bills_number');
    expect(planOf(`select id from bills where source = 'file' and source_key = 'x'`)).toContain(
      'bills_source_key',
    );
  });
});

it('refuses a file of a newer Baaki and leaves it as it was', () => {
  const { db, file, folder } = temporary();
  db.read(({ sqlite }) => void sqlite.pragma(`user_version = ${shippedMigrations.length + 1}`));
  db.close();
  expect(() => openDatabase(file, path.join(folder, 'backups'))).toThrow(NewerBookError);
  expect(existsSync(path.join(folder, 'backups'))).toBe(false);
});

it('makes a backup that is a whole book of its own', () => {
  const { db, folder } = temporary();
  const facts = { bookKey: 'k', name: 'Whole', baseCurrency: 'INR', timeZone: 'Asia/Kolkata', isDemo: false };
  db.write((tx) => {
    insertBook(tx, { ...facts, createdAt: 1, openedAt: 1 });
    aBill(tx, aCustomer(tx), { amount: 12.34, billDay: '2026-01-01' });
  });
  const { sqlite } = db.read((tx) => tx);
  const copy = backUp(sqlite, path.join(folder, 'backups'), 1);
  const again = openDatabase(copy, folder);
  onTestFinished(again.close);
  expect(again.read(bookRow)).toMatchObject({ name: 'Whole' });
  expect(again.read(ledgerOf).bills).toMatchObject([{ amountPaise: 1234 }]);
});

it('does not take a stray file in the folder for a book', () => {
  const { folder } = temporary();
  expect(peekBook(path.join(folder, 'not-there.baaki'))).toBeNull();
  expect(peekBook(import.meta.filename)).toBeNull();
});

const NEXT = {
  tag: '9998_next',
  sql: 'alter table bills add column weight integer;--> statement-breakpoint\nselect 1;',
};
const BROKEN = {
  tag: '9999_broken',
  sql: 'create table half (a integer) strict;--> statement-breakpoint\nnonsense;',
};

it('backs a book up before it migrates it, and the backup is of the schema before', () => {
  const { db, file, folder } = temporary();
  db.write((tx) => void aBill(tx, aCustomer(tx), { amount: 12.34, billDay: '2026-01-01' }));
  db.close();
  const backups = path.join(folder, 'backups');
  const migrated = openDatabase(file, backups, [...shippedMigrations, NEXT]);
  onTestFinished(migrated.close);
  expect(migrated.read(({ sqlite }) => sqlite.prepare('select weight from bills').all())).toEqual([
    { weight: null },
  ]);
  const copies = readdirSync(backups);
  expect(copies).toEqual([`test-before-schema-${shippedMigrations.length + 1}.baaki`]);
  const copy = openDatabase(path.join(backups, copies[0] ?? ''), folder);
  onTestFinished(copy.close);
  expect(copy.read(ledgerOf).bills).toMatchObject([{ amountPaise: 1234 }]);
});

it('leaves a book as it was when a migration fails half way', () => {
  const { db, file, folder } = temporary();
  db.write((tx) => void aBill(tx, aCustomer(tx), { amount: 5, billDay: '2026-01-01' }));
  db.close();
  expect(() => openDatabase(file, folder, [...shippedMigrations, NEXT, BROKEN])).toThrow(/syntax/);
  const again = openDatabase(file, folder);
  onTestFinished(again.close);
  again.read(({ sqlite }) => {
    expect(sqlite.pragma('user_version', { simple: true })).toBe(shippedMigrations.length);
    expect(sqlite.prepare("select name from sqlite_schema where name = 'half'").all()).toEqual([]);
  });
  expect(again.read(ledgerOf).bills).toHaveLength(1);
});

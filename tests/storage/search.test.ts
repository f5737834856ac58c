import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { nameKeyOf } from '#domain/imports/names.ts';
import { insertContact, setContactRemoved, updateContact } from '#engine/storage/contacts.ts';
import {
  customerIdsMatching,
  deleteIdleCustomersOfBatch,
  insertCustomer,
  updateCustomer,
} from '#engine/storage/customers.ts';
import { openDatabase, type BookFile } from '#engine/storage/database.ts';
import { insertEdits } from '#engine/storage/edits.ts';
import { insertBatch } from '#engine/storage/imports.ts';
import { tagWriter } from '#engine/storage/tags.ts';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { aCustomer } from '../builders/facts.ts';

function temporary(): BookFile {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-search-'));
  const db = openDatabase(path.join(folder, 'test.baaki'), folder);
  onTestFinished(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return db;
}

const found = (db: BookFile, text: string): readonly number[] | null =>
  db.read((tx) => customerIdsMatching(tx, text));
/** The search tables against what they were made from, as SQLite itself compares them. */
function expectInStep(db: BookFile): void {
  const rows = (sql: string): unknown => db.read(({ sqlite }) => sqlite.prepare(sql).all());
  expect(rows('select rowid as id, text from customers_fts order by rowid')).toEqual(
    rows('select id, text from customer_search order by id'),
  );
  db.write(({ sqlite }) =>
    sqlite.exec(`insert into customers_fts (customers_fts) values ('integrity-check')`),
  );
}

it('keeps the search in step with customers who are added, changed and taken out', () => {
  const db = temporary();
  const id = db.write((tx) => aCustomer(tx, 'Asha Stores'));
  expect(found(db, 'ha sto')).toEqual([id]);
  const columns = { name: 'Iyer Mills', nameKey: 'iyermills', code: 'C-77', phone: '+91 98765 43210' };
  db.write((tx) => updateCustomer(tx, id, { ...columns, email: 'a@iyer.in', gstin: '27AAPFU0939F1ZV' }));
  expect(found(db, 'ha sto')).toEqual([]);
  for (const text of ['er mil', 'ermil', 'c-77', '987654', '@iyer', 'aapfu'])
    expect(found(db, text)).toEqual([id]);
  expectInStep(db);
  db.write(({ sqlite }) => sqlite.exec('delete from customers'));
  expect(found(db, 'iyer')).toEqual([]);
  expectInStep(db);
});

it('keeps the search in step with contacts who are added, changed, removed and brought back', () => {
  const db = temporary();
  const customerId = db.write((tx) => aCustomer(tx, 'Asha Stores'));
  const facts = { role: 'owner', name: 'Ravi', phone: '+91 99887 76655', email: null } as const;
  const contactId = db.write((tx) => insertContact(tx, { ...facts, customerId, createdAt: 0 }));
  for (const text of ['ravi', '99887 76655', '9988776655']) expect(found(db, text)).toEqual([customerId]);
  db.write((tx) => updateContact(tx, contactId, { ...facts, name: 'Meena', email: 'm@asha.in' }));
  expect([found(db, 'ravi'), found(db, 'meena'), found(db, 'm@asha')]).toEqual([
    [],
    [customerId],
    [customerId],
  ]);
  db.write((tx) => setContactRemoved(tx, contactId, 1));
  expect([found(db, 'meena'), found(db, 'asha')]).toEqual([[], [customerId]]);
  db.write((tx) => setContactRemoved(tx, contactId, null));
  expect(found(db, 'meena')).toEqual([customerId]);
  expectInStep(db);
});

it('finds everybody for an empty text, by null, and names by their beginning for one or two letters', () => {
  const db = temporary();
  const ids = db.write((tx) => ['Asha', 'Ashok', 'Natasha'].map((name) => aCustomer(tx, name)));
  expect(found(db, '  ')).toBeNull();
  expect(found(db, 'as')).toEqual([ids[0], ids[1]]);
  expect(found(db, 'asha')?.toSorted()).toEqual([ids[0], ids[2]]);
});

it('finds the same customers as one who reads every line, whatever is typed', () => {
  const db = temporary();
  const letters = fc.constantFrom(...'aAbB1 %_.&-शमर्ा'.split(''));
  const names = fc.array(fc.string({ unit: letters, minLength: 1, maxLength: 12 }), {
    minLength: 1,
    maxLength: 8,
  });
  const typed = fc.string({ unit: letters, minLength: 1, maxLength: 6 });
  const search = fc.record({
    names,
    typed,
    from: fc.nat(8),
    at: fc.nat(8),
    length: fc.integer({ min: 1, max: 6 }),
  });
  fc.assert(
    fc.property(search, ({ names: given, typed: free, from, at, length }) => {
      const known = given.filter((name) => name.trim() !== '');
      db.write(({ sqlite }) => sqlite.exec('delete from customers'));
      const ids = db.write((tx) =>
        known.map((name) => insertCustomer(tx, { ...bare(name), nameKey: nameKeyOf(name) })),
      );
      // Half of what is typed is a part of a name.
      for (const text of [free, (known[from] ?? '').slice(at, at + length)]) {
        const expected = ids.filter((_, index) => reads(known[index] ?? '', text));
        const answer = found(db, text);
        expect(answer?.toSorted((a, b) => a - b) ?? ids).toEqual(expected);
      }
    }),
    { numRuns: 150 },
  );
});

let lastKey = 0;
const bare = (name: string) => ({ name, source: 'test', sourceKey: String((lastKey += 1)), createdAt: 0 });

/** What the search promises, said plainly. */
function reads(name: string, text: string): boolean {
  const plain = text.trim().toLowerCase();
  if (plain === '') return true;
  const isLong = (word: string): boolean => Array.from(word).length >= 3;
  const line = `${name.toLowerCase()}\n${nameKeyOf(name)}`;
  const words = plain.split(/\s+/u);
  const parts = words.some(isLong) ? words : [plain];
  const key = nameKeyOf(text);
  const digits = /^[\d\s()+./-]+$/.test(plain) ? plain.replaceAll(/\D/g, '') : '';
  return (
    nameKeyOf(name).startsWith(key) ||
    (parts.some(isLong) && parts.every((word) => line.includes(word))) ||
    (isLong(key) && line.includes(key)) ||
    (isLong(digits) && line.includes(digits))
  );
}

it('answers a search from the trigram index and from the index of names, never from the whole table', () => {
  const db = temporary();
  const planOf = (sql: string): string =>
    db.read(({ sqlite }) => JSON.stringify(sqlite.prepare(`explain query plan ${sql}`).all()).toLowerCase());
  // “l” and a column's number: the search table was handed the LIKE.
  expect(planOf(`select rowid from customers_fts where text like '%abc%' limit 5`)).toMatch(
    /virtual table index \d+:l0/,
  );
  expect(planOf(`select rowid from customers_fts where text like '%abc%' and text like '%def%'`)).toMatch(
    /virtual table index \d+:l0l0/,
  );
  const byName = planOf(
    `select id, name, code from customers where name_key >= 'a' and name_key < 'b' order by name_key, id limit 20`,
  );
  expect(byName).toContain('using index customers_name_key');
  expect(byName).not.toContain('temp b-tree');
});

const BATCH = { fileName: 'a.csv', fileSha256: '', layout: 'list', mapJson: '{}', importedAt: 1 };
const COUNTS = { takenRowCount: 0, refusedRowCount: 0, leftOutRowCount: 0, addedBillCount: 0 };
const SUMS = { changedBillCount: 0, billPaise: 0, receiptPaise: 0, creditPaise: 0, openPaise: 0 };

it('takes out the customers of an import who have nothing else, and leaves each who has anything', () => {
  const db = temporary();
  const left = db.write((tx) => {
    const { id: importBatchId } = insertBatch(tx, { ...BATCH, ...COUNTS, ...SUMS });
    const of = (name: string): number => {
      const origin = { source: 'file', sourceKey: name, importBatchId, createdAt: 1 };
      return insertCustomer(tx, { name, nameKey: name.toLowerCase(), ...origin });
    };
    of('Idle');
    const [contact, removed, note, tag, alias, edit, parent, limit] = [
      of('Contact'),
      of('Removed'),
      of('Note'),
      of('Tag'),
      of('Alias'),
      of('Edit'),
      of('Parent'),
      of('Limit'),
    ];
    const child = insertCustomer(tx, {
      name: 'Child',
      nameKey: 'child',
      source: 'manual',
      sourceKey: 'c',
      createdAt: 1,
      parentId: parent,
    });
    const person = { role: 'owner', name: 'Ravi', phone: null, email: null, createdAt: 1 } as const;
    insertContact(tx, { ...person, customerId: contact });
    setContactRemoved(tx, insertContact(tx, { ...person, customerId: removed }), 2);
    tx.sqlite.exec(`insert into notes (customer_id, text, created_at) values (${note}, 'Called.', 1)`);
    tagWriter(tx).put(tag, 'VIP');
    tx.sqlite.exec(`insert into customer_aliases values ('other', ${alias}, 1)`);
    const edited = {
      noun: 'customer',
      rowId: edit,
      customerId: edit,
      editedAt: 2,
      importBatchId: null,
    } as const;
    insertEdits(tx, edited, [{ field: 'phone', before: null, after: '1' }]);
    updateCustomer(tx, limit, { insuredLimitPaise: 5 });
    expect(deleteIdleCustomersOfBatch(tx, importBatchId)).toBe(1);
    return [contact, removed, note, tag, alias, edit, parent, limit, child];
  });
  const ids = db.read(({ sqlite }) => sqlite.prepare('select id from customers order by id').pluck().all());
  expect(ids).toEqual(left);
  expect(db.read(({ sqlite }) => sqlite.pragma('foreign_key_check'))).toEqual([]);
});

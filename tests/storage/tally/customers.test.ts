import { paise } from '#domain/money.ts';
import { aliases, saveAlias } from '#engine/storage/aliases.ts';
import { customerById, updateCustomer } from '#engine/storage/customers.ts';
import type { BookFile } from '#engine/storage/database.ts';
import { editsOfCustomer, fieldChanges, insertEdits } from '#engine/storage/edits.ts';
import { putTallyCustomer, type TallyCustomerFacts } from '#engine/storage/tally-customers.ts';
import { describe, expect, it } from 'vitest';
import { aTallyCustomer, emptyBook, NOW } from './tally-book.ts';

const put = (db: BookFile, facts: Partial<TallyCustomerFacts>, now = NOW): number =>
  db.write((tx) => putTallyCustomer(tx, aTallyCustomer(1, facts), now));

/** As the customer's form does it. */
function correct(
  db: BookFile,
  customerId: number,
  facts: { readonly phone: string | null },
  editedAt: number,
): void {
  db.write((tx) => {
    const before = customerById(tx, customerId);
    const of = { noun: 'customer', rowId: customerId, customerId, editedAt, importBatchId: null } as const;
    insertEdits(tx, of, fieldChanges({ phone: before?.phone ?? null }, facts));
    updateCustomer(tx, customerId, facts);
  });
}

describe('a customer from Tally', () => {
  it('keeps his id through a rename, and the old name among his edits', () => {
    const db = emptyBook();
    const id = put(db, { name: 'Asha Stores', nameKey: 'ashastores', creditLimitPaise: paise(500) });
    expect(put(db, { name: 'Asha Mart', nameKey: 'ashamart', creditDays: 45 }, NOW + 1)).toBe(id);
    const row = db.read((tx) => customerById(tx, id));
    expect(row).toMatchObject({ name: 'Asha Mart', creditDays: 45, creditLimitPaise: null });
    const edits = db.read((tx) => editsOfCustomer(tx, id, 10));
    expect(new Set(edits.map((one) => [one.field, one.before, one.after].join()))).toEqual(
      new Set(['name,Asha Stores,Asha Mart', 'creditDays,,45', 'creditLimitPaise,500,']),
    );
    expect(db.read((tx) => tx.sqlite.prepare('select name_key from customers').pluck().get())).toBe(
      'ashamart',
    );
  });

  it('takes each new value of Tally, and nothing is written where nothing changed', () => {
    const db = emptyBook();
    const id = put(db, { phone: '+919800000001' });
    put(db, { phone: '+919800000002' }, NOW + 1);
    put(db, { phone: '+919800000003' }, NOW + 2);
    put(db, { phone: '+919800000003' }, NOW + 3);
    expect(db.read((tx) => customerById(tx, id))?.phone).toBe('+919800000003');
    expect(db.read((tx) => editsOfCustomer(tx, id, 10))).toHaveLength(2);
  });

  it('keeps what a person corrected, an emptied field too, while his other fields follow Tally', () => {
    const db = emptyBook();
    const id = put(db, { phone: '+919800000001', email: 'a@b.in' });
    correct(db, id, { phone: '+919811111111' }, NOW + 1);
    put(db, { phone: '+919800000002', email: 'new@b.in' }, NOW + 2);
    expect(db.read((tx) => customerById(tx, id))).toMatchObject({
      phone: '+919811111111',
      email: 'new@b.in',
    });
    correct(db, id, { phone: null }, NOW + 3);
    put(db, { phone: '+919800000002', email: 'newer@b.in' }, NOW + 4);
    expect(db.read((tx) => customerById(tx, id))).toMatchObject({ phone: null, email: 'newer@b.in' });
  });

  it('brings his other names, but takes none that the user gave to somebody else', () => {
    const db = emptyBook();
    const other = db.write((tx) => putTallyCustomer(tx, aTallyCustomer(2), NOW));
    db.write((tx) => saveAlias(tx, { nameKey: 'taken', customerId: other, createdAt: 1 }));
    const id = put(db, { aliasKeys: ['asha', 'taken'] });
    expect(db.read(aliases)).toEqual(
      new Map([
        ['asha', id],
        ['taken', other],
      ]),
    );
  });
});

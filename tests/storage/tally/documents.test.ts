import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import type { DerivedDocuments } from '#domain/tally/party.ts';
import { openApplicationsOf } from '#engine/storage/allocation-sides.ts';
import { allocationWriter } from '#engine/storage/allocations.ts';
import { updateBill } from '#engine/storage/bills.ts';
import type { BookFile, ReadTx } from '#engine/storage/database.ts';
import { editsOfCustomer } from '#engine/storage/edits.ts';
import { putTallyCustomer } from '#engine/storage/tally-customers.ts';
import { applyDerived, documentWriter, GONE_FROM_TALLY } from '#engine/storage/tally-documents.ts';
import { describe, expect, it } from 'vitest';
import {
  aDerivedBill,
  aDerivedCredit,
  aDerivedReceipt,
  aTallyCustomer,
  emptyBook,
  nothing,
  NOW,
  settled,
} from './tally-book.ts';

function bookOfOne() {
  const db = emptyBook();
  const customerId = db.write((tx) => putTallyCustomer(tx, aTallyCustomer(1), NOW));
  const apply = (derived: DerivedDocuments, now = NOW) =>
    db.write((tx) => applyDerived(tx, { customerId, derived, now }));
  return { db, customerId, apply };
}

const full: DerivedDocuments = {
  bills: [aDerivedBill('B1', 1000), aDerivedBill('B2', 500)],
  receipts: [aDerivedReceipt('R1', 700)],
  credits: [aDerivedCredit('C1', 200)],
  allocations: [
    settled('B1', 'R1', { amount: 700 }),
    settled('B1', 'C1', { amount: 100, kind: 'credit', on: '2026-03-01' }),
  ],
};

const rowsOf = (tx: ReadTx) => ({
  bills: tx.sqlite.prepare('select * from bills order by id').all(),
  receipts: tx.sqlite.prepare('select * from receipts order by id').all(),
  credits: tx.sqlite.prepare('select * from credits order by id').all(),
  allocations: tx.sqlite.prepare('select * from allocations order by id').all(),
  edits: tx.sqlite.prepare('select * from edits order by id').all(),
});

const billIdOf = (tx: ReadTx, key: string): number =>
  Number(tx.sqlite.prepare('select id from bills where source_key = ?').pluck().get(key));
const receiptIdOf = (tx: ReadTx, key: string): number =>
  Number(tx.sqlite.prepare('select id from receipts where source_key = ?').pluck().get(key));

/** A person applies a receipt that came from Tally to a bill that came from Tally. */
function applyByHand(
  db: BookFile,
  wish: { readonly bill: string; readonly receipt: string; readonly amount: number; readonly on: string },
): number {
  return db.write((tx) =>
    allocationWriter(tx).insert({
      billId: billIdOf(tx, wish.bill),
      receiptId: receiptIdOf(tx, wish.receipt),
      creditId: null,
      instalmentId: null,
      allocationDay: day(wish.on),
      amountPaise: paise(wish.amount),
      foreignMinor: null,
      reversesId: null,
      createdAt: NOW,
      source: 'manual',
      sourceKey: `hand ${wish.bill} ${wish.receipt} ${wish.on}`,
      importBatchId: null,
    }),
  );
}

function takeBackByHand(db: BookFile, allocationId: number, on: string): void {
  db.write((tx) => {
    tx.sqlite
      .prepare(
        `insert into allocations (bill_id, receipt_id, credit_id, allocation_day, amount_paise, reverses_id, created_at,
                                  source, source_key)
         select bill_id, receipt_id, credit_id, ?, -amount_paise, id, 0, 'manual', 'undo of ' || id
           from allocations where id = ?`,
      )
      .run(on, allocationId);
  });
}

describe('what was derived from Tally', () => {
  it('is added once: putting it again changes nothing, not even a row', () => {
    const { db, apply } = bookOfOne();
    expect(apply(full)).toEqual({ added: 4, changed: 0, gone: 0, undone: 0 });
    const before = db.read(rowsOf);
    expect(before.bills).toHaveLength(2);
    expect(before.allocations).toHaveLength(2);
    expect(apply(full, NOW + 5)).toEqual({ added: 0, changed: 0, gone: 0, undone: 0 });
    expect(db.read(rowsOf)).toEqual(before);
  });

  it('changes in place, with the old value kept as said by Tally', () => {
    const { db, customerId, apply } = bookOfOne();
    apply(full);
    const billId = db.read((tx) => billIdOf(tx, 'B2'));
    const bills = [aDerivedBill('B1', 1000), { ...aDerivedBill('B2', 650), dueDay: day('2026-04-01') }];
    expect(apply({ ...full, bills })).toEqual({ added: 0, changed: 1, gone: 0, undone: 0 });
    const edits = db.read((tx) => editsOfCustomer(tx, customerId, 10));
    expect(edits.map(({ noun, rowId, field, before, after }) => [noun, rowId, field, before, after])).toEqual(
      expect.arrayContaining([
        ['bill', billId, 'amountPaise', '500', '650'],
        ['bill', billId, 'dueDay', '2026-01-01', '2026-04-01'],
      ]),
    );
    expect(edits).toHaveLength(2);
    const said = db.read((tx) => tx.sqlite.prepare('select distinct by_tally from edits').pluck().all());
    expect(said).toEqual([1]);
  });

  it('changes without old values where Baaki only came to know more', () => {
    const { db, customerId, apply } = bookOfOne();
    apply(full);
    const derived = { ...full, bills: [aDerivedBill('B1', 1200), aDerivedBill('B2', 500)] };
    db.write((tx) => applyDerived(tx, { customerId, derived, now: NOW, keepsOldValues: false }));
    expect(db.read((tx) => editsOfCustomer(tx, customerId, 10))).toEqual([]);
    expect(db.read((tx) => tx.sqlite.prepare('select amount_paise from bills').pluck().all())).toContain(
      1200,
    );
  });

  it('is voided when it is gone, and comes back as the same row', () => {
    const { db, apply } = bookOfOne();
    apply(full);
    const billId = db.read((tx) => billIdOf(tx, 'B1'));
    expect(apply({ ...nothing, bills: [aDerivedBill('B2', 500)] })).toEqual({
      added: 0,
      changed: 0,
      gone: 3,
      undone: 0,
    });
    const voids = db.read((tx) =>
      tx.sqlite.prepare('select source_key, void_reason from bills where voided_at is not null').raw().all(),
    );
    expect(voids).toEqual([['B1', GONE_FROM_TALLY]]);
    expect(db.read((tx) => tx.sqlite.prepare('select count(*) from allocations').pluck().get())).toBe(0);
    expect(apply(full)).toEqual({ added: 0, changed: 3, gone: 0, undone: 0 });
    const after = db.read(rowsOf);
    expect(after.bills).toHaveLength(2);
    expect(after.bills[0]).toMatchObject({ id: billId, voided_at: null, void_reason: null });
    expect(after.allocations).toHaveLength(2);
  });

  it('leaves a document void that a person has voided', () => {
    const { db, apply } = bookOfOne();
    apply(full);
    db.write((tx) => updateBill(tx, billIdOf(tx, 'B2'), { voidedAt: 5, voidReason: 'Entered twice.' }));
    expect(apply(full)).toEqual({ added: 0, changed: 0, gone: 0, undone: 0 });
    expect(apply(nothing).gone).toBe(3);
    apply(full);
    const reasons = db.read((tx) => tx.sqlite.prepare('select void_reason from bills').pluck().all());
    expect(reasons).toEqual([null, 'Entered twice.']);
  });

  it.each([
    ['his new customer first', [2, 1]],
    ['his old customer first', [1, 2]],
  ])('moves with a voucher to another customer, %s', (_how, order) => {
    const { db, customerId, apply } = bookOfOne();
    const otherId = db.write((tx) => putTallyCustomer(tx, aTallyCustomer(2), NOW));
    apply({ ...full, allocations: [settled('B1', 'R1', { amount: 700 })] });
    const receiptId = db.read((tx) => receiptIdOf(tx, 'R1'));
    const now: Readonly<Record<number, readonly [number, DerivedDocuments]>> = {
      1: [customerId, { ...full, receipts: [], allocations: [] }],
      2: [
        otherId,
        {
          ...nothing,
          bills: [aDerivedBill('X1', 900)],
          receipts: [aDerivedReceipt('R1', 700)],
          allocations: [{ ...settled('X1', 'R1', { amount: 700 }), sourceKey: 'B1<R1' }],
        },
      ],
    };
    db.write((tx) => {
      const writer = documentWriter(tx, { now: NOW });
      for (const which of order) {
        const one = now[which];
        if (one) writer.apply(...one);
      }
      writer.flush();
    });
    const receipt = db.read((tx) =>
      tx.sqlite.prepare('select id, customer_id, voided_at from receipts').get(),
    );
    expect(receipt).toEqual({ id: receiptId, customer_id: otherId, voided_at: null });
    const applied = db.read((tx) =>
      tx.sqlite
        .prepare('select b.source_key from allocations a join bills b on b.id = a.bill_id')
        .pluck()
        .all(),
    );
    expect(applied).toEqual(['X1']);
    for (const one of [now[1], now[2]]) {
      if (!one) throw new Error('No customer.');
      const [id, derived] = one;
      const again = db.write((tx) => applyDerived(tx, { customerId: id, derived, now: NOW }));
      expect(again).toEqual({ added: 0, changed: 0, gone: 0, undone: 0 });
    }
  });
});

describe('what people applied', () => {
  const open = { ...full, allocations: [] };

  it('stays while it fits', () => {
    const { db, apply } = bookOfOne();
    apply(open);
    applyByHand(db, { bill: 'B2', receipt: 'R1', amount: 300, on: '2026-02-05' });
    const derived = { ...open, bills: [aDerivedBill('B1', 1000), aDerivedBill('B2', 300)] };
    expect(apply(derived)).toMatchObject({ changed: 1, undone: 0 });
    expect(apply({ ...derived, allocations: [settled('B1', 'R1', { amount: 400 })] }).undone).toBe(0);
    const live = db.read((tx) => openApplicationsOf(tx, { kind: 'receipt', id: receiptIdOf(tx, 'R1') }));
    expect(live.map((one) => one.span.amountPaise)).toEqual([300, 400]);
  });

  it('is taken back newest first, from the day on which it no longer fits', () => {
    const { db, apply } = bookOfOne();
    apply(open);
    const first = applyByHand(db, { bill: 'B1', receipt: 'R1', amount: 300, on: '2026-02-05' });
    const second = applyByHand(db, { bill: 'B1', receipt: 'R1', amount: 400, on: '2026-02-06' });
    const derived = { ...open, allocations: [settled('B2', 'R1', { amount: 350, on: '2026-03-10' })] };
    expect(apply(derived)).toEqual({ added: 0, changed: 0, gone: 0, undone: 1 });
    const backs = db.read((tx) =>
      tx.sqlite
        .prepare(
          'select reverses_id, allocation_day, amount_paise from allocations where reverses_id is not null',
        )
        .raw()
        .all(),
    );
    expect(backs).toEqual([[second, '2026-03-10', -400]]);
    expect(first).toBeLessThan(second);
    expect(apply(derived)).toEqual({ added: 0, changed: 0, gone: 0, undone: 0 });
  });

  it('makes way on its own day when Tally settles the same bill before', () => {
    const { db, apply } = bookOfOne();
    apply(open);
    const byHand = applyByHand(db, { bill: 'B2', receipt: 'R1', amount: 500, on: '2026-03-05' });
    const derived = { ...open, allocations: [settled('B2', 'R1', { amount: 500, on: '2026-02-01' })] };
    expect(apply(derived).undone).toBe(1);
    const back = db.read((tx) =>
      tx.sqlite.prepare('select allocation_day from allocations where reverses_id = ?').pluck().get(byHand),
    );
    expect(back).toBe('2026-03-05');
  });

  it('waits with a document that is gone, and comes back with it', () => {
    const { db, apply } = bookOfOne();
    apply(open);
    const byHand = applyByHand(db, { bill: 'B2', receipt: 'R1', amount: 500, on: '2026-03-05' });
    expect(apply({ ...open, bills: [aDerivedBill('B1', 1000)] })).toMatchObject({ gone: 1, undone: 0 });
    expect(apply(open).undone).toBe(0);
    const live = db.read((tx) => openApplicationsOf(tx, { kind: 'bill', id: billIdOf(tx, 'B2') }));
    expect(live.map((one) => one.span.allocationId)).toEqual([byHand]);
  });

  it('was taken back by a person for good: what Tally applied stays taken back, however it changes', () => {
    const { db, apply } = bookOfOne();
    apply(full);
    const tallys = db.read((tx) =>
      Number(tx.sqlite.prepare(`select id from allocations where source_key = 'B1<R1'`).pluck().get()),
    );
    takeBackByHand(db, tallys, '2026-02-20');
    const changed = { ...full, allocations: [settled('B1', 'R1', { amount: 600, on: '2026-02-25' })] };
    apply(changed);
    const sums = db.read((tx) =>
      tx.sqlite
        .prepare('select sum(amount_paise), max(allocation_day), count(*) from allocations')
        .raw()
        .get(),
    );
    expect(sums).toEqual([0, '2026-02-25', 2]);
    apply({ ...full, allocations: [] });
    expect(db.read((tx) => tx.sqlite.prepare('select count(*) from allocations').pluck().get())).toBe(0);
  });

  it('is taken back where its money has gone to a customer who pays nothing here', () => {
    const { db, customerId, apply } = bookOfOne();
    const otherId = db.write((tx) => putTallyCustomer(tx, aTallyCustomer(2), NOW));
    apply(open);
    applyByHand(db, { bill: 'B2', receipt: 'R1', amount: 300, on: '2026-02-05' });
    const derived = { ...nothing, receipts: [aDerivedReceipt('R1', 700)] };
    const counts = db.write((tx) => applyDerived(tx, { customerId: otherId, derived, now: NOW }));
    expect(counts).toEqual({ added: 0, changed: 1, gone: 0, undone: 1 });
    expect(customerId).not.toBe(otherId);
  });
});

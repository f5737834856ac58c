import { mayPay, peakFrom, roomFrom } from '#domain/allocation.ts';
import { addDays, day, laterDay } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { billSides, moneySides } from '#engine/storage/allocation-sides.ts';
import { allocationWriter } from '#engine/storage/allocations.ts';
import type { BookFile, ReadTx } from '#engine/storage/database.ts';
import { putTallyCustomer } from '#engine/storage/tally-customers.ts';
import { applyDerived } from '#engine/storage/tally-documents.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyDerived, at, D } from './any-derived.ts';
import { aTallyCustomer, emptyBook, NOW } from './tally-book.ts';

const anyStep = fc.record({
  derived: anyDerived,
  byHand: fc.array(
    fc.record({ bill: fc.nat(), money: fc.nat(), share: fc.integer({ min: 1, max: 100 }), at }),
    {
      maxLength: 4,
    },
  ),
  takenBack: fc.array(fc.record({ which: fc.nat(), at }), { maxLength: 2 }),
});
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

function workByHand(db: BookFile, { byHand, takenBack }: Step, round: number): void {
  db.write((tx) => {
    const writer = allocationWriter(tx);
    const fixed = {
      instalmentId: null,
      foreignMinor: null,
      createdAt: NOW,
      source: 'manual',
      importBatchId: null,
    };
    byHand.forEach((one, nth) => {
      const bills = [...billSides(tx, 'book').values()];
      const money = [
        ...moneySides(tx, 'receipt', 'book').values(),
        ...moneySides(tx, 'credit', 'book').values(),
      ];
      const [bill, from] = [bills[one.bill % bills.length], money[one.money % money.length]];
      if (!bill || !from || !mayPay(from, bill)) return;
      const on = addDays(D, one.at);
      const room = Math.min(roomFrom(bill, on), roomFrom(from, on));
      const part = Math.ceil((room * one.share) / 100);
      if (part <= 0) return;
      const receiptId = from.kind === 'receipt' ? from.documentId : null;
      const creditId = from.kind === 'credit' ? from.documentId : null;
      const ends = { billId: bill.billId, receiptId, creditId, allocationDay: on, amountPaise: paise(part) };
      writer.insert({ ...fixed, ...ends, reversesId: null, sourceKey: `${round}.${nth}` });
    });
    takenBack.forEach((one, nth) => {
      const open = tx.sqlite
        .prepare<
          [],
          {
            id: number;
            billId: number;
            receiptId: number | null;
            creditId: number | null;
            day: string;
            amount: number;
          }
        >(
          `select id, bill_id as billId, receipt_id as receiptId, credit_id as creditId, allocation_day as day,
                  amount_paise as amount
             from allocations a where reverses_id is null and (select voided_at from bills where id = bill_id) is null
              and coalesce((select voided_at from receipts where id = receipt_id), (select voided_at from credits where id = credit_id)) is null
              and not exists (select 1 from allocations u where u.reverses_id = a.id)`,
        )
        .all();
      const row = open[one.which % open.length];
      if (!row) return;
      const { id, billId, receiptId, creditId } = row;
      const allocationDay = laterDay(day(row.day), addDays(D, one.at));
      const back = { billId, receiptId, creditId, allocationDay, amountPaise: paise(0 - row.amount) };
      writer.insert({ ...fixed, ...back, reversesId: id, sourceKey: `back ${round}.${nth}` });
    });
  });
}

/** The documents that count, as the book has them from Tally. */
function standing(tx: ReadTx) {
  const of = (table: string, columns: string): unknown[] =>
    tx.sqlite
      .prepare(
        `select source_key, ${columns}, amount_paise from ${table} where source = 'tally' and voided_at is null
                 order by source_key`,
      )
      .raw()
      .all();
  const applied = tx.sqlite
    .prepare(
      `select a.source_key, a.allocation_day, a.amount_paise from allocations a
        where a.source = 'tally' and a.reverses_id is null order by a.source_key`,
    )
    .raw()
    .all();
  return {
    bills: of('bills', 'bill_day, due_day'),
    receipts: of('receipts', 'receipt_day'),
    credits: of('credits', 'kind, credit_day'),
    applied,
  };
}

function nothingIsOverApplied(tx: ReadTx): void {
  const sides = [billSides(tx, 'book'), moneySides(tx, 'receipt', 'book'), moneySides(tx, 'credit', 'book')];
  for (const side of sides) {
    for (const one of side.values()) expect(peakFrom(one.spans, null)).toBeLessThanOrEqual(one.amountPaise);
  }
}

it('equals a fresh book after any sequence, over-applies nothing on any day, and loses no work of people that fits', () => {
  const db = emptyBook();
  let key = 0;
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 1, maxLength: 5 }), (steps) => {
      const customerId = db.write((tx) => {
        for (const table of ['edits', 'allocations', 'bills', 'receipts', 'credits', 'customers']) {
          if (table === 'allocations')
            tx.sqlite.exec('delete from allocations where reverses_id is not null');
          tx.sqlite.exec(`delete from ${table}`);
        }
        key += 1;
        return putTallyCustomer(tx, aTallyCustomer(key), NOW);
      });
      for (const [round, step] of steps.entries()) {
        const { derived } = step;
        db.write((tx) => applyDerived(tx, { customerId, derived, now: NOW }));
        const has = db.read(standing);
        expect(has.bills).toHaveLength(derived.bills.length);
        expect(has.receipts).toHaveLength(derived.receipts.length);
        expect(has.credits).toHaveLength(derived.credits.length);
        expect(new Set(has.applied)).toEqual(
          new Set(derived.allocations.map((one) => [one.sourceKey, one.allocationDay, one.amountPaise])),
        );
        expect(new Set(has.bills)).toEqual(
          new Set(derived.bills.map((one) => [one.sourceKey, one.billDay, one.dueDay, one.amountPaise])),
        );
        db.read(nothingIsOverApplied);
        const again = db.write((tx) => applyDerived(tx, { customerId, derived, now: NOW }));
        expect(again).toEqual({ added: 0, changed: 0, gone: 0, undone: 0 });
        workByHand(db, step, round);
        db.read(nothingIsOverApplied);
        const kept = db.write((tx) => applyDerived(tx, { customerId, derived, now: NOW }));
        expect(kept).toEqual({ added: 0, changed: 0, gone: 0, undone: 0 });
      }
    }),
    { numRuns: 25 },
  );
});

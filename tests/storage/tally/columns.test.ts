import { DEFAULT_VIEW } from '#domain/aging.ts';
import { figuresAt, hasOpen, sumsByCustomer } from '#domain/aging-columns.ts';
import { addDays, day } from '#domain/days.ts';
import { columnsOf, type LedgerColumns } from '#domain/ledger-columns.ts';
import type { DerivedDocuments } from '#domain/tally/party.ts';
import { columnsNow } from '#engine/services/ledger.ts';
import type { BookFile } from '#engine/storage/database.ts';
import { factsOfBook } from '#engine/storage/ledger-facts.ts';
import { putTallyCustomer } from '#engine/storage/tally-customers.ts';
import { applyDerived } from '#engine/storage/tally-documents.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyDerived, D } from './any-derived.ts';
import {
  aDerivedBill,
  aDerivedReceipt,
  aTallyCustomer,
  emptyBook,
  nothing,
  NOW,
  settled,
} from './tally-book.ts';

const TODAY = day('2026-06-15');

function figures(columns: LedgerColumns): unknown {
  return [0, 10, 30, 150].map((days) => {
    const sums = sumsByCustomer(columns, { asOf: addDays(D, days), today: TODAY, view: DEFAULT_VIEW });
    return [...columns.customers.ids]
      .flatMap((id, place) => (hasOpen(sums, place) ? [[id, figuresAt(sums, place)] as const] : []))
      .toSorted(([a], [b]) => a - b);
  });
}

/** What is kept in memory from write to write says the same as the file read anew. */
function keepsUp(db: BookFile): void {
  const anew = figures(columnsOf(db.read(factsOfBook), TODAY));
  expect(figures(columnsNow(db, TODAY))).toEqual(anew);
}

it('is seen by the figures in memory, whatever a sync adds, changes, voids, restores and settles', () => {
  const db = emptyBook();
  let key = 0;
  fc.assert(
    fc.property(fc.array(anyDerived, { minLength: 1, maxLength: 6 }), fc.nat(3), (steps, quiet) => {
      key += 1;
      const customerId = db.write((tx) => putTallyCustomer(tx, aTallyCustomer(key), NOW));
      steps.forEach((derived, round) => {
        const own = withOwnKeys(derived, key);
        db.write((tx) => applyDerived(tx, { customerId, derived: own, now: NOW }));
        // Sometimes several writes go by before anybody looks.
        if (round % (quiet + 1) === 0) keepsUp(db);
      });
      keepsUp(db);
    }),
    { numRuns: 30 },
  );
});

function withOwnKeys(derived: DerivedDocuments, own: number): DerivedDocuments {
  const keyed = <T extends { readonly sourceKey: string }>(rows: readonly T[]): T[] =>
    rows.map((row) => ({ ...row, sourceKey: `${own}|${row.sourceKey}` }));
  return {
    bills: keyed(derived.bills),
    receipts: keyed(derived.receipts),
    credits: keyed(derived.credits),
    allocations: keyed(derived.allocations).map((row) => ({
      ...row,
      billKey: `${own}|${row.billKey}`,
      moneyKey: `${own}|${row.moneyKey}`,
    })),
  };
}

it('is seen where an application takes the id of the last one, which was taken out before', () => {
  const db = emptyBook();
  const customerId = db.write((tx) => putTallyCustomer(tx, aTallyCustomer(1), NOW));
  const open = {
    ...nothing,
    bills: [aDerivedBill('B1', 100), aDerivedBill('B2', 200)],
    receipts: [aDerivedReceipt('R1', 100), aDerivedReceipt('R2', 200)],
  };
  const apply = (...allocations: readonly ReturnType<typeof settled>[]) =>
    db.write((tx) => applyDerived(tx, { customerId, derived: { ...open, allocations }, now: NOW }));
  apply(settled('B1', 'R1', { amount: 100 }));
  keepsUp(db);
  apply();
  apply(settled('B2', 'R2', { amount: 200 }));
  expect(db.read((tx) => tx.sqlite.prepare('select id from allocations').pluck().all())).toEqual([1]);
  keepsUp(db);
});

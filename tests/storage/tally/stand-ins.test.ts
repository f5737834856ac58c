import { deriveParty, isStandIn } from '#domain/tally/derive.ts';
import type { DerivedDocuments } from '#domain/tally/party.ts';
import { paise } from '#domain/money.ts';
import { editsOfCustomer } from '#engine/storage/edits.ts';
import { putTallyCustomer } from '#engine/storage/tally-customers.ts';
import { applyDerived, GONE_FROM_TALLY } from '#engine/storage/tally-documents.ts';
import { expect, it } from 'vitest';
import { asOf, L, line, none, open } from '../../domain/tally/one-party.ts';
import { aDerivedReceipt, aTallyCustomer, emptyBook, nothing, NOW } from './tally-book.ts';

const reported = {
  ...none,
  historyFrom: null,
  closingPaise: paise(-700),
  openBills: [open('ADV-1', '2026-05-01', '2026-05-01', -500)],
} as const;

/** The same advance and money on account, once the receipts that brought them are known. */
const explained = deriveParty({
  ...reported,
  historyFrom: none.booksFrom,
  lines: [
    line({ of: 'v1', on: '2026-05-01', amount: -500, kind: 'receipt', type: 'advance', ref: 'ADV-1' }),
    line({ of: 'v2', on: '2026-06-01', amount: -200, kind: 'receipt', type: 'on-account', ref: null }),
  ],
});

function book() {
  const db = emptyBook();
  const customerId = db.write((tx) => putTallyCustomer(tx, aTallyCustomer(1), NOW));
  const apply = (derived: DerivedDocuments) =>
    db.write((tx) => applyDerived(tx, { customerId, derived, now: NOW }));
  const credits = () =>
    db.read((tx) => tx.sqlite.prepare('select source_key as key, void_reason as why from credits').all());
  return { db, customerId, apply, credits };
}

it('knows a stand-in by its key, and the debit that a bill is known by is none', () => {
  const standIns = deriveParty(reported);
  expect(standIns.credits.map(({ sourceKey }) => isStandIn(sourceKey))).toEqual([true, true]);
  expect(isStandIn(`${L}|INV-1`)).toBe(false);
  expect(isStandIn(`${L}|`)).toBe(true);
  expect(explained.receipts.map(({ sourceKey }) => isStandIn(sourceKey))).toEqual([false, false]);
  expect(explained.credits).toEqual([]);
});

it('takes a stand-in away without a trace once vouchers explain it, and counts nothing as gone', () => {
  const { db, customerId, apply, credits } = book();
  expect(apply(deriveParty(reported))).toMatchObject({ added: 2 });
  expect(apply(explained)).toMatchObject({ added: 2, gone: 0 });
  expect(credits()).toEqual([]);
  expect(db.read((tx) => editsOfCustomer(tx, customerId, 9))).toEqual([]);
});

it('leaves a stand-in as void where a person has set its money against a bill', () => {
  const { db, customerId, apply, credits } = book();
  apply(deriveParty(reported));
  db.write(({ sqlite }) => {
    sqlite
      .prepare(
        `insert into bills (customer_id, kind, bill_day, due_day, amount_paise, created_at, source, source_key)
           values (?, 'invoice', ?, ?, 100, 0, 'manual', 'm')`,
      )
      .run(customerId, asOf, asOf);
    sqlite
      .prepare(
        `insert into allocations (bill_id, credit_id, allocation_day, amount_paise, created_at, source, source_key)
           select b.id, c.id, ?, 100, 0, 'manual', 'a' from bills b, credits c where c.number = 'ADV-1'`,
      )
      .run(asOf);
  });
  apply(explained);
  expect(credits()).toEqual([{ key: `brought-forward|${L}|ADV-1`, why: GONE_FROM_TALLY }]);
});

it('keeps a document of Tally’s own that is gone, as void', () => {
  const { db, apply } = book();
  apply({ ...nothing, receipts: [aDerivedReceipt('R1', 700)] });
  expect(apply(nothing)).toMatchObject({ gone: 1 });
  const why = db.read((tx) => tx.sqlite.prepare('select void_reason from receipts').pluck().all());
  expect(why).toEqual([GONE_FROM_TALLY]);
});

import {
  bucketOf,
  bucketsOf,
  DEFAULT_BOUNDS,
  figuresByCustomer,
  figuresOf,
  openItemsAsOf,
} from '#domain/aging.ts';
import { addDays } from '#domain/days.ts';
import type { LedgerAllocation, LedgerBill, LedgerMoneyIn } from '#domain/ledger.ts';
import { paise } from '#domain/money.ts';
import fc from 'fast-check';
import { anyLedger, D } from '../builders/any-ledger.ts';
import { expect, it } from 'vitest';

const foreign = { currency: null, foreignMinor: null };

function applied(instalmentId: number | null, amount: number): LedgerAllocation {
  const ends = { bill: 0, moneyIn: 0, instalmentId, foreignMinor: null };
  return { ...ends, allocationId: amount, allocationDay: D, amountPaise: paise(amount) };
}

it('names its buckets so that they touch and leave no gap', () => {
  const buckets = bucketsOf();
  expect(buckets.map((bucket) => bucket.key)).toEqual([
    'not-due',
    '1-30',
    '31-60',
    '61-90',
    '91-120',
    '120+',
  ]);
  expect(bucketsOf([0, 45, 90]).map((bucket) => bucket.key)).toEqual(['not-due', '1-45', '46-90', '90+']);
});

it('puts every day from −400 to +400 into the one bucket whose bounds hold it', () => {
  const buckets = bucketsOf();
  for (let daysLate = -400; daysLate <= 400; daysLate += 1) {
    const inside = buckets.map(
      ({ fromDays, toDays }) =>
        (fromDays === null || daysLate >= fromDays) && (toDays === null || daysLate <= toDays),
    );
    expect(inside.filter(Boolean).length).toBe(1);
    expect(inside.indexOf(true)).toBe(bucketOf(daysLate));
  }
  expect([0, 1, 30, 31, 60, 61, 90, 91, 120, 121].map((at) => bucketOf(at))).toEqual([
    0, 1, 1, 2, 2, 3, 3, 4, 4, 5,
  ]);
});

it('adds up on every random book and day: buckets, customers, and billed less received', () => {
  fc.assert(
    fc.property(anyLedger, fc.integer({ min: -400, max: 400 }), (ledger, offset) => {
      const asOf = addDays(D, offset);
      const items = openItemsAsOf(ledger, asOf);
      const figures = figuresOf(items);
      const billed = ledger.bills
        .filter((one) => one.billDay <= asOf)
        .reduce((sum, one) => sum + one.amountPaise, 0);
      const received = ledger.moneyIn
        .filter((one) => one.effectiveDay <= asOf)
        .reduce((sum, one) => sum + one.amountPaise, 0);
      // Whether money is applied or not changes ages, never the outstanding.
      expect(figures.outstandingPaise).toBe(billed - received);
      expect(figures.buckets.length).toBe(DEFAULT_BOUNDS.length + 1);
      const byCustomer = [...figuresByCustomer(items).values()];
      expect(byCustomer.reduce((sum, one) => sum + one.outstandingPaise, 0)).toBe(figures.outstandingPaise);
      for (const item of items) {
        expect(item.bill === null ? item.openPaise < 0 : item.openPaise > 0).toBe(true);
        expect(Math.abs(item.openPaise)).toBeLessThanOrEqual(Math.abs(item.amountPaise));
      }
    }),
    { numRuns: 2000 },
  );
});

it('says so loudly when a bill is settled beyond its amount', () => {
  const bill: LedgerBill = {
    ...foreign,
    billId: 1,
    customerId: 1,
    kind: 'invoice',
    number: null,
    billDay: D,
    dueDay: D,
    amountPaise: paise(100),
    instalments: null,
  };
  const money: LedgerMoneyIn = {
    ...foreign,
    kind: 'receipt',
    documentId: 1,
    customerId: 1,
    number: null,
    day: D,
    effectiveDay: D,
    amountPaise: paise(200),
  };
  const allocations = [applied(null, 150)];
  expect(() => openItemsAsOf({ bills: [bill], moneyIn: [money], allocations }, D)).toThrow(
    'Over-allocated bill 1',
  );
});

it('puts money that names an instalment there, and the rest on the oldest', () => {
  const part = (position: number, days: number) => ({
    instalmentId: position,
    position,
    dueDay: addDays(D, days),
    amountPaise: paise(100),
  });
  const bill: LedgerBill = {
    ...foreign,
    billId: 1,
    customerId: 1,
    kind: 'invoice',
    number: null,
    billDay: D,
    dueDay: addDays(D, 60),
    amountPaise: paise(300),
    instalments: [part(1, 0), part(2, 30), part(3, 60)],
  };
  const money: LedgerMoneyIn = {
    ...foreign,
    kind: 'receipt',
    documentId: 1,
    customerId: 1,
    number: null,
    day: D,
    effectiveDay: D,
    amountPaise: paise(190),
  };
  const allocations = [applied(3, 60), applied(null, 130)];
  const items = openItemsAsOf({ bills: [bill], moneyIn: [money], allocations }, D);
  expect(items.map((item) => [item.dueDay, item.openPaise])).toEqual([
    [addDays(D, 30), 70],
    [addDays(D, 60), 40],
  ]);
});

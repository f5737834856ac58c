import {
  bucketOf,
  bucketsOf,
  DEFAULT_BOUNDS,
  figuresByCustomer,
  figuresOf,
  openItemsAsOf,
} from '#domain/aging.ts';
import { addDays, day } from '#domain/days.ts';
import type { Ledger, LedgerAllocation, LedgerBill, LedgerMoneyIn } from '#domain/ledger.ts';
import { paise } from '#domain/money.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const D = day('2026-06-15');
const foreign = { currency: null, foreignMinor: null };

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

/** Random books: bills with and without instalments, money in, allocations that never exceed either side. */
const books = fc
  .record({
    bills: fc.array(
      fc.record({
        customerId: fc.integer({ min: 1, max: 4 }),
        billed: fc.integer({ min: -500, max: 100 }),
        terms: fc.integer({ min: 0, max: 120 }),
        amount: fc.integer({ min: 1, max: 10_000_000 }),
        parts: fc.integer({ min: 1, max: 4 }),
      }),
      { maxLength: 12 },
    ),
    money: fc.array(
      fc.record({
        at: fc.integer({ min: -500, max: 100 }),
        amount: fc.integer({ min: 1, max: 10_000_000 }),
        held: fc.integer({ min: 0, max: 90 }),
      }),
      { maxLength: 12 },
    ),
    uses: fc.array(
      fc.record({
        bill: fc.nat(11),
        money: fc.nat(11),
        share: fc.integer({ min: 1, max: 100 }),
        at: fc.integer({ min: -500, max: 200 }),
      }),
      { maxLength: 20 },
    ),
  })
  .map(({ bills, money, uses }): Ledger => {
    const ledgerBills = bills.map((one, at): LedgerBill => {
      const billDay = addDays(D, one.billed);
      const dueDay = addDays(billDay, one.terms);
      const part = Math.floor(one.amount / one.parts);
      const instalments =
        one.parts === 1 || part === 0
          ? null
          : Array.from({ length: one.parts }, (_, position) => ({
              instalmentId: at * 10 + position,
              position: position + 1,
              dueDay: addDays(dueDay, position * 30),
              amountPaise: paise(position === one.parts - 1 ? one.amount - part * (one.parts - 1) : part),
            }));
      const customerId = one.customerId;
      return {
        ...foreign,
        billId: at + 1,
        customerId,
        kind: 'invoice',
        number: null,
        billDay,
        dueDay,
        amountPaise: paise(one.amount),
        instalments,
      };
    });
    const moneyIn = money.map((one, at): LedgerMoneyIn => ({
      ...foreign,
      kind: 'receipt',
      documentId: at + 1,
      customerId: 1,
      number: null,
      amountPaise: paise(one.amount),
      day: addDays(D, one.at),
      effectiveDay: addDays(D, one.at + one.held),
    }));
    const left = {
      bills: ledgerBills.map((one) => one.amountPaise as number),
      money: moneyIn.map((one) => one.amountPaise as number),
    };
    const allocations = uses.flatMap((use): LedgerAllocation[] => {
      const most = Math.min(left.bills[use.bill] ?? 0, left.money[use.money] ?? 0);
      const amount = Math.floor((most * use.share) / 100);
      if (amount <= 0) return [];
      left.bills[use.bill] = (left.bills[use.bill] ?? 0) - amount;
      left.money[use.money] = (left.money[use.money] ?? 0) - amount;
      return [
        {
          bill: use.bill,
          moneyIn: use.money,
          instalmentId: null,
          allocationDay: addDays(D, use.at),
          amountPaise: paise(amount),
        },
      ];
    });
    return { bills: ledgerBills, moneyIn, allocations };
  });

it('adds up on every random book and day: buckets, customers, and billed less received', () => {
  fc.assert(
    fc.property(books, fc.integer({ min: -400, max: 400 }), (ledger, offset) => {
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
  const allocations = [
    { bill: 0, moneyIn: 0, instalmentId: null, allocationDay: D, amountPaise: paise(150) },
  ];
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
  const allocations = [
    { bill: 0, moneyIn: 0, instalmentId: 3, allocationDay: D, amountPaise: paise(60) },
    { bill: 0, moneyIn: 0, instalmentId: null, allocationDay: D, amountPaise: paise(130) },
  ];
  const items = openItemsAsOf({ bills: [bill], moneyIn: [money], allocations }, D);
  expect(items.map((item) => [item.dueDay, item.openPaise])).toEqual([
    [addDays(D, 30), 70],
    [addDays(D, 60), 40],
  ]);
});

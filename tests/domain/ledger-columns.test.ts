import {
  customerOf,
  figuresByCustomer,
  figuresOf,
  isInPart,
  isPostDatedOn,
  openItemsAsOf,
  type AgingFigures,
  type AgingView,
} from '#domain/aging.ts';
import { figuresAt, hasOpen, largest, openDocuments, sumsByCustomer } from '#domain/aging-columns.ts';
import { bucketTotalsOn, totalsOf } from '#domain/aging-totals.ts';
import { addDays, dayNumber, type Day } from '#domain/days.ts';
import type { Ledger } from '#domain/ledger.ts';
import { columnsOf, spanOfBook, withChanges } from '#domain/ledger-columns.ts';
import { factsOf, moneyNumber } from '#domain/ledger-facts.ts';
import { paise, sumOf } from '#domain/money.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyLedger, D } from '../builders/any-ledger.ts';

const anyView = fc.record({
  by: fc.constantFrom('due', 'bill'),
  bounds: fc
    .uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 6 })
    .map((days) => [0, ...days.toSorted((a, b) => a - b)]),
  graceDays: fc.constantFrom(0, 0, 3, 45, 100),
  credits: fc.constantFrom('net', 'gross'),
}) satisfies fc.Arbitrary<AgingView>;
// A snapshot after every few events, so that small books have several.
const BETWEEN = 5;
const anyOffset = fc.integer({ min: -700, max: 400 });

function heldOf(ledger: Ledger, customerId: number | null, asOf: Day) {
  const own = ledger.moneyIn.filter(
    (one) => (customerId === null || one.customerId === customerId) && isPostDatedOn(one, { asOf, today: D }),
  );
  return sumOf(own, (one) => one.amountPaise);
}

it('ages columns as the rule ages items: every figure of every customer, on random books, days and views', () => {
  fc.assert(
    fc.property(anyLedger, anyOffset, anyView, (ledger, offset, view) => {
      const asOf = addDays(D, offset);
      const columns = columnsOf(factsOf(ledger), D, BETWEEN);
      const sums = sumsByCustomer(columns, { asOf, view, today: D });
      const expected = figuresByCustomer(openItemsAsOf(ledger, asOf), view);
      columns.customers.ids.forEach((customerId, place) => {
        const figures: AgingFigures = expected.get(customerId) ?? figuresOf([], view);
        const postDatedPaise = heldOf(ledger, customerId, asOf);
        expect(figuresAt(sums, place)).toEqual({ ...figures, postDatedPaise });
        expect(hasOpen(sums, place)).toBe(expected.has(customerId) || postDatedPaise > 0);
      });
    }),
    { numRuns: 3000 },
  );
});

it('totals a book as the rule does: figures, what is over 90 and due soon, and bills in each bucket', () => {
  fc.assert(
    fc.property(anyLedger, anyOffset, anyView, (ledger, offset, view) => {
      const asOf = addDays(D, offset);
      const items = openItemsAsOf(ledger, asOf);
      const made = totalsOf(columnsOf(factsOf(ledger), D, BETWEEN), { asOf, view, today: D });
      expect(made.figures).toEqual(figuresOf(items, view, heldOf(ledger, null, asOf)));
      const inPart = (part: 'over-90' | 'due-30') =>
        sumOf(items, (item) => (isInPart(item, part) ? item.openPaise : paise(0)));
      expect(made.overNinetyPaise).toBe(inPart('over-90'));
      expect(made.dueSoonPaise).toBe(inPart('due-30'));
      const bills = items.filter((item) => item.bill !== null);
      expect(made.bucketBillCounts).toEqual(
        view.bounds.concat(Infinity).map(
          (bound, at, all) =>
            bills.filter((item) => {
              const age = view.by === 'due' ? item.daysLate : item.daysOld;
              return age <= bound && age > (all[at - 1] ?? -Infinity);
            }).length,
        ),
      );
    }),
    { numRuns: 3000 },
  );
});

it('knows every customer who has any document, and the first and last day of the book', () => {
  fc.assert(
    fc.property(anyLedger, (ledger) => {
      const columns = columnsOf(factsOf(ledger), D);
      const ids = new Set([...ledger.bills, ...ledger.moneyIn].map((one) => one.customerId));
      expect(new Set(columns.customers.ids)).toEqual(ids);
      const span = spanOfBook(columns);
      if (ledger.bills.length + ledger.moneyIn.length === 0) expect(span).toBeNull();
      else expect(dayNumber(span?.lastDay ?? D)).toBeGreaterThanOrEqual(dayNumber(span?.firstDay ?? D));
      for (const bill of ledger.bills) {
        expect(span && span.firstDay <= bill.billDay && span.lastDay >= bill.dueDay).toBe(true);
      }
    }),
  );
});

it('finds the documents with anything open, and of these the ones asked for', () => {
  const anyAge = fc.tuple(fc.integer({ min: -100, max: 200 }), fc.constantFrom<number | null>(null, 1, 2, 3));
  fc.assert(
    fc.property(anyLedger, anyOffset, anyAge, (ledger, offset, [least, customerId]) => {
      const asOf = addDays(D, offset);
      const columns = columnsOf(factsOf(ledger), D);
      const open = openDocuments(columns, asOf, {
        isOfCustomer: (place) => customerId === null || columns.customers.ids[place] === customerId,
        isOfAge: (daysLate) => daysLate >= least,
        withMoneyIn: true,
      });
      const items = openItemsAsOf(ledger, asOf).filter(
        (item) => item.daysLate >= least && (customerId === null || customerOf(item) === customerId),
      );
      const bills = items.flatMap((item) => (item.bill === null ? [] : [item.bill.billId]));
      const money = items.flatMap((item) =>
        item.bill === null ? [moneyNumber(item.moneyIn.kind, item.moneyIn.documentId)] : [],
      );
      expect(open).toEqual({ bills: new Set(bills), moneyIn: new Set(money) });
    }),
    { numRuns: 1000 },
  );
});

it('keeps a bill open up to the day that settles it, whatever was undone and applied anew on that day', () => {
  const foreign = { currency: null, foreignMinor: null };
  const [billDay, settledDay] = [addDays(D, -40), addDays(D, -5)];
  const bill = { kind: 'invoice', number: null, billDay, dueDay: billDay, instalments: null } as const;
  const money = { kind: 'receipt', number: null, day: billDay, effectiveDay: billDay } as const;
  const parts = [30, 20, 10, -20].map((amount, at) => ({
    ...foreign,
    allocationId: at + 1,
    bill: 0,
    moneyIn: 0,
    instalmentId: null,
    allocationDay: settledDay,
    amountPaise: paise(amount),
  }));
  const ledger: Ledger = {
    bills: [{ ...foreign, ...bill, billId: 1, customerId: 1, amountPaise: paise(40) }],
    moneyIn: [{ ...foreign, ...money, documentId: 1, customerId: 1, amountPaise: paise(60) }],
    allocations: parts,
  };
  const openOn = (asOf: Day) =>
    openDocuments(columnsOf(factsOf(ledger), D), asOf, {
      isOfCustomer: () => true,
      isOfAge: () => true,
      withMoneyIn: false,
    }).bills;
  expect(openOn(addDays(settledDay, -1))).toEqual(new Set([1]));
  expect(openOn(settledDay)).toEqual(new Set());
});

it('picks the largest few as a full sort would', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -5, max: 5 })),
      fc.integer({ min: 1, max: 6 }),
      (amounts, most) => {
        const isIn = (place: number): boolean => place % 4 !== 3;
        const sorted = amounts.map((_, place) => place).filter(isIn);
        sorted.sort((a, b) => (amounts[b] ?? 0) - (amounts[a] ?? 0) || b - a);
        const found = largest(Float64Array.from(amounts), most, { isIn, before: (a, b) => b - a });
        expect(found).toEqual(sorted.slice(0, most));
      },
    ),
  );
});

it('sweeps over many days at once to the same totals as one day after another', () => {
  const offsets = fc.array(anyOffset, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(anyLedger, offsets, anyView, (ledger, at, view) => {
      const days = at.map((offset) => addDays(D, offset)).toSorted();
      const expected = days.map((asOf) => figuresOf(openItemsAsOf(ledger, asOf), view).buckets);
      expect(bucketTotalsOn(columnsOf(factsOf(ledger), D, BETWEEN), days, view)).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});

it('comes to the same when some documents are struck out and written again as when all is built anew', () => {
  const pair = fc.tuple(anyLedger, anyLedger, anyOffset, anyView);
  fc.assert(
    fc.property(pair, ([before, after, offset, view]) => {
      const question = { asOf: addDays(D, offset), view, today: D };
      const changed = {
        bills: new Set([...before.bills, ...after.bills].map((one) => one.billId)),
        moneyIn: new Set(
          [...before.moneyIn, ...after.moneyIn].map((one) => moneyNumber(one.kind, one.documentId)),
        ),
      };
      const kept = withChanges(columnsOf(factsOf(before), D, BETWEEN), factsOf(after), changed);
      expect(totalsOf(kept, question)).toEqual(totalsOf(columnsOf(factsOf(after), D), question));
      const days = [question.asOf, addDays(question.asOf, 40)];
      expect(bucketTotalsOn(kept, days, view)).toEqual(
        bucketTotalsOn(columnsOf(factsOf(after), D), days, view),
      );
    }),
    { numRuns: 1000 },
  );
});

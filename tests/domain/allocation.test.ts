import {
  foreignShare,
  openPartsOf,
  peakFrom,
  roomFrom,
  undoDay,
  type AppliedSpan,
  type BillSide,
  type MoneySide,
} from '#domain/allocation.ts';
import { addDays, day, type Day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { oldestFirst } from '#domain/oldest-first.ts';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

const D = day('2026-11-22');
const on = (days: number): Day => addDays(D, days);

function span(
  from: number,
  until: number | null,
  amount: number,
  instalmentId: number | null = null,
): AppliedSpan {
  const untilDay = until === null ? null : on(until);
  const amountPaise = paise(amount);
  return { allocationId: 1, instalmentId, fromDay: on(from), untilDay, amountPaise, foreignMinor: null };
}

function bill(amount: number, more: Partial<BillSide> = {}): BillSide {
  return {
    billId: 1,
    customerId: 1,
    payerId: null,
    number: 'B1',
    billDay: on(-60),
    dueDay: on(-30),
    amountPaise: paise(amount),
    currency: null,
    foreignMinor: null,
    instalments: null,
    spans: [],
    ...more,
  };
}

it.each([
  ['nothing applied', [], 0, 0],
  ['applied for good', [span(-5, null, 40)], 0, 40],
  ['applied only later', [span(5, null, 40)], 0, 40],
  ['undone before the day', [span(-5, -1, 40)], 0, 0],
  ['undone on the day itself', [span(-5, 0, 40)], 0, 0],
  ['undone after the day', [span(-5, 1, 40)], 0, 40],
  ['applied and undone on one day', [span(3, 3, 40)], 0, 0],
  ['one undone on the day another begins', [span(-5, 2, 40), span(2, null, 30)], 0, 40],
  ['two that overlap for a while', [span(-5, 4, 40), span(2, null, 30)], 0, 70],
  ['two that overlapped before the day', [span(-9, -3, 40), span(-5, null, 30)], 0, 30],
] as const)('finds the most applied on any day from a day on: %s', (_, spans, from, peak) => {
  expect(peakFrom(spans, on(from))).toBe(peak);
  expect(roomFrom({ amountPaise: paise(100), spans }, on(from))).toBe(100 - peak);
});

it('agrees with counting every single day, over random spans', () => {
  const anySpan = fc
    .record({
      from: fc.integer({ min: -20, max: 20 }),
      held: fc.option(fc.nat(15)),
      amount: fc.integer({ min: 1, max: 99 }),
    })
    .map(({ from, held, amount }) => span(from, held === null ? null : from + held, amount));
  fc.assert(
    fc.property(fc.array(anySpan, { maxLength: 8 }), fc.integer({ min: -25, max: 25 }), (spans, from) => {
      const appliedOn = (at: Day): number =>
        spans
          .filter(({ fromDay, untilDay }) => fromDay <= at && (untilDay === null || at < untilDay))
          .reduce((sum, one) => sum + one.amountPaise, 0);
      const days = Array.from({ length: 70 }, (_, at) => on(from + at));
      expect(peakFrom(spans, on(from))).toBe(Math.max(...days.map(appliedOn)));
    }),
  );
});

it('takes back on today, on the day asked for, never before it was applied; what is void on its own day', () => {
  const applied = { allocationDay: on(-3), isVoid: false };
  const dayOf = (allocation: typeof applied, wished?: Day) => {
    const result = undoDay(allocation, { day: wished, today: D });
    return result.ok ? result.value : result.refusal.code;
  };
  expect(dayOf(applied)).toBe(D);
  expect(dayOf(applied, on(-3))).toBe(on(-3));
  expect(dayOf(applied, on(-4))).toBe('undo-before');
  expect(dayOf({ ...applied, allocationDay: on(9) })).toBe(on(9));
  expect(dayOf({ ...applied, isVoid: true })).toBe(on(-3));
});

it('closes a foreign bill in its own currency to the last cent, however it is paid in parts', () => {
  const shares = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 12 });
  const foreign = fc.integer({ min: 1, max: 1_000_000 });
  fc.assert(
    fc.property(
      shares,
      fc.integer({ min: 100, max: 9_999_999 }),
      foreign,
      (weights, amount, foreignMinor) => {
        let now = bill(amount, { currency: 'USD', foreignMinor });
        let left = amount;
        let given = 0;
        weights.forEach((weight, at) => {
          const part =
            at === weights.length - 1 ? left : Math.min(left, Math.floor((amount * weight) / 1000));
          if (part === 0) return;
          const share = foreignShare(now, paise(part)) ?? -1;
          expect(share).toBeGreaterThanOrEqual(0);
          left -= part;
          given += share;
          now = { ...now, spans: [...now.spans, { ...span(0, null, part), foreignMinor: share }] };
        });
        expect(left).toBe(0);
        expect(given).toBe(foreignMinor);
      },
    ),
  );
});

it('gives money to no part while an older one waits, and never more than either side has', () => {
  const anyBill = fc.record({
    customer: fc.integer({ min: 1, max: 3 }),
    amount: fc.integer({ min: 1, max: 500 }),
    due: fc.integer({ min: -50, max: 10 }),
    paid: fc.nat(100),
  });
  const anyMoney = fc.record({
    customer: fc.integer({ min: 1, max: 3 }),
    amount: fc.integer({ min: 1, max: 800 }),
    from: fc.integer({ min: -20, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(anyBill, { maxLength: 12 }), fc.array(anyMoney, { maxLength: 8 }), (some, more) => {
      // Customer 3 pays for customer 2.
      const bills = some.map((one, at) =>
        bill(one.amount, {
          billId: at + 1,
          customerId: one.customer,
          payerId: one.customer === 2 ? 3 : null,
          dueDay: on(one.due),
          spans: one.paid > 0 && one.paid < one.amount ? [span(-5, null, one.paid)] : [],
        }),
      );
      const moneys = more.map((one, at): MoneySide => ({
        kind: 'receipt',
        documentId: at + 1,
        customerId: one.customer,
        effectiveDay: on(one.from),
        currency: null,
        amountPaise: paise(one.amount),
        spans: [],
      }));
      const made = oldestFirst(moneys, bills, D);
      const sumBy = (of: (one: (typeof made)[number]) => boolean): number =>
        made.filter(of).reduce((sum, one) => sum + one.amountPaise, 0);
      const openAfter = new Map(
        bills.map((one) => [one.billId, roomFrom(one, D) - sumBy((part) => part.billId === one.billId)]),
      );
      for (const left of openAfter.values()) expect(left).toBeGreaterThanOrEqual(0);
      for (const money of moneys) {
        const used = sumBy((part) => part.money.documentId === money.documentId);
        expect(used).toBeLessThanOrEqual(money.effectiveDay <= D ? money.amountPaise : 0);
        const his = bills.filter(
          (one) => one.customerId === money.customerId || one.payerId === money.customerId,
        );
        // What is left of money that counts finds nothing open.
        if (used < money.amountPaise && money.effectiveDay <= D) {
          for (const one of his) expect(openAfter.get(one.billId)).toBe(0);
        }
        const given = made.filter((part) => part.money.documentId === money.documentId);
        const latest = given
          .map((part) => bills[part.billId - 1]?.dueDay ?? D)
          .toSorted((a, b) => (a < b ? -1 : 1))
          .at(-1);
        for (const one of his) {
          if (latest !== undefined && one.dueDay < latest) expect(openAfter.get(one.billId)).toBe(0);
        }
      }
    }),
  );
});

it('shows what is open of instalments after money that names one and money that names none', () => {
  const instalments = [30, 20, 50].map((amount, at) => ({
    instalmentId: at + 1,
    position: at + 1,
    dueDay: on(at * 30),
    amountPaise: paise(amount),
  }));
  const spans = [span(-9, null, 15, 2), span(-8, null, 32), span(-7, -2, 50, 3)];
  expect(openPartsOf(bill(100, { instalments, spans }))).toEqual([
    { instalmentId: 2, dueDay: on(30), openPaise: 3 },
    { instalmentId: 3, dueDay: on(60), openPaise: 50 },
  ]);
});

import { addDays, day } from '#domain/days.ts';
import type { Ledger, LedgerAllocation, LedgerBill, LedgerMoneyIn } from '#domain/ledger.ts';
import { paise } from '#domain/money.ts';
import fc from 'fast-check';

export const D = day('2026-06-15');
const foreign = { currency: null, foreignMinor: null };

/** Random books: bills with and without instalments, money in, allocations that never exceed either side. */
export const anyLedger = fc
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
        held: fc.integer({ min: -40, max: 60 }),
        customerId: fc.integer({ min: 1, max: 5 }),
        kind: fc.constantFrom('receipt', 'receipt', 'on-account', 'credit-note'),
      }),
      { maxLength: 12 },
    ),
    uses: fc.array(
      fc.record({
        bill: fc.nat(11),
        money: fc.nat(11),
        share: fc.oneof(fc.constant(100), fc.integer({ min: 1, max: 100 })),
        at: fc.integer({ min: -500, max: 200 }),
        part: fc.nat(7),
        undoneAfter: fc.integer({ min: -60, max: 60 }),
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
      kind: one.kind,
      documentId: at + 1,
      customerId: one.customerId,
      number: null,
      amountPaise: paise(one.amount),
      day: addDays(D, one.at),
      effectiveDay: addDays(D, one.at + (one.kind === 'receipt' ? Math.max(0, one.held) : 0)),
    }));
    const left = {
      bills: ledgerBills.map((one) => one.amountPaise as number),
      money: moneyIn.map((one) => one.amountPaise as number),
    };
    const allocations = uses.flatMap((use, at): LedgerAllocation[] => {
      const most = Math.min(left.bills[use.bill] ?? 0, left.money[use.money] ?? 0);
      const amount = Math.floor((most * use.share) / 100);
      if (amount <= 0) return [];
      left.bills[use.bill] = (left.bills[use.bill] ?? 0) - amount;
      left.money[use.money] = (left.money[use.money] ?? 0) - amount;
      const instalmentId = ledgerBills[use.bill]?.instalments?.[use.part]?.instalmentId ?? null;
      const fixed = { bill: use.bill, moneyIn: use.money, instalmentId, foreignMinor: null };
      const allocationDay = addDays(D, use.at);
      const made = { ...fixed, allocationId: 2 * at + 1, allocationDay, amountPaise: paise(amount) };
      if (use.undoneAfter < 0) return [made];
      const undoneOn = addDays(D, use.at + use.undoneAfter);
      const undone = { allocationId: 2 * at + 2, allocationDay: undoneOn, amountPaise: paise(0 - amount) };
      return [made, { ...fixed, ...undone }];
    });
    return { bills: ledgerBills, moneyIn, allocations };
  });

import { addDays, day } from '#domain/days.ts';
import type { DerivedAllocation, DerivedDocuments } from '#domain/tally/party.ts';
import fc from 'fast-check';
import { aDerivedBill, aDerivedCredit, aDerivedReceipt, settled } from './tally-book.ts';

export const D = day('2026-01-01');
const amount = fc.integer({ min: 1, max: 1000 });
export const at = fc.integer({ min: 0, max: 40 });

/** What Tally might say next: any documents of a few keys, and applications that fit between them. */
export const anyDerived = fc
  .record({
    bills: fc.uniqueArray(fc.record({ key: fc.nat(4), amount, at }), { selector: (one) => one.key }),
    money: fc.uniqueArray(fc.record({ key: fc.nat(5), amount, at }), { selector: (one) => one.key }),
    uses: fc.uniqueArray(fc.record({ bill: fc.nat(4), money: fc.nat(5), amount, at }), {
      selector: (one) => `${one.bill}-${one.money}`,
      maxLength: 8,
    }),
  })
  .map(({ bills, money, uses }): DerivedDocuments => {
    const left = new Map<string, number>();
    const isReceipt = (key: number): boolean => key % 2 === 0;
    for (const one of bills) left.set(`B${one.key}`, one.amount);
    for (const one of money) left.set(`M${one.key}`, one.amount);
    const allocations = uses.flatMap((use): DerivedAllocation[] => {
      const [bill, from] = [`B${use.bill}`, `M${use.money}`];
      const most = Math.min(left.get(bill) ?? 0, left.get(from) ?? 0, use.amount);
      if (most === 0) return [];
      left.set(bill, (left.get(bill) ?? 0) - most);
      left.set(from, (left.get(from) ?? 0) - most);
      const kind = isReceipt(use.money) ? 'receipt' : 'credit';
      return [settled(bill, from, { amount: most, on: addDays(D, use.at), kind })];
    });
    const of = (wanted: boolean) => money.filter((one) => isReceipt(one.key) === wanted);
    return {
      bills: bills.map((one) => aDerivedBill(`B${one.key}`, one.amount, addDays(D, one.at))),
      receipts: of(true).map((one) => aDerivedReceipt(`M${one.key}`, one.amount, addDays(D, one.at))),
      credits: of(false).map((one) => aDerivedCredit(`M${one.key}`, one.amount, addDays(D, one.at))),
      allocations,
    };
  });

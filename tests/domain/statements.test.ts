import { customerOf, openItemsAsOf } from '#domain/aging.ts';
import { addDays, day } from '#domain/days.ts';
import { paise, sumOf } from '#domain/money.ts';
import { statementOf } from '#domain/statements.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyLedger, D } from '../builders/any-ledger.ts';

const plain = { currency: null, foreignMinor: null, number: null };

it('ends every account of every book on what is open of it, also where money pays the bills of others', () => {
  let [books, transfers] = [0, 0];
  fc.assert(
    fc.property(anyLedger, fc.integer({ min: -400, max: 300 }), (ledger, shift) => {
      const asOf = addDays(D, shift);
      const open = Map.groupBy(openItemsAsOf(ledger, asOf), customerOf);
      for (let customerId = 1; customerId <= 5; customerId += 1) {
        const lines = statementOf(ledger, { customerId, asOf });
        const outstanding = sumOf(open.get(customerId) ?? [], (item) => item.openPaise);
        expect(lines.at(-1)?.balancePaise ?? 0).toBe(outstanding);
        let before = 0;
        for (const line of lines) {
          expect(line.balancePaise).toBe(before + line.debitPaise - line.creditPaise);
          expect(Math.min(line.debitPaise, line.creditPaise)).toBe(0);
          before = line.balancePaise;
        }
        transfers += lines.filter(({ kind }) => kind === 'paid-by-other').length;
      }
      books += 1;
    }),
    { numRuns: 300 },
  );
  expect(books).toBe(300);
  expect(transfers).toBeGreaterThan(50);
});

it('puts a bill before the money of the same day, and a post-dated cheque on its own day', () => {
  const bill = { billId: 1, customerId: 1, kind: 'invoice', billDay: D, dueDay: D } as const;
  const cheque = { kind: 'receipt', documentId: 1, customerId: 1, day: addDays(D, -3) } as const;
  const ledger = {
    bills: [{ ...plain, ...bill, amountPaise: paise(500), instalments: null }],
    moneyIn: [
      { ...plain, ...cheque, effectiveDay: addDays(D, 9), amountPaise: paise(200) },
      { ...plain, ...cheque, documentId: 2, day: D, effectiveDay: D, amountPaise: paise(100) },
    ],
    allocations: [],
  };
  const balances = (asOf: string): readonly number[] =>
    statementOf(ledger, { customerId: 1, asOf: day(asOf) }).map((line) => line.balancePaise);
  expect(balances(D)).toEqual([500, 400]);
  expect(balances(addDays(D, 9))).toEqual([500, 400, 200]);
});

import { figuresByCustomer, figuresOf, openItemsAsOf } from '#domain/aging.ts';
import { addDays } from '#domain/days.ts';
import { agingMatrix, bucketTotalsOn, columnsOf } from '#domain/ledger-columns.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyLedger, D } from '../builders/any-ledger.ts';

const bounds = fc
  .uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 6 })
  .map((days) => [0, ...days.toSorted((a, b) => a - b)]);

it('ages columns as the rule ages items: every customer, bucket and overdue sum, on random books and days', () => {
  fc.assert(
    fc.property(anyLedger, fc.integer({ min: -700, max: 400 }), bounds, (ledger, offset, wished) => {
      const asOf = addDays(D, offset);
      const columns = columnsOf(ledger);
      const matrix = agingMatrix(columns, asOf, wished);
      const items = openItemsAsOf(ledger, asOf);
      const expected = figuresByCustomer(items, wished);
      columns.customerIds.forEach((customerId, row) => {
        const from = row * matrix.bucketCount;
        const buckets = [...matrix.buckets.subarray(from, from + matrix.bucketCount)];
        const figures = expected.get(customerId);
        expect(buckets).toEqual(figures?.buckets ?? buckets.map(() => 0));
        expect(matrix.overdue[row]).toBe(figures?.overduePaise ?? 0);
      });
    }),
    { numRuns: 2000 },
  );
});

it('knows every customer who has any document', () => {
  fc.assert(
    fc.property(anyLedger, (ledger) => {
      const ids = new Set([...ledger.bills, ...ledger.moneyIn].map((one) => one.customerId));
      expect(new Set(columnsOf(ledger).customerIds)).toEqual(ids);
    }),
  );
});

it('sweeps over many days at once to the same totals as one day after another', () => {
  const offsets = fc.array(fc.integer({ min: -700, max: 400 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(anyLedger, offsets, bounds, (ledger, at, wished) => {
      const days = at.map((offset) => addDays(D, offset)).toSorted();
      const expected = days.map((asOf) => figuresOf(openItemsAsOf(ledger, asOf), wished).buckets);
      expect(bucketTotalsOn(columnsOf(ledger), days, wished)).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});

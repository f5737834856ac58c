import { bucketTotalsOn } from '#domain/aging-trend.ts';
import { figuresOf, openItemsAsOf } from '#domain/aging.ts';
import { addDays } from '#domain/days.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyLedger, D } from '../builders/any-ledger.ts';

it('sums each day of a trend as the aging of that day does, on random books', () => {
  const offsets = fc.array(fc.integer({ min: -400, max: 400 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(anyLedger, offsets, (ledger, at) => {
      const days = at.map((offset) => addDays(D, offset));
      const slow = days.map((asOf) => figuresOf(openItemsAsOf(ledger, asOf)).buckets);
      expect(bucketTotalsOn(ledger, days)).toEqual(slow);
    }),
    { numRuns: 1000 },
  );
});

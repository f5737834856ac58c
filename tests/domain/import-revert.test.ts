import { judgeRevert, type BatchTraces } from '#domain/import-revert.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const UNTOUCHED: BatchTraces = {
  isReverted: false,
  changedCount: 0,
  changedLaterCount: 0,
  repeatedLaterCount: 0,
  settledBillCount: 0,
  spentCount: 0,
  voidedCount: 0,
  editedCount: 0,
};

function judged(traces: Partial<BatchTraces>): string {
  const made = judgeRevert({ ...UNTOUCHED, ...traces });
  return made.ok ? 'may be reverted' : `${made.refusal.code}: ${made.refusal.sentence}`;
}

it('lets an import go that nothing has touched', () => {
  expect(judged({})).toBe('may be reverted');
});

const cases: readonly (readonly [Partial<BatchTraces>, string, string])[] = [
  [{ isReverted: true }, 'already-reverted', 'already reverted'],
  [{ changedCount: 1 }, 'revert-changed', 'changed 1 document of earlier imports'],
  [{ changedCount: 12 }, 'revert-changed', 'changed 12 documents of earlier imports'],
  [{ changedLaterCount: 3 }, 'revert-changed-later', 'A later import changed 3 documents of this one'],
  [{ repeatedLaterCount: 4 }, 'revert-repeated', 'has 4 documents that the book knew already'],
  [{ settledBillCount: 1 }, 'revert-settled', 'settled against 1 bill of it'],
  [{ spentCount: 2 }, 'revert-spent', 'settled with 2 receipts or credits of this import'],
  [{ voidedCount: 1 }, 'revert-voided', '1 document of this import was voided'],
  [{ editedCount: 1 }, 'revert-edited', '1 document of this import was changed by hand'],
  [{ voidedCount: 2 }, 'revert-voided', '2 documents of this import were voided'],
];

it.each(cases)('refuses %o as %s and says how many', (traces, code, words) => {
  expect(judged(traces)).toMatch(new RegExp(`^${code}: .*${words}`));
});

it('names what cannot be helped before what can be taken back first', () => {
  expect(judged({ isReverted: true, changedCount: 1, voidedCount: 1 })).toMatch(/^already-reverted/);
  expect(judged({ changedCount: 1, settledBillCount: 1 })).toMatch(/^revert-changed:/);
  expect(judged({ changedLaterCount: 1, settledBillCount: 1 })).toMatch(/^revert-changed-later/);
});

it('is refused whenever there is any trace at all', () => {
  const anyTraces = fc.record({
    isReverted: fc.boolean(),
    changedCount: fc.nat(2),
    changedLaterCount: fc.nat(2),
    repeatedLaterCount: fc.nat(2),
    settledBillCount: fc.nat(2),
    spentCount: fc.nat(2),
    voidedCount: fc.nat(2),
    editedCount: fc.nat(2),
  });
  fc.assert(
    fc.property(anyTraces, (traces) => {
      const isUntouched = Object.values(traces).every((trace) => trace === 0 || trace === false);
      expect(judgeRevert(traces).ok).toBe(isUntouched);
    }),
  );
});

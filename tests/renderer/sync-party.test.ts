// What a fresh look at one party tells, and offers that can be taken back.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PartyState } from '#contract/engine/sync.ts';
import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { decisionBook, UNDO_MILLISECONDS } from '#features/sync-offers/use-decisions.ts';
import { partyChanges } from '#features/sync-party/party-changes.ts';

function state(closing: number, bills: Readonly<Record<string, number>>, dueDay = '2026-04-30'): PartyState {
  return {
    readAt: 1,
    asOf: day('2026-03-31'),
    tallyPaise: paise(closing),
    onAccountPaise: paise(0),
    isBillWise: true,
    tiesOut: true,
    bills: Object.entries(bills).map(([ref, open]) => ({
      ref,
      billId: null,
      tallyPaise: paise(open),
      baakiPaise: paise(open),
      tallyBillDay: null,
      baakiBillDay: null,
      tallyDueDay: day(dueDay),
      baakiDueDay: null,
      causes: [],
    })),
  };
}

describe('what a fresh look has brought', () => {
  it('names bills that are new, gone and changed, and the balance before and after', () => {
    const before = state(600, { a: 100, b: 200, c: 300 });
    const after = state(750, { a: 100, b: 150, d: 500 });
    expect(partyChanges(before, after)).toEqual({
      closing: { beforePaise: 600, afterPaise: 750 },
      newBills: ['d'],
      closedBills: ['c'],
      movedBills: ['b'],
    });
  });

  it('takes a bill that is only paid off here for no open one, and sees a due day that moved', () => {
    const before = state(100, { a: 100, paid: 0 });
    expect(partyChanges(before, state(100, { a: 100 }))).toMatchObject({ closedBills: [], movedBills: [] });
    expect(partyChanges(before, state(100, { a: 100 }, '2026-05-01')).movedBills).toEqual(['a']);
  });

  it('calls nothing new at the first look', () => {
    const first = partyChanges(null, state(100, { a: 100 }));
    expect(first).toEqual({ closing: null, newBills: [], closedBills: [], movedBills: [] });
  });
});

describe('decisions on offers', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function open(fail = false) {
    const done: string[] = [];
    const failures: unknown[] = [];
    let pending: ReadonlyMap<number, string> = new Map();
    const book = decisionBook(
      (offerId, decision) => {
        done.push(`${decision} ${offerId}`);
        return fail ? Promise.reject(new Error('gone')) : Promise.resolve();
      },
      (next) => (pending = next),
    );
    book.hearFailures((error) => failures.push(error));
    return { book, done, failures, shown: () => [...pending.keys()] };
  }

  it('are carried out once the time to undo is over, and not before', async () => {
    const { book, done, shown } = open();
    book.decide([1, 2], 'take');
    book.decide([3], 'decline');
    await vi.advanceTimersByTimeAsync(UNDO_MILLISECONDS - 1);
    expect([done, shown()]).toEqual([[], [1, 2, 3]]);
    await vi.advanceTimersByTimeAsync(1);
    expect([done, shown()]).toEqual([['take 1', 'take 2', 'decline 3'], []]);
  });

  it('leave no trace when they are taken back, one or all', async () => {
    const { book, done, shown } = open();
    book.decide([1, 2, 3], 'take');
    book.undo([2]);
    expect(shown()).toEqual([1, 3]);
    book.undo();
    await vi.advanceTimersByTimeAsync(UNDO_MILLISECONDS * 2);
    expect([done, shown()]).toEqual([[], []]);
  });

  it('are carried out at once when the list is left, each once', async () => {
    const { book, done } = open();
    book.decide([1], 'take');
    book.decide([1], 'decline');
    book.carryOutAll();
    await vi.advanceTimersByTimeAsync(UNDO_MILLISECONDS * 2);
    expect(done).toEqual(['decline 1']);
  });

  it('stand open again when they could not be carried out, and the failure is told', async () => {
    const { book, failures, shown } = open(true);
    book.decide([1], 'take');
    await vi.advanceTimersByTimeAsync(UNDO_MILLISECONDS);
    expect([failures.length, shown()]).toEqual([1, []]);
  });
});

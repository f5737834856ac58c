import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planFacts } from '#engine/services/reminders/facts.ts';
import { checkNow } from '#engine/services/outbox/last-check.ts';
import { messagesOfRun } from '#engine/storage/messages.ts';
import { aBill, moneyIn } from '#tests/builders/facts.ts';
import {
  companyCadence,
  contextOf,
  dayAfterMonday,
  person,
  remindersBook,
  type RemindersBook,
} from './reminders-book.ts';

/** Somebody whose first step is on Monday. */
async function whoOwes(): Promise<{ book: RemindersBook; id: number; billId: number }> {
  const book = await remindersBook();
  await companyCadence(book);
  const id = person(book);
  const billId = book.db.write((tx) =>
    aBill(tx, id, { amount: 5000, billDay: '2026-09-01', dueDay: dayAfterMonday(-1) }),
  );
  return { book, id, billId };
}

type Entry = {
  readonly days: number;
  readonly source: 'manual' | 'file' | 'tally';
  readonly enteredDays: number;
};

/** A part of the bill paid: the day of the receipt and of its entry, in days after Monday. */
function paid(
  { book, id, billId }: { book: RemindersBook; id: number; billId: number },
  { days, source, enteredDays }: Entry,
): void {
  const enteredAt = book.context.now() + enteredDays * 86_400_000;
  const day = dayAfterMonday(days);
  book.db.write((tx) =>
    moneyIn(tx, id, { amount: 10, day, allocated: new Map([[billId, 10]]), source, enteredAt }),
  );
}

it('leaves whoever paid last week in peace on the day on which somebody enters it, and on the next', async () => {
  const of = await whoOwes();
  expect(await of.book.silenceOf(of.id)).toBeNull();
  paid(of, { days: -5, source: 'manual', enteredDays: 0 });
  expect(await of.book.silenceOf(of.id)).toBe('recent-receipt');
  expect(await of.book.silenceOf(of.id, dayAfterMonday(1))).toBe('recent-receipt');
  expect(await of.book.silenceOf(of.id, dayAfterMonday(2))).toBeNull();
});

it('silences nobody for an old ledger that is entered or imported', async () => {
  const of = await whoOwes();
  paid(of, { days: -5, source: 'file', enteredDays: 0 });
  paid(of, { days: -2, source: 'tally', enteredDays: 0 });
  paid(of, { days: -40, source: 'manual', enteredDays: 0 });
  expect(await of.book.silenceOf(of.id)).toBeNull();
});

it('holds for what a later import brings', async () => {
  const of = await whoOwes();
  paid(of, { days: -30, source: 'file', enteredDays: -20 });
  expect(await of.book.silenceOf(of.id)).toBeNull();
  paid(of, { days: -3, source: 'file', enteredDays: 0 });
  expect(await of.book.silenceOf(of.id)).toBe('recent-receipt');
});

it('stops a message that was approved before the money was entered', async () => {
  const of = await whoOwes();
  const { rowsHash, rows } = await of.book.plan();
  const rowKeys = rows.map((row) => row.rowKey);
  const { runId } = await of.book.client.reminders.approve({ rowsHash, rowKeys });
  paid(of, { days: -6, source: 'manual', enteredDays: 0 });
  const [message] = of.book.db.read((tx) => messagesOfRun(tx, runId));
  if (message === undefined) throw new Error('Nothing was approved.');
  const facts = planFacts(contextOf(of.book), {
    day: dayAfterMonday(0),
    minute: 600,
    customerIds: [of.id],
    omitsSent: true,
  });
  expect(of.book.db.read((tx) => checkNow(tx, message, facts))).toMatchObject({
    kind: 'stop',
    reason: 'recent-receipt',
  });
});

const anyEntry = fc.record({
  days: fc.integer({ min: -12, max: 1 }),
  source: fc.constantFrom('manual', 'file', 'tally'),
  enteredDays: fc.integer({ min: -12, max: 0 }),
} satisfies { [K in keyof Entry]: fc.Arbitrary<Entry[K]> });

it('plans for tomorrow what tomorrow really runs, and checks the one as it plans all, whatever came when', async () => {
  const of = await whoOwes();
  const { book, id } = of;
  await fc.assert(
    fc.asyncProperty(fc.array(anyEntry, { maxLength: 4 }), async (entries) => {
      book.goTo(0);
      book.db.write((tx) => tx.sqlite.exec('delete from allocations; delete from receipts'));
      for (const entry of entries.toSorted((a, b) => a.enteredDays - b.enteredDays)) paid(of, entry);
      const day = dayAfterMonday(1);
      const shown = await book.plan(day);
      book.goTo(1, '06:00');
      expect(JSON.stringify(await book.plan())).toBe(JSON.stringify(shown));
      const [all, own] = [undefined, [id]].map((customerIds) =>
        planFacts(contextOf(book), { day, minute: 0, customerIds }),
      );
      expect(own?.customers).toEqual(all?.customers);
    }),
    { numRuns: 30 },
  );
});

import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { aBill, rupees } from '#tests/builders/facts.ts';
import { keepRounds } from '#engine/services/reminders/keeper.ts';
import {
  addText,
  companyCadence,
  dayAfterMonday,
  MONDAY,
  person,
  remindersBook,
  type RemindersBook,
} from './reminders-book.ts';

async function automatic(
  steps?: Parameters<typeof companyCadence>[1],
): Promise<{ book: RemindersBook; id: number; billId: number }> {
  const book = await remindersBook();
  await companyCadence(book, { isAutomatic: true, ...steps });
  const id = person(book);
  const billId = book.db.write((tx) =>
    aBill(tx, id, { amount: 1000, billDay: '2026-11-02', dueDay: MONDAY }),
  );
  return { book, id, billId };
}

async function messagesOf(book: RemindersBook): Promise<readonly string[]> {
  const { rows } = await book.client.messages.list({});
  return rows.map((row) => `${row.purpose} ${row.state}`).toSorted();
}

describe('the daily round', () => {
  it('puts what leaves by itself into the outbox once, however often it is run', async () => {
    const { book } = await automatic();
    book.goTo(1);
    for (const clock of ['10:00', '10:00', '10:01', '15:00']) {
      book.goTo(1, clock);
      await book.client.reminders.round();
    }
    expect(await messagesOf(book)).toHaveLength(1);
    expect((await book.client.reminders.status()).toApproveCount).toBe(0);
  });

  it('does not put back what a person took out of the outbox, until the next day', async () => {
    const { book, id } = await automatic();
    book.goTo(1);
    await book.client.reminders.round();
    const { rows } = await book.client.messages.list({});
    await book.client.messages.cancel({ messageIds: rows.map((row) => row.messageId) });
    book.goTo(1, '10:05');
    await book.client.reminders.round();
    expect(await messagesOf(book)).toEqual(['reminder cancelled']);
    expect(await book.silenceOf(id)).toBe('by-person');
    book.goTo(2);
    await book.client.reminders.round();
    expect(await messagesOf(book)).toEqual(['reminder cancelled', 'reminder scheduled']);
  });

  it('leaves what a person has to look at in the plan', async () => {
    const { book, id } = await automatic({ steps: [{ days: 1, needsPerson: true }] });
    book.goTo(1);
    const { toApproveCount } = await book.client.reminders.round();
    expect([toApproveCount, await messagesOf(book)]).toEqual([1, []]);
    expect((await book.rowOf(id)).needsPerson).toBe(true);
  });

  it('does nothing for a cadence that waits for approval', async () => {
    const { book } = await automatic({ isAutomatic: false });
    book.goTo(1);
    expect((await book.client.reminders.round()).toApproveCount).toBe(1);
    expect(await messagesOf(book)).toEqual([]);
  });

  it('adds nothing while the red button is pressed, and catches up after', async () => {
    const { book } = await automatic();
    book.goTo(1);
    expect(await book.client.reminders.kill({ isKilled: true })).toMatchObject({ isKilled: true });
    await book.client.reminders.round();
    expect(await messagesOf(book)).toEqual([]);
    await book.client.reminders.kill({ isKilled: false });
    book.goTo(1, '11:00');
    await book.client.reminders.round();
    expect(await messagesOf(book)).toHaveLength(1);
  });

  it('catches up once after days on which the machine was off (case E7)', async () => {
    const { book, id } = await automatic({ steps: [{ days: 1 }, { days: 3 }, { days: 4 }] });
    book.goTo(5);
    await book.client.reminders.round();
    expect(await messagesOf(book)).toHaveLength(1);
    book.goTo(5, '16:00');
    await book.client.reminders.round();
    expect(await messagesOf(book)).toHaveLength(1);
    expect(await book.silenceOf(id)).toBe('duplicate');
  });

  it('does not run for a day before the last one: the clock was set back (case E11)', async () => {
    const { book } = await automatic();
    book.goTo(8);
    await book.client.reminders.round();
    const before = await messagesOf(book);
    book.db.write((tx) => tx.sqlite.exec(`update messages set state = 'cancelled'`));
    book.goTo(2);
    await book.client.reminders.round();
    expect(await messagesOf(book)).toHaveLength(before.length);
  });

  it('thanks once for a payment, and not for those before it was switched on', async () => {
    const { book, id, billId } = await automatic();
    book.db.write((tx) =>
      addText(tx, {
        channel: 'sms',
        language: 'en',
        key: 'thanks',
        purpose: 'thanks',
        body: 'Thank you for {{receipt_amount}}. {{business_name}}',
      }),
    );
    await book.client.receipts.save({ customerId: id, receiptDay: MONDAY, amountPaise: rupees(100) });
    book.goTo(0, '11:00');
    await book.client.reminders.savePolicy({ sendsThanks: true });
    await book.client.reminders.round();
    expect(await messagesOf(book)).toEqual([]);
    book.goTo(1);
    await book.client.receipts.save({
      customerId: id,
      receiptDay: dayAfterMonday(1),
      amountPaise: rupees(900),
      allocate: [{ billId, amountPaise: rupees(900) }],
    });
    for (const clock of ['11:00', '11:30']) {
      book.goTo(1, clock);
      await book.client.reminders.round();
    }
    const { rows } = await book.client.messages.list({});
    expect(rows.map((row) => [row.purpose, row.excerpt])).toEqual([
      ['thanks', 'Thank you for Rs.900.00. Gupta Traders'],
    ]);
  });
});

describe('the keeper of rounds', () => {
  const keeping = (book: RemindersBook, isOpen: boolean): ReturnType<typeof keepRounds> => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const keeper = keepRounds({ ...book.context, vault: { ...book.context.vault, isOpen: () => isOpen } });
    onTestFinished(keeper.stop);
    return keeper;
  };
  const countOf = (book: RemindersBook): number =>
    book.db.read((tx) => Number(tx.sqlite.prepare('select count(*) from messages').pluck().get()));

  it('makes one at the start, on a new day, and after the books moved', async () => {
    const { book, id } = await automatic();
    book.goTo(1);
    const keeper = keeping(book, true);
    expect(countOf(book)).toBe(0);
    vi.advanceTimersByTime(4000);
    await vi.waitFor(() => expect(countOf(book)).toBe(1));
    book.goTo(2);
    const other = person(book);
    book.db.write((tx) => {
      aBill(tx, other, { amount: 70, billDay: '2026-11-02', dueDay: dayAfterMonday(1) });
      aBill(tx, id, { amount: 70, billDay: '2026-11-02', dueDay: dayAfterMonday(9) });
    });
    vi.advanceTimersByTime(60_000);
    await vi.waitFor(() => expect(countOf(book)).toBe(2));
    book.goTo(2, '10:05');
    const third = person(book);
    book.db.write((tx) => aBill(tx, third, { amount: 5, billDay: '2026-11-02', dueDay: dayAfterMonday(1) }));
    keeper.moved(['settings']);
    vi.advanceTimersByTime(5000);
    expect(countOf(book)).toBe(2);
    keeper.moved(['bills']);
    vi.advanceTimersByTime(5000);
    await vi.waitFor(() => expect(countOf(book)).toBe(3));
  });

  it('makes none in a process that has no keys, and none after it was stopped', async () => {
    const { book } = await automatic();
    book.goTo(1);
    keeping(book, false);
    vi.advanceTimersByTime(120_000);
    expect(countOf(book)).toBe(0);
    keeping(book, true).stop();
    vi.advanceTimersByTime(120_000);
    expect(countOf(book)).toBe(0);
  });
});

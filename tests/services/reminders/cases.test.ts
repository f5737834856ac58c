import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, type Day } from '#domain/days.ts';
import { aBill, moneyIn, refusalOf, rupees } from '#tests/builders/facts.ts';
import {
  companyCadence,
  dayAfterMonday,
  MONDAY,
  person,
  remindersBook,
  type RemindersBook,
} from './reminders-book.ts';

// Cases of other programs that went wrong in them, each under its number.

/** Days after Monday on which the calendar sends something. */
async function daysOf(book: RemindersBook, to: number): Promise<readonly number[]> {
  const days = await book.client.reminders.calendar({ from: MONDAY, to: dayAfterMonday(to) });
  return days.filter((one) => one.count > 0).map((one) => daysBetween(MONDAY, one.day));
}

async function billed(
  book: RemindersBook,
  wish: { readonly billed?: number; readonly due?: number; readonly amount?: number } = {},
): Promise<number> {
  const id = person(book);
  book.db.write((tx) =>
    aBill(tx, id, {
      amount: wish.amount ?? 500,
      billDay: addDays(MONDAY, wish.billed ?? 0),
      dueDay: addDays(MONDAY, wish.due ?? 0),
    }),
  );
  return id;
}

/** Every day may be used, so that a step's own day is seen. */
async function everyDay(book: RemindersBook): Promise<void> {
  const { policy } = await book.client.reminders.policy();
  const all = [true, true, true, true, true, true, true] as const;
  const open = (hours: typeof policy.hours.sms): typeof policy.hours.sms => ({
    ...hours,
    weekdays: [...all],
  });
  const hours = {
    ...policy.hours,
    sms: open(policy.hours.sms),
    email: open(policy.hours.email),
    letter: open(policy.hours.letter),
  };
  await book.client.reminders.savePolicy({ hours, holidays: [], gapDaysLeast: 0 });
}

describe('steps', () => {
  it('fall 5, 10 and 15 days after the bill and then every 14 days, never before the hour (case E1)', async () => {
    const book = await remindersBook();
    await everyDay(book);
    await companyCadence(book, {
      steps: [
        { anchor: 'bill', days: 5 },
        { anchor: 'bill', days: 10 },
        { anchor: 'bill', days: 15, repeatEveryDays: 14 },
      ],
    });
    const id = await billed(book, { due: 14 });
    expect(await daysOf(book, 45)).toEqual([5, 10, 15, 29, 43]);
    book.goTo(5, '06:00');
    const { notBefore } = await book.rowOf(id);
    expect(notBefore - book.context.now()).toBe(3 * 3_600_000);
  });

  it('fall before the due day as well (cases E2, E3)', async () => {
    const book = await remindersBook();
    await everyDay(book);
    await companyCadence(book, { steps: [{ anchor: 'bill', days: 7 }, { days: -2 }] });
    await billed(book, { due: 30 });
    expect(await daysOf(book, 40)).toEqual([7, 28]);
  });

  it('come in the order of their days, whichever way they are written (case E4)', async () => {
    const book = await remindersBook();
    await everyDay(book);
    await companyCadence(book, { steps: [{ anchor: 'bill', days: 50 }, { days: -29 }] });
    await billed(book, { due: 30 });
    expect((await daysOf(book, 49)).slice(0, 1)).toEqual([1]);
  });

  it('end with the bill, and with the cadence (case E5)', async () => {
    const book = await remindersBook();
    await companyCadence(book);
    const id = await billed(book);
    expect((await book.client.reminders.next({ customerId: id })).next?.day).toBe(dayAfterMonday(1));
    await book.client.receipts.save({
      customerId: id,
      receiptDay: MONDAY,
      amountPaise: rupees(500),
      allocate: 'oldest-first',
    });
    expect((await book.client.reminders.next({ customerId: id })).next).toBeNull();
    const other = await billed(book);
    await book.client.cadences.remove({ cadenceId: 1 });
    expect(await book.client.reminders.next({ customerId: other })).toMatchObject({
      next: null,
      silence: { reason: 'cadence-off' },
    });
  });

  it('sixty days after the due day is not before (case E23)', async () => {
    const book = await remindersBook();
    await everyDay(book);
    await companyCadence(book, { steps: [{ days: 60 }] });
    await billed(book);
    expect(await daysOf(book, 70)).toEqual([60]);
  });

  it('of an old debt climb one by one, not three at once (case E9)', async () => {
    const book = await remindersBook();
    await everyDay(book);
    const id = await billed(book, { billed: -395, due: -365 });
    await companyCadence(book, { steps: [{ days: 10 }, { days: 40 }, { days: 90 }] });
    const days: number[] = [];
    for (let day = 0; day <= 85; day += 1) {
      book.goTo(day, '10:00');
      const { rows, rowsHash } = await book.plan();
      const [row] = rows;
      if (row === undefined) continue;
      days.push(row.stepNumber ?? 0);
      await book.client.reminders.approve({ rowsHash, rowKeys: [row.rowKey] });
      book.db.write((tx) => tx.sqlite.exec(`update messages set state = 'delivered'`));
    }
    expect([id > 0, days]).toEqual([true, [1, 2, 3]]);
  });
});

describe('an approved run', () => {
  it('cannot be taken back once it has left; a draft can (case E12)', async () => {
    const book = await remindersBook();
    await companyCadence(book);
    await billed(book);
    book.goTo(1);
    const { rows, rowsHash } = await book.plan();
    const rowKeys = rows.map((row) => row.rowKey);
    const { runId } = await book.client.reminders.approve({ rowsHash, rowKeys });
    book.db.write((tx) => tx.sqlite.exec(`update messages set state = 'sent'`));
    expect((await refusalOf(book.client.reminders.undoApproval({ runId }))).code).toBe('run-has-left');
    expect((await refusalOf(book.client.reminders.undoApproval({ runId: 999 }))).code).toBe('run-gone');
  });

  it('is refused for a day before the last one (case E11)', async () => {
    const book = await remindersBook();
    await companyCadence(book);
    await billed(book);
    book.goTo(8);
    const later = await book.plan();
    await book.client.reminders.approve({
      rowsHash: later.rowsHash,
      rowKeys: later.rows.map((row) => row.rowKey),
    });
    await billed(book);
    book.goTo(1);
    const earlier = await book.plan();
    const rowKeys = earlier.rows.map((row) => row.rowKey);
    expect(rowKeys.length).toBeGreaterThan(0);
    const refusal = await refusalOf(book.client.reminders.approve({ rowsHash: earlier.rowsHash, rowKeys }));
    expect(refusal.code).toBe('run-day-past');
    // A clock that was wrong by years must not stop all reminders until then.
    book.db.write((tx) => tx.sqlite.exec(`update reminder_runs set run_day = '2031-01-01'`));
    const again = await book.plan();
    const wish = { rowsHash: again.rowsHash, rowKeys: again.rows.map((row) => row.rowKey) };
    expect((await book.client.reminders.approve(wish)).approvedCount).toBe(wish.rowKeys.length);
  });
});

describe('a message', () => {
  it('by email goes as a letter to a customer without an address for email, and says so (case E13)', async () => {
    const book = await remindersBook();
    await companyCadence(book, { steps: [{ days: 1, channels: ['email'] }] });
    const id = person(book, { address: '12 Main Road, Pune' });
    book.db.write((tx) => aBill(tx, id, { amount: 500, billDay: MONDAY, dueDay: MONDAY }));
    expect(await book.rowOf(id, dayAfterMonday(1))).toMatchObject({
      channel: 'letter',
      warnings: ['no-address'],
    });
  });

  it('does not go for less than the least (case E14), nor within the gap (case E15)', async () => {
    const book = await remindersBook();
    await everyDay(book);
    await companyCadence(book, { minimumPaise: rupees(100), gapDays: 7, steps: [{ days: 1 }, { days: 4 }] });
    const [small, large] = [await billed(book, { amount: 99.99 }), await billed(book, { amount: 100 })];
    book.goTo(1);
    const { rows, rowsHash } = await book.plan();
    expect(rows.map((row) => row.customerId)).toEqual([large]);
    expect(await book.silenceOf(small)).toBe('below-minimum');
    await book.client.reminders.approve({ rowsHash, rowKeys: rows.map((row) => row.rowKey) });
    book.goTo(4);
    expect(await book.silenceOf(large)).toBe('gap');
    book.goTo(8);
    expect((await book.rowOf(large)).stepNumber).toBe(2);
  });

  it('says what is left of a bill (case E16)', async () => {
    const book = await remindersBook();
    await companyCadence(book);
    const id = person(book);
    book.db.write((tx) => {
      const billId = aBill(tx, id, { amount: 10_000, billDay: MONDAY, dueDay: MONDAY });
      moneyIn(tx, id, { amount: 4000, day: '2026-11-01', allocated: new Map([[billId, 4000]]) });
    });
    const row = await book.rowOf(id, dayAfterMonday(1));
    expect([row.text.includes('Rs.6,000.00'), row.balancePaise]).toEqual([true, rupees(6000)]);
  });

  it('gathers bills: three late and two to come make two messages at most (case E17)', async () => {
    const book = await remindersBook();
    await companyCadence(book, { steps: [{ days: -3 }, { days: 1 }] });
    await book.client.reminders.savePolicy({ perChannelDayMost: 2 });
    const id = person(book);
    book.db.write((tx) => {
      for (const due of [0, 0, 0, 4, 4])
        aBill(tx, id, { amount: 100, billDay: MONDAY, dueDay: dayAfterMonday(due) });
    });
    const { rows } = await book.plan(dayAfterMonday(1));
    expect(rows.map((row) => row.bills.length)).toEqual([3, 2]);
  });

  it('names no void bill (case E18) and counts as overdue what is (case E19)', async () => {
    const book = await remindersBook();
    await companyCadence(book, { steps: [{ days: 5 }] });
    const id = person(book);
    const [, , gone] = book.db.write((tx) => [
      aBill(tx, id, { amount: 500, billDay: MONDAY, dueDay: MONDAY }),
      aBill(tx, id, { amount: 1000, billDay: MONDAY, dueDay: dayAfterMonday(35) }),
      aBill(tx, id, { amount: 70, billDay: MONDAY, dueDay: MONDAY }),
    ]);
    await book.client.bills.void({ billId: gone, reason: 'Cancelled.' });
    const row = await book.rowOf(id, dayAfterMonday(5));
    expect([row.bills.map((bill) => bill.openPaise), row.overduePaise]).toEqual([[rupees(500)], rupees(500)]);
  });

  it('about one bill does not keep the other from being reminded of (case E20)', async () => {
    const book = await remindersBook();
    await everyDay(book);
    await companyCadence(book, { steps: [{ days: 1 }], gapDays: 7 });
    const id = person(book);
    const [first, second] = book.db.write((tx) => [
      aBill(tx, id, { amount: 100, billDay: MONDAY, dueDay: MONDAY }),
      aBill(tx, id, { amount: 200, billDay: MONDAY, dueDay: dayAfterMonday(3) }),
    ]);
    const sentOn = async (day: number): Promise<readonly number[]> => {
      book.goTo(day);
      const { rows, rowsHash } = await book.plan();
      await book.client.reminders.approve({ rowsHash, rowKeys: rows.map((row) => row.rowKey) });
      return rows.flatMap((row) => row.bills.map((bill) => bill.billId));
    };
    expect([await sentOn(1), await sentOn(4)]).toEqual([[first], [second]]);
  });

  it('keeps its amounts when the contact changes (case E21)', async () => {
    const book = await remindersBook();
    await companyCadence(book);
    const id = await billed(book);
    const day: Day = dayAfterMonday(1);
    const before = await book.rowOf(id, day);
    await book.client.customers.save({ customerId: id, name: 'A', phone: '9876543210' });
    const after = await book.rowOf(id, day);
    expect([after.address, after.balancePaise, after.bills]).toEqual([
      '+919876543210',
      before.balancePaise,
      before.bills,
    ]);
  });
});

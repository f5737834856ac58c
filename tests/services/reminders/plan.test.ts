import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { aBill, moneyIn, refusalOf } from '#tests/builders/facts.ts';
import { messageBillRows, messagesOfRun } from '#engine/storage/messages.ts';
import { patchGateway } from '#engine/storage/gateways.ts';
import { updateTemplate } from '#engine/storage/templates.ts';
import {
  companyCadence,
  dayAfterMonday,
  MONDAY,
  person,
  remindersBook,
  type RemindersBook,
} from './reminders-book.ts';

/** Three customers whose bills were due on Monday: their first step is on Tuesday. */
async function threeWhoOwe(): Promise<{
  book: RemindersBook;
  ids: readonly number[];
  billIds: readonly number[];
}> {
  const book = await remindersBook();
  await companyCadence(book);
  const ids = [person(book), person(book, { language: 'hi' }), person(book, { name: 'Asha Stores' })];
  const billIds = book.db.write((tx) =>
    ids.flatMap((id, at) => [
      aBill(tx, id, { amount: 10_000 * (at + 1), billDay: '2026-10-24', dueDay: MONDAY }),
      aBill(tx, id, { amount: 99.5, billDay: '2026-10-24', dueDay: MONDAY }),
    ]),
  );
  return { book, ids, billIds };
}

describe('the plan', () => {
  it('shows for tomorrow exactly what will really run', async () => {
    const { book } = await threeWhoOwe();
    const shown = await book.plan(dayAfterMonday(1));
    expect(shown.rows).toHaveLength(3);
    book.goTo(1, '06:00');
    expect(JSON.stringify(await book.plan())).toBe(JSON.stringify(shown));
    book.goTo(1, '09:30');
    const { runId, approvedCount } = await book.client.reminders.approve({
      rowsHash: shown.rowsHash,
      rowKeys: shown.rows.map((row) => row.rowKey),
    });
    expect(approvedCount).toBe(3);
    const left = book.db.read((tx) =>
      messagesOfRun(tx, runId).map((message) => ({ ...message, bills: messageBillRows(tx, message.id) })),
    );
    expect(
      left.map(
        ({ body, subject, address, gatewayId, parts, estimateMicros, balancePaise, bills, state }) => ({
          text: body,
          subject,
          address,
          gatewayId,
          parts,
          costMicros: estimateMicros,
          balancePaise,
          bills: bills.map((bill) => [bill.billId, bill.openPaise]),
          state,
        }),
      ),
    ).toEqual(
      shown.rows.map(({ text, subject, address, gatewayId, parts, costMicros, balancePaise, bills }) => ({
        text,
        subject,
        address,
        gatewayId,
        parts,
        costMicros,
        balancePaise,
        bills: bills.map((bill) => [bill.billId, bill.openPaise]),
        state: 'scheduled',
      })),
    );
  });

  it('writes nothing', async () => {
    const { book } = await threeWhoOwe();
    const before = book.db.version();
    await book.plan();
    await book.plan(dayAfterMonday(1));
    await book.client.reminders.calendar({ from: MONDAY, to: dayAfterMonday(20) });
    expect(book.db.version()).toBe(before);
  });

  it('counts cost with tax, parts and balances once', async () => {
    const { book } = await threeWhoOwe();
    const { rows, totals } = await book.plan(dayAfterMonday(1));
    // 20 paise and 18 % of tax for each part; Hindi goes in parts of 70.
    expect(rows.map((row) => row.costMicros)).toEqual(rows.map((row) => 236_000 * (row.parts ?? 0)));
    expect(totals).toMatchObject({
      messageCount: 3,
      customerCount: 3,
      balancePaise: 60_298_50,
      unpricedCount: 0,
    });
    expect(totals.byChannel).toEqual([{ channel: 'sms', count: 3, costMicros: totals.costMicros }]);
  });

  it('writes in the customer’s language', async () => {
    const { book, ids } = await threeWhoOwe();
    const row = await book.rowOf(ids[1] ?? 0, dayAfterMonday(1));
    expect([row.language, row.text.includes('बाकी हैं')]).toEqual(['hi', true]);
  });

  it('knows of a cheque that is good tomorrow, and nothing of money that may come', async () => {
    const { book, ids, billIds } = await threeWhoOwe();
    const [id = 0, billId = 0] = [ids[0], billIds[0]];
    book.db.write((tx) =>
      moneyIn(tx, id, {
        amount: 4000,
        day: '2026-11-20',
        chequeDay: dayAfterMonday(1),
        allocated: new Map([[billId, 4000]]),
      }),
    );
    const row = await book.rowOf(id, dayAfterMonday(1));
    expect(row.balancePaise).toBe(6_099_50);
    book.goTo(1, '07:00');
    expect((await book.rowOf(id)).balancePaise).toBe(6_099_50);
  });

  it('refuses a day that is over', async () => {
    const { book } = await threeWhoOwe();
    expect((await refusalOf(book.plan(dayAfterMonday(-1)))).code).toBe('plan-day-over');
  });

  it('plays the days ahead: each step once, on its day', async () => {
    const { book } = await threeWhoOwe();
    const days = await book.client.reminders.calendar({ from: MONDAY, to: dayAfterMonday(10) });
    expect(days.filter((day) => day.count > 0).map(({ day, count }) => [day, count])).toEqual([
      [dayAfterMonday(1), 3],
      [dayAfterMonday(8), 3],
    ]);
    const { next } = await book.client.reminders.next({ customerId: 1 });
    expect(next).toEqual({ day: dayAfterMonday(1), channel: 'sms', stepNumber: 1, cadenceName: 'Usual' });
  });
});

describe('an approval', () => {
  const changes: readonly (readonly [string, (book: RemindersBook, billId: number) => unknown])[] = [
    [
      'a receipt',
      (book, billId) =>
        book.db.write((tx) =>
          moneyIn(tx, 1, { amount: 10, day: '2026-11-20', allocated: new Map([[billId, 10]]) }),
        ),
    ],
    [
      'a new bill',
      (book) => book.db.write((tx) => aBill(tx, 1, { amount: 5, billDay: '2026-11-01', dueDay: MONDAY })),
    ],
    [
      'a text',
      (book) => book.db.write((tx) => updateTemplate(tx, 1, { body: 'Pay {{amount}}. {{business_name}}' })),
    ],
    [
      'a price',
      (book) => book.db.write((tx) => patchGateway(tx, book.gateways.sms, { pricePerPartMicros: 250_000 })),
    ],
    ['a name', (book) => book.client.business.save({ name: 'Gupta & Sons' })],
    [
      'a telephone number',
      (book) =>
        book.client.contacts.save({ customerId: 1, role: 'accounts', name: 'Ravi', phone: '9876543210' }),
    ],
    [
      'a pause',
      (book) => book.client.consents.pause({ customerId: 1, until: null, reason: 'He is in hospital.' }),
    ],
  ];
  it.each(changes)('is void after %s changed', async (what, change) => {
    const { book, billIds } = await threeWhoOwe();
    book.goTo(1);
    const { rows, rowsHash } = await book.plan();
    const rowKeys = rows.map((row) => row.rowKey);
    await change(book, billIds[0] ?? 0);
    // The first customer's own number is used before any contact's: another contact changes no row.
    if (what === 'a telephone number') {
      expect((await book.plan()).rowsHash).toBe(rowsHash);
      await book.client.customers.save({ customerId: 1, name: 'Customer', phone: '9876543211' });
    }
    expect((await refusalOf(book.client.reminders.approve({ rowsHash, rowKeys }))).code).toBe('plan-changed');
    expect((await book.client.messages.list({})).totalCount).toBe(0);
  });

  it('is void when another process wrote meanwhile', async () => {
    const { book } = await threeWhoOwe();
    book.goTo(1);
    const { rows, rowsHash } = await book.plan();
    const other = new Database(book.db.file);
    other.exec(`update bills set amount_paise = amount_paise + 1 where id = 1`);
    other.close();
    const wish = { rowsHash, rowKeys: rows.map((row) => row.rowKey) };
    expect((await refusalOf(book.client.reminders.approve(wish))).code).toBe('plan-changed');
    expect((await book.rowOf(1)).balancePaise).toBe(10_099_51);
  });

  it('of some rows leaves the others in the plan', async () => {
    const { book } = await threeWhoOwe();
    book.goTo(1);
    const { rows, rowsHash } = await book.plan();
    const [first] = rows;
    const made = await book.client.reminders.approve({ rowsHash, rowKeys: [first?.rowKey ?? ''] });
    expect(made.approvedCount).toBe(1);
    const after = await book.plan();
    expect(after.rows.map((row) => row.rowKey)).toEqual(rows.slice(1).map((row) => row.rowKey));
    expect(await book.silenceOf(first?.customerId ?? 0)).toBe('duplicate');
  });

  it('takes no row whose hours end before it could be taken back', async () => {
    const { book } = await threeWhoOwe();
    book.goTo(1, '18:59:45');
    const { rowsHash, rows } = await book.plan();
    const rowKeys = rows.map((row) => row.rowKey);
    expect(rowKeys).not.toEqual([]);
    expect((await refusalOf(book.client.reminders.approve({ rowsHash, rowKeys }))).code).toBe(
      'too-late-today',
    );
  });

  it('lets nothing leave for thirty seconds, and comes back whole when it is taken back', async () => {
    const { book } = await threeWhoOwe();
    book.goTo(1);
    const { rows, rowsHash } = await book.plan();
    const rowKeys = rows.map((row) => row.rowKey);
    const { runId, undoUntil } = await book.client.reminders.approve({ rowsHash, rowKeys });
    expect(undoUntil).toBe(book.context.now() + 30_000);
    const messages = book.db.read((tx) => messagesOfRun(tx, runId));
    expect(messages.every((one) => one.notBefore >= undoUntil)).toBe(true);
    expect(await book.client.reminders.undoApproval({ runId })).toEqual({ takenBackCount: 3 });
    const reasons = book.db.read((tx) => messagesOfRun(tx, runId).map(({ reason }) => reason));
    expect(reasons).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
    expect((await book.plan()).rowsHash).toBe(rowsHash);
    expect((await book.client.reminders.approve({ rowsHash, rowKeys })).approvedCount).toBe(3);
    // What was taken back is not taken back again.
    expect((await refusalOf(book.client.reminders.undoApproval({ runId }))).code).toBe('run-has-left');
  });

  it('of nothing is refused', async () => {
    const { book } = await threeWhoOwe();
    const { rowsHash } = await book.plan();
    const refusal = await refusalOf(book.client.reminders.approve({ rowsHash, rowKeys: [] }));
    expect(refusal.code).toBe('nothing-to-approve');
  });
});

describe('a row', () => {
  it('that is declined gets nothing today, and says why', async () => {
    const { book, ids } = await threeWhoOwe();
    book.goTo(1);
    const [first] = (await book.plan()).rows;
    const rowKeys = [first?.rowKey ?? ''];
    await book.client.reminders.decline({ rowKeys, reason: 'He rang up.' });
    expect((await book.plan()).rows).toHaveLength(2);
    expect(await book.silenceOf(ids[0] ?? 0)).toBe('by-person');
    const { rows } = await book.client.messages.list({});
    expect(rows[0]).toMatchObject({ state: 'declined', reason: 'by-person' });
  });

  it('may have another text, which passes the same checks', async () => {
    const { book, ids } = await threeWhoOwe();
    book.goTo(1);
    const before = await book.rowOf(ids[0] ?? 0);
    const edit = (text: string | null) =>
      book.client.reminders.editRow({ rowKey: before.rowKey, subject: null, text });
    expect(await edit('Pay or we send the police to your house.')).toMatchObject({
      problems: [{ code: 'wording-police', isBlocking: true }],
    });
    const { rows, rowsHash } = await book.plan();
    const rowKeys = rows.map((row) => row.rowKey);
    const refusal = await refusalOf(book.client.reminders.approve({ rowsHash, rowKeys }));
    expect(refusal).toMatchObject({ code: 'row-has-problems', values: { count: 1 } });
    expect(await edit('Dear Ravi, please look at the bills of October.')).toEqual({ problems: [] });
    const after = await book.rowOf(ids[0] ?? 0);
    expect(after).toMatchObject({ text: 'Dear Ravi, please look at the bills of October.', isEdited: true });
    await edit(null);
    expect(await book.rowOf(ids[0] ?? 0)).toEqual(before);
  });

  it('forgets the other text once the amount is another', async () => {
    const { book, ids, billIds } = await threeWhoOwe();
    book.goTo(1);
    const id = ids[0] ?? 0;
    const { rowKey, balancePaise } = await book.rowOf(id);
    await book.client.reminders.editRow({ rowKey, subject: null, text: `Please pay Rs.10,099.50.` });
    book.db.write((tx) =>
      moneyIn(tx, id, { amount: 4000, day: '2026-11-20', allocated: new Map([[billIds[0] ?? 0, 4000]]) }),
    );
    const row = await book.rowOf(id);
    expect(row).toMatchObject({ isEdited: false, balancePaise: balancePaise - 4000_00 });
    expect(row.text).toContain('Rs.6,099.50');
  });
});

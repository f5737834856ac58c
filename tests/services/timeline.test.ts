import type { InboundKind, MessageState } from '#domain/reminders/words.ts';
import { insertCustomer } from '#engine/storage/customers.ts';
import { insertBatch } from '#engine/storage/imports.ts';
import { insertReply } from '#engine/storage/replies.ts';
import { expect, it } from 'vitest';
import { aBill, aCustomer, fileOf, moneyIn, rupees } from '../builders/facts.ts';
import { NOON, tempBook, type TempEngine } from '../builders/temp-engine.ts';
import { aMessage } from './outbox/outbox-world.ts';

async function told(engine: TempEngine, customerId: number) {
  const { events } = await engine.client.customers.timeline({ customerId });
  return events.map(({ kind, day, subject, amountPaise, text }) => ({
    kind,
    day,
    subject,
    amountPaise,
    text,
  }));
}

it('tells of bills, receipts, credits and what was settled, newest first', async () => {
  const engine = await tempBook();
  const customerId = fileOf(engine).write((tx) => {
    const id = aCustomer(tx);
    const billId = aBill(tx, id, { amount: 100, billDay: '2026-09-01', kind: 'debit-note' });
    moneyIn(tx, id, { amount: 40, day: '2026-10-05', allocated: new Map([[billId, 30]]) });
    moneyIn(tx, id, { amount: 5, day: '2026-10-06', kind: 'credit-note' });
    tx.sqlite
      .exec(`insert into allocations (bill_id, receipt_id, allocation_day, amount_paise, reverses_id, created_at,
      source, source_key) select bill_id, receipt_id, '2026-10-20', -amount_paise, id, 0, 'test', 'undo' from allocations`);
    // Another's documents are not told of.
    aBill(tx, aCustomer(tx, 'Iyer'), { amount: 7, billDay: '2026-09-01' });
    return id;
  });
  const text = null;
  expect(await told(engine, customerId)).toEqual([
    { kind: 'allocation-undone', day: '2026-10-20', subject: 'receipt', amountPaise: rupees(30), text },
    { kind: 'credit', day: '2026-10-06', subject: 'credit-note', amountPaise: rupees(5), text },
    { kind: 'allocation', day: '2026-10-05', subject: 'receipt', amountPaise: rupees(30), text },
    { kind: 'receipt', day: '2026-10-05', subject: 'receipt', amountPaise: rupees(40), text },
    { kind: 'bill', day: '2026-09-01', subject: 'debit-note', amountPaise: rupees(100), text },
  ]);
});

it('tells of a cheque when it was taken, and of the receipt when its day has come', async () => {
  const engine = await tempBook();
  const customerId = fileOf(engine).write((tx) => {
    const id = aCustomer(tx);
    moneyIn(tx, id, { amount: 10, day: '2026-10-01', chequeDay: '2026-11-22' });
    moneyIn(tx, id, { amount: 20, day: '2026-10-02', chequeDay: '2026-11-23' });
    return id;
  });
  expect((await told(engine, customerId)).map(({ kind, day, text }) => [kind, day, text])).toEqual([
    ['receipt', '2026-11-22', null],
    ['cheque', '2026-10-02', '2026-11-23'],
    ['cheque', '2026-10-01', '2026-11-22'],
  ]);
});

it('tells of the import that brought a customer and his documents once, by its file name', async () => {
  const engine = await tempBook();
  const counts = { takenRowCount: 0, refusedRowCount: 0, leftOutRowCount: 0, addedBillCount: 0 };
  const sums = { changedBillCount: 0, billPaise: 0, receiptPaise: 0, creditPaise: 0, openPaise: 0 };
  const facts = { fileName: 'debtors.xlsx', fileSha256: '', layout: 'list', mapJson: '{}', importedAt: NOON };
  const customerId = fileOf(engine).write((tx) => {
    const { id: importBatchId } = insertBatch(tx, { ...facts, ...counts, ...sums });
    const origin = { source: 'file', sourceKey: 'a', importBatchId, createdAt: NOON };
    const id = insertCustomer(tx, { name: 'Asha', nameKey: 'asha', ...origin });
    for (let at = 0; at < 3; at += 1) aBill(tx, id, { amount: 1, billDay: '2026-09-01' });
    tx.sqlite.prepare('update bills set import_batch_id = ?').run(importBatchId);
    return id;
  });
  const imports = (await told(engine, customerId)).filter((one) => one.kind === 'import');
  expect(imports).toMatchObject([{ day: '2026-11-22', text: 'debtors.xlsx' }]);
});

it('tells of what was voided by an import, and of a void by hand and its restoring once each', async () => {
  const engine = await tempBook();
  const customerId = fileOf(engine).write((tx) => {
    const id = aCustomer(tx);
    moneyIn(tx, id, { amount: 10, day: '2026-10-01', isVoid: true });
    const billId = aBill(tx, id, { amount: 100, billDay: '2026-09-01' });
    tx.sqlite.exec(
      `update bills set voided_at = ${NOON}, void_reason = 'Entered twice.' where id = ${billId}`,
    );
    const edit = `insert into edits (noun, row_id, customer_id, field, before, after, edited_at) values`;
    tx.sqlite.exec(`${edit} ('bill', ${billId}, ${id}, 'voidReason', null, 'A slip.', ${NOON - 2000})`);
    tx.sqlite.exec(`${edit} ('bill', ${billId}, ${id}, 'voidReason', 'A slip.', null, ${NOON - 1000})`);
    tx.sqlite.exec(`${edit} ('bill', ${billId}, ${id}, 'voidReason', null, 'Entered twice.', ${NOON})`);
    return id;
  });
  const events = (await told(engine, customerId)).filter(
    (one) => one.kind === 'void' || one.kind === 'restored',
  );
  expect(events.map(({ kind, day, subject, text }) => [kind, day, subject, text])).toEqual([
    ['void', '2026-11-22', 'invoice', 'Entered twice.'],
    ['restored', '2026-11-22', 'invoice', 'A slip.'],
    ['void', '2026-11-22', 'invoice', 'A slip.'],
    // The builder's instant is one millisecond into 1970, by a clock in India.
    ['void', '1970-01-01', 'receipt', 'Cancelled.'],
  ]);
});

it('tells of messages once they left or were handed over, and of what he answered', async () => {
  const engine = await tempBook();
  const HOUR = 3_600_000;
  const { customerId, sentId, replyId } = fileOf(engine).write((tx) => {
    const id = aCustomer(tx);
    const message = (state: MessageState, sentAt: number | null, body: string = state): number => {
      const messageId = aMessage(tx, { gatewayId: null, customerId: id, channel: 'whatsapp', body });
      tx.sqlite
        .prepare('update messages set state = ?, sent_at = ? where id = ?')
        .run(state, sentAt, messageId);
      return messageId;
    };
    const reply = (kind: InboundKind, receivedAt: number, body: string = kind): number | null =>
      insertReply(tx, {
        gatewayId: null,
        externalId: kind,
        customerId: id,
        messageId: null,
        channel: 'sms',
        kind,
        fromAddress: '+919876500001',
        subject: null,
        body,
        mailId: null,
        receivedAt,
        createdAt: receivedAt,
      });
    const sent = message('delivered', NOON - 30 * HOUR, 'Pay. '.repeat(40));
    message('handed-to-user', NOON - 3 * HOUR);
    message('scheduled', null);
    message('handed-to-user', null, 'A letter to be printed.');
    for (const state of ['unknown', 'rejected', 'user-cancelled'] as const) message(state, NOON);
    reply('auto-reply', NOON);
    reply('bounce', NOON);
    const replied = reply('reply', NOON - HOUR, 'I pay on Friday.');
    // Another's messages are not told of.
    const other = aMessage(tx, { gatewayId: null, customerId: aCustomer(tx, 'Iyer') });
    tx.sqlite.prepare(`update messages set state = 'sent', sent_at = ? where id = ?`).run(NOON, other);
    return { customerId: id, sentId: sent, replyId: replied };
  });
  const amountPaise = null;
  const excerpt = `${'Pay. '.repeat(40).slice(0, 139)}…`;
  expect(await told(engine, customerId)).toEqual([
    { kind: 'reply', day: '2026-11-22', subject: 'sms', amountPaise, text: 'I pay on Friday.' },
    { kind: 'message', day: '2026-11-22', subject: 'whatsapp', amountPaise, text: 'handed-to-user' },
    { kind: 'message', day: '2026-11-21', subject: 'whatsapp', amountPaise, text: excerpt },
  ]);
  const { events } = await engine.client.customers.timeline({ customerId });
  expect([events[0]?.documentId, events[2]?.documentId]).toEqual([replyId, sentId]);
});

it('gives the newest when there are more than were asked for, and says so', async () => {
  const engine = await tempBook();
  const customerId = fileOf(engine).write((tx) => {
    const id = aCustomer(tx);
    for (let at = 1; at <= 9; at += 1) aBill(tx, id, { amount: at, billDay: `2026-09-0${at}` });
    return id;
  });
  const some = await engine.client.customers.timeline({ customerId, most: 3 });
  expect(some.isWhole).toBe(false);
  expect(some.events.map((one) => one.day)).toEqual(['2026-09-09', '2026-09-08', '2026-09-07']);
  expect((await engine.client.customers.timeline({ customerId, most: 9 })).isWhole).toBe(true);
  await expect(engine.client.customers.timeline({ customerId: 99 })).rejects.toMatchObject({
    data: { code: 'customer-gone' },
  });
});

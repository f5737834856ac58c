import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { customersWithOpenReply } from '#engine/storage/reminder-history.ts';
import { aBill, refusalOf } from '#tests/builders/facts.ts';
import { cameIn } from '#tests/fakes/gateways/scripted.ts';
import { expect, it, onTestFinished } from 'vitest';
import { HOUR, MONDAY, stateOf } from '../outbox/outbox-world.ts';
import { anInbox, aReached, rowsOf, type Inbox } from './inbox-world.ts';

const LATER = MONDAY + HOUR;

async function withReply(text: string, channel: 'sms' | 'whatsapp' | 'email' = 'sms') {
  const world = await anInbox();
  const gatewayId = world.ids[channel];
  const reached = world.db.write((tx) => aReached(tx, { at: 1, channel, gatewayId }));
  world.clock.now = LATER;
  const from = channel === 'email' ? reached.email : reached.phone;
  world[channel].inbound.push(
    cameIn({ externalId: '<theirs@x.in>', from, at: LATER, subject: 'Re: Your bills', text }),
  );
  await world.engine.client.replies.pull();
  const [row] = rowsOf<{ id: number }>(world, 'select id from replies');
  if (!row) throw new Error('Nothing came.');
  const { customerId, phone, email: mailbox } = reached;
  return { ...world, customerId, phone, mailbox, replyId: row.id };
}

const pauses = (world: Pick<Inbox, 'db'>) =>
  rowsOf(world, 'select kind, until_day, ended_at is null as holds from reminder_pauses order by id');

it('shows a conversation with what each side said, what it may mean, and what he owes', async () => {
  const world = await withReply('Will pay by 30-11-2026');
  const { engine, db, customerId } = world;
  db.write((tx) => aBill(tx, customerId, { amount: 500, billDay: '2026-09-01', dueDay: '2026-11-13' }));
  engine.context.changed('bills');
  const threads = await engine.client.replies.threads({});
  expect(threads).toMatchObject([
    { customerId, openCount: 1, channel: 'sms', outstandingPaise: 50_000, oldestDays: 10, windowUntil: null },
  ]);
  const lines = await engine.client.replies.thread({ customerId });
  expect(lines.map((line) => [line.isOurs, line.kind, line.isOpen])).toEqual([
    [true, 'message', false],
    [false, 'reply', true],
  ]);
  expect(lines[1]?.hint).toEqual({ mark: 'promise', day: '2026-11-30', reference: null });
  expect(await engine.client.replies.threads({ customerId })).toEqual(threads);
  await engine.client.replies.mark({ replyId: world.replyId, mark: 'question' });
  expect(await engine.client.replies.threads({ isOpenOnly: true })).toEqual([]);
});

it('rests until a promised day, and takes the rest back with the mark', async () => {
  const world = await withReply('Will pay on 30-11-2026');
  const { engine, replyId, db } = world;
  await engine.client.replies.mark({ replyId, mark: 'promise' });
  expect(pauses(world)).toEqual([{ kind: 'promise', until_day: '2026-11-30', holds: 1 }]);
  expect(db.read(customersWithOpenReply)).toEqual(new Set());
  await engine.client.replies.mark({ replyId, mark: 'dispute', note: 'Goods were wet' });
  expect(pauses(world)).toEqual([
    { kind: 'promise', until_day: '2026-11-30', holds: 0 },
    { kind: 'dispute', until_day: null, holds: 1 },
  ]);
  await engine.client.replies.unmark({ replyId });
  expect(pauses(world).filter((one) => (one as { holds: number }).holds === 1)).toEqual([]);
  expect(db.read(customersWithOpenReply)).toEqual(new Set([world.customerId]));
});

it('asks for the day of a promise where none is understood, and refuses one that is over', async () => {
  const { engine, replyId } = await withReply('ok');
  const none = await refusalOf(engine.client.replies.mark({ replyId, mark: 'promise' }));
  expect(none.code).toBe('promise-day-missing');
  const past = await refusalOf(
    engine.client.replies.mark({ replyId, mark: 'promise', day: day('2026-11-22') }),
  );
  expect(past).toMatchObject({
    code: 'promise-day-past',
    values: { day: '22 Nov 2026', today: '23 Nov 2026' },
  });
});

it('makes a receipt of a claim only by a person’s word, once', async () => {
  const world = await withReply('Paid. UTR 123456789012');
  const { engine, replyId, customerId } = world;
  await engine.client.replies.mark({ replyId, mark: 'paid', amountPaise: paise(70_000) });
  const [claim] = await engine.client.replies.claims({});
  expect(claim).toMatchObject({
    customerId,
    source: 'reply',
    amountPaise: 70_000,
    reference: '123456789012',
  });
  expect(rowsOf(world, 'select id from receipts')).toEqual([]);
  expect(pauses(world)).toEqual([{ kind: 'reply', until_day: null, holds: 1 }]);
  const wish = { claimId: claim?.claimId ?? 0, amountPaise: paise(70_000), receiptDay: day('2026-11-23') };
  const { receiptId } = await engine.client.replies.confirmClaim(wish);
  expect(await engine.client.receipts.get({ receiptId })).toMatchObject({
    customerId,
    amountPaise: 70_000,
    reference: '123456789012',
  });
  expect(pauses(world)).toEqual([{ kind: 'reply', until_day: null, holds: 0 }]);
  expect((await refusalOf(engine.client.replies.confirmClaim(wish))).code).toBe('claim-settled-before');
  expect((await refusalOf(engine.client.replies.unmark({ replyId }))).code).toBe('claim-settled');
});

it('takes a mark “paid” back with its claim, and lets reminders go on when a claim is dismissed', async () => {
  const world = await withReply('I have paid');
  const { engine, replyId } = world;
  await engine.client.replies.mark({ replyId, mark: 'paid' });
  await engine.client.replies.unmark({ replyId });
  expect(await engine.client.replies.claims({})).toEqual([]);
  await engine.client.replies.mark({ replyId, mark: 'paid' });
  const [claim] = await engine.client.replies.claims({});
  await engine.client.replies.dismissClaim({ claimId: claim?.claimId ?? 0 });
  expect(await engine.client.replies.claims({})).toEqual([]);
  expect(pauses(world).filter((one) => (one as { holds: number }).holds === 1)).toEqual([]);
});

it('takes back a stop that a person has marked, and none that the customer said himself', async () => {
  const marked = await withReply('Do not trouble me so often');
  await marked.engine.client.replies.mark({ replyId: marked.replyId, mark: 'stop' });
  const holding = 'select address from suppressions where removed_at is null';
  expect(rowsOf(marked, holding)).toEqual([{ address: marked.phone }]);
  await marked.engine.client.replies.unmark({ replyId: marked.replyId });
  expect(rowsOf(marked, holding)).toEqual([]);
  const said = await withReply('STOP');
  expect((await refusalOf(said.engine.client.replies.unmark({ replyId: said.replyId }))).code).toBe(
    'stop-own-word',
  );
  expect(rowsOf(said, holding)).toEqual([{ address: said.phone }]);
});

it('answers a mail in its thread, which closes the reply', async () => {
  const world = await withReply('Which bill is this?', 'email');
  const { engine, customerId, replyId, mailbox, round, db } = world;
  const wish = { customerId, channel: 'email', text: 'It is INV-7.', replyId } as const;
  const { messageId } = await engine.client.replies.answer(wish);
  expect((await refusalOf(engine.client.replies.answer(wish))).code).toBe('answer-on-its-way');
  expect(db.read(customersWithOpenReply)).toEqual(new Set());
  await round();
  expect(stateOf(db, messageId)).toBe('accepted');
  expect(world.email.sent).toHaveLength(1);
  // A mark that is taken back does not open again what was answered.
  await engine.client.replies.mark({ replyId, mark: 'question' });
  await engine.client.replies.unmark({ replyId });
  expect(db.read(customersWithOpenReply)).toEqual(new Set());
  expect(world.email.sent[0]).toMatchObject({
    to: mailbox,
    text: 'It is INV-7.',
    email: {
      subject: 'Re: Your bills',
      inReplyTo: '<theirs@x.in>',
      references: ['<ours-1@example.in>', '<theirs@x.in>'],
    },
  });
});

it('answers freely on WhatsApp for 24 hours and not a minute longer', async () => {
  const world = await withReply('Send me the bill', 'whatsapp');
  const { engine, customerId, clock } = world;
  const [thread] = await engine.client.replies.threads({});
  expect(thread?.windowUntil).toBe(LATER + 24 * HOUR);
  const wish = { customerId, channel: 'whatsapp' } as const;
  clock.now = LATER + 24 * HOUR - 1;
  await engine.client.replies.answer({ ...wish, text: 'Here it is' });
  clock.now = LATER + 24 * HOUR;
  expect(await refusalOf(engine.client.replies.answer({ ...wish, text: 'Too late' }))).toMatchObject({
    code: 'window-closed',
    values: { hours: 24 },
  });
  expect((await engine.client.replies.threads({}))[0]?.windowUntil).toBeNull();
});

it('writes to nobody who said stop, and not where no gateway is', async () => {
  const said = await withReply('STOP');
  const wish = { customerId: said.customerId, text: 'Sorry' };
  const refused = await refusalOf(said.engine.client.replies.answer({ ...wish, channel: 'sms' }));
  expect(refused.code).toBe('answer-not-wanted');
  const typed = await refusalOf(said.engine.client.replies.answer({ ...wish, channel: 'voice' }));
  expect(typed.code).toBe('no-way-to-answer');
});

it('keeps what is attached, claims it for a person to look at, and writes it to a file', async () => {
  const world = await anInbox();
  const { db, whatsapp, ids, engine, pull } = world;
  const { customerId, phone } = db.write((tx) =>
    aReached(tx, { at: 1, channel: 'whatsapp', gatewayId: ids.whatsapp }),
  );
  const bytes = new Uint8Array([7, 8, 9]);
  const attachments = [{ fileName: 'slip.jpg', mime: 'image/jpeg', bytes }];
  whatsapp.inbound.push(cameIn({ from: phone, at: LATER, text: 'Done', attachments }));
  await pull();
  expect(await engine.client.replies.claims({})).toMatchObject([
    { customerId, source: 'reply', amountPaise: null },
  ]);
  const [line] = (await engine.client.replies.thread({ customerId })).filter((one) => !one.isOurs);
  const [attached] = line?.attachments ?? [];
  expect(attached).toMatchObject({ fileName: 'slip.jpg', mime: 'image/jpeg', byteCount: 3 });
  const folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-attachment-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const target = path.join(folder, 'slip.jpg');
  const wish = { attachmentId: attached?.attachmentId ?? 0, path: target };
  expect(await engine.client.replies.attachment(wish)).toEqual({ byteCount: 3 });
  expect(new Uint8Array(readFileSync(target))).toEqual(bytes);
});

it('gives an address that answered us to the customer whose it is, as a contact of his', async () => {
  const world = await anInbox();
  const { db, email, ids, engine, pull } = world;
  const { customerId, messageId } = db.write((tx) =>
    aReached(tx, { at: 1, channel: 'email', gatewayId: ids.email }),
  );
  db.write(({ sqlite }) =>
    sqlite.prepare('update messages set customer_id = null where id = ?').run(messageId),
  );
  const from = 'accounts@group.in';
  email.inbound.push(
    cameIn({ from, at: LATER, text: 'Noted', about: { messageIds: ['<ours-1@example.in>'] } }),
  );
  await pull();
  expect(await engine.client.replies.threads({})).toMatchObject([
    { customerId: null, customerName: from, address: from },
  ]);
  expect(await engine.client.replies.thread({ address: from })).toHaveLength(1);
  await engine.client.replies.assign({ address: from, customerId });
  expect(await engine.client.replies.threads({})).toMatchObject([{ customerId, openCount: 1 }]);
  email.inbound.push(cameIn({ from, at: LATER + 1, text: 'A new mail' }));
  await pull();
  expect(rowsOf(world, 'select distinct customer_id from replies')).toEqual([{ customer_id: customerId }]);
  const unheard = await refusalOf(engine.client.replies.assign({ address: 'x@y.in', customerId }));
  expect(unheard.code).toBe('address-unheard');
});

it('lets no threat leave as an answer', async () => {
  const { engine, customerId } = await withReply('I cannot pay now');
  const wish = { customerId, channel: 'sms', text: 'Pay, or the police will come to your house.' } as const;
  expect((await refusalOf(engine.client.replies.answer(wish))).code).toBe('answer-not-allowed');
  expect((await engine.client.messages.list({ view: 'waiting' })).totalCount).toBe(0);
});

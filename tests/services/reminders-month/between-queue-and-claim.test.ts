import { day } from '#domain/days.ts';
import { insertTemplate } from '#engine/storage/templates.ts';
import { rupees } from '#tests/builders/facts.ts';
import { startCounting, type CountingServer } from '#tests/fakes/gateways/counting.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  aDebtor,
  aGateway,
  aWorld,
  HOUR,
  MONDAY,
  phoneOf,
  TODAY,
  type World,
} from '../outbox/outbox-world.ts';

// Holes that the month has found, each by itself.

let server: CountingServer;
beforeEach(async () => {
  server = await startCounting();
});
afterEach(() => server.close());

type Made = {
  readonly world: World;
  readonly customerId: number;
  readonly billId: number;
  readonly templates: Readonly<Record<'reminder' | 'thanks', number>>;
};

/** Somebody who owes ₹1,000.00, at eight in the morning: nothing may leave before nine. */
async function early(): Promise<Made> {
  const world = await aWorld();
  world.clock.now = MONDAY - 3 * HOUR;
  const { client } = world.engine;
  await client.reminders.savePolicy({ sendsThanks: true });
  world.clock.now += 60_000;
  const made = world.db.write((tx) => {
    aGateway(tx, { port: server.port });
    const text = (purpose: 'reminder' | 'thanks', body: string): number =>
      insertTemplate(tx, {
        key: purpose,
        purpose,
        channel: 'sms',
        language: 'en',
        tone: 'plain',
        name: purpose,
        subject: null,
        body,
        dltJson: null,
        vendorTemplateId: null,
        whatsappJson: null,
        isPaused: false,
        isStarter: false,
        version: 1,
        changedAt: 0,
      });
    const templates = {
      reminder: text('reminder', '{{amount}} is due for {{bill_list}}. {{business_name}}'),
      thanks: text('thanks', 'Thank you for {{receipt_amount}}. {{business_name}}'),
    };
    return { ...aDebtor(tx, 1), templates };
  });
  return { world, ...made };
}

/** He pays ₹300.00 and will be thanked at nine. */
async function paying({ world, customerId }: Made): Promise<number> {
  const { client } = world.engine;
  const { id } = await client.receipts.save({ customerId, receiptDay: TODAY, amountPaise: rupees(300) });
  await client.reminders.round();
  const { rows } = await client.messages.list({});
  expect(rows.map(({ purpose, state }) => [purpose, state])).toEqual([['thanks', 'scheduled']]);
  return id;
}

async function endOf({ world }: Made): Promise<readonly (string | null)[]> {
  world.clock.now = MONDAY;
  await world.engine.client.reminders.round();
  const { rows } = await world.engine.client.messages.list({});
  return rows.flatMap(({ state, reason }) => [state, reason]);
}

it('thanks nobody on a channel on which his number was struck out since', async () => {
  const made = await early();
  await paying(made);
  await made.world.engine.client.consents.suppress({ channel: 'sms', address: phoneOf(1) });
  expect(await endOf(made)).toEqual(['skipped', 'suppressed']);
  expect(server.taken).toEqual([]);
});

it('thanks nobody at a number that is no longer his', async () => {
  const made = await early();
  await paying(made);
  const { customerId, world } = made;
  await world.engine.client.customers.save({ customerId, phone: phoneOf(77) });
  expect(await endOf(made)).toEqual(['skipped', 'contact-changed']);
  expect(server.taken).toEqual([]);
});

it('thanks nobody who wants no thanks, though he takes reminders', async () => {
  const made = await early();
  await paying(made);
  const { customerId, world } = made;
  const words = { channel: 'sms', purpose: 'thanks', isGranted: false, how: 'On the phone' } as const;
  await world.engine.client.consents.record({ customerIds: [customerId], ...words });
  expect(await endOf(made)).toEqual(['skipped', 'opted-out']);
  expect(server.taken).toEqual([]);
});

it('thanks nobody for a receipt that was void before it left', async () => {
  const made = await early();
  const receiptId = await paying(made);
  await made.world.engine.client.receipts.void({ receiptId, reason: 'The cheque came back.' });
  expect(await endOf(made)).toEqual(['skipped', 'withdrawn']);
  expect(server.taken).toEqual([]);
});

it('thanks nobody with an amount that was corrected before it left', async () => {
  const made = await early();
  const receiptId = await paying(made);
  const { customerId, world } = made;
  await world.engine.client.receipts.save({
    receiptId,
    customerId,
    receiptDay: TODAY,
    amountPaise: rupees(30),
  });
  const [state] = await endOf(made);
  expect(server.taken.filter(({ text }) => text.includes('300'))).toEqual([]);
  expect(state).toBe('skipped');
});

it('does not write by hand to a number that is struck out, whoever it is typed for', async () => {
  const { world, customerId, templates } = await early();
  const { client } = world.engine;
  world.clock.now = MONDAY;
  await client.consents.suppress({ channel: 'sms', address: '+919000000001' });
  const wish = {
    customerId,
    channel: 'sms',
    templateId: templates.reminder,
    address: '+91 90000 00001',
  } as const;
  const sent = await client.reminders.sendOne({ ...wish, isDraft: false });
  expect(sent).toMatchObject({ silence: 'suppressed', messageId: null });
});

it('leaves a bill that is not to be chased out of a message by hand, unless it is chosen', async () => {
  const { world, customerId, billId, templates } = await early();
  const { client } = world.engine;
  world.clock.now = MONDAY;
  const days = { billDay: day('2026-09-01'), dueDay: day('2026-10-01') };
  const { id: other } = await client.bills.save({ customerId, ...days, amountPaise: rupees(250) });
  await client.bills.doNotChase({ billId, reason: 'Goods came back.' });
  const wish = { customerId, channel: 'sms', templateId: templates.reminder, isDraft: true } as const;
  const { row } = await client.reminders.sendOne(wish);
  expect(row.bills.map((bill) => bill.billId)).toEqual([other]);
  expect(row.text).toContain('250.00');
  const chosen = await client.reminders.sendOne({ ...wish, billIds: [billId] });
  expect(chosen.row.bills.map((bill) => bill.billId)).toEqual([billId]);
});

it('leaves him in peace after a receipt of today, though one of a day to come stands in the book', async () => {
  const { world, customerId, templates } = await early();
  const { client } = world.engine;
  world.clock.now = MONDAY;
  for (const receiptDay of [TODAY, day('2026-12-05')])
    await client.receipts.save({
      customerId,
      receiptDay,
      amountPaise: rupees(100),
      allocate: 'oldest-first',
    });
  const wish = { customerId, channel: 'sms', templateId: templates.reminder, isDraft: true } as const;
  expect((await client.reminders.sendOne(wish)).silence).toBe('recent-receipt');
});

it('asks again when more would be asked for than a person approved', async () => {
  const made = await early();
  const { world, customerId } = made;
  const { client } = world.engine;
  const { id: receiptId } = await client.receipts.save({
    customerId,
    receiptDay: day('2026-11-10'),
    amountPaise: rupees(400),
    allocate: 'oldest-first',
  });
  const step = {
    anchor: 'due',
    tone: 'plain',
    repeatEveryDays: 7,
    repeatMost: null,
    needsPerson: false,
  } as const;
  const { cadenceId } = await client.cadences.save({
    name: 'Usual',
    isOn: true,
    steps: [
      { ...step, stepId: 'a', days: 1, channels: ['sms'], templateKey: 'reminder', attaches: null },
      { ...step, stepId: 'b', days: 30, channels: ['sms'], templateKey: 'reminder', attaches: null },
    ],
    minimumPaise: rupees(0),
    gapDays: 0,
    graceDays: 0,
    mostPerBill: null,
    stopAfterDays: null,
    isAutomatic: false,
  });
  await client.cadences.assign({ scope: 'company', scopeKey: '', cadenceId });
  const { rows, rowsHash } = await client.reminders.plan({});
  expect(rows.map((row) => row.text)).toEqual([expect.stringContaining('600.00')]);
  await client.reminders.approve({ rowsHash, rowKeys: rows.map((row) => row.rowKey) });
  await client.receipts.void({ receiptId, reason: 'The cheque came back.' });
  expect(await endOf(made)).toEqual(['awaiting-approval', 'amount-changed']);
  expect(server.taken).toEqual([]);
});

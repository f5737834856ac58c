import { insertTemplate } from '#engine/storage/templates.ts';
import { refusalOf, moneyIn } from '#tests/builders/facts.ts';
import { expect, it, vi } from 'vitest';
import {
  aDebtor,
  aGateway,
  aMessage,
  aWorld,
  kindsOf,
  MONDAY,
  one,
  phoneOf,
  stateOf,
  TODAY,
  type World,
} from './outbox-world.ts';

// What waits for a person's hands: a letter to print, a call to make, a chat to open.

const DAY = 24 * 3_600_000;

type Task = { readonly messageId: number; readonly customerId: number; readonly billId: number };

function aCall(world: World, at: number): Task {
  return world.db.write((tx) => {
    const { customerId, billId, amount } = aDebtor(tx, at);
    const messageId = aMessage(tx, {
      gatewayId: null,
      customerId,
      channel: 'call',
      purpose: 'reminder',
      address: phoneOf(at),
      templateId: insertTemplate(tx, text('call', `call-${at}`)),
      bill: { billId, amount },
      expiresAt: MONDAY + 7 * DAY,
    });
    return { messageId, customerId, billId };
  });
}

function text(channel: 'call' | 'whatsapp', key: string): Parameters<typeof insertTemplate>[1] {
  const body = 'Dear {{customer_name}}, Rs. {{amount}} is due to {{business_name}}.';
  const words = { key, name: key, subject: null, body, language: 'en', tone: 'plain' } as const;
  const flags = { isPaused: false, isStarter: false, version: 1, changedAt: 0 };
  return { purpose: 'reminder', channel, ...words, ...flags };
}

it('reaches him by itself, though nothing else waits in the outbox', async () => {
  const world = await aWorld();
  const letter = world.db.write((tx) =>
    aMessage(tx, { gatewayId: null, channel: 'letter', purpose: 'test', notBefore: MONDAY + 30_000 }),
  );
  world.clock.now += 31_000;
  world.engine.context.changed('messages');
  await vi.waitFor(() => expect(stateOf(world.db, letter)).toBe('handed-to-user'), { timeout: 5000 });
});

it('is taken back by itself when the customer has paid or promises, and stays for the others', async () => {
  const world = await aWorld();
  const [paid, promised, owing] = [aCall(world, 1), aCall(world, 2), aCall(world, 3)];
  await world.round();
  const all = [paid, promised, owing].map(({ messageId }) => messageId);
  expect(all.map((id) => stateOf(world.db, id))).toEqual(Array(3).fill('handed-to-user'));
  world.db.write((tx) =>
    moneyIn(tx, paid.customerId, { amount: 1000, day: TODAY, allocated: new Map([[paid.billId, 1000]]) }),
  );
  world.clock.now += 2 * DAY;
  await world.engine.client.consents.pause({
    customerId: promised.customerId,
    kind: 'promise',
    until: null,
    reason: 'On Friday.',
  });
  await vi.waitFor(() => expect(stateOf(world.db, promised.messageId)).toBe('skipped'), { timeout: 5000 });
  expect(all.map((id) => one(world.db, id).reason)).toEqual(['paid', 'promised', null]);
  expect(kindsOf(world.db, paid.messageId).at(-1)).toBe('skipped');
  expect(stateOf(world.db, owing.messageId)).toBe('handed-to-user');
  expect(world.bugs).toEqual([]);
});

it('ends with a reason when nobody made the call or posted the letter for fourteen days', async () => {
  const world = await aWorld();
  const { messageId } = aCall(world, 1);
  await world.round();
  const { expiresAt } = one(world.db, messageId);
  world.clock.now = expiresAt + 13 * DAY;
  await world.round();
  expect(stateOf(world.db, messageId)).toBe('handed-to-user');
  world.clock.now = expiresAt + 14 * DAY + 1;
  await world.round();
  expect(one(world.db, messageId)).toMatchObject({ state: 'skipped', reason: 'stale' });
  expect(world.bugs).toEqual([]);
});

it('opens no chat that asks for more than is owed by now', async () => {
  const world = await aWorld();
  const { client } = world.engine;
  const made = world.db.write((tx) => {
    const { customerId, billId, amount } = aDebtor(tx, 1);
    const messageId = aMessage(tx, {
      gatewayId: aGateway(tx, { port: 1, kind: 'whatsapp-link', channel: 'whatsapp', fieldsJson: '{}' }),
      customerId,
      channel: 'whatsapp',
      purpose: 'reminder',
      address: phoneOf(1),
      templateId: insertTemplate(tx, text('whatsapp', 'chat')),
      body: 'Dear Customer 1, Rs. 1,000.00 is due to Test Traders.',
      bill: { billId, amount },
    });
    return { messageId, customerId, billId };
  });
  await client.consents.record({
    customerIds: [made.customerId],
    channel: 'whatsapp',
    purpose: 'reminder',
    isGranted: true,
    how: 'On the phone.',
  });
  await world.round();
  expect(one(world.db, made.messageId)).toMatchObject({ state: 'handed-to-user', reason: null });
  world.db.write((tx) =>
    moneyIn(tx, made.customerId, {
      amount: 400,
      day: '2026-11-10',
      allocated: new Map([[made.billId, 400]]),
    }),
  );
  const refused = await refusalOf(client.messages.link({ messageId: made.messageId }));
  expect(refused).toMatchObject({ code: 'message-not-needed', values: { reason: 'amount-changed' } });
  expect(stateOf(world.db, made.messageId)).toBe('skipped');
});

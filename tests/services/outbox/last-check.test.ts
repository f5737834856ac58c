import { updateCustomer } from '#engine/storage/customers.ts';
import { putReminderSetting } from '#engine/storage/reminder-settings.ts';
import { putConnection } from '#engine/storage/tally-connection.ts';
import { insertRun, type NewMessage } from '#engine/storage/messages.ts';
import { insertTemplate } from '#engine/storage/templates.ts';
import { moneyIn, rupees } from '#tests/builders/facts.ts';
import { startCounting, type CountingServer } from '#tests/fakes/gateways/counting.ts';
import { day } from '#domain/days.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  aDebtor,
  aGateway,
  aMessage,
  aWorld,
  HOUR,
  kindsOf,
  MONDAY,
  one,
  phoneOf,
  stateOf,
  TODAY,
  type World,
} from './outbox-world.ts';

// What is looked at once more in the moment in which a message leaves (docs/gateways.md 8.6).

let server: CountingServer;
beforeEach(async () => {
  server = await startCounting();
});
afterEach(() => server.close());

type Made = { readonly messageId: number; readonly customerId: number; readonly billId: number };

/** A reminder of ₹1,000.00 made from a template, as the round would have put it there. */
function aReminder(
  world: World,
  fields: Partial<Pick<NewMessage, 'isAutomatic' | 'expiresAt' | 'runId' | 'templateVersion'>> = {},
): Made {
  return world.db.write((tx) => {
    const { customerId, billId, amount } = aDebtor(tx, 1);
    const templateId = insertTemplate(tx, {
      key: 'due',
      purpose: 'reminder',
      channel: 'sms',
      language: 'en',
      tone: 'plain',
      name: 'Due',
      subject: null,
      body: 'Dear {{customer_name}}, Rs. {{amount}} is due to {{business_name}}.',
      isPaused: false,
      isStarter: false,
      version: 1,
      changedAt: 0,
    });
    const gatewayId = aGateway(tx, { port: server.port });
    const messageId = aMessage(tx, {
      gatewayId,
      customerId,
      templateId,
      purpose: 'reminder',
      address: phoneOf(1),
      body: 'Dear Customer 1, Rs. 1,000.00 is due to Test Traders.',
      bill: { billId, amount },
      ...fields,
    });
    return { messageId, customerId, billId };
  });
}

/** ₹400.00 comes, and it was entered two days ago so that no quiet day follows. */
function payPart(world: World, { customerId, billId }: Made): void {
  world.db.write((tx) =>
    moneyIn(tx, customerId, { amount: 400, day: '2026-11-20', allocated: new Map([[billId, 400]]) }),
  );
}

it('asks for what is owed now when part of it was paid since', async () => {
  const world = await aWorld();
  const made = aReminder(world);
  payPart(world, made);
  await world.round();
  expect(world.bugs).toEqual([]);
  expect(server.taken).toHaveLength(1);
  expect(server.taken[0]?.text).toContain('600');
  expect(one(world.db, made.messageId)).toMatchObject({ balancePaise: rupees(600), state: 'accepted' });
  const { bills } = await world.engine.client.messages.get({ messageId: made.messageId });
  expect(bills.map((bill) => bill.openPaise)).toEqual([rupees(600)]);
});

it('asks the person who approved it again when the amount is another one', async () => {
  const world = await aWorld();
  const made = aReminder(world, { isAutomatic: false });
  payPart(world, made);
  await world.round();
  expect(server.taken).toEqual([]);
  expect(one(world.db, made.messageId)).toMatchObject({
    state: 'awaiting-approval',
    reason: 'amount-changed',
  });
  const shown = await world.engine.client.messages.get({ messageId: made.messageId });
  expect(shown.actions).toEqual(['send-again', 'cancel']);
  await world.engine.client.messages.settle({
    messageId: made.messageId,
    hasArrived: false,
    sendAgain: true,
  });
  await world.round();
  expect(server.taken[0]?.text).toContain('600');
});

it('asks again before words leave that nobody approved: the text was changed after the approval', async () => {
  const world = await aWorld();
  const { client } = world.engine;
  const runId = world.db.write((tx) =>
    insertRun(tx, { kind: 'approved', runDay: TODAY, createdAt: MONDAY, approvedAt: MONDAY }),
  );
  const made = aReminder(world, { runId, templateVersion: 1 });
  const [before] = await client.templates.list();
  if (before === undefined) throw new Error('No text.');
  const { problems: _p, isUsed: _u, isStarter: _s, version: _v, ...draft } = before;
  await client.templates.save({ ...draft, body: `${draft.body} Please see to it.` });
  payPart(world, made);
  await world.round();
  expect(server.taken).toEqual([]);
  expect(one(world.db, made.messageId)).toMatchObject({
    state: 'awaiting-approval',
    reason: 'amount-changed',
  });
});

it('sends approved words under no other ids: a registered text that was changed since goes back to the person', async () => {
  const world = await aWorld();
  const runId = world.db.write((tx) =>
    insertRun(tx, { kind: 'approved', runDay: TODAY, createdAt: MONDAY, approvedAt: MONDAY }),
  );
  const { messageId } = aReminder(world, { runId, templateVersion: 1 });
  const change = (body: string, version: number): void =>
    world.db.write(({ sqlite }) => {
      const sql = "update message_templates set body = ?, version = ?, vendor_template_id = 'NEW'";
      sqlite.prepare(sql).run(body, version);
    });
  change('Other words: {{amount}} to {{business_name}}.', 2);
  await world.round();
  expect(server.taken).toEqual([]);
  expect(one(world.db, messageId)).toMatchObject({ state: 'awaiting-approval', reason: 'text-changed' });
  const { client } = world.engine;
  expect((await client.messages.get({ messageId })).actions).toEqual(['send-again', 'cancel']);
  await client.messages.settle({ messageId, hasArrived: false, sendAgain: true });
  await world.round();
  expect(server.taken.map(({ text }) => text)).toEqual(['Other words: Rs.1,000.00 to Test Traders.']);
  expect(one(world.db, messageId)).toMatchObject({ state: 'accepted', templateVersion: 2 });
});

it('writes a registered text that was changed since anew where nobody approved it', async () => {
  const world = await aWorld();
  aReminder(world, { templateVersion: 1 });
  world.db.write(({ sqlite }) => {
    const sql = "update message_templates set body = ?, version = 2, vendor_template_id = 'NEW'";
    sqlite.prepare(sql).run('Other words: {{amount}} to {{business_name}}.');
  });
  await world.round();
  expect(server.taken.map(({ text }) => text)).toEqual(['Other words: Rs.1,000.00 to Test Traders.']);
});

it('lets a thank-you wait for the day on which the caps let it through, and ends it with a reason after two', async () => {
  const world = await aWorld();
  const DAY = 24 * HOUR;
  const [kept, lost] = world.db.write((tx) => {
    const gatewayId = aGateway(tx, { port: server.port });
    const flags = { isPaused: false, isStarter: false, version: 1, changedAt: 0 };
    const words = { name: 'Thanks', subject: null, body: 'Thank you.', tone: 'friendly' } as const;
    const face = { key: 'thanks', purpose: 'thanks', channel: 'sms', language: 'en' } as const;
    const templateId = insertTemplate(tx, { ...face, ...words, ...flags });
    return [1, 2].map((at) => {
      const { customerId } = aDebtor(tx, at);
      const to = { gatewayId, customerId, address: phoneOf(at) } as const;
      for (let sent = 0; sent < (at === 1 ? 1 : 3); sent += 1)
        aMessage(tx, { ...to, purpose: 'reminder', state: 'delivered', channel: 'sms' });
      const body = `Thank you ${at}.`;
      return aMessage(tx, { ...to, purpose: 'thanks', templateId, body, expiresAt: MONDAY + 2 * DAY });
    });
  });
  await world.round();
  expect(server.taken).toEqual([]);
  expect(one(world.db, kept!)).toMatchObject({ state: 'held', reason: 'cap-day' });
  world.clock.now += DAY;
  await world.round();
  expect(server.taken.map(({ text }) => text)).toEqual(['Thank you 1.']);
  expect(one(world.db, kept!)).toMatchObject({ state: 'accepted', forDay: '2026-11-24' });
  world.clock.now += 2 * DAY;
  await world.round();
  expect(one(world.db, lost!)).toMatchObject({ state: 'skipped', reason: 'cap-week' });
  expect(server.taken).toHaveLength(1);
});

it('does not send by hand either to somebody who has paid or is not to be chased since', async () => {
  for (const reason of ['paid', 'do-not-chase'] as const) {
    const world = await aWorld();
    const { messageId, customerId } = aReminder(world, { isAutomatic: false });
    world.db.write((tx) => {
      if (reason === 'paid') moneyIn(tx, customerId, { amount: 1000, day: TODAY });
      else updateCustomer(tx, customerId, { doNotChaseReason: 'A friend.' });
    });
    await world.round();
    expect(one(world.db, messageId)).toMatchObject({ state: 'skipped', reason });
  }
  expect(server.taken).toEqual([]);
});

it('waits for the hours of the channel, and does not send after them', async () => {
  const world = await aWorld();
  world.clock.now = MONDAY - 4 * HOUR;
  const { messageId } = aReminder(world);
  world.db.write(({ sqlite }) => sqlite.prepare('update messages set not_before = 0').run());
  await world.round();
  expect(one(world.db, messageId)).toMatchObject({ state: 'held', reason: 'outside-hours' });
  expect(one(world.db, messageId).nextAt).toBe(MONDAY - 2 * HOUR);
  world.clock.now = MONDAY + 9 * HOUR;
  world.db.write(({ sqlite }) =>
    sqlite.prepare('update messages set expires_at = ?').run(MONDAY + 20 * HOUR),
  );
  await world.round();
  expect(one(world.db, messageId)).toMatchObject({ state: 'skipped', reason: 'window-missed' });
  expect(server.taken).toEqual([]);
});

it('sends within the hours what was held before them', async () => {
  const world = await aWorld();
  world.clock.now = MONDAY - 4 * HOUR;
  const { messageId } = aReminder(world);
  world.db.write(({ sqlite }) => sqlite.prepare('update messages set not_before = 0').run());
  await world.round();
  world.clock.now = MONDAY - 2 * HOUR;
  await world.round();
  expect(stateOf(world.db, messageId)).toBe('accepted');
  expect(kindsOf(world.db, messageId)).toEqual([
    'planned',
    'held',
    'freed',
    'claimed',
    'checked',
    'sending',
    'accepted',
  ]);
});

it('does not send to somebody who said stop since', async () => {
  const world = await aWorld();
  const { messageId, customerId } = aReminder(world);
  world.db.write(({ sqlite }) =>
    sqlite
      .prepare(
        `insert into consents (customer_id, channel, purpose, is_granted, how, day, recorded_at)
         values (?, 'sms', 'reminder', 0, 'reply', '2026-11-23', 0)`,
      )
      .run(customerId),
  );
  await world.round();
  expect(one(world.db, messageId)).toMatchObject({ state: 'skipped', reason: 'opted-out' });
  expect(server.taken).toEqual([]);
});

it('holds what would break the budget of the day', async () => {
  const world = await aWorld();
  const { messageId } = aReminder(world);
  world.db.write((tx) => putReminderSetting(tx, 'policy', { dayBudgetMicros: 100_000 }));
  await world.round();
  expect(one(world.db, messageId)).toMatchObject({ state: 'held', reason: 'budget' });
  expect(server.taken).toEqual([]);
});

it('holds a message about books that are too old, and sends it once they are read again', async () => {
  const world = await aWorld();
  const { messageId, customerId } = aReminder(world);
  const syncedAt = MONDAY - 30 * HOUR;
  world.db.write((tx) => {
    putConnection(tx, {
      origin: 'files',
      host: '',
      port: 9000,
      product: 'TallyPrime',
      companyGuid: 'guid',
      companyNumber: null,
      companyName: 'Test Traders',
      booksFrom: null,
      isEducational: false,
      isConnected: true,
      optionsJson: '{}',
      isPaused: false,
      masterCounter: null,
      voucherCounter: null,
      voucherShape: null,
      asOfDay: day('2026-11-21'),
      syncedAt,
      inStepAt: null,
      historyFrom: null,
      isHistoryShown: false,
      failureJson: null,
    });
    tx.sqlite
      .prepare(
        `insert into tally_ledgers (guid, master_id, alter_id, name, name_key, parent, is_bill_wise, opening_paise, closing_paise,
                                    is_customer, customer_id)
         values ('l', 1, 1, 'Customer 1', 'customer1', 'Sundry Debtors', 1, 0, 0, 1, ?)`,
      )
      .run(customerId);
  });
  await world.round();
  expect(one(world.db, messageId)).toMatchObject({ state: 'held', reason: 'books-old' });
  expect(server.taken).toEqual([]);
  world.db.write(({ sqlite }) => sqlite.prepare('update tally_connection set synced_at = ?').run(MONDAY));
  world.clock.now += HOUR;
  await world.round();
  expect(stateOf(world.db, messageId)).toBe('accepted');
});
